"""How the gaps between chunks of several sides are drawn over each other: the bins, and where the axis ends."""

from collections.abc import Sequence

from slipstream.core.axes import round_up
from slipstream.core.metrics import percentile

BINS = 40
FEWEST = 8  # gaps below which a distribution says nothing


def shares(gaps: Sequence[float], end: float) -> list[float]:
    """The shares of `gaps`, ms, in bins of 0…`end`; longer ones are in the last. Shape (BINS,)."""
    counts = [0] * BINS
    for gap in gaps:
        counts[min(int(gap / end * BINS), BINS - 1)] += 1
    return [count / len(gaps) for count in counts]


def axis_end(gaps: Sequence[Sequence[float]]) -> float:
    """Where the axis of these distributions ends: above every p99, but a few stalls must not squeeze the rest."""
    ends = [_end_for(sorted(own)) for own in gaps if len(own) >= FEWEST]
    return round_up(max(ends)) if ends else 100.0


def _end_for(ordered: Sequence[float]) -> float:
    p50, p95, p99 = (percentile(ordered, q) for q in (50, 95, 99))
    return max(1.4 * p95, min(1.1 * p99, 3.2 * p50))
