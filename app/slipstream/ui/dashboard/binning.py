"""As many points as there are pixels. NumPy only, no Qt.

A curve of n points on w pixels is drawn by the lowest and the highest value of each pixel column: at most
2 w points, and no spike is lost. `Thinned` does that for a curve that grows, and looks at each point once.
"""

from array import array

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def floats(column: "array[float]", first: int = 0, stop: int | None = None) -> Floats:
    """A copy of some rows of a "d" column: the column's own memory must stay free to grow."""
    return np.array(column[first:stop], dtype=np.float64)


class Thinned:
    """A column thinned as by `min_max`, again and again while rows are added.

    What lies in bins that are complete is kept: a call costs what is new, not what there is.
    """

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._x: list[Floats] = []  # of complete bins
        self._y: list[Floats] = []
        self._next = 0  # the first row of the last bin, which may still gain rows

    def rows(
        self,
        x: "array[float]",
        y: "array[float]",
        first: int,
        stop: int,
        span: tuple[float, float],
        columns: int,
        source: object = None,
    ) -> tuple[Floats, Floats]:
        """Rows `first` up to `stop` of `y` over `x`, in `columns` bins of `span`.

        `source` compares equal as long as rows mean the same: the history, and how many rows it has dropped.
        """
        low, high = span
        if stop - first <= 2 * columns or high <= low:
            self._key = ()
            return floats(x, first, stop), floats(y, first, stop)
        key = (source, first, low, high, columns)
        if key != self._key or stop < self._next:
            self._key, self._x, self._y, self._next = key, [], [], first
        new_x, new_y = floats(x, self._next, stop), floats(y, self._next, stop)
        starts = _bin_starts(new_x, low, high, columns)
        thin_x, thin_y = _extremes(new_x, new_y, starts)
        self._x.append(thin_x[:-2])
        self._y.append(thin_y[:-2])
        self._next += int(starts[-1])
        if len(self._x) > 1:
            self._x, self._y = [np.concatenate(self._x)], [np.concatenate(self._y)]
        return np.concatenate((self._x[0], thin_x[-2:])), np.concatenate((self._y[0], thin_y[-2:]))


def min_max(x: Floats, y: Floats, low: float, high: float, columns: int) -> tuple[Floats, Floats]:
    """Thin ascending `x` and their `y` to the minimum and maximum of each of `columns` bins of low…high.

    Returns at most 2 × columns points, ascending in x: a bin's pair lies at its first x, upwards where the
    bin rises. NaN counts only in a bin that holds nothing else, which is then a gap in the curve.
    """
    if len(x) <= 2 * columns or high <= low:
        return x, y
    return _extremes(x, y, _bin_starts(x, low, high, columns))


def _extremes(x: Floats, y: Floats, starts: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Two points a bin."""
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
