"""What the plots draw: one row a step, as `core.metrics` measured it at that step, in a bounded history.

`History` feeds every step to a `RunMeter` and keeps what the meter said. The only figures made here are
the smoothed ones, which are the same definitions over the latest stretch of a run:

* recent rate: decode tokens/s over the last 2 s, from the last emission at or before that moment; not a
  number until there are 2 s or three gaps, for one gap alone swings wildly;
* recent τ: 1 + mean accepted, exponentially weighted with a half-life of 16 steps;
* recent acceptance: mean accepted / mean drafted, weighted alike; not a number while hardly anything is
  drafted;
* drafted and kept of late: mean drafted and mean accepted tokens a step, weighted alike.

Plain arrays, so that importing this needs no NumPy; knows nothing of Qt or of pixels.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import nan

from slipstream.core.metrics import Phase, RunMeter, StepRecord

CAPACITY = 131_072  # steps kept for the plots: the longest answer one can set; the meter counts all of them
RATE_WINDOW_MS = 2000.0
MIN_GAPS_FOR_RATE = 3
HALF_LIFE = 16  # steps
_KEEP = 0.5 ** (1 / HALF_LIFE)
_HARDLY_DRAFTING = 0.05  # tokens a step


@dataclass(slots=True)
class PhaseSpan:
    """Tokens `start`…`end` of a run belong to `phase`."""

    phase: Phase
    start: int
    end: int


@dataclass(slots=True)
class Levels:
    """What to compare with, None while unknown; shared by all who draw it."""

    plain: float | None = None  # tokens/s without drafting, as measured
    break_even: float | None = None  # the τ above which drafting pays


class Smoothed:
    """An exponentially weighted mean without a start value: the first steps weigh as a plain mean does."""

    __slots__ = ("_total", "_weight")

    def __init__(self) -> None:
        self._total = 0.0
        self._weight = 0.0

    def add(self, value: float) -> float:
        self._total = self._total * _KEEP + value
        self._weight = self._weight * _KEEP + 1.0
        return self._total / self._weight


class History:
    """The steps of one run, row by row. Unknown values are NaN; rows beyond `CAPACITY` drop off the front."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.meter = RunMeter()
        self.phases: dict[Phase, RunMeter] = {}
        self.spans: list[PhaseSpan] = []
        self.chunks: list[int] = []  # how many chunks had one token, two tokens, …
        self.token = array("d")  # tokens emitted when the step was done
        self.t_ms = array("d")
        self.rate = array("d")  # recent tokens/s
        self.mean_rate = array("d")  # running decode tokens/s
        self.tau = array("d")  # recent τ
        self.mean_tau = array("d")
        self.acceptance = array("d")  # recent acceptance rate
        self.mean_acceptance = array("d")
        self.kept_of_late = array("d")  # tokens a step
        self.drafted_of_late = array("d")
        self.gap_ms = array("d")  # inter-chunk latency
        self.stall = array("b")
        self.parts = array("f"), array("f"), array("f"), array("f")  # ms: draft, verify, sample, other
        self.drafted = array("H")
        self.accepted = array("H")
        self.emitted = array("H")
        self.stalled = array("q")  # numbers of the steps before which there was a stall, from 0
        self.stall_token = array("d")  # of those steps
        self.stall_gap_ms = array("d")
        self.last: StepRecord | None = None
        self.dropped = 0  # rows
        self.ended = False  # set by whoever feeds it
        self._capacity = capacity
        self._anchor = 0  # row that opens the recent rate's window
        self._accepted = Smoothed()
        self._drafted = Smoothed()
        self._columns: tuple[array[float] | array[int], ...] = (
            *(self.token, self.t_ms, self.rate, self.mean_rate, self.tau, self.mean_tau),
            *(self.acceptance, self.mean_acceptance, self.kept_of_late, self.drafted_of_late),
            *(self.gap_ms, self.stall, *self.parts, self.drafted, self.accepted, self.emitted),
        )

    def __len__(self) -> int:
        return len(self.token)

    def extend(self, steps: Iterable[StepRecord]) -> None:
        """Measure steps, in their order."""
        for step in steps:
            self._add(step)

    def _add(self, step: StepRecord) -> None:
        meter = self.meter
        before, stalls = meter.last_t_ms, meter.stalls
        meter.add(step)
        self.phases.setdefault(step.phase, RunMeter()).add(step)
        self._extend_span(step)
        self._count_chunk(len(step.emitted))
        self.last = step
        now = step.t_ms if step.emitted or before is None else before
        if meter.stalls > stalls:
            self.stalled.append(self.dropped + len(self.token))
            self.stall_token.append(meter.emitted)
            self.stall_gap_ms.append(step.t_ms - (before or 0.0))
        self.token.append(meter.emitted)
        self.t_ms.append(now)
        self.gap_ms.append(step.t_ms - before if step.emitted and before is not None else nan)
        self.stall.append(meter.stalls > stalls)
        self.rate.append(self._recent_rate(now))
        self.mean_rate.append(_or_nan(meter.tokens_per_second()))
        accepted, drafted = self._accepted.add(step.accepted), self._drafted.add(len(step.drafted))
        self.kept_of_late.append(accepted)
        self.drafted_of_late.append(drafted)
        self.tau.append(1 + accepted)
        self.mean_tau.append(1 + meter.accepted / meter.steps)
        self.acceptance.append(accepted / drafted if drafted > _HARDLY_DRAFTING else nan)
        self.mean_acceptance.append(meter.accepted / meter.drafted if meter.drafted else nan)
        times = (step.draft_ms, step.verify_ms, step.sample_ms, step.other_ms)
        for column, ms in zip(self.parts, times, strict=True):
            column.append(ms)
        self.drafted.append(len(step.drafted))
        self.accepted.append(step.accepted)
        self.emitted.append(len(step.emitted))
        if len(self.token) >= 2 * self._capacity:
            self._drop(len(self.token) - self._capacity)

    # Rows and tokens. A row stands for the tokens that its step emitted, `token` is how many there were then.

    def row_at(self, token: float) -> int:
        """The row that is drawn at or next after this place of the x axis; −1 where there is none."""
        return min(bisect_left(self.token, token), len(self) - 1)

    def row_writing(self, number: int) -> int:
        """The row whose step emitted the token of this number (from 0); −1 where that is not here."""
        row = bisect_right(self.token, number)
        return row if row < len(self) and number >= self.first_token(row) else -1

    def first_token(self, row: int) -> int:
        """The number (from 0) of the first token that this row's step emitted."""
        return int(self.token[row]) - self.emitted[row]

    def rows_between(self, start: float, end: float) -> tuple[int, int]:
        """First row and the one behind the last of those in start…end, and one more on either side."""
        first = bisect_left(self.token, start)
        return max(0, first - 1), min(len(self), bisect_right(self.token, end) + 1)

    def stall_beside(self, row: int, step: int) -> int:
        """The next row after (1) or before (−1) this one that waited for a stall; −1 for none."""
        number = self.dropped + row
        place = bisect_right(self.stalled, number) if step > 0 else bisect_left(self.stalled, number) - 1
        return self.stalled[place] - self.dropped if 0 <= place < len(self.stalled) else -1

    def stalls_between(self, first: int, stop: int) -> tuple[int, int]:
        """Of the stalls that rows from `first` up to `stop` waited for: the first, and the one behind the last."""
        low, high = (bisect_left(self.stalled, self.dropped + row) for row in (first, stop))
        return low, high

    def duration_ms(self, row: int) -> float:
        """What this row's step took."""
        return sum(column[row] for column in self.parts)

    def _recent_rate(self, now: float) -> float:
        times, anchor, last = self.t_ms, self._anchor, len(self.t_ms) - 1
        while anchor + 1 < last and times[anchor + 1] <= now - RATE_WINDOW_MS:
            anchor += 1
        self._anchor = anchor
        elapsed = now - times[anchor]
        if elapsed <= 0 or (elapsed < RATE_WINDOW_MS and last - anchor < MIN_GAPS_FOR_RATE):
            return nan
        return (self.token[last] - self.token[anchor]) / elapsed * 1000

    def _extend_span(self, step: StepRecord) -> None:
        emitted = self.meter.emitted
        if self.spans and self.spans[-1].phase is step.phase:
            self.spans[-1].end = emitted
        else:
            self.spans.append(PhaseSpan(step.phase, emitted - len(step.emitted), emitted))

    def _count_chunk(self, tokens: int) -> None:
        if tokens:
            self.chunks.extend([0] * (tokens - len(self.chunks)))
            self.chunks[tokens - 1] += 1

    def _drop(self, rows: int) -> None:
        for column in self._columns:
            del column[:rows]
        self.dropped += rows
        gone = bisect_left(self.stalled, self.dropped)
        for stalls in (self.stalled, self.stall_token, self.stall_gap_ms):
            del stalls[:gone]
        self._anchor = max(0, self._anchor - rows)


def _or_nan(value: float | None) -> float:
    return nan if value is None else value
