"""One prompt, several ways to draft, by turns on one engine: what is asked, what comes back, and how it is judged.

The sides write their answers in segments of some tokens, one side after the other, so that whatever slows the
machine down slows all of them. Segment k of two sides, written right after one another, is a pair of measurements
(`core.comparing`). Each side has a clock of its own, which stands still while another side writes and while caches
are put back:

* decode tokens/s of a segment: tokens / time from its first emission to its last, without those that came with the
  first one. So the first step after a switch is in no rate, for both sides of a pair alike.
* writing time of a segment: all of its steps, that first one included, per token.
* total latency: both prefills and all segments. The target reads the prompt once, for all sides: it is the same work.
  A draft reads it for each side that drafts with it.
* speed-up: against the first side. In decoding: the geometric mean over pairs of the ratio of rates. In total
  latency: what the prefills, as they were measured, and the same mean of writing times come to for this answer. Its
  interval is that of the writing times: a prefill is measured once.

A segment that was cut short counts where it has half of its tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from slipstream.core.chat import Drafting, GenerateRequest, Speculation
from slipstream.core.comparing import Comparison, by_rates, by_times, watched
from slipstream.core.costs import PairRecord
from slipstream.core.events import ModelInfo, RunEvent
from slipstream.core.metrics import StepRecord
from slipstream.core.placing import ModelBytes

SEGMENT = 32  # tokens
MOST_SIDES = 4
ROUNDING = 0.25  # logits; where two tokens are nearer than this, the order of sums in a batch can decide


@dataclass(frozen=True, slots=True)
class SideSpec:
    """How one side drafts, and with which model."""

    speculation: Speculation = field(default_factory=Speculation)
    draft: str = (
        ""  # the file of another draft model than the one that is loaded; "" for that one, or for none
    )

    @property
    def drafts_by_model(self) -> bool:
        return self.speculation.drafting is Drafting.MODEL and self.speculation.draft_max != 0


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What is asked: `request` once for each side, drafted as that side says. One seed for all."""

    request: GenerateRequest
    sides: tuple[SideSpec, ...]  # the first one is what the others are compared with
    segment: int = SEGMENT  # tokens
    # What other drafts will take, by file, where somebody has read their headers.
    draft_bytes: Mapping[str, ModelBytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one side's answer, by the side's own clock."""

    number: int  # from 1, the same for the stretches that are compared
    emitted: int
    ms: float  # from the end of what was before to its last emission
    decode_tokens: int  # without those of its first emission
    gaps: tuple[float, ...]  # ms between its emissions
    switch_ms: float = 0.0  # what putting the caches back took before it; in no other figure

    @property
    def tokens_per_second(self) -> float | None:
        """Decode tokens/s; None for a single emission."""
        ms = sum(self.gaps)
        return self.decode_tokens / ms * 1000 if ms > 0 else None

    @property
    def ms_per_token(self) -> float:
        return self.ms / self.emitted


def segment_of(number: int, steps: Sequence[StepRecord], began_ms: float, switch_ms: float) -> Segment:
    """The segment of these consecutive steps, at least one; `began_ms` is when the side's clock went on."""
    emissions = [step.t_ms for step in steps]
    return Segment(
        number,
        emitted=sum(len(step.emitted) for step in steps),
        ms=emissions[-1] - began_ms,
        decode_tokens=sum(len(step.emitted) for step in steps[1:]),
        gaps=tuple(after - before for before, after in pairwise(emissions)),
        switch_ms=switch_ms,
    )


@dataclass(frozen=True, slots=True)
class SideEvent:
    """What a run tells, the segments it is written in, and the other draft that was loaded for it."""

    side: int  # its place among the sides
    event: RunEvent | Segment | ModelInfo


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that might stand somewhere. The logit is that it is judged by, the probability raw."""

    text: str
    logit: float
    probability: float


@dataclass(frozen=True, slots=True)
class Parting:
    """Where the text of a side parts from the first side's, and what the target makes of the place. Greedy only."""

    side: int
    token: int  # of the answer, from 0
    wrote: tuple[str, str]  # the first side, this side; "" is the end of the turn
    likeliest: tuple[Candidate, ...]  # two, in falling order

    @property
    def margin(self) -> float | None:
        """Logits between the two likeliest; None where only one is possible."""
        return self.likeliest[0].logit - self.likeliest[1].logit if len(self.likeliest) > 1 else None

    @property
    def by_rounding(self) -> bool:
        """Whether the two are so near that rounding, which differs with the batch, can have chosen."""
        return self.margin is not None and self.margin < ROUNDING


# The record of another draft, with what was learned of it, comes when it is freed.
SideBySideEvent = SideEvent | Parting | PairRecord


def first_difference(one: Sequence[int], other: Sequence[int]) -> int | None:
    """The first place at which two answers, as token ids, differ; None where one goes on where the other ends."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)


@dataclass
class Pass:
    """What one side came to in one go."""

    prefill_ms: float = 0.0  # of both models
    segments: list[Segment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Speedups:
    """How many times as fast a side is as the first one."""

    decode: Comparison
    total: Comparison


def speedups(base: Sequence[Pass], side: Sequence[Pass], segment: int = SEGMENT) -> Speedups:
    """Compare passes that were written by turns; to be looked at as often as one likes (`comparing.watched`)."""
    pairs = [
        (of_side, of_base)
        for base_pass, side_pass in zip(base, side, strict=False)
        for of_base, of_side in zip(base_pass.segments, side_pass.segments, strict=False)
        if 2 * min(of_base.emitted, of_side.emitted) >= segment
    ]
    decode = watched(by_rates((mine.tokens_per_second, its.tokens_per_second) for mine, its in pairs))
    writing = watched(by_times((mine.ms_per_token, its.ms_per_token) for mine, its in pairs))
    begun = min(len(base), len(side))
    return Speedups(decode, _with_prefills(writing, base[:begun], side[:begun]))


def _with_prefills(writing: Comparison, base: Sequence[Pass], side: Sequence[Pass]) -> Comparison:
    """The speed-up in writing as one of everything: both prefills of both are added as they are."""
    base_ms, side_ms = (sum(each.prefill_ms for each in passes) for passes in (base, side))
    writing_ms = sum(part.ms for each in side for part in each.segments)

    def total(ratio: float | None) -> float | None:
        return None if ratio is None else (base_ms + ratio * writing_ms) / (side_ms + writing_ms)

    return Comparison(total(writing.ratio), total(writing.low), total(writing.high), writing.n)
