"""The strip of inter-chunk latencies: the gap before every chunk, with p50, p95 and p99, stalls marked."""

import numpy as np
import pyqtgraph as pg

from slipstream.core.axes import round_up
from slipstream.core.metrics import IclSummary
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.binning import Thinned, floats, highest
from slipstream.ui.dashboard.marks import Curve
from slipstream.ui.dashboard.miniplot import DASHED, DOTTED, SOLID, MiniPlot, value_at, y_ticks_for
from slipstream.ui.dashboard.reference import ReferenceLine
from slipstream.ui.theme import Theme

STALL_SPACING = 4  # px; nearer stalls share a mark


class LatencyPlot(MiniPlot):
    """The gap before every chunk, with the median, the 95th and 99th percentile and the stalls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.describe(
            self.tr("Latency, ms"),
            self.tr(
                "Inter-chunk latency: the time between two emissions. Drafting makes gaps longer and fills "
                "each with more tokens. p50: half of the gaps are shorter; p95: 95 % are; p99: 99 % are. "
                "Triangles are stalls."
            ),
        )
        self.gaps = Curve()
        self._thinned = Thinned()
        self.stalls = pg.ScatterPlotItem(symbol="t1", size=9, pen=None, antialias=True)
        self.canvas.add(self.gaps)
        self.canvas.add(self.stalls)
        self.p99 = ReferenceLine(self.canvas, DOTTED, sides=(True, False), ends=(0.0, 1.0))
        self.p95 = ReferenceLine(self.canvas, DOTTED, sides=(True,))
        self.p50 = ReferenceLine(self.canvas, DASHED, sides=(False,), ends=(0.0, 1.0))
        self.gap = self.add_legend(
            self.tr("gap"), figures.duration(888), SOLID, self.tr("The time since the chunk before.")
        )
        self.stall_count = self.add_legend(
            self.tr("stalls"), "8", None, self.tr("Gaps above 3 × the median of those before.")
        )
        self.set_theme(theme)

    def recolour(self, theme: Theme) -> None:
        self.gaps.set_look(theme.plots[0], self.pixel_ratio)
        self.stalls.setBrush(pg.mkBrush(theme.bad))
        self.gap.set_sample(theme, theme.plots[0])
        self.stall_count.set_sample(theme, theme.bad)
        self.p50.set_theme(theme.text, theme)
        self.p95.set_theme(theme.text, theme)
        self.p99.set_theme(theme.muted, theme)

    def draw(self, start: float, end: float) -> None:
        icl = self.history.meter.icl()
        high = self._top(icl)
        x, y = self.thin(self._thinned, self.history.gap_ms)
        y = np.minimum(y, high)
        self.gaps.setData(x, y)
        self.show_range(start, end, 0.0, high, y_ticks_for(0, high))
        self._mark_stalls(start, end, high)
        self.p50.show(icl.p50, self.tr("p50 {ms}").format(ms=figures.duration(icl.p50)), [(x, y)])
        self.p95.show(icl.p95, self.tr("p95 {ms}").format(ms=figures.duration(icl.p95)), [(x, y)])
        above = icl.p99 is not None and icl.p99 > high  # it is told, at the edge
        words = self.tr("p99 {ms} ↑") if above else self.tr("p99 {ms}")
        shown = high if above else icl.p99
        self.p99.show(shown, words.format(ms=figures.duration(icl.p99)), [(x, y)])
        self.stall_count.set_value(figures.NA if icl.p50 is None else str(icl.stalls))

    def _mark_stalls(self, start: float, end: float, high: float) -> None:
        history = self.history
        seen = history.stalls_between(*self._rows)
        if seen[0] == seen[1]:
            self.stalls.setData([], [])
            return
        marks = max(1, self.canvas.columns // STALL_SPACING)
        tokens, gaps = floats(history.stall_token, *seen), floats(history.stall_gap_ms, *seen)
        at, worst = highest(tokens, gaps, start, end, marks)
        self.stalls.setData(at, np.minimum(worst, 0.93 * high))

    @staticmethod
    def _top(icl: IclSummary) -> float:
        """Where the plot ends: above p99, but stalls must not squeeze the rest; they are drawn at the top."""
        if icl.p50 is None or icl.p95 is None or icl.p99 is None:
            return 100.0
        return round_up(max(1.4 * icl.p95, min(1.1 * icl.p99, 3.2 * icl.p50)))

    def read_out(self, row: int) -> None:
        self.gap.set_value(figures.duration(value_at(self.history.gap_ms, row)))
