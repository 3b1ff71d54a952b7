"""The right side of the window: headline figures and plots of the answer under way.

`add_steps` only stores. A timer of the panel's own measures what was stored and draws, one plot a tick, the
plots taking turns; it runs only while something is left to draw. Plots scrolled out of sight wait. pyqtgraph
is imported after the panel is first shown (`lazy.py`); until then, and without it, the headline works.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from slipstream.core.metrics import RunStats, StepRecord
from slipstream.ui.dashboard.empty import EmptyState
from slipstream.ui.dashboard.headline import Headline
from slipstream.ui.dashboard.history import History, Levels
from slipstream.ui.dashboard.labels import OVERHANG
from slipstream.ui.dashboard.lazy import PlotLibrary
from slipstream.ui.dashboard.positions import PositionBars
from slipstream.ui.theme import SPACE, Theme, ThemeManager

if TYPE_CHECKING:
    from slipstream.ui.dashboard.miniplot import MiniPlot

TICK_MS = 100
CALM_TICK_MS = 300  # where drawing takes its time from the processor that computes the answer
FIGURES_EVERY = 2  # ticks: digits that change faster cannot be read
STEPS_A_TICK = 300  # measured in 2 ms; 3,000 a second is more than any model writes
IDLE_MS = 300  # after the panel is shown, the window has painted itself


class DashboardPanel(QWidget):
    """Shows one run at a time; what was shown stays until the next run or `clear`."""

    plots_ready = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._pending: deque[StepRecord] = deque()
        self._stats: RunStats | None = None
        self._over = True  # no run is under way
        self._levels = Levels()
        self._figures_due = False
        self._ticks = 0
        self._due: list[MiniPlot | PositionBars] = []  # drawn from the front
        self.history = History()
        self.plots: list[MiniPlot] = []
        self.headline = Headline(themes.theme)
        self.positions = PositionBars(themes.theme)
        self.empty = EmptyState(themes.theme)
        self._library = PlotLibrary(self)
        self._library.ready.connect(self._on_library_ready)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._pointer: float | None = None
        self._pointer_timer = QTimer(self)
        self._pointer_timer.setSingleShot(True)
        self._pointer_timer.setInterval(30)
        self._pointer_timer.timeout.connect(self._on_pointer_rests)
        self._lay_out()
        self.setMinimumWidth(max(300, themes.px(240)))
        self.setAccessibleName(self.tr("Live figures"))
        themes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(themes.theme)

    def _lay_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "surface")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE - OVERHANG, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.headline)
        self._plot_column = QVBoxLayout()
        self._plot_column.setSpacing(SPACE)
        column.addLayout(self._plot_column, 1000)
        column.addWidget(self.positions)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Live figures"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.scroll_bar = self._scroll.verticalScrollBar()
        self.scroll_bar.valueChanged.connect(self._on_scrolled)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._scroll)

    # What the window calls

    def set_calm(self, calm: bool) -> None:
        """Draw less often."""
        self._timer.setInterval(CALM_TICK_MS if calm else TICK_MS)

    def begin_run(self, plain_tokens_per_second: float | None, drafting: bool) -> None:
        """A run starts: forget the last one. The level is what no drafting reaches, None while unknown."""
        self._levels.plain = plain_tokens_per_second
        self._start_over()
        self.headline.begin(plain_tokens_per_second, drafting)
        self._pages.setCurrentWidget(self._scroll)
        self._redraw_all()

    def add_steps(self, steps: Sequence[StepRecord]) -> None:
        """Store steps, in their order; they are drawn on the panel's own tick."""
        self._pending.extend(steps)
        self._wake()

    def finish_run(self, stats: RunStats | None) -> None:
        """The run ended; its figures stay. Without `stats`, where the engine could not sum up: what was seen."""
        if self._over:
            return
        self._over = True
        self._stats = stats
        self._figures_due = True
        self._wake()

    def set_plain_level(self, tokens_per_second: float | None) -> None:
        """The measured no-drafting level, None while unknown."""
        self._levels.plain = tokens_per_second
        self.headline.set_level(tokens_per_second)
        self._redraw_all()

    def set_break_even(self, tau: float | None) -> None:
        """The τ above which drafting pays, None while unknown."""
        self._levels.break_even = tau
        self.headline.set_break_even(tau)
        self._redraw_all()

    def clear(self) -> None:
        """Back to the empty state."""
        self._start_over()
        self._over = True
        self._timer.stop()
        self._pages.setCurrentWidget(self.empty)

    def _start_over(self) -> None:
        self._pending.clear()
        self._stats = None
        self._over = False
        self._figures_due = False
        self.history = History()
        self.positions.show_counts(())
        for plot in self.plots:
            plot.begin(self.history)

    # Drawing, by turns

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _redraw_all(self) -> None:
        """Give everything a turn; what waits already keeps its place."""
        for part in (*self.plots, self.positions):
            if part not in self._due:
                self._due.append(part)
        self._wake()

    @property
    def busy(self) -> bool:
        """Whether something waits to be measured or drawn, what is out of sight excepted."""
        return self._timer.isActive()

    @Slot()
    def tick(self) -> None:
        """Measure what was stored and give one part its turn."""
        if self._pending:
            self._measure()
        elif self._over and not self.history.ended:
            self.history.ended = True
            self._redraw_all()
        self._ticks += 1
        if self._figures_due and self._ticks % FIGURES_EVERY == 0:
            self._show_figures()
        part = self._next_visible()
        if part is not None:
            self._draw(part)
        elif not self._pending and not self._figures_due:
            self._timer.stop()

    def _measure(self) -> None:
        steps = list(islice(self._pending, STEPS_A_TICK))
        for _ in steps:
            self._pending.popleft()
        self.history.extend(steps)
        self._figures_due = True
        self._redraw_all()

    def _show_figures(self) -> None:
        self._figures_due = False
        history, stats = self.history, self._stats
        recent = history.rate[-1] if len(history) and isfinite(history.rate[-1]) else None
        if stats is not None:
            self.headline.show_metrics(stats.metrics, recent, stats.ttft_ms, final=True)
        else:
            meter = history.meter
            self.headline.show_metrics(meter.metrics(), recent, meter.first_t_ms, final=self._over)

    def _next_visible(self) -> "MiniPlot | PositionBars | None":
        for part in self._due:
            if not part.visibleRegion().isEmpty():
                self._due.remove(part)
                return part
        return None

    def _draw(self, part: "MiniPlot | PositionBars") -> None:
        if isinstance(part, PositionBars):
            part.show_counts(self.history.meter.metrics().positions)
        else:
            part.redraw()

    # The plots' making

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wake()
        if not self.plots:
            QTimer.singleShot(IDLE_MS, self, self._library.load)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw_all()

    @Slot()
    def _on_library_ready(self) -> None:
        self._make_next_plot()

    @Slot()
    def _make_next_plot(self) -> None:
        """Make one plot and come back for the next: each takes 20–30 ms."""
        from slipstream.ui.dashboard import plots  # noqa: PLC0415  (imports pyqtgraph)

        theme = self._themes.theme
        match len(self.plots):
            case 0:
                plot = plots.RatePlot(theme, self._levels)
            case 1:
                plot = plots.TauPlot(theme, self._levels)
            case 2:
                plot = plots.AcceptancePlot(theme)
            case 3:
                plot = plots.LatencyPlot(theme)
            case _:
                self._redraw_all()
                self.plots_ready.emit()
                return
        plot.hovered.connect(self._on_hovered)
        plot.begin(self.history)
        self._plot_column.addWidget(plot)
        self.plots.append(plot)
        QTimer.singleShot(0, self, self._make_next_plot)

    # Pointer, scrolling, theme

    @Slot(object)
    def _on_hovered(self, token: float | None) -> None:
        self._pointer = token
        self._pointer_timer.start()

    @Slot()
    def _on_pointer_rests(self) -> None:
        """Show the same token in all plots."""
        for plot in self.plots:
            plot.hover(self._pointer)

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._wake()

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        for part in (self.headline, self.positions, self.empty, *self.plots):
            part.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(340, 720)
