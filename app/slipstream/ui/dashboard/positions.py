"""How far drafts hold: conditional acceptance at each draft position, as small bars."""

from slipstream.core.history import History
from slipstream.core.metrics import PositionCount
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.bars import Bar, BarRow
from slipstream.ui.theme import Theme


class PositionBars(BarRow):
    """The title reads out the position under the pointer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, series=0, framed=True)
        tip = self.tr(
            "Conditional acceptance: of the steps in which all draft tokens before this one were kept, "
            "the share in which this one was kept too."
        )
        name = self.tr("Acceptance by position, %")
        self.call(name, tip, self.tr("Nothing drafted"))

    def show_history(self, history: History) -> None:
        self.show_counts(history.meter.metrics().positions)

    def show_counts(self, counts: tuple[PositionCount, ...]) -> None:
        """Counts by draft position, the first first."""
        self.show_bars(tuple(self._bar(n, count) for n, count in enumerate(counts, start=1)))

    def _bar(self, number: int, count: PositionCount) -> Bar:
        share = count.conditional
        words = self.tr("position {n}: {share}, {accepted} of {reached} that got here").format(
            n=number, share=figures.percent(share), accepted=count.accepted, reached=count.reached
        )
        return Bar(share, figures.NA if share is None else f"{share * 100:.0f}", str(number), words)
