"""What is to be compared: ways to draft, each a button that stays pressed, and how long the answers may be."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.side_choices import OFF, Offer, Way, draft_offers, offers
from slipstream.bridge.side_drafts import LocalDraft
from slipstream.bridge.side_words import side_name
from slipstream.core.chat import Sampling
from slipstream.core.events import PairLoaded
from slipstream.core.settings import option
from slipstream.core.side_by_side import MOST_SIDES, SEGMENT, SideSpec
from slipstream.ui.flow import FlowLayout
from slipstream.ui.icons import icon
from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.setting_controls import SettingControl, make_control

FIELD = 84  # px
MOST_DRAFTS = 3  # other drafts with a button each; the rest stands in a menu


@dataclass(frozen=True)
class Numbers:
    """What is set by a number."""

    length: int = option(4, "Draft length", "Tokens a fixed draft has", minimum=1, maximum=16)
    tokens: int = option(
        256, "Tokens", "The longest answer of each side", minimum=SEGMENT, maximum=4096, step=SEGMENT
    )


class Choices(QWidget):
    """Signal: `changed()`. What is not drafted at all is always one of the sides, and no choice.

    `buttons`: by way, or by the file of another draft.
    """

    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._offers: tuple[Offer, ...] = ()
        self._loaded: PairLoaded | None = None
        self._sampling = Sampling()
        self._drafts: tuple[LocalDraft, ...] = ()
        self._from_menu: set[str] = set()  # drafts that were chosen there, and have a button since
        self._running = False
        self._chosen: set[str] | None = None  # until a pair was seen
        length, tokens = fields(Numbers)
        self.length = make_control(length, length.default, themes)
        self.tokens = make_control(tokens, tokens.default, themes)
        self.buttons: dict[str, QPushButton] = {}
        ways = QWidget()
        self._flow = FlowLayout(ways, SPACE - 2)
        for way in Way:
            self._add_button(way)
        self.more = QPushButton(self.tr("More drafts"))
        self.more.setAutoDefault(False)
        self.more.setMenu(QMenu(self.more))
        self.more.setToolTip(self.tr("Other models on this machine that can draft here"))
        self._flow.addWidget(self.more)
        against = QLabel(self.tr("Compare no drafting with"))
        against.setProperty("kind", "muted")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._labelled(self.tr("Fixed draft"), self.length, self.tr("tokens")))
        row.addSpacing(SPACE)
        row.addWidget(self._labelled(self.tr("Answer up to"), self.tokens, self.tr("tokens")))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(against)
        column.addWidget(ways)
        column.addLayout(row)
        themes.changed.connect(self._on_theme)

    def _add_button(self, key: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.clicked.connect(self._on_way)
        self.buttons[key] = button
        self._flow.addWidget(button)
        return button

    def _labelled(self, words: str, control: SettingControl, unit: str) -> QWidget:
        control.setParent(self)
        control.widget.setFixedWidth(FIELD)
        control.widget.setAccessibleName(words)
        control.changed.connect(self._on_number)
        label, after = QLabel(words), QLabel(unit)
        label.setBuddy(control.widget)
        for each in (label, after):
            each.setProperty("kind", "muted")
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE - 2)
        for part in (label, control.widget, after):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        return whole

    @property
    def sides(self) -> tuple[SideSpec, ...]:
        """Those to compare, the first without drafting."""
        chosen = [
            offer.side for offer in self._offers if self.buttons[offer.key].isChecked() and not offer.why_not
        ]
        return (OFF, *chosen)

    def offer(self, loaded: PairLoaded | None, sampling: Sampling, drafts: Sequence[LocalDraft] = ()) -> None:
        """What can be compared now. `drafts`: the others on this machine, the best first."""
        self._loaded, self._sampling = loaded, sampling
        if tuple(drafts) != self._drafts:
            self._drafts = tuple(drafts)
            self._fill_menu()
        if self._chosen is None and loaded is not None:
            self._chosen = {Way.AUTO if loaded.draft is not None else Way.NGRAM}
        self._refresh()

    def set_running(self, running: bool) -> None:
        self._running = running
        self._refresh()

    def set_most(self, tokens: int) -> None:
        """Begin with answers no longer than this."""
        self.tokens.set_value(max(SEGMENT, min(self.tokens.value(), tokens)))

    def _refresh(self) -> None:
        shown = [draft for draft in self._drafts if self._has_button(draft)]
        ways = offers(self._loaded, self._sampling, self.length.value())
        self._offers = (*ways, *draft_offers(shown))
        self._forget_buttons()
        chosen = {offer.key for offer in self._offers if offer.key in (self._chosen or ())}
        full = len(chosen) >= MOST_SIDES - 1
        for offer in self._offers:
            button = self.buttons.get(offer.key) or self._add_button(offer.key)
            button.setText(side_name(offer.side).replace("&", "&&"))
            button.setChecked(offer.key in chosen and not offer.why_not)
            button.setIcon(self._mark(on=button.isChecked()))
            why_not = offer.why_not
            if full and offer.key not in chosen and not why_not:
                why_not = self.tr("{0} sides are the most.").format(MOST_SIDES)
            button.setEnabled(not why_not and not self._running)
            tip = "\n".join(filter(None, (offer.help, self._about(offer.side.draft), why_not)))
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self._flow.removeWidget(self.more)
        self._flow.addWidget(self.more)  # it stands last
        self.more.setVisible(len(shown) < len(self._drafts))
        self.more.setEnabled(not full and not self._running)
        for control in (self.length, self.tokens):
            control.widget.setEnabled(not self._running)

    def _has_button(self, draft: LocalDraft) -> bool:
        return draft in self._drafts[:MOST_DRAFTS] or draft.path in self._from_menu

    def _forget_buttons(self) -> None:
        """Of drafts that are no longer offered."""
        for key in self.buttons.keys() - {offer.key for offer in self._offers}:
            button = self.buttons.pop(key)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for draft in self._drafts[MOST_DRAFTS:]:
            action = menu.addAction(draft.name.replace("&", "&&"))
            action.setData(draft.path)
            action.triggered.connect(self._on_more)

    def _about(self, path: str) -> str:
        """What the library makes of another draft."""
        draft = next((draft for draft in self._drafts if draft.path == path), None)
        if draft is None:
            return ""
        from slipstream.ui.models.words import expected_text, reason_sentences  # noqa: PLC0415  (not before)

        told = (expected_text(draft.verdict), *reason_sentences(draft.verdict), draft.path)
        return "\n".join(filter(None, told))

    def _mark(self, *, on: bool) -> QIcon:
        """What shows, beside its colour, that a way is chosen."""
        theme = self._themes.theme
        return icon("check", theme.accent, 16, disabled=theme.muted) if on else QIcon()

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._refresh()

    @Slot()
    def _on_way(self) -> None:
        usable = {offer.key for offer in self._offers if not offer.why_not}
        unseen = {key for key in self._chosen or () if key not in usable}
        self._chosen = unseen | {key for key in usable if self.buttons[key].isChecked()}
        self._refresh()
        self.changed.emit()

    @Slot()
    def _on_more(self) -> None:
        """A draft of the menu is chosen: it gets a button, pressed."""
        path = self.sender().data()
        self._from_menu.add(path)
        self._chosen = {*(self._chosen or ()), path}
        self._refresh()
        self.changed.emit()

    @Slot(str, object)
    def _on_number(self, _name: str, _value: object) -> None:
        self._refresh()
        self.changed.emit()
