"""`LocalEngine`: one loaded pair in this process, one answer at a time.

Puts the parts together for a run (prompt, sampler, drafter, pace, loop) and turns the loop's cycles into
records and text. It knows what a person asked for; the loop does not.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from time import perf_counter

import numpy as np

from slipstream.core.chat import MAX_DRAFT, Drafting, GenerateRequest, PairSpec, Role
from slipstream.core.costs import PairRecord
from slipstream.core.errors import DecodeError, LoadError, PromptError, UsageError
from slipstream.core.events import (
    LoadProgress,
    Origin,
    PairLoaded,
    PrefillProgress,
    RunEvent,
    RunFinished,
    StepDone,
    TextPiece,
)
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import RunStats, StepRecord, StopReason, measure, measure_phases
from slipstream.core.pace import PaceReport
from slipstream.core.tuning import TuneReport
from slipstream.engine.chat_format import Prompt
from slipstream.engine.closing import Closing
from slipstream.engine.context import NativeStopFlag, Prefill, StoppedError
from slipstream.engine.costing import measure_pair
from slipstream.engine.drafters import Drafter, NgramDrafter, NoDrafter, make_drafter
from slipstream.engine.flags import Flag
from slipstream.engine.pace import make_pace
from slipstream.engine.pair import Pair, cannot_roll_back, load_pair
from slipstream.engine.records import record_key
from slipstream.engine.sampling import Sampler
from slipstream.engine.speculate import Cycle, Transcript, speculate
from slipstream.engine.text import TextStream
from slipstream.engine.tuning import tune_pair

log = logging.getLogger(__name__)


class LocalEngine:
    """Implements `core.engine.Engine` in this process. Not thread-safe, but for `stop` and `close_thinking`."""

    def __init__(self, stop: NativeStopFlag | None = None, closing: Flag | None = None) -> None:
        """The flags may be shared with another process."""
        self._stop = stop or NativeStopFlag()
        self._closing = closing or threading.Event()
        self._known = Measurements()
        self._pair: Pair | None = None
        self._record: PairRecord | None = None
        self._lookup = NgramDrafter()

    @property
    def stop(self) -> NativeStopFlag:
        return self._stop

    def load(self, spec: PairSpec, progress: Callable[[LoadProgress], None]) -> PairLoaded:
        self._stop.clear()
        self.unload()
        self._lookup.forget()
        try:
            self._pair = load_pair(spec, progress, self._stop)
        except StoppedError:
            raise LoadError("Loading was cancelled") from None
        self._record = self._known.pair(*record_key(spec, self._pair.loaded))
        if self._pair.draft is not None and self._record.draft_threads is not None:
            self._pair.draft.set_threads(self._record.draft_threads)
        if spec.measure:
            try:
                measure_pair(self._pair, self._record, progress)
            except StoppedError:
                self.unload()
                raise LoadError("Loading was cancelled") from None
            except DecodeError as error:
                log.warning("costs were not measured: %s", error.message)
        return self._pair.loaded

    def know(self, measurements: Measurements) -> None:
        self._known = measurements

    def tune(self, progress: Callable[[LoadProgress], None], seconds: float) -> TuneReport:
        self._stop.clear()
        pair, record = self._loaded()
        try:
            return tune_pair(pair, record, progress, seconds)
        except StoppedError:
            raise LoadError("Measuring was cancelled") from None

    def close_thinking(self) -> None:
        self._closing.set()

    def measurements(self) -> PairRecord | None:
        return self._record

    def unload(self) -> None:
        if self._pair is not None:
            self._pair.close()
        self._pair = self._record = None

    def close(self) -> None:
        self.unload()

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        started = perf_counter()
        pair, record = self._loaded()
        self._stop.clear()
        self._closing.clear()
        prompt = self._prompt(pair, request)
        self._lookup.enter(_opening(request))
        run = _Run(pair, request, prompt, started, self._lookup, record, self._closing)
        try:
            yield from run.prefill()
            yield from run.steps()
        except StoppedError:
            run.stop_reason = StopReason.STOPPED
        yield run.finish()

    def count(self, request: GenerateRequest) -> int:
        return len(_rendered(self._loaded()[0], request).tokens)

    def _loaded(self) -> tuple[Pair, PairRecord]:
        """Raises LoadError."""
        if self._pair is None or self._record is None:
            raise LoadError("No model is loaded", "Choose a GGUF file")
        return self._pair, self._record

    def _prompt(self, pair: Pair, request: GenerateRequest) -> Prompt:
        """The prompt's tokens. Raises PromptError, UsageError."""
        draft_max = request.speculation.draft_max
        if draft_max is not None and not 0 <= draft_max <= MAX_DRAFT:
            raise UsageError(f"The draft length must be between 0 and {MAX_DRAFT}")
        if request.max_tokens < 1:
            raise UsageError("At least one token must be asked for")
        if request.thinking_budget is not None and request.thinking_budget < 0:
            raise UsageError("The thinking budget must be 0 or more")
        if not (request.raw if request.raw is not None else _asked(request)).strip():
            raise PromptError("The prompt is empty", "Write something first")
        prompt = _rendered(pair, request)
        if not prompt.tokens:
            raise PromptError("The model's chat template made an empty prompt of this", "Take another model")
        if len(prompt.tokens) > pair.target.n_ctx - 1:
            count, room = len(prompt.tokens), pair.target.n_ctx
            if prompt.goes_on:
                raise PromptError(
                    f"The conversation and this answer have {count} tokens, the context holds {room}",
                    "Leave out earlier turns, or load the model with a larger context",
                )
            raise PromptError(
                f"The prompt has {count} tokens, the context holds {room}",
                "Shorten it, leave out earlier turns, or load the model with a larger context",
            )
        return prompt


def _rendered(pair: Pair, request: GenerateRequest) -> Prompt:
    """The prompt, however long. Raises PromptError."""
    return pair.format.raw(request.raw) if request.raw is not None else pair.format.prompt(request.messages)


@dataclass
class _Run:
    """One answer being written."""

    pair: Pair
    request: GenerateRequest
    prompt: Prompt
    started: float  # perf_counter at the request
    lookup: NgramDrafter
    record: PairRecord
    asked_to_close: Flag
    stop_reason: StopReason = StopReason.STOPPED
    notes: list[str] = field(default_factory=list)
    records: list[StepRecord] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    prefill_ms: float = 0.0
    draft_prefill_ms: float = 0.0
    reused: int = 0

    def __post_init__(self) -> None:
        seed = self.request.seed
        self.seed = secrets.randbits(32) if seed is None else seed
        opens_thinking, goes_on = self.prompt.opens_thinking, self.prompt.goes_on
        self.text = TextStream(self.request.stop, opens_thinking=opens_thinking, goes_on=goes_on)
        self.closing = Closing(
            *(self.text, self.prompt, self.pair.format.markup, self.request.thinking_budget),
            self.asked_to_close.is_set,
        )
        draft = self.pair.draft
        real_vocab = [c.model.n_real_vocab for c in (self.pair.target, draft) if c is not None]
        self.sampler = Sampler(self.request.sampling, real_vocab[0])
        draft_sampler = Sampler(self.request.sampling, min(real_vocab))
        self.drafter: Drafter = NoDrafter()
        speculation = self.request.speculation
        target = self.pair.target.model
        if speculation.drafting is Drafting.MODEL and draft is None:
            self.notes.append(self.pair.loaded.draft_problem or "No draft model is loaded")
        elif speculation.drafting is not Drafting.NONE and (problem := cannot_roll_back(target)):
            self.notes.append(problem)
        else:
            self.drafter = make_drafter(speculation, draft, draft_sampler, self.lookup, self.seed)
        self.pace = make_pace(speculation, self.record, greedy=self.sampler.greedy)
        self._told: PaceReport | None = None
        self._now = self.started

    def prefill(self) -> Iterator[PrefillProgress]:
        """Read the prompt with both models, so that nothing stalls after the first token."""
        context = np.asarray(self.prompt.tokens, np.int32)
        began = perf_counter()
        for state in self.pair.target.prefill(context):
            self.reused = state.reused
            yield _progress("target", state)
        read = perf_counter()
        self.prefill_ms = (read - began) * 1000
        try:
            reads = partial(self.pace.reads, len(context), self.request.max_tokens)
            for state in self.drafter.prepare(context, reads):
                yield _progress("draft", state)
        except DecodeError as error:
            self.notes.append(f"Drafting failed ({error.message}); going on without it")
            self.drafter = NoDrafter()
        self._now = perf_counter()
        self.draft_prefill_ms = (self._now - read) * 1000
        self._decoded_before = self._decode_ms()

    def steps(self) -> Iterator[StepDone]:
        """Write the answer. Sets `stop_reason` on its way out."""
        cycles = speculate(
            self.pair.target,
            self.drafter,
            self.request.accept,
            self.pace,
            self.sampler,
            Transcript(np.asarray(self.prompt.tokens, np.int32), self.pair.target.n_ctx + MAX_DRAFT),
            self.request.max_tokens,
            np.random.default_rng([self.seed, 0]),
            self._thinking,
            self.closing,
        )
        for cycle in cycles:
            event = self._emit(cycle)
            yield event
            if event.record.stop_reason is not None:
                self.stop_reason = event.record.stop_reason
                return

    def finish(self) -> RunFinished:
        pieces = tuple(self.text.finish()) if self.stop_reason is not StopReason.STOP_STRING else ()
        emissions = [record.t_ms for record in self.records]
        stats = RunStats(
            metrics=measure(self.records),
            phases=measure_phases(self.records),
            text=self.text.text,
            thinking=self.text.thinking,
            answer=self.text.answer,
            tokens=tuple(self.tokens),
            prompt_tokens=len(self.prompt.tokens),
            reused_tokens=self.reused,
            prefill_ms=self.prefill_ms,
            draft_prefill_ms=self.draft_prefill_ms,
            ttft_ms=emissions[0] if emissions else None,
            total_ms=emissions[-1] if emissions else None,
            stop_reason=self.stop_reason,
            seed=self.seed,
            decode_ms=self._decode_ms() - self._decoded_before if self.records else 0.0,
            notes=tuple(self.notes),
            pace=self.pace.report,
            thinking_closed=self.closing.by,
        )
        return RunFinished(stats, pieces, self.text.new_text())

    def _thinking(self, draft: tuple[int, ...]) -> int:
        """How many of these tokens, written next, are surely thinking. An end of turn ends that too."""
        model = self.pair.target.model
        return self.text.surely_thinking(
            [model.piece(token) for token in takewhile(lambda token: not model.is_end(token), draft)]
        )

    def _emit(self, cycle: Cycle) -> StepDone:
        """A cycle's tokens up to a stop, as record and text. Tokens past the stop count in nothing."""
        phase = self.text.phase
        pieces: list[TextPiece] = []
        reason: StopReason | None = None
        emitted: list[int] = []
        for i, token in enumerate(cycle.tokens):
            emitted.append(token)
            if self.pair.target.model.is_end(token):
                reason = StopReason.END_OF_TURN
                break
            new, stopped = self.text.push(
                self.pair.target.model.piece(token), _origin(cycle, i), len(self.tokens) + i
            )
            pieces += new
            self.closing.count()
            if stopped:
                reason = StopReason.STOP_STRING
                break
        self.tokens += emitted
        drafted = cycle.draft.tokens
        if reason is not None and len(emitted) <= cycle.accepted:
            drafted = drafted[: len(emitted)]
        elif reason is None and len(self.tokens) >= self.request.max_tokens:
            reason = StopReason.MAX_TOKENS
        elif reason is None and cycle.position + len(cycle.tokens) > self.pair.target.n_ctx:
            reason = StopReason.CONTEXT_FULL
        if cycle.note:
            self.notes.append(cycle.note)
        before, self._now = self._now, perf_counter()
        accepted = min(cycle.accepted, len(emitted))
        timing = cycle.timing
        parts = timing.draft_ms + timing.verify_ms + timing.sample_ms
        record = StepRecord(
            index=len(self.records) + 1,
            drafter=cycle.draft.drafter,
            rule=cycle.rule,
            phase=phase,
            position=cycle.position,
            limit=cycle.limit,
            drafted=drafted,
            accepted=accepted,
            emitted=tuple(emitted),
            target_probs=cycle.target_probs[: len(drafted)],
            draft_probs=cycle.draft.raw_probs[: len(drafted)],
            draft_ms=timing.draft_ms,
            verify_ms=timing.verify_ms,
            sample_ms=timing.sample_ms,
            other_ms=max(0.0, (self._now - before) * 1000 - parts),
            t_ms=(self._now - self.started) * 1000,
            stop_reason=reason,
            refused=sum(cycle.refused[:accepted]),
            inserted=cycle.inserted,
        )
        self.records.append(record)
        self.record.observe(record, cycle.proposal.decode_ms, cycle.proposal.caught_up)
        report = self.pace.report if self.pace.report != self._told else None
        self._told = self.pace.report
        return StepDone(record, tuple(pieces), cycle.note, self.text.new_text(), report)

    def _decode_ms(self) -> float:
        return self.pair.target.decode_ms + self.drafter.decode_ms


def _asked(request: GenerateRequest) -> str:
    """What is to be answered: the last turn, or the one before an answer that is gone on with."""
    turns = request.messages
    if turns and turns[-1].role is Role.ASSISTANT:
        turns = turns[:-1]
    return turns[-1].content if turns else ""


def _opening(request: GenerateRequest) -> str:
    """What tells a conversation from others: the first thing a person said in it."""
    if request.raw is not None:
        return request.raw
    return next((message.content for message in request.messages if message.role is Role.USER), "")


def _progress(model: str, state: Prefill) -> PrefillProgress:
    return PrefillProgress(model, state.done, state.total, state.reused)


def _origin(cycle: Cycle, i: int) -> Origin:
    """How the i-th token of a cycle came about."""
    if i < cycle.accepted:
        return Origin.ACCEPTED
    if not cycle.draft.tokens:
        return Origin.PLAIN
    return Origin.BONUS if cycle.accepted == len(cycle.draft.tokens) else Origin.RECOVERED
