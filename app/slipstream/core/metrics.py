"""The definitions of every number Slipstream shows, stores and exports.

One place computes them (`RunMeter`), from `StepRecord`s as the engine made them, so that the window, the
headless commands, the store and the exports cannot disagree. Times are milliseconds of a monotonic clock.

* step: one propose-verify cycle. The first token comes from the prompt's prefill: that is step 1, which
  drafts nothing. A step emits accepted + 1 tokens unless the run ends inside it.
* drafted, accepted, emitted: tokens submitted to the target; those of them kept and emitted; all tokens
  given out. An end-of-turn token counts as emitted; tokens past a stop count in nothing.
* inserted: tokens that were put into the context and not drawn by the model (the tag that closes thinking in the
  model's place). They are part of the text and count in nothing; the step after them drafts nothing, and reading
  them is part of its verify time.
* acceptance rate: accepted / drafted; None when nothing was drafted, never 0.
* acceptance length (tau): 1 + accepted / steps.
* per-position rate: accepted at position i / steps that drafted at least i; conditional acceptance:
  accepted at i / steps that reached i (all before it accepted).
* refused: how many of the accepted tokens the exact rule would have refused, in expectation: the sum of
  1 - min(1, p/q) over the tokens that a lossy rule let through; 0 under a lossless rule. Its share: / accepted;
  None when nothing was accepted.
* changes output: a lossy rule judged one of the steps, so the text may differ from the target's own.
* TTFT: request to first emission. TPOT: (last - first emission) / (emitted - 1). ICL: the gap between two
  emissions. Jitter: p95 / p50 of the ICLs. A stall: an ICL above 3 times the running median before it.
* decode tokens/s: (emitted - 1) / (last - first emission), never from summed kernel times. Where the first
  emission of a phase has n > 1 tokens, those n are not in the interval, so (emitted - n) is counted. Steps of
  a phase that is interrupted by the other one (an opening tag written as answer) have no gap across it.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import floor

from slipstream.core.chat import AcceptRule
from slipstream.core.median import RunningMedian
from slipstream.core.pace import PaceReport

STALL_FACTOR = 3.0
FEW = 64  # values that are put where they belong one by one: to sort 100,000 again takes 1 ms
MIN_ICLS_FOR_STALL = 3  # a median of fewer gaps says nothing
LOSSY_RULES = frozenset(str(rule) for rule in AcceptRule if rule.changes_output)


class Phase(StrEnum):
    """The part of an answer a step belongs to: that of its first token."""

    THINK = "think"
    ANSWER = "answer"


class StopReason(StrEnum):
    END_OF_TURN = "end_of_turn"
    MAX_TOKENS = "max_tokens"
    STOP_STRING = "stop_string"
    CONTEXT_FULL = "context_full"
    STOPPED = "stopped"  # by a person


class ClosedBy(StrEnum):
    """Who ended the thinking in the model's place."""

    PERSON = "person"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step, as measured. The four parts add up to the time since the previous emission.

    For step 1 they add up to the time since the end of the prefill.
    """

    index: int  # from 1
    drafter: str  # "none" | "model" | "ngram": who drafted in this step
    rule: str  # "match" | "token" | "block" | "relaxed" | "typical": the rule that judged it
    phase: Phase
    position: int  # tokens in the context before this step
    limit: int  # the most that could be drafted
    drafted: tuple[int, ...]
    accepted: int
    emitted: tuple[int, ...]
    target_probs: tuple[float, ...]  # raw (temperature 1, all tokens) probability, one per drafted token
    draft_probs: tuple[float | None, ...]  # the same of the draft; None where the drafter has none
    draft_ms: float
    verify_ms: float
    sample_ms: float
    other_ms: float
    t_ms: float  # emission, since the request
    stop_reason: StopReason | None = None  # on the last step of a run
    refused: float = 0.0  # of the accepted tokens, what the exact rule would have refused, in expectation
    inserted: tuple[int, ...] = ()  # put into the context before this step, not drawn; they count in nothing

    @property
    def duration_ms(self) -> float:
        return self.draft_ms + self.verify_ms + self.sample_ms + self.other_ms

    @property
    def changes_output(self) -> bool:
        return self.rule in LOSSY_RULES


@dataclass(frozen=True, slots=True)
class PositionCount:
    """Counts for one draft position."""

    drafted: int = 0  # steps that drafted at least this far
    reached: int = 0  # of those, steps in which all positions before were accepted
    accepted: int = 0

    @property
    def rate(self) -> float:
        """Per-position rate."""
        return self.accepted / self.drafted

    @property
    def conditional(self) -> float | None:
        """Conditional acceptance; None where no step reached this position."""
        return self.accepted / self.reached if self.reached else None


@dataclass(frozen=True, slots=True)
class IclSummary:
    """Inter-chunk latency, ms; percentiles are None below one gap."""

    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    max: float | None = None
    stalls: int = 0

    @property
    def jitter(self) -> float | None:
        return self.p95 / self.p50 if self.p50 and self.p95 is not None else None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every counter over some steps of one run (all of them, or one phase)."""

    steps: int
    emitted: int
    drafted: int
    accepted: int
    positions: tuple[PositionCount, ...]
    icl: IclSummary
    tpot_ms: float | None
    tokens_per_second: float | None
    draft_ms: float
    verify_ms: float
    sample_ms: float
    other_ms: float
    refused: float = 0.0
    changes_output: bool = False

    @property
    def acceptance_rate(self) -> float | None:
        return self.accepted / self.drafted if self.drafted else None

    @property
    def acceptance_length(self) -> float | None:
        return 1 + self.accepted / self.steps if self.steps else None

    @property
    def refused_share(self) -> float | None:
        return self.refused / self.accepted if self.accepted else None


@dataclass(frozen=True, slots=True)
class RunStats:
    """The result of one run."""

    metrics: Metrics
    phases: dict[Phase, Metrics]
    text: str  # all of it, thinking and its closing tag included
    thinking: str
    answer: str
    tokens: tuple[int, ...]
    prompt_tokens: int
    reused_tokens: int  # of the prompt, found in the target's cache
    prefill_ms: float
    draft_prefill_ms: float
    ttft_ms: float | None
    total_ms: float | None
    stop_reason: StopReason
    seed: int
    decode_ms: float = 0.0  # of the steps' time, that inside llama_decode of either model
    notes: tuple[str, ...] = ()
    pace: PaceReport | None = None  # the last word of the automatic pace
    thinking_closed: ClosedBy | None = None  # who ended the thinking, where the model did not


def percentile(ordered: Sequence[float], q: float) -> float:
    """The q-th percentile (0…100) of ascending values, interpolated linearly, as NumPy's default does.

    Raises ValueError for no values.
    """
    if not ordered:
        raise ValueError("no values")
    rank = (len(ordered) - 1) * q / 100
    low = floor(rank)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (rank - low)


@dataclass
class RunMeter:
    """Adds up steps as they come; `metrics()` at any time."""

    steps: int = 0
    emitted: int = 0
    drafted: int = 0
    accepted: int = 0
    refused: float = 0.0
    changes_output: bool = False
    first_t_ms: float | None = None
    last_t_ms: float | None = None
    stalls: int = 0
    parts: list[float] = field(default_factory=lambda: [0.0] * 4)
    _last_index: int | None = None
    _interval_ms: float = 0.0  # between emissions of consecutive steps, and the tokens that came with them
    _interval_tokens: int = 0
    _gaps: list[float] = field(default_factory=list)  # sorted
    _fresh: list[float] = field(default_factory=list)  # gaps that are not among the sorted ones yet
    _median: RunningMedian = field(default_factory=RunningMedian)  # of them
    _positions: list[list[int]] = field(default_factory=list)

    def add(self, step: StepRecord) -> None:
        self.steps += 1
        self.emitted += len(step.emitted)
        self.drafted += len(step.drafted)
        self.accepted += step.accepted
        self.refused += step.refused
        self.changes_output |= step.changes_output
        for part, ms in enumerate((step.draft_ms, step.verify_ms, step.sample_ms, step.other_ms)):
            self.parts[part] += ms
        for i in range(len(step.drafted)):
            if i == len(self._positions):
                self._positions.append([0, 0, 0])
            count = self._positions[i]
            count[0] += 1
            count[1] += step.accepted >= i
            count[2] += step.accepted > i
        follows, self._last_index = step.index == (self._last_index or 0) + 1, step.index
        if not step.emitted:
            return
        if self.first_t_ms is None:
            self.first_t_ms = step.t_ms
        if self.last_t_ms is not None and follows:
            gap = step.t_ms - self.last_t_ms
            self._interval_ms += gap
            self._interval_tokens += len(step.emitted)
            if len(self._median) >= MIN_ICLS_FOR_STALL and gap > STALL_FACTOR * self._median.value:
                self.stalls += 1
            self._fresh.append(gap)
            self._median.add(gap)
        self.last_t_ms = step.t_ms

    def icl(self) -> IclSummary:
        if len(self._fresh) <= FEW:
            for gap in self._fresh:
                insort(self._gaps, gap)
        else:
            self._gaps = sorted(self._gaps + self._fresh)
        self._fresh.clear()
        if not self._gaps:
            return IclSummary()
        p50, p95, p99 = (percentile(self._gaps, q) for q in (50, 95, 99))
        return IclSummary(p50, p95, p99, self._gaps[-1], self.stalls)

    def tokens_per_second(self) -> float | None:
        """Decode tokens/s; None until there is an interval to measure."""
        return self._interval_tokens / self._interval_ms * 1000 if self._interval_ms > 0 else None

    def metrics(self) -> Metrics:
        rate = self.tokens_per_second()
        return Metrics(
            steps=self.steps,
            emitted=self.emitted,
            drafted=self.drafted,
            accepted=self.accepted,
            positions=tuple(PositionCount(*counts) for counts in self._positions),
            icl=self.icl(),
            tpot_ms=1000 / rate if rate else None,
            tokens_per_second=rate,
            draft_ms=self.parts[0],
            verify_ms=self.parts[1],
            sample_ms=self.parts[2],
            other_ms=self.parts[3],
            refused=self.refused,
            changes_output=self.changes_output,
        )


def measure(steps: Iterable[StepRecord]) -> Metrics:
    """The metrics of some steps, in their order."""
    meter = RunMeter()
    for step in steps:
        meter.add(step)
    return meter.metrics()


def measure_phases(steps: Sequence[StepRecord]) -> dict[Phase, Metrics]:
    """The metrics of thinking and answer apart; a phase without steps is left out."""
    return {
        phase: measure(own) for phase in Phase if (own := [step for step in steps if step.phase is phase])
    }


def break_even_tau(drafting_step_ms: float | None, plain_step_ms: float | None) -> float | None:
    """Mean time of a drafting step / mean time of a plain step: what tau must exceed for drafting to pay."""
    return drafting_step_ms / plain_step_ms if drafting_step_ms and plain_step_ms else None
