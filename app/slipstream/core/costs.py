"""What steps cost on this machine, as measured: the data the pace controller and the window start from.

A `CostTable` holds running means of `llama_decode` times by batch size and context bucket; a `PairRecord`
holds the tables of one model pair on one backend, what its plain steps took as a whole, and how its drafts
fare (`core.habits`). `core.measurements` keeps the records.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from slipstream.core.habits import Habits
from slipstream.core.metrics import StepRecord, break_even_tau

BUCKET_EDGES = (512, 1024, 2048, 4096, 8192, 16384, 32768)  # context positions; the last bucket is open
MEASURED_SIZES = 4  # batch sizes, before lengths are chosen by them
BELIEVED = 8  # times that a size was measured, before it is believed that no draft can pay
DRIFT_MEMORY = 16  # steps
MEMORY = 64  # observations: the time constant of the forgetting, for machines warm up and contexts drift


def context_bucket(position: int) -> int:
    """The bucket's lower edge, for a context of `position` tokens."""
    return max((edge for edge in BUCKET_EDGES if position >= edge), default=0)


@dataclass
class RunningMean:
    """A mean that slowly forgets: plain at first, exponential later."""

    mean: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        self.count += 1
        self.mean += (value - self.mean) / min(self.count, MEMORY)


@dataclass
class CostTable:
    """Mean milliseconds by (context bucket, batch size)."""

    cells: dict[tuple[int, int], RunningMean] = field(default_factory=dict)

    def add(self, position: int, batch: int, ms: float) -> None:
        self.cells.setdefault((context_bucket(position), batch), RunningMean()).add(ms)

    def replace(self, position: int, batch: int, ms: float, observations: int) -> None:
        """Forget what was observed here for this mean of so many; `adopt` takes it for the better known."""
        key = (context_bucket(position), batch)
        before = self.cells.get(key)
        self.cells[key] = RunningMean(ms, observations + (before.count if before else 0))

    def replace_by(self, other: "CostTable") -> None:
        """The same for all that `other` has seen."""
        for (bucket, batch), cell in other.cells.items():
            self.replace(bucket, batch, cell.mean, cell.count)

    def get(self, position: int, batch: int) -> float | None:
        """The mean for this batch size at this context, or None where it was never measured."""
        cell = self.cells.get((context_bucket(position), batch))
        return cell.mean if cell else None

    def adopt(self, other: "CostTable") -> None:
        """Take over the cells that `other` knows better: those with more observations."""
        for key, cell in other.cells.items():
            if key not in self.cells or cell.count > self.cells[key].count:
                self.cells[key] = cell

    def nearest(self, position: int, batch: int) -> float | None:
        """The mean in the measured bucket nearest to this context; None where none was measured."""
        measured = self.buckets(batch)
        return self.get(_nearest(position, measured), batch) if measured else None

    def seen(self, batch: int) -> int:
        """How often this batch size was measured, at all contexts."""
        return sum(cell.count for (_bucket, size), cell in self.cells.items() if size == batch)

    def buckets(self, batch: int) -> set[int]:
        """The context buckets in which this batch size was measured."""
        return {bucket for bucket, size in self.cells if size == batch}

    @property
    def sizes(self) -> list[int]:
        """The batch sizes that were measured, ascending."""
        return sorted({size for _bucket, size in self.cells})

    def estimate(self, position: int, batch: int) -> float | None:
        """The mean for this size, from the nearest context it was measured at, else between its neighbours.

        From the two nearest sizes where there are none on one side; None where fewer than two were measured.
        """
        known = self.nearest(position, batch)
        if known is not None:
            return known * self._growth(batch, position)
        sizes = self.sizes
        if len(sizes) < 2:
            return None
        place = min(max(bisect_right(sizes, batch), 1), len(sizes) - 1)
        low, high = sizes[place - 1], sizes[place]
        ends = [(self.nearest(position, size) or 0.0) * self._growth(size, position) for size in (low, high)]
        line = ends[0] + (ends[1] - ends[0]) * (batch - low) / (high - low)
        return max(line, 0.1 * min(ends))

    def _growth(self, batch: int, position: int) -> float:
        """How much dearer this context is than the one where this size was measured, by sizes seen at both."""
        here, there = context_bucket(position), _nearest(position, self.buckets(batch))
        if here == there:
            return 1.0
        ratios = [
            cell.mean / self.cells[there, size].mean
            for (bucket, size), cell in self.cells.items()
            if bucket == here and (there, size) in self.cells
        ]
        return sum(ratios) / len(ratios) if ratios else 1.0


def _nearest(position: int, buckets: set[int]) -> int:
    """The bucket the fewest edges away from this context's; of two, the one of the longer context."""
    here = bisect_right(BUCKET_EDGES, position)
    return min(buckets, key=lambda bucket: (abs(bisect_right(BUCKET_EDGES, bucket) - here), -bucket))


@dataclass
class PairRecord:
    """What is known about a pair (draft may be "") on one backend of this machine."""

    target: str
    draft: str
    backend: str
    verify: CostTable = field(default_factory=CostTable)  # the target's decode, by batch size
    draft_decode: CostTable = field(default_factory=CostTable)  # the draft's decode, by batch size
    plain_step: CostTable = field(
        default_factory=CostTable
    )  # whole steps without a draft, batch 1; the target's
    drafting_step: CostTable = field(default_factory=CostTable)  # whole steps with a draft, batch 1
    row_ms: RunningMean = field(default_factory=RunningMean)  # outside both models, per row that was judged
    habits: dict[str, Habits] = field(default_factory=dict)  # by acceptance rule and greedy or sampled
    draft_threads: int | None = None  # with which the draft's single decodes were measured to be fastest
    # How much slower than its tables the machine is just now. Costs are learned relative to it: a machine that
    # slows down as a whole must not make the size in use look dear beside sizes measured before.
    drift: float = field(default=1.0, compare=False)

    @property
    def is_measured(self) -> bool:
        """Whether the target's costs are known well enough to choose lengths by."""
        return len(self.verify.sizes) >= MEASURED_SIZES

    def seems_too_dear(self, position: int) -> bool:
        """Whether by few measurements no draft would pay at any length, were each of its tokens kept.

        A hiccup of the machine while they were taken looks the same, and is never corrected by steps: there are none
        that draft.
        """
        plain, again = self.verify_ms(position, 1), self.draft_ms(position, 1)
        sizes = [size for size in self.verify.sizes if size > 1]
        if plain is None or again is None or not sizes:
            return False
        step_ms = {size: (self.verify_ms(position, size) or 0.0) + (size - 1) * again for size in sizes}
        return all(step_ms[size] >= size * plain for size in sizes) and self.verify.seen(sizes[0]) < BELIEVED

    def observe(self, step: StepRecord, draft_decode_ms: Sequence[float] = (), caught_up: int = 1) -> None:
        """Learn from one step; the first of a run decodes nothing and says nothing, nor does one that reads what
        was inserted.

        `draft_decode_ms`: what each decode of the draft took; the first one read `caught_up` tokens.
        """
        if step.index == 1 or step.inserted or step.stop_reason is not None:
            return
        rows = len(step.drafted) + 1
        expected = self.verify_ms(step.position, rows)
        if expected:
            ratio = min(max(step.verify_ms / expected, 0.5), 2.0)  # a hiccup of the machine is no drift
            self.drift += (ratio - self.drift) / DRIFT_MEMORY
        self.verify.add(step.position, rows, step.verify_ms / self.drift)
        self.row_ms.add((step.sample_ms + step.other_ms) / rows)
        for number, ms in enumerate(draft_decode_ms):
            self.draft_decode.add(step.position, caught_up if number == 0 else 1, ms / self.drift)
        kind = self.drafting_step if rows > 1 else self.plain_step
        kind.add(step.position, 1, step.duration_ms)

    def verify_ms(self, position: int, batch: int) -> float | None:
        """The target's decode of `batch` tokens at this context; between measured sizes on a straight line.

        None where fewer than two sizes were ever measured, and this one was not.
        """
        return self.verify.estimate(position, batch)

    def draft_ms(self, position: int, batch: int) -> float | None:
        """The draft's decode of `batch` tokens at this context, as `verify_ms`."""
        return self.draft_decode.estimate(position, batch)

    def break_even_tau(self, position: int) -> float | None:
        """What tau must exceed for drafting to pay; None until both kinds of step were seen.

        Compared at one context as near to this one as both were seen at, else each at its nearest.
        """
        both = self.drafting_step.buckets(1) & self.plain_step.buckets(1)
        at = _nearest(position, both) if both else position
        return break_even_tau(self.drafting_step.nearest(at, 1), self.plain_step.nearest(at, 1))

    def plain_tokens_per_second(self, position: int) -> float | None:
        """The no-drafting level measured nearest to this context; None until a plain step was seen."""
        ms = self.plain_step.nearest(position, 1)
        return 1000 / ms if ms else None
