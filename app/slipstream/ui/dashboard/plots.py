"""The plots of speculation over the tokens written: tokens/s, τ, acceptance rate, draft length.

All plots share the x axis, so that a stall, a drop in acceptance and the slower stretch it makes stand under one
another. Curves show the latest stretch (solid) and the answer so far (dotted); lines across the plot
(dashed) are what to compare with.
"""

from array import array
from math import ceil

from slipstream.core.axes import round_up
from slipstream.core.history import Levels
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.canvas import Ticks, tick_texts
from slipstream.ui.dashboard.miniplot import RecentAndMean, y_ticks_for
from slipstream.ui.theme import Theme

Columns = tuple["array[float]", "array[float]"]


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

    def draw(self, start: float, end: float) -> None:
        super().draw(start, end)
        nothing = self.history.meter.steps > 1 and not self.history.meter.drafted
        self.canvas.show_note(self.tr("nothing drafted") if nothing else "")

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        del top  # a share has its own scale
        return 0.0, 1.0, [(share, figures.percent(share)) for share in (0.0, 0.5, 1.0)]


class LengthPlot(RecentAndMean):
    """How far is drafted, and how much of that is kept: the room between the curves is drafted in vain."""

    series = 0
    usual = "88.8"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.describe(
            self.tr("Draft length"),
            self.tr(
                "Tokens drafted a step, and how many of them are kept. The room between the two curves was drafted "
                "in vain. With an automatic length, the drafted curve is what the pace chose."
            ),
        )
        smoothed = self.tr("Exponentially weighted, with a half-life of 16 steps.")
        self.add_legends(self.tr("kept"), smoothed, smoothed, mean=self.tr("drafted"))
        self.set_theme(theme)

    def columns(self) -> Columns:
        return self.history.kept_of_late, self.history.drafted_of_late

    def format(self, value: float | None) -> str:
        return figures.rate(value)

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        high = max(2.0, round_up(top * 1.05)) if top else 4.0
        return 0.0, high, y_ticks_for(0, high)
