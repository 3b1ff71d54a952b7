"""A run's steps as the plots need them: every curve in so many points at most, however many steps there are.

The values are those the live dashboard draws (`core.history`). A curve is kept as the lowest and the highest value of
each of a few hundred stretches of tokens; where the answer outgrows them, two neighbours become one. So no spike is
lost and the memory stays what it is.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from math import isnan, nan

from slipstream.core.history import History
from slipstream.core.metrics import Phase, StepRecord

BINS = 240  # stretches of a curve at most: about as many as a plot has pixels in pairs
ROWS = 4096  # of the history, which only has to reach two seconds back
STRETCHES = 48  # bars of the plot of times at most
LATEST = 48  # steps that are shown one by one
MOST_BANDS = 64  # stretches of thinking that are shaded, the latest ones

Points = list[tuple[float, float]]


@dataclass(slots=True)
class _Bin:
    """What fell into one stretch. Where all of it is NaN, `low` is."""

    x: float
    first: float
    last: float
    low: float
    high: float

    def add(self, y: float) -> None:
        if isnan(y):
            return
        if isnan(self.low):
            self.first = self.low = self.high = y
        self.last = y
        self.low = min(self.low, y)
        self.high = max(self.high, y)

    def merge(self, later: "_Bin") -> None:
        if isnan(later.low):
            return
        if isnan(self.low):
            self.first, self.low, self.high = later.first, later.low, later.high
        self.last = later.last
        self.low = min(self.low, later.low)
        self.high = max(self.high, later.high)


class Envelope:
    """A curve over ascending x ≥ 0 in at most `bins` stretches."""

    def __init__(self, bins: int = BINS) -> None:
        self._most = bins
        self._width = 1.0
        self._bins: dict[int, _Bin] = {}  # by number, ascending

    def add(self, x: float, y: float) -> None:
        """NaN counts only where a stretch holds nothing else."""
        number = int(x / self._width)
        while number >= self._most:
            self._halve()
            number = int(x / self._width)
        if number in self._bins:
            self._bins[number].add(y)
        else:
            self._bins[number] = _Bin(x, y, y, y, y)

    def _halve(self) -> None:
        self._width *= 2
        before, self._bins = self._bins, {}
        for number, own in before.items():
            if number // 2 in self._bins:
                self._bins[number // 2].merge(own)
            else:
                self._bins[number // 2] = own

    def points(self) -> Points:
        """At most two a stretch, ascending in x; NaN is a gap in the curve."""
        found: Points = []
        for own in self._bins.values():
            if isnan(own.low):
                found.append((own.x, nan))
            elif own.low == own.high:
                found.append((own.x, own.low))
            else:
                rises = own.first <= own.last
                found += [(own.x, own.low if rises else own.high), (own.x, own.high if rises else own.low)]
        return found

    def highest(self) -> Points:
        """The highest value of each stretch."""
        return [(own.x, own.high) for own in self._bins.values() if not isnan(own.high)]


@dataclass(slots=True)
class Stretch:
    """Some steps in a row, added up."""

    steps: int = 0
    parts_ms: list[float] = field(default_factory=lambda: [0.0] * 4)  # draft, verify, sample, other

    def add(self, steps: int, parts_ms: list[float]) -> None:
        self.steps += steps
        self.parts_ms = [mine + theirs for mine, theirs in zip(self.parts_ms, parts_ms, strict=True)]

    @property
    def means_ms(self) -> list[float]:
        return [ms / max(1, self.steps) for ms in self.parts_ms]


class Stretches:
    """All steps in at most `most` stretches of equally many steps (the last may have fewer)."""

    def __init__(self, most: int = STRETCHES) -> None:
        self._most = most
        self.each = 1  # steps in a stretch
        self.list: list[Stretch] = []

    def add(self, step: StepRecord) -> None:
        if not self.list or self.list[-1].steps == self.each:
            if len(self.list) == self._most:
                self._halve()
            self.list.append(Stretch())
        self.list[-1].add(1, [step.draft_ms, step.verify_ms, step.sample_ms, step.other_ms])

    def _halve(self) -> None:
        for first, second in zip(self.list[::2], self.list[1::2], strict=True):
            first.add(second.steps, second.parts_ms)
        self.list = self.list[::2]
        self.each *= 2


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One of the latest steps."""

    index: int
    phase: Phase
    drafted: int
    accepted: int
    parts_ms: tuple[float, float, float, float]


class RunTrack:
    """Fed with a run's steps in their order. `history.meter` has measured all of them."""

    def __init__(self) -> None:
        self.history = History(ROWS)
        self.rate, self.mean_rate = Envelope(), Envelope()
        self.tau, self.mean_tau = Envelope(), Envelope()
        self.acceptance, self.mean_acceptance = Envelope(), Envelope()
        self.gaps, self.stalls = Envelope(), Envelope(BINS // 4)
        self.chunks: Counter[int] = Counter()  # steps by tokens emitted
        self.stretches = Stretches()
        self.latest: deque[ShownStep] = deque(maxlen=LATEST)

    def add(self, step: StepRecord) -> None:
        history = self.history
        history.extend((step,))
        token = history.token[-1]
        self.rate.add(token, history.rate[-1])
        self.mean_rate.add(token, history.mean_rate[-1])
        self.tau.add(token, history.tau[-1])
        self.mean_tau.add(token, history.mean_tau[-1])
        self.acceptance.add(token, history.acceptance[-1])
        self.mean_acceptance.add(token, history.mean_acceptance[-1])
        if not isnan(gap := history.gap_ms[-1]):
            self.gaps.add(token, gap)
            if history.stall[-1]:
                self.stalls.add(token, gap)
        self.chunks[len(step.emitted)] += 1
        if step.index > 1:  # the first decodes nothing: the prefill did
            self.stretches.add(step)
        parts = (step.draft_ms, step.verify_ms, step.sample_ms, step.other_ms)
        self.latest.append(ShownStep(step.index, step.phase, len(step.drafted), step.accepted, parts))

    @property
    def tokens(self) -> int:
        """Emitted so far."""
        return self.history.meter.emitted

    def bands(self) -> list[tuple[float, float]]:
        """The stretches of thinking, in tokens."""
        spans = [(float(s.start), float(s.end)) for s in self.history.spans if s.phase is Phase.THINK]
        return spans[-MOST_BANDS:]
