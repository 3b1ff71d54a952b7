"""The right side of the window: headline figures and plots of the answer under way, or of an earlier one.

`add_steps` only stores. A timer of the panel's own measures what was stored and draws, one plot a tick and one of the
lighter parts, each kind taking turns; it runs only while something is left to draw. Parts scrolled out of sight wait.
While the view is frozen nothing is measured: what comes is kept, and caught up with afterwards. pyqtgraph is imported
after the panel is first shown (`lazy.py`); until then, and without it, everything but the plots works.
"""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from slipstream.core.history import History, Levels
from slipstream.core.metrics import RunStats, StepRecord
from slipstream.ui.dashboard.bars import BarRow
from slipstream.ui.dashboard.empty import EmptyState
from slipstream.ui.dashboard.head import PanelHead, Showing
from slipstream.ui.dashboard.page import FiguresPage
from slipstream.ui.dashboard.plot_menu import PlotMenu
from slipstream.ui.dashboard.recording import Recording
from slipstream.ui.dashboard.timeline import StepTimeline
from slipstream.ui.theme import Theme, ThemeManager

if TYPE_CHECKING:
    from slipstream.ui.dashboard.miniplot import MiniPlot

TICK_MS = 100
CALM_TICK_MS = 300  # where drawing takes its time from the processor that computes the answer
CATCH_UP_MS = 15  # while more waits to be measured than one tick takes; nothing is drawn meanwhile
FIGURES_EVERY = 2  # ticks: digits that change faster cannot be read
STEPS_A_TICK = 300  # measured in 2 ms; 3,000 a second is more than any model writes
IDLE_MS = 300  # after the panel is shown, the window has painted itself


class DashboardPanel(QWidget):
    """Shows one run at a time; what was shown stays until the next run or `clear`.

    Signals: `plots_ready()`; `token_chosen(answer, token)`, to be shown in the conversation; `explain_wanted()`.
    """

    plots_ready = Signal()
    told = Signal(str)  # what was done with a picture of a plot
    token_chosen = Signal(object, int)
    explain_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._live: Recording | None = None
        self._shown = Recording(drafting=False, over=True)
        self._frozen = False
        self._figures_due = False
        self._ticks = 0
        self._interval = TICK_MS
        self._due: list[MiniPlot] = []  # drawn from the front
        self._light_due: list[QWidget] = []
        theme = themes.theme
        self.head = PanelHead(theme)
        self.page = FiguresPage(theme, Levels())
        self.headline, self.positions, self.column = self.page.headline, self.page.positions, self.page.column
        self.scroll_bar = self.page.verticalScrollBar()
        self.empty = EmptyState(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self._pages, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._connect()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "surface")
        self.setMinimumWidth(max(300, themes.px(240)))
        self.setAccessibleName(self.tr("Live figures"))
        themes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(theme)

    def _connect(self) -> None:
        head, column, timeline = self.head, self.column, self.page.timeline
        self.scroll_bar.valueChanged.connect(self._on_scrolled)
        head.frozen.connect(self.set_frozen)
        head.zoom_reset.connect(column.show_all)
        head.latest_wanted.connect(self.show_latest)
        head.explain_wanted.connect(self.explain_wanted)
        for part in (timeline, self.page.chunks, self.page.positions):
            self._offer_picture(part)
        column.made.connect(self._offer_picture)
        column.ready.connect(self.plots_ready)
        column.redraw_wanted.connect(self._redraw_all)
        column.zoomed.connect(head.show_zoomed)
        column.hovered.connect(self._on_hovered)
        column.marked.connect(self._on_marked)
        column.chosen.connect(self._on_chosen)
        timeline.hovered.connect(column.hover)
        timeline.chosen.connect(self._on_step_chosen)

    @Slot(object)
    def _offer_picture(self, plot: "MiniPlot | BarRow | StepTimeline") -> None:
        PlotMenu(plot, plot.title.text(), self._themes).told.connect(self.told)

    @property
    def shown(self) -> Recording:
        """The run that is shown."""
        return self._shown

    @property
    def live(self) -> Recording | None:
        """The run that is, or was, written last."""
        return self._live

    @property
    def history(self) -> History:
        """Of the run that is shown."""
        return self._shown.history

    @property
    def plots(self) -> "list[MiniPlot]":
        return self.column.plots

    # What the window calls

    def set_calm(self, calm: bool) -> None:
        """Draw less often."""
        self._interval = CALM_TICK_MS if calm else TICK_MS
        self._timer.setInterval(self._interval)

    def begin_run(
        self,
        plain_tokens_per_second: float | None,
        drafting: bool,
        answer: int | None = None,
        tokens_before: int = 0,
    ) -> None:
        """A run starts, and is shown unless the view is frozen. The level is what no drafting reaches, None while
        unknown; `answer` is the message it writes, which may have tokens of earlier runs.
        """
        levels = Levels(plain_tokens_per_second, self._levels.break_even)
        self._live = Recording(drafting, levels, answer, tokens_before)
        if not self._frozen:
            self._show(self._live)

    def add_steps(self, steps: Sequence[StepRecord]) -> None:
        """Store steps of the run that has begun, in their order; they are drawn on the panel's own tick."""
        if self._live is not None:
            self._live.add(steps)
            self._wake()

    def finish_run(self, stats: RunStats | None) -> None:
        """The run ended; its figures stay. Without `stats`, where the engine could not sum up: what was seen."""
        live = self._live
        if live is None or live.over:
            return
        live.over, live.stats = True, stats
        self._figures_due = True
        self._show_state()
        self._wake()

    def set_plain_level(self, tokens_per_second: float | None) -> None:
        """The measured no-drafting level, None while unknown."""
        self._levels.plain = tokens_per_second
        self._show_levels()

    def set_break_even(self, tau: float | None) -> None:
        """The τ above which drafting pays, None while unknown."""
        self._levels.break_even = tau
        self._show_levels()

    def set_reason(self, words: str) -> None:
        """What is to be said of how the run drafts."""
        if self._live is not None:
            self._live.reason = words
            if self._shown is self._live:
                self.page.pace.show_reason(words)

    def show_earlier(self, recording: Recording) -> None:
        """Show a run that was read again; the one under way goes on being recorded."""
        self.set_frozen(False)
        self._show(recording)

    @Slot()
    def show_latest(self) -> None:
        """Back to the run that is, or was, written last."""
        if self._live is not None:
            self._show(self._live)
        else:
            self.clear()

    @Slot(bool)
    def set_frozen(self, on: bool) -> None:
        """Leave the view as it is; what comes meanwhile is kept, and shown afterwards."""
        if on == self._frozen:
            return
        self._frozen = on
        self.head.set_frozen(on)
        if not on and self._live is not None and self._shown is not self._live:
            self._show(self._live)  # another one has begun
        self._show_state()
        self._figures_due = True
        self._redraw_all()

    def mark_token(self, token: int) -> bool:
        """Mark the step of the shown run that wrote this token of its answer; False where that is not here."""
        shown = self._shown
        if shown.pending and not self._frozen:
            shown.measure(len(shown.pending))
            self._figures_due = True
        row = shown.history.row_writing(token - shown.tokens_before)
        if row >= 0:
            self.column.mark_row(row)
            self._redraw_all()
        return row >= 0

    def clear(self) -> None:
        """Back to the empty state."""
        levels = self._levels
        self._live = None
        self._show(Recording(drafting=False, levels=levels, over=True))
        self._timer.stop()
        self._pages.setCurrentWidget(self.empty)
        self._show_state()

    # What is shown

    @property
    def _levels(self) -> Levels:
        """Those of the run that is written, or of the next one."""
        return self._live.levels if self._live is not None else self._shown.levels

    def _show(self, recording: Recording) -> None:
        """Show this run from now on."""
        self._shown = recording
        self._figures_due = bool(len(recording.history))
        self.page.show_recording(recording)
        self._pages.setCurrentWidget(self.page)
        self._show_state()
        self._redraw_all()

    def _show_levels(self) -> None:
        self.page.show_levels(self._shown)
        self._redraw_all()

    def _show_state(self) -> None:
        if self._pages.currentWidget() is self.empty:
            showing = Showing.NOTHING
        elif self._shown.earlier:
            showing = Showing.EARLIER
        elif self._frozen:
            showing = Showing.FROZEN
        else:
            showing = Showing.LATEST if self._shown.over else Showing.NOW
        self.head.show_state(showing)

    # Drawing, by turns

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start(self._interval)

    @Slot()
    def _redraw_all(self) -> None:
        """Give everything a turn; what waits already keeps its place."""
        self._due += [plot for plot in self.plots if plot not in self._due]
        self._light_due += [part for part in self.page.light if part not in self._light_due]
        self._wake()

    @property
    def busy(self) -> bool:
        """Whether something waits to be measured or drawn, what is out of sight excepted."""
        return self._timer.isActive()

    @Slot()
    def tick(self) -> None:
        """Measure what was stored, and give one plot and one lighter part their turn."""
        if not self._frozen and self._measure():
            return
        self._ticks += 1
        if self._figures_due and not self._frozen and self._ticks % FIGURES_EVERY == 0:
            self._show_figures()
        light, plot = _next_visible(self._light_due), _next_visible(self._due)
        if light is not None:
            light.show_history(self.history)
        if plot is not None:
            plot.redraw()
        waits = not self._frozen and (self._shown.pending or self._figures_due)
        if light is None and plot is None and not waits:
            self._timer.stop()

    def _measure(self) -> bool:
        """Measure what was stored; True where so much is left that nothing is to be drawn yet."""
        shown = self._shown
        behind = False
        if shown.pending:
            shown.measure(STEPS_A_TICK)
            behind = len(shown.pending) > STEPS_A_TICK
            self._timer.setInterval(CATCH_UP_MS if behind else self._interval)
            self._figures_due = True
            self._redraw_all()
        elif shown.over and not shown.history.ended:
            shown.history.ended = True
            self._redraw_all()
        return behind

    def _show_figures(self) -> None:
        self._figures_due = False
        history = self.history
        recent = history.rate[-1] if len(history) and isfinite(history.rate[-1]) else None
        metrics, ttft_ms = self._shown.metrics()
        self.headline.show_metrics(metrics, recent, ttft_ms, final=self._shown.over)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wake()
        QTimer.singleShot(IDLE_MS, self, self.column.load)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw_all()

    # Pointer, scrolling, theme

    @Slot(object)
    def _on_hovered(self, token: float | None) -> None:
        self.page.timeline.read(token, self.column.mark)

    @Slot(object)
    def _on_marked(self, token: float | None) -> None:
        self.page.timeline.read(None, token)

    @Slot(float)
    def _on_step_chosen(self, token: float) -> None:
        self.column.mark_row(self.history.row_at(token))
        self._on_chosen(token)

    @Slot(float)
    def _on_chosen(self, token: float) -> None:
        """Tell which token of the answer the chosen step begins with."""
        shown = self._shown
        row = shown.history.row_at(token)
        if shown.answer is not None and row >= 0:
            self.token_chosen.emit(shown.answer, shown.tokens_before + shown.history.first_token(row))

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._wake()

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        for part in (self.head, self.page, self.empty):
            part.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(340, 720)


def _next_visible[Part: QWidget](waiting: list[Part]) -> Part | None:
    """Take the first of these that can be seen, or that hides itself while it has nothing to show."""
    for part in waiting:
        if part.isHidden() or not part.visibleRegion().isEmpty():
            waiting.remove(part)
            return part
    return None
