"""How much text comes at once: how many chunks had one token, two, …, as small bars."""

from collections.abc import Sequence

from slipstream.core.history import History
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.bars import Bar, BarRow
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import Theme


class ChunkBars(BarRow):
    """The title reads out the size under the pointer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, series=2, framed=False)
        tip = self.tr(
            "A step gives out its tokens at once, as one chunk: what was kept of the draft, and one of the model's "
            "own. Without drafting every chunk has one token."
        )
        name = self.tr("Tokens per chunk, % of chunks")
        self.call(name, tip, self.tr("Nothing written yet"))

    def show_history(self, history: History) -> None:
        self.show_chunks(history.chunks)

    def show_chunks(self, counts: Sequence[int]) -> None:
        """How many chunks had one token, two tokens, …; the highest bar is full."""
        total, most = sum(counts), max(counts, default=0)
        self.show_bars(tuple(self._bar(n, count, total, most) for n, count in enumerate(counts, start=1)))

    def _bar(self, size: int, count: int, total: int, most: int) -> Bar:
        share = count / total
        one, more = (
            self.tr("1 token: {share}, {count} chunks"),
            self.tr("{n} tokens: {share}, {count} chunks"),
        )
        pattern = one if size == 1 else more
        words = pattern.format(n=size, share=figures.percent(share), count=grouped(count))
        return Bar(count / most, f"{share * 100:.0f}", str(size), words)
