"""As many points as there are pixels, and round numbers for the axes. NumPy only, no Qt.

A curve of n points on w pixels is drawn by the lowest and the highest value of each pixel column: at most
2 w points, and no spike is lost.
"""

from math import ceil, floor, inf, log10

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROUND_ENDS = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 5.0, 6.4, 8.0, 10.0)
_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)


def min_max(x: Floats, y: Floats, low: float, high: float, columns: int) -> tuple[Floats, Floats]:
    """Thin ascending `x` and their `y` to the minimum and maximum of each of `columns` bins of low…high.

    Returns at most 2 × columns points, ascending in x: a bin's pair lies at its first x, upwards where the
    bin rises. NaN counts only in a bin that holds nothing else, which is then a gap in the curve.
    """
    if len(x) <= 2 * columns or high <= low:
        return x, y
    starts = _bin_starts(x, low, high, columns)
    bottom, top = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    ends = np.append(starts[1:], len(x))
    rising = y[starts] <= y[ends - 1]
    out_x, out_y = np.repeat(x[starts], 2), np.empty(2 * len(starts))
    out_y[0::2] = np.where(rising, bottom, top)
    out_y[1::2] = np.where(rising, top, bottom)
    return out_x, out_y


def highest(x: Floats, y: Floats, low: float, high: float, columns: int) -> tuple[Floats, Floats]:
    """The first x and the highest y of each of `columns` bins of low…high that holds a point."""
    starts = _bin_starts(x, low, high, columns)
    return x[starts], np.maximum.reduceat(y, starts)


def _bin_starts(x: Floats, low: float, high: float, columns: int) -> NDArray[np.intp]:
    """Index of the first point of each bin that is not empty; looks at the bins, not at every point."""
    edges = np.searchsorted(x, np.linspace(low, high, columns + 1)[1:-1])
    starts = np.concatenate(([0], edges))
    ends = np.append(edges, len(x))
    return starts[starts < ends]


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
