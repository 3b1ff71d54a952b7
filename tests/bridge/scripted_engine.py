"""An engine that plays back a script: it stands in for the weights, not for anything that is tested here.

A full implementation of `core.engine.Engine`. Steps carry real records, so all metrics are computed as ever.
`gated` engines take each step only when the test allows it, so nothing depends on the clock.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from slipstream.core.chat import Drafting, GenerateRequest, PairSpec, Role
from slipstream.core.costs import PairRecord
from slipstream.core.engine import unheard
from slipstream.core.errors import AppError, LoadError, PromptError
from slipstream.core.events import (
    LoadProgress,
    ModelInfo,
    Origin,
    PairLoaded,
    PrefillProgress,
    RunEvent,
    RunFinished,
    StepDone,
    TextPiece,
)
from slipstream.core.measurements import Measurements
from slipstream.core.memory_use import Placement
from slipstream.core.metrics import (
    ClosedBy,
    Phase,
    RunStats,
    StepRecord,
    StopReason,
    measure,
    measure_phases,
)
from slipstream.core.pace import PaceReport
from slipstream.core.side_by_side import Parting, SideBySide, SideBySideEvent, SideEvent, segment_of
from slipstream.core.tuning import TuneReport

STEP_MS = 20.0
TUNED = TuneReport(256, 3, 2, {1: 100.0, 2: 110.0, 5: 150.0}, {1: 9.0, 2: 10.0}, 1)
WORDS = [
    "It",
    "runs",
    "ahead",
    "and",
    "the",
    "model",
    "checks",
    "it",
    ",",
    "so",
    "nothing",
    "that",
    "is",
    "written",
    "is",
    "ever",
    "wrong",
    ".",
]


def model_info(path: str, gpu_layers: int = 0) -> ModelInfo:
    name = path.rsplit("/", 1)[-1].removesuffix(".gguf")
    devices = ("CUDA0",) if gpu_layers else ("CPU",)
    return ModelInfo(
        path, name, "llama 135M Q4_1", 135_000_000, 98_000_000, 30, gpu_layers, devices, 49152, 8192
    )


@dataclass(frozen=True)
class Fault:
    """Raise `error` after so many steps of one run."""

    error: Exception
    after: int = 0


@dataclass
class ScriptedEngine:
    """Set the public fields before, or between, what the engine is asked."""

    words: Sequence[str] = field(default_factory=lambda: list(WORDS))
    thinking: Sequence[str] = ()
    gated: bool = False
    gpu_layers: int = 0
    draft_problem: str | None = None
    load_errors: deque[AppError] = field(default_factory=deque)  # one for each load, then none
    cancel_hint: str = ""  # told with a load that is cancelled
    faults: deque[Fault] = field(default_factory=deque)  # one for each run, then none
    paces: dict[int, PaceReport] = field(default_factory=dict)  # told with these steps of each run
    note: str = ""  # told with the first step of each run
    notes: tuple[str, ...] = ()  # told with the result of each run only
    side_words: dict[int, Sequence[str]] = field(default_factory=dict)  # of these sides of a comparison
    partings: tuple[Parting, ...] = ()  # told at the end of a comparison
    failing_draft: int | None = None  # the side whose draft fails in its third segment
    placement: Placement | None = None  # told with each load

    def __post_init__(self) -> None:
        self.stop = threading.Event()
        self.closing = threading.Event()  # the thinking is to end
        self.specs: list[PairSpec] = []
        self.requests: list[GenerateRequest] = []
        self.comparisons: list[SideBySide] = []
        self.closed = False
        self._gate = threading.Semaphore(0)
        self._loaded: PairLoaded | None = None
        self._known = Measurements()
        self._record: PairRecord | None = None

    def allow(self, steps: int) -> None:
        """Let a gated engine go on for so many steps."""
        self._gate.release(steps)

    def close_thinking(self) -> None:
        self.closing.set()

    def know(self, measurements: Measurements) -> None:
        self._known = measurements

    def count(self, request: GenerateRequest) -> int:
        """Words, in place of tokens."""
        if self._loaded is None:
            raise LoadError("No model is loaded")
        texts = [request.raw or "", *(message.content for message in request.messages)]
        return sum(len(text.split()) for text in texts)

    def load(self, spec: PairSpec, progress: Callable[[LoadProgress], None]) -> PairLoaded:
        self.stop.clear()
        self._loaded = None
        self.specs.append(spec)
        for part in range(5):
            progress(LoadProgress("target", part / 4))
            if self.gated:
                self._wait()
            if self.stop.is_set():
                raise LoadError("Loading was cancelled", self.cancel_hint)
        if self.load_errors:
            raise self.load_errors.popleft()
        draft = model_info(str(spec.draft), self.gpu_layers) if spec.draft else None
        if self.draft_problem:
            draft = None
        self._loaded = PairLoaded(
            model_info(str(spec.target), self.gpu_layers),
            draft,
            self.draft_problem if spec.draft else None,
            spec.ctx_size,
            spec.threads or 2,
            "CPU : AVX2 = 1",
            bool(self.thinking),
            placement=self.placement,
        )
        self._record = self._known.pair(str(spec.target), str(spec.draft or ""), "CPU")
        return self._loaded

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        self.stop.clear()
        self.closing.clear()
        self.requests.append(request)
        fault = self.faults.popleft() if self.faults else None
        if self._loaded is None:
            raise LoadError("No model is loaded")
        if fault is not None and fault.after == 0:
            raise fault.error
        words = sum(len(message.content.split()) for message in request.messages)
        if words > self._loaded.n_ctx:
            raise PromptError(
                f"The prompt has {words} tokens, the context holds {self._loaded.n_ctx}", "Shorten it"
            )
        yield PrefillProgress("target", words, words, 0)
        records: list[StepRecord] = []
        texts: dict[Phase, str] = dict.fromkeys(Phase, "")
        reason = StopReason.END_OF_TURN
        for step, words_of_step, phase in self._steps(request):
            if fault is not None and step > fault.after:
                raise fault.error
            if self.gated:
                self._wait()
            if self.stop.is_set():
                reason = StopReason.STOPPED
                break
            emitted = sum(len(r.emitted) for r in records)
            record, pieces = self._step(step, words_of_step, phase, words, emitted)
            records.append(record)
            texts[phase] += "".join(piece.text for piece in pieces)
            assert self._record is not None
            self._record.observe(record)
            yield StepDone(record, pieces, self.note if step == 1 else "", pace=self.paces.get(step))
        yield RunFinished(self._stats(request, records, texts, reason, words), ())

    def compare(
        self, asked: SideBySide, progress: Callable[[LoadProgress], None] = unheard
    ) -> Iterator[SideBySideEvent]:
        self.stop.clear()
        self.comparisons.append(asked)
        fault = self.faults.popleft() if self.faults else None
        if self._loaded is None:
            raise LoadError("No model is loaded")
        for number, side in enumerate(asked.sides):
            if side.draft:
                self._load_other(progress)
                yield SideEvent(number, model_info(side.draft))
        requests = [replace(asked.request, speculation=side.speculation) for side in asked.sides]
        sides = [_ScriptedSide(self, number, request) for number, request in enumerate(requests)]
        done = 0
        for round_number in count(1):
            going = [side for side in sides if not side.over]
            if not going or self.stop.is_set() or any(side.notes for side in sides):
                break
            for side in going if round_number % 2 else reversed(going):
                for event in side.write(round_number, asked.segment):
                    if fault is not None and done == fault.after:
                        raise fault.error
                    done += isinstance(event.event, StepDone)
                    yield event
                if self.stop.is_set() or side.notes:
                    break
        for side in sides:
            yield side.finish()
        yield from self.partings

    def _load_other(self, progress: Callable[[LoadProgress], None]) -> None:
        for part in range(3):
            progress(LoadProgress("draft", part / 2))
            if self.gated:
                self._wait()
            if self.stop.is_set():
                raise LoadError("Loading was cancelled")

    def tune(self, progress: Callable[[LoadProgress], None], seconds: float) -> TuneReport:
        self.stop.clear()
        fault = self.faults.popleft() if self.faults else None
        if self._loaded is None:
            raise LoadError("No model is loaded")
        for part in range(5):
            if fault is not None and part == fault.after:
                raise fault.error
            progress(LoadProgress("costs", part / 4))
            if self.gated:
                self._wait()
            if self.stop.is_set():
                raise LoadError("Measuring was cancelled")
        return TUNED

    def measurements(self) -> PairRecord | None:
        return self._record

    def unload(self) -> None:
        self._loaded = self._record = None

    def close(self) -> None:
        self.unload()
        self.closed = True

    def _wait(self) -> None:
        while not self._gate.acquire(timeout=0.005):
            if self.stop.is_set():
                return

    def _steps(
        self, request: GenerateRequest, words_of_answer: Sequence[str] | None = None
    ) -> Iterator[tuple[int, list[str], Phase]]:
        own = self.words if words_of_answer is None else words_of_answer
        drafting = request.speculation.drafting is not Drafting.NONE and request.speculation.draft_max != 0
        last = request.messages[-1] if request.messages else None
        answers = last is not None and last.role is Role.ASSISTANT and bool(last.content)
        number = 0
        left = request.max_tokens
        for phase, words in ((Phase.THINK, list(self.thinking)), (Phase.ANSWER, list(own))):
            while words and left and not (phase is Phase.THINK and (answers or self.closing.is_set())):
                number += 1
                count = min(3 if drafting and number > 1 else 1, left)
                chunk = [words.pop(0) for _ in range(min(count, len(words)))]
                left -= len(chunk)
                yield number, chunk, phase

    def _step(
        self, number: int, words: list[str], phase: Phase, prompt: int, before: int
    ) -> tuple[StepRecord, tuple[TextPiece, ...]]:
        accepted = len(words) - 1
        drafted = tuple(range(accepted + 1)) if accepted else ()
        origins = [Origin.ACCEPTED] * accepted + [Origin.RECOVERED if accepted else Origin.PLAIN]
        pieces = tuple(
            TextPiece(f"{word} ", phase, origin, before + i)
            for i, (word, origin) in enumerate(zip(words, origins, strict=True))
        )
        record = StepRecord(
            index=number,
            drafter="ngram" if accepted else "none",
            rule="match",
            phase=phase,
            position=prompt + before,
            limit=4,
            drafted=drafted,
            accepted=accepted,
            emitted=tuple(range(before, before + len(words))),
            target_probs=tuple(0.9 for _ in drafted),
            draft_probs=tuple(None for _ in drafted),
            draft_ms=2.0 * bool(drafted),
            verify_ms=STEP_MS - 3,
            sample_ms=0.5,
            other_ms=0.5,
            t_ms=100 + number * STEP_MS,
        )
        return record, pieces

    def _stats(
        self,
        request: GenerateRequest,
        records: list[StepRecord],
        texts: dict[Phase, str],
        reason: StopReason,
        prompt_tokens: int,
    ) -> RunStats:
        emitted = sum(len(record.emitted) for record in records)
        if emitted >= request.max_tokens:
            reason = StopReason.MAX_TOKENS
        return RunStats(
            metrics=measure(records),
            phases=measure_phases(records),
            text=texts[Phase.THINK] + texts[Phase.ANSWER],
            thinking=texts[Phase.THINK],
            answer=texts[Phase.ANSWER],
            tokens=tuple(range(emitted)),
            prompt_tokens=prompt_tokens,
            reused_tokens=0,
            prefill_ms=80.0,
            draft_prefill_ms=0.0,
            ttft_ms=records[0].t_ms if records else None,
            total_ms=records[-1].t_ms if records else None,
            stop_reason=reason,
            seed=7,
            notes=self.notes,
            thinking_closed=ClosedBy.PERSON if self.closing.is_set() and texts[Phase.THINK] else None,
        )


class _ScriptedSide:
    """One side of a comparison, by the engine's script."""

    def __init__(self, engine: ScriptedEngine, number: int, request: GenerateRequest) -> None:
        self._engine = engine
        self._number = number
        self._request = request
        self._words = list(engine.side_words.get(number, engine.words))
        self._prompt = sum(len(message.content.split()) for message in request.messages)
        self._steps = engine._steps(request, self._words)
        self._records: list[StepRecord] = []
        self._texts: dict[Phase, str] = dict.fromkeys(Phase, "")
        self.over = False
        self.notes: tuple[str, ...] = ()

    def write(self, number: int, segment: int) -> Iterator[SideEvent]:
        """Up to `number` times `segment` tokens."""
        if number == 1:
            yield SideEvent(self._number, PrefillProgress("target", self._prompt, self._prompt, 0))
        began = self._records[-1].t_ms if self._records else 100.0
        own: list[StepRecord] = []
        for step, words, phase in self._steps:
            if self._engine.gated:
                self._engine._wait()
            if self._engine.stop.is_set():
                return
            emitted = sum(len(record.emitted) for record in self._records)
            record, pieces = self._engine._step(step, words, phase, self._prompt, emitted)
            # An id for each word, so that other words are other tokens.
            record = replace(record, emitted=tuple(sum(word.encode()) for word in words))
            own.append(record)
            self._records.append(record)
            self._texts[phase] += "".join(piece.text for piece in pieces)
            if self._engine.failing_draft == self._number and number == 3:
                self.notes = ("Drafting failed (llama_decode failed with status 1); going on without it",)
            yield SideEvent(self._number, StepDone(record, pieces, *self.notes))
            if self.notes:
                return
            if emitted + len(words) >= number * segment:
                break
        else:
            self.over = True
        if own:
            yield SideEvent(self._number, segment_of(number, own, began, 0.5))

    def finish(self) -> SideEvent:
        reason = StopReason.END_OF_TURN if self.over else StopReason.STOPPED
        stats = self._engine._stats(self._request, self._records, self._texts, reason, self._prompt)
        if not self.over:
            stats = replace(stats, stop_reason=StopReason.STOPPED)
        return SideEvent(self._number, RunFinished(replace(stats, notes=self.notes), ()))
