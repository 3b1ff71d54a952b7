"""As what a repository's models are judged: the model by itself, with a draft, or the draft of another; and at which
context size.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from slipstream.bridge.hub_browser import Judgement
from slipstream.bridge.model_messages import Role
from slipstream.bridge.pair import draft_file
from slipstream.bridge.session import Session
from slipstream.ui.models.context_field import ContextField
from slipstream.ui.theme import SPACE, ThemeManager

NAME_WIDTH = 360  # px, of a model among other words


class ElidedChoice(QComboBox):
    """What is chosen is shortened in its middle where it has no room."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.ComplexControl.CC_ComboBox
        field = self.style().subControlRect(box, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideMiddle, field.width() - SPACE // 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    role: Role = Role.MODEL
    partner: Path | None = None


class JudgeRow(QWidget):
    """Signal `changed(Judgement)`."""

    changed = Signal(object)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: list[_Entry] = []
        self._name_width = themes.px(NAME_WIDTH)
        self.box = ElidedChoice()
        self.box.setAccessibleName(self.tr("Judge them as"))
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(themes.px(160))
        self.context = ContextField(themes, session.settings.ctx_size)
        label, asked = QLabel(self.tr("Judged as")), QLabel(self.tr("with a context of"))
        for words, field in ((label, self.box), (asked, self.context)):
            words.setProperty("kind", "muted")
            words.setBuddy(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        row.addWidget(asked)
        row.addWidget(self.context)
        self.refresh()
        self.box.currentIndexChanged.connect(self._on_changed)
        self.context.changed.connect(self._on_changed)
        session.models.library.changed.connect(self.refresh)
        session.pair.changed.connect(self.refresh)
        session.preferences.changed.connect(self.refresh)

    def judgement(self) -> Judgement:
        entry = self._entries[self.box.currentIndex()]
        return Judgement(entry.role, entry.partner, self.context.value())

    def choose(self, role: Role, *, alone: bool = False) -> None:
        """The entry of this role, with a partner unless it is to be `alone`."""
        for number, entry in enumerate(self._entries):
            if entry.role is role and (entry.partner is None) is alone:
                self.box.setCurrentIndex(number)

    def _short(self, name: str) -> str:
        """A name that leaves room for the words around it."""
        plain = name.removesuffix(".gguf")
        return self.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideMiddle, self._name_width)

    @Slot()
    def refresh(self) -> None:
        """The partners are those that are in use now."""
        entries = [_Entry(self.tr("model by itself"))]
        contents = self._session.models.library.contents
        target = contents.model(self._session.pair.target)
        draft = contents.model(draft_file(self._session.settings.draft))
        if draft is not None:
            text = self.tr("model, with the draft {0}").format(self._short(draft.name))
            entries.append(_Entry(text, Role.MODEL, draft.path))
        if target is not None:
            text = self.tr("draft for {0}").format(self._short(target.name))
            entries.append(_Entry(text, Role.DRAFT, target.path))
        if entries == self._entries:
            return
        before = self._entries[self.box.currentIndex()] if self._entries else entries[0]
        self._entries = entries
        kept = [i for i, entry in enumerate(entries) if entry == before]
        kept += [i for i, entry in enumerate(entries) if entry.role is before.role and before.partner]
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems([entry.text for entry in entries])
        self.box.setCurrentIndex((kept or [0])[0])
        self.box.blockSignals(False)
        if entries[self.box.currentIndex()] != before:
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.judgement())
