"""The measurement itself: each prompt answered with and without drafting, interleaved, on one loaded engine.

Between any two answers the engine is made to forget: a request that shares nothing with any prompt goes through the
caches of both models and the lookup, so that neither answer finds anything of the one before. (Without it the second
answer to a prompt would be looked up in the first.) What the engine has learned of the pair (what steps cost, how its
drafts fare) stays, as it does for a person. Two short answers before the first one warm the machine up.

Knows the engine by its interface alone, so it runs in this process and through a child alike.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from slipstream.core.benchmark.plan import BenchTask
from slipstream.core.benchmark.prompts import BenchPrompt
from slipstream.core.benchmark.record import BenchAnswer, BenchPair, BenchSkip
from slipstream.core.benchmark.setup import SEED
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, Role, Speculation
from slipstream.core.engine import Engine
from slipstream.core.errors import DecodeError, PromptError
from slipstream.core.events import PrefillProgress, RunFinished, StepDone
from slipstream.core.metrics import RunStats, StepRecord, StopReason

ANOTHER = "Chapter 7. It rained all night, and nobody in the harbour slept."  # no template begins like this
MOST_REUSED = 1  # tokens of a prompt that a cache may hold: a BOS token
WARM_UP_TOKENS = 8
TOLD_EVERY_S = 0.25
MOST_FAILURES = 3  # in a row: then it is not the prompts


@dataclass(frozen=True, slots=True)
class BenchProgress:
    """How far it is. `seconds_left` is None until a prompt has been answered."""

    done: int  # pairs
    total: int
    prompt: str
    drafting: bool  # which of the two answers is under way
    fraction: float  # of all of it, 0…1
    seconds_left: float | None


BenchEvent = BenchProgress | BenchPair | BenchSkip


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """One answer of a pair that counts, with its text and every step: more than a record keeps."""

    task: BenchTask
    drafting: bool
    stats: RunStats
    steps: tuple[StepRecord, ...]


Watch = Callable[[WholeAnswer], None]


class _NotMeasuredError(Exception):
    """Why an answer does not count."""


class _CancelledError(Exception):
    """Somebody has asked to end it."""


def run_benchmark(
    engine: Engine,
    request: GenerateRequest,
    tasks: Sequence[BenchTask],
    cancelled: Callable[[], bool] = lambda: False,
    before: int = 0,
    watch: Watch | None = None,
) -> Iterator[BenchEvent]:
    """Do the tasks with the loaded pair, as `request` says; its messages may hold a system prompt, its `raw` tells
    that prompts are to be taken as they are.

    Each task ends with a `BenchPair` or a `BenchSkip`. Ends early, with whole pairs only, once `cancelled` says so.
    `before`: how many pairs were done earlier; progress counts them. `watch` is told both answers of a pair, in the
    order they were written, once its `BenchPair` was taken. Raises LoadError, DecodeError, EngineDiedError.
    """
    try:
        yield from _Benchmark(engine, request, (before, before + len(tasks)), cancelled, watch).run(tasks)
    except _CancelledError:
        return


class _Benchmark:
    def __init__(
        self,
        engine: Engine,
        request: GenerateRequest,
        pairs: tuple[int, int],
        cancelled: Callable[[], bool],
        watch: Watch | None,
    ) -> None:
        self._engine = engine
        self._request = request
        self._before, self._total = pairs
        self._cancelled = cancelled
        self._watch = watch
        self._whole: list[WholeAnswer] = []  # of the pair under way
        self._done = 0  # in this run
        self._failures = 0
        self._began = monotonic()
        self._told = 0.0

    def run(self, tasks: Sequence[BenchTask]) -> Iterator[BenchEvent]:
        if tasks:
            yield self._progress(tasks[0], drafting=True, tokens=0)
            self._warm_up(tasks[0].prompt)
        self._began = monotonic()
        for task in tasks:
            yield self._progress(task, task.drafting_first, tokens=0)
            yield from self._pair(task)
            self._done += 1

    def _pair(self, task: BenchTask) -> Iterator[BenchEvent]:
        prompt = task.prompt
        answers: dict[bool, BenchAnswer] = {}
        place = (prompt.id, prompt.digest, prompt.kind, task.repeat)
        self._whole.clear()
        try:
            for drafting in (task.drafting_first, not task.drafting_first):
                answers[drafting] = yield from self._answer(task, drafting)
        except (PromptError, _NotMeasuredError) as error:
            yield BenchSkip(*place, getattr(error, "message", str(error)))
            self._failures += isinstance(error, _NotMeasuredError)
            if self._failures >= MOST_FAILURES:
                raise DecodeError(f"Several prompts could not be measured: {error}") from error
            return
        self._failures = 0
        yield BenchPair(*place, task.drafting_first, answers[True], answers[False])
        if self._watch is not None:
            for whole in self._whole:
                self._watch(whole)

    def _answer(self, task: BenchTask, drafting: bool) -> Generator[BenchProgress, None, BenchAnswer]:
        """One answer, which is the generator's result."""
        self._forget()
        seed = SEED if self._request.seed is None else self._request.seed
        request = replace(self._asked(task.prompt, drafting), seed=(seed + task.repeat) % 2**32)
        steps: list[StepRecord] = []
        stats: RunStats | None = None
        reused = 0
        for event in self._generate(request):
            if isinstance(event, PrefillProgress):
                reused = max(reused, event.reused)
            elif isinstance(event, StepDone):
                steps.append(event.record)
                if monotonic() - self._told >= TOLD_EVERY_S:
                    tokens = sum(len(step.emitted) for step in steps)
                    second = drafting is not task.drafting_first
                    yield self._progress(task, drafting, tokens + second * self._request.max_tokens)
            else:
                stats = event.stats
        assert stats is not None  # a run ends with RunFinished
        if reused > MOST_REUSED:
            raise _NotMeasuredError(f"{reused} tokens of the prompt were still in a cache")
        if stats.notes:
            raise _NotMeasuredError("; ".join(stats.notes))
        if not stats.tokens:
            raise _NotMeasuredError("the model wrote nothing")
        if self._watch is not None:
            self._whole.append(WholeAnswer(task, drafting, stats, tuple(steps)))
        return BenchAnswer.of(stats, steps)

    def _warm_up(self, prompt: BenchPrompt) -> None:
        """Weights into memory, threads awake; what fails here fails again where it is told."""
        for drafting in (True, False):
            request = replace(self._asked(prompt, drafting), max_tokens=WARM_UP_TOKENS, seed=SEED)
            try:
                for _event in self._generate(request):
                    pass
            except PromptError:
                return

    def _forget(self) -> None:
        speculation = Speculation(self._request.speculation.drafting, 1, lookup=True)
        request = GenerateRequest(raw=ANOTHER, speculation=speculation, max_tokens=1, seed=SEED)
        for _event in self._generate(request):
            pass

    def _asked(self, prompt: BenchPrompt, drafting: bool) -> GenerateRequest:
        speculation = self._request.speculation if drafting else Speculation(Drafting.NONE)
        if self._request.raw is not None:
            return replace(self._request, raw=prompt.text, messages=(), speculation=speculation)
        messages = (*self._request.messages, ChatMessage(Role.USER, prompt.text))
        return replace(self._request, messages=messages, speculation=speculation)

    def _generate(self, request: GenerateRequest) -> Iterator[PrefillProgress | StepDone | RunFinished]:
        """The events of one run. Raises _CancelledError in place of an end that was asked for.

        The engine forgets an earlier stop when a run begins: so it is asked again while it runs.
        """
        if self._cancelled():
            raise _CancelledError
        for event in self._engine.generate(request):
            if self._cancelled():
                self._engine.stop.set()
            if isinstance(event, RunFinished) and event.stats.stop_reason is StopReason.STOPPED:
                raise _CancelledError
            yield event

    def _progress(self, task: BenchTask, drafting: bool, tokens: int) -> BenchProgress:
        """`tokens`: of this pair of answers, the first one counted as if it had been as long as it may."""
        self._told = monotonic()
        within = min(tokens / (2 * self._request.max_tokens), 0.99)
        done = self._done + within
        left = None
        if self._done:
            left = (monotonic() - self._began) / done * (self._total - self._before - done)
        fraction = (self._before + done) / self._total
        return BenchProgress(self._before + self._done, self._total, task.prompt.id, drafting, fraction, left)
