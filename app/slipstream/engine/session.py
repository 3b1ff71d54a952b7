"""`LocalEngine`: one loaded pair in this process, one answer at a time, or several by turns.

It loads, measures and refuses; how an answer is written is a `Run`'s business.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import perf_counter

from slipstream.core.chat import MAX_DRAFT, GenerateRequest, PairSpec, Role
from slipstream.core.costs import PairRecord
from slipstream.core.engine import Listener, unheard
from slipstream.core.errors import DecodeError, LoadError, PromptError, UsageError
from slipstream.core.events import LoadProgress, PairLoaded, RunEvent
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import StopReason
from slipstream.core.side_by_side import SideBySide, SideBySideEvent, SideEvent
from slipstream.core.tuning import TuneReport
from slipstream.engine.by_turns import write_by_turns
from slipstream.engine.chat_format import Prompt
from slipstream.engine.context import NativeStopFlag, StoppedError
from slipstream.engine.costing import measure_pair
from slipstream.engine.drafters import NgramDrafter
from slipstream.engine.flags import Flag
from slipstream.engine.other_drafts import OtherDrafts
from slipstream.engine.pair import Pair, load_pair
from slipstream.engine.records import record_key
from slipstream.engine.run import Run
from slipstream.engine.tuning import tune_pair

log = logging.getLogger(__name__)
GONE = "Check that the disk with the model is there, and choose the file again"


class LocalEngine:
    """Implements `core.engine.Engine` in this process. Not thread-safe, but for `stop` and `close_thinking`."""

    def __init__(self, stop: NativeStopFlag | None = None, closing: Flag | None = None) -> None:
        """The flags may be shared with another process."""
        self._stop = stop or NativeStopFlag()
        self._closing = closing or threading.Event()
        self._known = Measurements()
        self._pair: Pair | None = None
        self._spec: PairSpec | None = None  # as what it was loaded
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
        self._spec = spec
        try:
            key = record_key(spec, self._pair.loaded)
        except OSError as error:
            self.unload()
            raise LoadError(f"The model went away while it was loaded: {error.strerror}", GONE) from error
        self._record = self._known.pair(*key)
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
        self._pair = self._spec = self._record = None

    def close(self) -> None:
        self.unload()

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        started = perf_counter()
        pair, record = self._loaded()
        self._stop.clear()
        self._closing.clear()
        prompt = self._prompt(pair, request)
        self._lookup.enter(_opening(request))
        run = Run(pair, request, prompt, started, self._lookup, record, self._closing)
        try:
            yield from run.prefill()
            yield from run.steps()
        except StoppedError:
            run.stop_reason = StopReason.STOPPED
        yield run.finish()

    def compare(self, asked: SideBySide, progress: Listener = unheard) -> Iterator[SideBySideEvent]:
        began = perf_counter()
        pair, record = self._loaded()
        self._stop.clear()
        self._closing.clear()
        seed = secrets.randbits(32) if asked.request.seed is None else asked.request.seed
        requests = [replace(asked.request, speculation=side.speculation, seed=seed) for side in asked.sides]
        prompts = [self._prompt(pair, request) for request in requests]
        rendered_s = perf_counter() - began
        assert self._spec is not None  # of what is loaded
        with OtherDrafts(pair, record, self._spec, asked) as drafts:
            drafts.load(self._known, progress, self._stop)
            for number, side in enumerate(asked.sides):
                if (other := drafts.of(side)[0]) is not pair and other.loaded.draft is not None:
                    yield SideEvent(number, other.loaded.draft)
            with suppress(StoppedError):  # then all sides are stopped before they begin
                drafts.even_out(prompts[0].tokens)
            started = perf_counter() - rendered_s  # loading is in no clock
            # Lookups of their own: what one side has written would be there for the next one to copy.
            runs = [
                Run(own, request, prompt, started, NgramDrafter(), known, self._closing)
                for (own, known), request, prompt in zip(
                    map(drafts.of, asked.sides), requests, prompts, strict=True
                )
            ]
            yield from write_by_turns(pair, runs, asked.segment)
            yield from drafts.records

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
