"""The window of the explanation: opened from the menu and from the live figures, with the person's own figures."""

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from slipstream.bridge.session import Session
from slipstream.core.history import Levels
from slipstream.core.metrics import Metrics, RunStats
from slipstream.ui.chat.look import make_look
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.help.page import PageCanvas
from slipstream.ui.help.text import Facts, blocks, explanation, facts, filled
from slipstream.ui.theme import SPACE, Theme, ThemeManager

SIZE = (780, 760)  # px


class ExplanationDialog(QDialog):
    """Stays open beside the window while one goes on chatting."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What speculation does to latency"))
        self._themes = themes
        self.canvas = PageCanvas(make_look(themes.theme, themes.text_scale), self)
        self.canvas.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        room = parent.screen().availableSize()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], round(room.height() * 0.9)))
        themes.changed.connect(self._on_theme)

    def show_facts(self, known: Facts) -> None:
        """The page with these figures."""
        language = QLocale().name().partition("_")[0]
        self.canvas.show_blocks(list(blocks(filled(explanation(language), known))))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.canvas.set_look(make_look(theme, self._themes.text_scale))


class Explanation(QObject):
    """Opens it, and keeps its figures up to date."""

    def __init__(
        self, session: Session, themes: ThemeManager, dashboard: DashboardPanel, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._dashboard = dashboard
        self._window = window
        self.dialog: ExplanationDialog | None = None
        session.chat.run_ended.connect(self._on_run_ended)

    @Slot()
    def open(self) -> None:
        """Show the page, or bring it to the front."""
        if self.dialog is None:
            self.dialog = ExplanationDialog(self._themes, self._window)
        if self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
        else:
            self.dialog.show()  # first: heights are estimated for the width there is
        self.dialog.show_facts(self.facts())
        self.dialog.canvas.setFocus()

    def facts(self) -> Facts:
        """Of the run that is shown, else of the latest, else of the latest answer of this conversation."""
        for run in (self._dashboard.shown, self._dashboard.live):
            if run is not None:
                known = facts(run.metrics()[0], run.levels)
                if "nothing" not in known.true:
                    return known
        return facts(self._last_answer(), Levels())

    def _last_answer(self) -> Metrics | None:
        stats = (turn.stats for turn in reversed(self._session.chat.turns))
        return next((each.metrics for each in stats if each is not None), None)

    @Slot(object)
    def _on_run_ended(self, _stats: RunStats | None) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_facts(self.facts())
