"""The plots: tokens/s, τ, acceptance rate and inter-chunk latency, over the tokens written.

All share the x axis, so that a stall, a drop in acceptance and the slower stretch it makes stand under one
another. Curves show the latest stretch (solid) and the answer so far (dotted); lines across the plot
(dashed) are what to compare with.
"""

from array import array
from math import ceil

import numpy as np
import pyqtgraph as pg

from slipstream.core.metrics import IclSummary
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.binning import Floats, highest, min_max, round_up
from slipstream.ui.dashboard.canvas import Ticks, tick_texts
from slipstream.ui.dashboard.history import Levels
from slipstream.ui.dashboard.marks import Curve
from slipstream.ui.dashboard.miniplot import (
    DASHED,
    DOTTED,
    SOLID,
    MiniPlot,
    RecentAndMean,
    floats,
    value_at,
    y_ticks_for,
)
from slipstream.ui.dashboard.reference import ReferenceLine
from slipstream.ui.theme import Theme

Columns = tuple["array[float]", "array[float]"]
STALL_SPACING = 4  # px; nearer stalls share a mark


class RatePlot(RecentAndMean):
    """Tokens/s, against the level without drafting."""

    usual = "88.8"
    label_ends = (1.0,)  # the name of the shaded stretch is at the left

    def __init__(self, theme: Theme, levels: Levels) -> None:
        super().__init__(theme)
        self._levels = levels
        self.describe(
            self.tr("Tokens/s"),
            self.tr(
                "Decode tokens/s over the tokens written. Dashed: the level measured on this machine, with "
                "this model, without drafting; drafting pays while the curve is above it. "
                "The shaded stretch is thinking."
            ),
        )
        self.add_legends(
            self.tr("last 2 s"),
            self.tr("Over the last two seconds."),
            self.tr("This answer so far: (emitted − 1) / (last emission − first emission)."),
        )
        self.band_name = self.tr("thinking")
        self.set_theme(theme)

    def columns(self) -> Columns:
        return self.history.rate, self.history.mean_rate

    def format(self, value: float | None) -> str:
        return figures.rate(value)

    def level(self) -> float | None:
        return self._levels.plain

    def level_text(self, value: float) -> str:
        return self.tr("without drafting {rate}").format(rate=figures.rate(value))

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        high = round_up(top * 1.05) if top else 20.0
        return 0.0, high, y_ticks_for(0, high)


class TauPlot(RecentAndMean):
    """Tokens a verify pass yields, against the break-even τ."""

    series = 2
    usual = "8.88"

    def __init__(self, theme: Theme, levels: Levels) -> None:
        super().__init__(theme)
        self._levels = levels
        self.describe(
            self.tr("τ, tokens/pass"),
            self.tr(
                "Acceptance length: 1 + accepted / steps, the mean tokens a verify pass yields; 1 is no gain. "
                "Dashed: the break-even τ, the mean time of a drafting step / the mean time of a plain step."
            ),
        )
        self.add_legends(
            self.tr("recent"),
            self.tr("Exponentially weighted, with a half-life of 16 steps."),
            self.tr("This answer so far: 1 + accepted / steps."),
        )
        self.set_theme(theme)

    def columns(self) -> Columns:
        return self.history.tau, self.history.mean_tau

    def format(self, value: float | None) -> str:
        return figures.length(value)

    def level(self) -> float | None:
        return self._levels.break_even

    def level_text(self, value: float) -> str:
        return self.tr("break-even {tau}").format(tau=figures.length(value))

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        step = max(1, ceil((top + 0.2 - 1) / 3))
        intervals = max(2, ceil((top + 0.2 - 1) / step))
        values = [1.0 + i * step for i in range(intervals + 1)]
        return 1.0, values[-1], tick_texts(values)


class AcceptancePlot(RecentAndMean):
    """The share of the draft that is kept."""

    usual = figures.percent(0.88)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.describe(
            self.tr("Acceptance"),
            self.tr(
                "Acceptance rate: accepted / drafted tokens. A gap in the curve: nothing was drafted there."
            ),
        )
        self.add_legends(
            self.tr("recent"),
            self.tr("Exponentially weighted, with a half-life of 16 steps."),
            self.tr("This answer so far: accepted / drafted."),
        )
        self.set_theme(theme)

    def columns(self) -> Columns:
        return self.history.acceptance, self.history.mean_acceptance

    def format(self, value: float | None) -> str:
        return figures.percent(value)

    def draw(self, tokens: Floats, start: float, end: float) -> None:
        super().draw(tokens, start, end)
        nothing = self.history.meter.steps > 1 and not self.history.meter.drafted
        self.canvas.show_note(self.tr("nothing drafted") if nothing else "")

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        del top  # a share has its own scale
        return 0.0, 1.0, [(share, figures.percent(share)) for share in (0.0, 0.5, 1.0)]


class LatencyPlot(MiniPlot):
    """The gap before every chunk, with the median, the 95th percentile and the stalls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.describe(
            self.tr("Latency, ms"),
            self.tr(
                "Inter-chunk latency: the time between two emissions. Drafting makes gaps longer and fills "
                "each with more tokens. p50: half of the gaps are shorter; p95: 95 % are."
            ),
        )
        self.gaps = Curve()
        self.stalls = pg.ScatterPlotItem(symbol="t1", size=9, pen=None, antialias=True)
        self.canvas.add(self.gaps)
        self.canvas.add(self.stalls)
        self.p95 = ReferenceLine(self.canvas, DOTTED, sides=(True,))
        self.p50 = ReferenceLine(self.canvas, DASHED, sides=(False, True), ends=(0.0, 1.0))
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

    def draw(self, tokens: Floats, start: float, end: float) -> None:
        history, icl = self.history, self.history.meter.icl()
        gaps = floats(history.gap_ms)
        stalled = np.flatnonzero(np.array(history.stall))
        high = self._top(icl)
        x, y = min_max(
            tokens,
            np.minimum(gaps, high),
            float(tokens[0]) if len(tokens) else 0.0,
            end,
            self.canvas.columns,
        )
        self.gaps.setData(x, y)
        self.show_range(start, end, 0.0, high, y_ticks_for(0, high))
        if len(stalled):
            marks = max(1, self.canvas.columns // STALL_SPACING)
            at, worst = highest(tokens[stalled], gaps[stalled], start, end, marks)
            self.stalls.setData(at, np.minimum(worst, 0.93 * high))
        else:
            self.stalls.setData([], [])
        self.p50.show(icl.p50, self.tr("p50 {ms}").format(ms=figures.duration(icl.p50)), [(x, y)])
        self.p95.show(icl.p95, self.tr("p95 {ms}").format(ms=figures.duration(icl.p95)), [(x, y)])
        self.stall_count.set_value(figures.NA if icl.p50 is None else str(icl.stalls))

    @staticmethod
    def _top(icl: IclSummary) -> float:
        """Where the plot ends: above p99, but stalls must not squeeze the rest; they are drawn at the top."""
        if icl.p50 is None or icl.p95 is None or icl.p99 is None:
            return 100.0
        return round_up(max(1.4 * icl.p95, min(1.1 * icl.p99, 3.2 * icl.p50)))

    def read_out(self, row: int) -> None:
        self.gap.set_value(figures.duration(value_at(self.history.gap_ms, row)))
