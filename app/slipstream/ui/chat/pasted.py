"""Long texts and files kept beside the field: one chip each, opened by a click, taken out by its cross.

What was taken out last can be put back until something else is written over it.
"""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.amounts import size_text
from slipstream.bridge.attachments import Attachment
from slipstream.ui.flow import FlowLayout
from slipstream.ui.icons import icon
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme, ThemeManager

CROSS = 14  # px
NAME = 36  # characters of a file's name that are shown


class PastedDialog(QDialog):
    """Reads and edits one long text. Signal: `kept(text)`."""

    kept = Signal(str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Long text"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 520)
        self.field = QPlainTextEdit()
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Long text"))
        self.field.setPlainText(text)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.button(kinds.Save).setText(self.tr("Keep"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(self.field, 1)
        column.addWidget(self.buttons)

    @Slot()
    def _on_accepted(self) -> None:
        self.kept.emit(self.field.toPlainText())


class PastedTexts(QWidget):
    """Signal: `changed()`, after any change of `items`."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._taken_out: tuple[int, Attachment] | None = None
        self._tokens: dict[str, int] = {}  # by text
        self.items: list[Attachment] = []
        self._row = FlowLayout(self)
        themes.changed.connect(self._on_theme)
        self._show()

    @property
    def texts(self) -> list[str]:
        """As they stand in the message."""
        return [item.message for item in self.items]

    def set_texts(self, texts: list[str]) -> None:
        """Replace them all; nothing can be put back after."""
        self._taken_out = None
        self._tokens.clear()
        self.items = [Attachment(text) for text in texts]
        self._changed()

    def add(self, item: Attachment) -> None:
        self.items.append(item)
        self._changed()

    def uncounted(self) -> list[str]:
        """The texts, as they stand in the message, whose tokens are not known."""
        return [text for text in self.texts if text not in self._tokens]

    def set_tokens(self, text: str, tokens: int) -> None:
        """How many tokens a text has."""
        if text in self.texts:
            self._tokens[text] = tokens
            self._show()

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, item in enumerate(self.items):
            self._row.addWidget(self._chip(number, item))
        if self._taken_out is not None:
            undo = self._button(self.tr("Undo"), self.tr("Put back the long text that was taken out"))
            undo.clicked.connect(self._on_undo)
            self._row.addWidget(undo)
        self.setVisible(bool(self.items) or self._taken_out is not None)

    def _words(self, item: Attachment) -> str:
        """What a chip says of its text: what it is, how much, and what that is to the model."""
        tokens = self._tokens.get(item.message)
        counted = self.tr("{n} tokens").format(n=grouped(tokens)) if tokens is not None else ""
        if not item.name:
            own = self.tr("Long text, {n} characters").format(n=grouped(len(item.text)))
            return ", ".join(filter(None, (own, counted)))
        size = size_text(item.size)
        name = item.name if len(item.name) <= NAME else f"{item.name[: NAME // 2]}…{item.name[-NAME // 2 :]}"
        return " · ".join(filter(None, (name, size, counted)))

    def _chip(self, number: int, item: Attachment) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        opens = self._button(self._words(item), self.tr("Read and edit it"))
        opens.clicked.connect(partial(self._open, number))
        cross = self._button("", self.tr("Take the text out"))
        side = self._themes.px(CROSS)
        cross.setIconSize(QSize(side, side))
        cross.setIcon(icon("close", self._themes.theme.muted, side))
        cross.setAccessibleName(self.tr("Take the text out"))
        cross.clicked.connect(partial(self._take_out, number))
        row.addWidget(opens)
        row.addWidget(cross)
        return chip

    def _button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "bordered")
        button.setText(words)
        button.setToolTip(tip)
        return button

    def _open(self, number: int) -> None:
        item = self.items[number]
        dialog = PastedDialog(item.text, self)
        if item.name:
            dialog.setWindowTitle(item.name)
        dialog.kept.connect(partial(self._keep, number, item))
        dialog.open()

    def _keep(self, number: int, before: Attachment, text: str) -> None:
        """What was edited takes the place of what was opened, where that is there still."""
        edited = Attachment(text, before.name, len(text.encode("utf-8", "replace")))
        if self.items[number : number + 1] != [before]:
            self.items.append(edited)
        elif text.strip():
            self.items[number] = edited
        else:
            del self.items[number]
        self._changed()

    def _take_out(self, number: int) -> None:
        self._taken_out = (number, self.items.pop(number))
        self._changed()

    @Slot()
    def _on_undo(self) -> None:
        if self._taken_out is not None:
            number, item = self._taken_out
            self._taken_out = None
            self.items.insert(number, item)
            self._changed()

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._show()
