"""The panel's first line: what is shown (now, frozen, an earlier answer), and what can be done with the view."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from slipstream.ui.dashboard.labels import OVERHANG, TITLE, FigureLabel
from slipstream.ui.icons import icon
from slipstream.ui.theme import SPACE, Theme

BUTTON, ICON = 1.6, 1.0  # of a line of text


class Showing(StrEnum):
    """What the panel shows."""

    NOTHING = "nothing"
    NOW = "now"  # the answer that is being written
    LATEST = "latest"  # the last one that was
    FROZEN = "frozen"
    EARLIER = "earlier"


class PanelHead(QWidget):
    """Signals: `frozen(bool)`; `zoom_reset()`; `latest_wanted()`; `explain_wanted()`."""

    frozen = Signal(bool)
    zoom_reset = Signal()
    latest_wanted = Signal()
    explain_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = FigureLabel(TITLE)
        self.latest = QToolButton()
        self.latest.setText(self.tr("Back to the latest"))
        self.latest.setProperty("kind", "bordered")
        self.latest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.latest.setToolTip(self.tr("Show the answer that is or was written last"))
        self.latest.clicked.connect(self.latest_wanted)
        self.whole = self._button(self.tr("Show all tokens"), self.tr("Show all tokens (double click, or 0)"))
        self.whole.clicked.connect(self.zoom_reset)
        self.freeze = self._button(self.tr("Freeze the view"), "")
        self.freeze.setCheckable(True)
        self.freeze.toggled.connect(self._on_freeze)
        self.explain = self._button(
            self.tr("What these figures mean"),
            self.tr("What speculation does to latency, in your own figures"),
        )
        self.explain.clicked.connect(self.explain_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE - OVERHANG, SPACE // 2)
        row.setSpacing(2)
        row.addWidget(self.title, 1)
        for button in (self.latest, self.whole, self.freeze, self.explain):
            row.addWidget(button)
        self._theme = theme
        self.set_theme(theme)
        self.show_zoomed(False)
        self.show_state(Showing.NOTHING)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.setToolTip(tip or name)
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.title.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        """Buttons and icons as large as the text asks for."""
        line = self.fontMetrics().height()
        side, drawn = round(BUTTON * line), round(ICON * line)
        self.latest.setFixedHeight(side)
        for button in (self.whole, self.freeze, self.explain):
            button.setFixedSize(side, side)
            button.setIconSize(QSize(drawn, drawn))
        self.whole.setIcon(icon("widen", self._theme.text, drawn))
        self.explain.setIcon(icon("help", self._theme.text, drawn))
        self._show_freeze()

    def _show_freeze(self) -> None:
        on = self.freeze.isChecked()
        self.freeze.setIcon(icon("play" if on else "pause", self._theme.text, self.freeze.iconSize().width()))
        self.freeze.setToolTip(
            self.tr("Go on with the view; nothing was missed")
            if on
            else self.tr("Freeze the view; recording goes on")
        )

    def show_state(self, showing: Showing) -> None:
        """Say what is shown, and offer what makes sense for it."""
        self.title.show_text(
            {
                Showing.NOTHING: self.tr("Live figures"),
                Showing.NOW: self.tr("This answer"),
                Showing.LATEST: self.tr("The latest answer"),
                Showing.FROZEN: self.tr("Frozen; recording goes on"),
                Showing.EARLIER: self.tr("An earlier answer"),
            }[showing]
        )
        self.title.set_colour("warning" if showing is Showing.FROZEN else "text", self._theme)
        self.latest.setVisible(showing is Showing.EARLIER)
        self.freeze.setVisible(showing in (Showing.NOW, Showing.LATEST, Showing.FROZEN))

    def show_zoomed(self, zoomed: bool) -> None:
        self.whole.setVisible(zoomed)

    def set_frozen(self, on: bool) -> None:
        """Show the button as pressed, or not; `frozen` tells of it."""
        self.freeze.setChecked(on)

    @Slot(bool)
    def _on_freeze(self, on: bool) -> None:
        self._show_freeze()
        self.frozen.emit(on)
