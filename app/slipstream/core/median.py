"""The median of a growing number of values, without sorting them again and again."""

from heapq import heappush, heappushpop


class RunningMedian:
    """Two heaps that meet in the middle: O(log n) a value, where a sorted list would move half of all it holds."""

    def __init__(self) -> None:
        self._low: list[float] = []  # the lower half, negated: its highest is on top
        self._high: list[float] = []  # the upper half; as many, or one fewer

    def __len__(self) -> int:
        return len(self._low) + len(self._high)

    def add(self, value: float) -> None:
        if len(self._low) > len(self._high):
            heappush(self._high, -heappushpop(self._low, -value))
        else:
            heappush(self._low, -heappushpop(self._high, value))

    @property
    def value(self) -> float:
        """Of an even number of values, the mean of the two in the middle. Raises ValueError for none."""
        if not self._low:
            raise ValueError("no values")
        low = -self._low[0]
        return low if len(self._low) > len(self._high) else low + (self._high[0] - low) * 0.5
