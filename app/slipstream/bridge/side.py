"""One side of a comparison as it is written, or as it was kept: its text, its figures, all its passes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from slipstream.core.compared import Counts, KeptPass, KeptSegment, KeptSide, PassEnd, decode_rate
from slipstream.core.events import ModelInfo, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import RunMeter, RunStats
from slipstream.core.side_by_side import Pass, Segment, SideSpec


@dataclass
class _Stretch:
    """What was written since the last segment was over."""

    steps: int = 0
    drafted: int = 0
    accepted: int = 0
    tokens: list[int] = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return Counts(self.steps, self.drafted, self.accepted)


@dataclass
class Side:
    """What one side wrote, in the last pass, and what all its passes came to."""

    spec: SideSpec
    draft: ModelInfo | None = None  # the other draft, once it is loaded
    passes: list[Pass] = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)  # ids
    meter: RunMeter = field(default_factory=RunMeter)
    stats: RunStats | None = None  # once it is over
    last_ms: float = 0.0  # its clock at the last step
    _before: tuple[KeptPass, ...] = ()  # earlier passes
    _kept: list[KeptSegment] = field(default_factory=list)  # of this pass
    _end: PassEnd | None = None
    _stretch: _Stretch = field(default_factory=_Stretch)

    @classmethod
    def of(cls, kept: KeptSide) -> "Side":
        """As it was kept."""
        last = kept.last
        return cls(
            kept.spec,
            kept.draft,
            passes=[each.measured() for each in kept.passes],
            pieces=list(last.pieces),
            tokens=list(last.tokens),
            meter=last.meter,
            last_ms=last.total_ms or 0.0,
            _before=kept.passes[:-1],
            _kept=list(last.segments),
            _end=last.end,
        )

    @property
    def segments(self) -> list[Segment]:
        """Of all passes."""
        return [segment for each in self.passes for segment in each.segments]

    @property
    def gaps(self) -> list[float]:
        """Between its chunks, inside segments, ms."""
        return [gap for segment in self.segments for gap in segment.gaps]

    @property
    def tokens_per_second(self) -> float | None:
        """Decode tokens/s over all segments."""
        return decode_rate(self.segments)

    @property
    def total_ms(self) -> float | None:
        """Total latency of the last pass, so far, by its own clock."""
        return self.last_ms or None

    @property
    def kept(self) -> KeptSide:
        """As it can be kept: of what is not over yet, the whole segments."""
        if not self.passes:
            return KeptSide(self.spec, self.draft)
        return KeptSide(self.spec, self.draft, (*self._before, KeptPass(tuple(self._kept), self._end)))

    def begin_pass(self) -> None:
        self._before = self.kept.passes
        self._kept, self._end, self._stretch = [], None, _Stretch()
        self.passes.append(Pass())
        self.pieces, self.tokens, self.meter = [], [], RunMeter()
        self.stats, self.last_ms = None, 0.0

    def add_step(self, step: StepDone) -> None:
        record = step.record
        self.meter.add(record)
        self.tokens += record.emitted
        self.last_ms = record.t_ms
        self._stretch.steps += 1
        self._stretch.drafted += len(record.drafted)
        self._stretch.accepted += record.accepted
        self._stretch.tokens += record.emitted
        self._add(step.pieces)

    def add_segment(self, segment: Segment) -> KeptSegment:
        """The steps since the last one are a whole segment."""
        began_ms = self.last_ms - segment.ms
        current = self.passes[-1]
        if not current.segments:
            current.prefill_ms = began_ms
        current.segments.append(segment)
        stretch, self._stretch = self._stretch, _Stretch()
        kept = KeptSegment(segment, began_ms, stretch.counts, tuple(stretch.tokens), tuple(stretch.pieces))
        self._kept.append(kept)
        return kept

    def finish(self, finished: RunFinished) -> None:
        stats = self.stats = finished.stats
        self._add(finished.pieces)
        self._end = PassEnd(
            stop_reason=stats.stop_reason,
            prompt_tokens=stats.prompt_tokens,
            prefill_ms=stats.prefill_ms,
            draft_prefill_ms=stats.draft_prefill_ms,
            ttft_ms=stats.ttft_ms,
            total_ms=stats.total_ms,
            counts=self._stretch.counts,
            tokens=tuple(self._stretch.tokens),
            pieces=tuple(self._stretch.pieces),
            notes=stats.notes,
        )

    def _add(self, pieces: Sequence[TextPiece]) -> None:
        self.pieces += pieces
        self._stretch.pieces += pieces
