"""Round numbers for the axes of plots: where an axis ends, and what is written on it. Pure arithmetic."""

from math import ceil, floor, inf, log10

_ROUND_ENDS = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 5.0, 6.4, 8.0, 10.0)
_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)


def round_up(value: float) -> float:
    """The next round number at or above a positive value: an axis that ends there moves seldom."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(end * power for end in (*_ROUND_ENDS, inf) if end * power >= value * (1 - 1e-9))


def ticks(low: float, high: float, at_most: int = 3) -> list[float]:
    """Round values in low…high, `at_most` of them (and at least two where the step allows)."""
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** floor(log10(span / at_most))
    for step in (s * p for p in (power, power * 10) for s in _ROUND_STEPS):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first + 1 <= at_most:
            return [i * step for i in range(first, last + 1)]
    return [low, high]
