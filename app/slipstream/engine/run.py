"""One answer being written: from a request and a prompt to steps, text and figures.

Puts the loop's parts together (sampler, drafter, pace) and turns its cycles into records and text. A run can be left
between two steps and come back to: another one may use the models meanwhile, and the clock of this one stands still.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from time import perf_counter

import numpy as np

from slipstream.core.chat import MAX_DRAFT, Drafting, GenerateRequest
from slipstream.core.costs import PairRecord
from slipstream.core.errors import DecodeError
from slipstream.core.events import Origin, PrefillProgress, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import RunStats, StepRecord, StopReason, measure, measure_phases
from slipstream.core.pace import PaceReport
from slipstream.engine.chat_format import Prompt
from slipstream.engine.closing import Closing
from slipstream.engine.context import Prefill
from slipstream.engine.drafters import Drafter, NgramDrafter, NoDrafter, make_drafter
from slipstream.engine.flags import Flag
from slipstream.engine.pace import make_pace
from slipstream.engine.pair import Pair, cannot_roll_back
from slipstream.engine.sampling import Sampler
from slipstream.engine.speculate import Cycle, Transcript, speculate
from slipstream.engine.text import TextStream


@dataclass
class Run:
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
    read_after: float = 0.0  # seconds from the request until the target had read the prompt

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
        tokens = np.asarray(self.prompt.tokens, np.int32)
        self.transcript = Transcript(tokens, self.pair.target.n_ctx + MAX_DRAFT)
        self._told: PaceReport | None = None
        self._now = self.started
        self._decoded_before = 0.0
        self._left: tuple[float, float] | None = None  # when it was left, and what was decoded until then

    def prefill(self, read_before: "Run | None" = None) -> Iterator[PrefillProgress]:
        """Read the prompt with both models, so that nothing stalls after the first token.

        `read_before`: a run that the target has read the same prompt for. That reading is counted as this one's too,
        by its clock as well, since it would have taken as long.
        """
        context = np.asarray(self.prompt.tokens, np.int32)
        began = perf_counter()
        for state in self.pair.target.prefill(context):
            self.reused = state.reused
            yield _progress("target", state)
        read = perf_counter()
        self.prefill_ms = (read - began) * 1000
        if read_before is not None:
            self.prefill_ms, self.reused = read_before.prefill_ms, read_before.reused
            self.started = read - read_before.read_after
        self.read_after = read - self.started
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

    @property
    def clock_ms(self) -> float:
        """When its last step, or its prefill, was over: time since the request in which it was not left."""
        return (self._now - self.started) * 1000

    def leave(self) -> None:
        """Another run is to use the models; this one's clock stands still until `come_back`."""
        self._left = (perf_counter(), self._decode_ms())

    def come_back(self) -> None:
        """It goes on. Nothing happens where it was not left."""
        if self._left is None:
            return
        left, decoded = self._left
        self._left = None
        away = perf_counter() - left
        self.started += away
        self._now += away
        self._decoded_before += self._decode_ms() - decoded

    def steps(self) -> Iterator[StepDone]:
        """Write the answer. Sets `stop_reason` on its way out."""
        cycles = speculate(
            self.pair.target,
            self.drafter,
            self.request.accept,
            self.pace,
            self.sampler,
            self.transcript,
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


def _progress(model: str, state: Prefill) -> PrefillProgress:
    return PrefillProgress(model, state.done, state.total, state.reused)


def _origin(cycle: Cycle, i: int) -> Origin:
    """How the i-th token of a cycle came about."""
    if i < cycle.accepted:
        return Origin.ACCEPTED
    if not cycle.draft.tokens:
        return Origin.PLAIN
    return Origin.BONUS if cycle.accepted == len(cycle.draft.tokens) else Origin.RECOVERED
