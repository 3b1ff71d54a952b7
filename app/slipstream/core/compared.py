"""A comparison as it is kept: what was asked, on what, and what each side wrote, segment by segment.

It is kept while it is written, so one that was cut off has all segments that were finished. What it comes to is not
kept but worked out again, by the same functions as while it ran (`core.side_by_side`). Knows no database.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePath

from slipstream import __version__
from slipstream.core.chat import Drafting, GenerateRequest
from slipstream.core.events import ModelInfo, PairLoaded, TextPiece
from slipstream.core.measurements import this_machine
from slipstream.core.metrics import Metrics, RunMeter, StopReason
from slipstream.core.side_by_side import (
    SEGMENT,
    Parting,
    Pass,
    Segment,
    SideSpec,
    Speedups,
    first_difference,
    speedups,
)


class Stage(StrEnum):
    """How far a comparison is, or how it ended."""

    EMPTY = "empty"  # nothing was compared yet
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person, before the end
    DRAFT_FAILED = "draft_failed"
    FAILED = "failed"  # the engine could not go on
    CUT_OFF = "cut_off"  # the program ended


@dataclass(frozen=True, slots=True)
class Counts:
    """Of some steps, as `core.metrics` defines them."""

    steps: int = 0
    drafted: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment, and what was written in it."""

    segment: Segment
    began_ms: float  # the side's clock when it went on; of the first one, what both prefills took
    counts: Counts
    tokens: tuple[int, ...]  # ids
    pieces: tuple[TextPiece, ...]


@dataclass(frozen=True, slots=True)
class PassEnd:
    """How a side's writing ended, and what it wrote after its last whole segment."""

    stop_reason: StopReason
    prompt_tokens: int
    prefill_ms: float
    draft_prefill_ms: float
    ttft_ms: float | None
    total_ms: float | None
    counts: Counts
    tokens: tuple[int, ...]
    pieces: tuple[TextPiece, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPass:
    """What a side wrote in one go. `end` is None where that was cut off."""

    segments: tuple[KeptSegment, ...] = ()
    end: PassEnd | None = None

    @property
    def parts(self) -> tuple[KeptSegment | PassEnd, ...]:
        return self.segments if self.end is None else (*self.segments, self.end)

    @property
    def tokens(self) -> tuple[int, ...]:
        return tuple(token for part in self.parts for token in part.tokens)

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        return tuple(piece for part in self.parts for piece in part.pieces)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def prefill_ms(self) -> float:
        """Of both models; 0 before a segment is over."""
        return self.segments[0].began_ms if self.segments else 0.0

    @property
    def total_ms(self) -> float | None:
        """Total latency by the side's own clock, as far as it came."""
        if self.end is not None:
            return self.end.total_ms
        return self.segments[-1].began_ms + self.segments[-1].segment.ms if self.segments else None

    @property
    def meter(self) -> RunMeter:
        """Its counters; times are in the segments."""
        counts = [part.counts for part in self.parts]
        return RunMeter(
            steps=sum(each.steps for each in counts),
            emitted=len(self.tokens),
            drafted=sum(each.drafted for each in counts),
            accepted=sum(each.accepted for each in counts),
        )

    def measured(self) -> Pass:
        """As it is compared."""
        return Pass(self.prefill_ms, [kept.segment for kept in self.segments])


@dataclass(frozen=True, slots=True)
class KeptSide:
    spec: SideSpec
    draft: ModelInfo | None = None  # the other draft, once it was loaded
    passes: tuple[KeptPass, ...] = ()

    @property
    def last(self) -> KeptPass:
        """What the texts are shown of."""
        return self.passes[-1] if self.passes else KeptPass()

    @property
    def metrics(self) -> Metrics:
        """Of the last pass: only counters and rates of them."""
        return self.last.meter.metrics()

    @property
    def segments(self) -> list[Segment]:
        """Of all passes."""
        return [kept.segment for each in self.passes for kept in each.segments]

    @property
    def gaps(self) -> list[float]:
        """Between its chunks, inside segments, ms."""
        return [gap for segment in self.segments for gap in segment.gaps]

    @property
    def tokens_per_second(self) -> float | None:
        """Decode tokens/s over all segments."""
        return decode_rate(self.segments)

    def drafter(self, pair: PairLoaded) -> str:
        """Who drafts: a file's name, "n-gram", or "" for nobody."""
        if self.spec.speculation.drafting is Drafting.NGRAM:
            return "n-gram"
        if not self.spec.drafts_by_model:
            return ""
        own = pair.draft.path if pair.draft else ""
        return PurePath(self.spec.draft or own).name


def decode_rate(segments: Sequence[Segment]) -> float | None:
    """Decode tokens/s over all of them; None where no time passed between two emissions."""
    ms = sum(sum(segment.gaps) for segment in segments)
    return sum(segment.decode_tokens for segment in segments) / ms * 1000 if ms else None


@dataclass(frozen=True)
class KeptComparison:
    uid: str  # tells it from all others
    created: datetime  # UTC
    prompt: str  # the text that a person knows it by
    request: GenerateRequest  # with the whole prompt, without how it is drafted
    pair: PairLoaded
    build: str  # of llama.cpp
    sides: tuple[KeptSide, ...]  # the first one is what the others are compared with
    stage: Stage = Stage.RUNNING
    seeds: tuple[int, ...] = ()  # of every pass
    partings: tuple[Parting, ...] = ()  # of the last pass
    note: str = ""  # what happened to a draft
    error: str = ""  # why it could not go on
    hint: str = ""
    conversation: int | None = None  # where it was begun
    message: int | None = None  # whose prompt it is
    segment: int = SEGMENT  # tokens
    machine: str = ""
    version: str = ""  # of Slipstream

    @classmethod
    def begin(
        cls,
        prompt: str,
        request: GenerateRequest,
        pair: PairLoaded,
        build: str,
        sides: Sequence[SideSpec],
        conversation: int | None = None,
        message: int | None = None,
    ) -> "KeptComparison":
        return cls(
            uid=secrets.token_hex(8),
            created=datetime.now(UTC).replace(microsecond=0),
            prompt=prompt,
            request=request,
            pair=replace(pair, placement=None),  # where it lay then says nothing later
            build=build,
            sides=tuple(KeptSide(side) for side in sides),
            conversation=conversation,
            message=message,
            machine=this_machine(),
            version=__version__,
        )

    def speedups(self) -> list[Speedups]:
        """Of each side but the first, against that."""
        base, *others = ([each.measured() for each in side.passes] for side in self.sides)
        return [speedups(base, own, self.segment) for own in others]

    def differences(self) -> list[int | None]:
        """Of each side but the first, at which token the last texts part."""
        base, *others = self.sides
        return [first_difference(base.last.tokens, side.last.tokens) for side in others]

    @property
    def switch_share(self) -> float:
        """Of the time of the segments and what is between them, what putting caches back took."""
        return switch_share([segment for side in self.sides for segment in side.segments])


def switch_share(segments: Sequence[Segment]) -> float:
    switching = sum(segment.switch_ms for segment in segments)
    return switching / (switching + sum(segment.ms for segment in segments)) if segments else 0.0
