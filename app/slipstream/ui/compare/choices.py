"""What is to be compared: ways to draft, each a button that stays pressed, and how long the answers may be."""

from dataclasses import dataclass, fields

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.side_choices import OFF, Offer, Way, offers, side_name, way_help
from slipstream.core.chat import Sampling, Speculation
from slipstream.core.events import PairLoaded
from slipstream.core.settings import option
from slipstream.core.side_by_side import MOST_SIDES, SEGMENT
from slipstream.ui.flow import FlowLayout
from slipstream.ui.icons import icon
from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.setting_controls import SettingControl, make_control

FIELD = 84  # px


@dataclass(frozen=True)
class Numbers:
    """What is set by a number."""

    length: int = option(4, "Draft length", "Tokens a fixed draft has", minimum=1, maximum=16)
    tokens: int = option(
        256, "Tokens", "The longest answer of each side", minimum=SEGMENT, maximum=4096, step=SEGMENT
    )


class Choices(QWidget):
    """Signal: `changed()`. What is not drafted at all is always one of the sides, and no choice."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._offers: tuple[Offer, ...] = ()
        self._loaded: PairLoaded | None = None
        self._sampling = Sampling()
        self._running = False
        self._chosen: set[Way] | None = None  # until a pair was seen
        length, tokens = fields(Numbers)
        self.length = make_control(length, length.default, themes)
        self.tokens = make_control(tokens, tokens.default, themes)
        self.buttons: dict[Way, QPushButton] = {}
        ways = QWidget()
        flow = FlowLayout(ways, SPACE - 2)
        for way in Way:
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("way", way)
            button.clicked.connect(self._on_way)
            self.buttons[way] = button
            flow.addWidget(button)
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
    def sides(self) -> tuple[Speculation, ...]:
        """Those to compare, the first without drafting."""
        chosen = [
            offer.speculation
            for offer in self._offers
            if self.buttons[offer.way].isChecked() and not offer.why_not
        ]
        return (OFF, *chosen)

    def offer(self, loaded: PairLoaded | None, sampling: Sampling) -> None:
        """What can be compared now."""
        self._loaded, self._sampling = loaded, sampling
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
        self._offers = offers(self._loaded, self._sampling, self.length.value())
        full = len(self._chosen or ()) >= MOST_SIDES - 1
        for offer in self._offers:
            button = self.buttons[offer.way]
            chosen = offer.way in (self._chosen or ())
            button.setText(side_name(offer.speculation))
            button.setChecked(chosen and not offer.why_not)
            button.setIcon(self._mark(on=button.isChecked()))
            why_not = offer.why_not
            if full and not chosen and not why_not:
                why_not = self.tr("{0} sides are the most.").format(MOST_SIDES)
            button.setEnabled(not why_not and not self._running)
            tip = f"{way_help(offer.way)}\n{why_not}".strip()
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        for control in (self.length, self.tokens):
            control.widget.setEnabled(not self._running)

    def _mark(self, *, on: bool) -> QIcon:
        """What shows, beside its colour, that a way is chosen."""
        theme = self._themes.theme
        return icon("check", theme.accent, 16, disabled=theme.muted) if on else QIcon()

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._refresh()

    @Slot()
    def _on_way(self) -> None:
        usable = {offer.way for offer in self._offers if not offer.why_not}
        unseen = {way for way in self._chosen or () if way not in usable}
        self._chosen = unseen | {way for way in usable if self.buttons[way].isChecked()}
        self._refresh()
        self.changed.emit()

    @Slot(str, object)
    def _on_number(self, _name: str, _value: object) -> None:
        self._refresh()
        self.changed.emit()
