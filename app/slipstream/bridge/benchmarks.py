"""Benchmarks as the window sees them: measure one with the loaded pair, stop it, go on with it; list, read, remove.

While one is measured the pair is lent to it: nothing else is asked of the engine. Records are kept as they come.
"""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.bench_messages import (
    BenchBegun,
    BenchmarkRead,
    BenchmarksListed,
    BenchOrder,
    BenchRequest,
    HistoryRead,
    KeepBenchmark,
    KeepBenchmarkRow,
    ListBenchmarks,
    ReadBenchmark,
    ReadHistory,
    RemoveBenchmark,
    RenameBenchmark,
)
from slipstream.bridge.chat import Chat
from slipstream.bridge.engine_messages import EngineEvent, JobCrashed, JobEnd, JobFailed
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.pair import Pair, PairState
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.status import sampling, speculation
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.record import BenchPair, BenchSkip
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.running import BenchProgress
from slipstream.core.benchmark.setup import SEED
from slipstream.core.chat import Drafting, GenerateRequest, Speculation
from slipstream.core.errors import AppError, EngineDiedError

TOPIC = "benchmark"


class BenchState(StrEnum):
    IDLE = "idle"
    STARTING = "starting"  # model files are hashed
    RUNNING = "running"
    STOPPING = "stopping"


def tr(text: str) -> str:
    return QCoreApplication.translate("Benchmarks", text)


class Benchmarks(QObject):
    """Signals: `changed()`, of `state`, `benchmark` or why none can be begun; `progressed(BenchProgress)`;
    `listed(tuple[BenchmarkLine])`; `read(BenchmarkRead)`; `history_read(HistoryRead)`; `noticed(Notice)`;
    `resolved(str)`.
    """

    changed = Signal()
    progressed = Signal(object)
    listed = Signal(object)
    read = Signal(object)
    history_read = Signal(object)
    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(
        self,
        engine: EngineThread,
        store: StoreThread,
        pair: Pair,
        chat: Chat,
        parameters: Parameters,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._store = store
        self._pair = pair
        self._chat = chat
        self._parameters = parameters
        self._job: int | None = None
        self.state = BenchState.IDLE
        self.benchmark: Benchmark | None = None  # under way, or the last one
        self.failure = ""  # why the last one ended before its end, where that was no wish
        pair.changed.connect(self.changed)
        chat.busy_changed.connect(self.changed)
        parameters.changed.connect(self.changed)

    @property
    def running(self) -> bool:
        return self.state is not BenchState.IDLE

    @property
    def drafting(self) -> Speculation:
        """How the next benchmark would draft, by the settings as they are now. The switch does not matter."""
        settings = self._parameters.settings.with_values(speculate=True)
        return speculation(settings, self._pair.loaded)

    @property
    def why_not(self) -> str:
        """Why none can be begun now; "" when one can."""
        state, loaded = self._pair.state, self._pair.loaded
        reasons = (
            (self.running, tr("A benchmark is running.")),
            (state is PairState.LOADING, tr("The model is still loading.")),
            (state is PairState.MEASURING, tr("The pair is being measured.")),
            (state is PairState.COMPARING, tr("Ways to draft are being compared.")),
            (
                state is not PairState.READY or loaded is None,
                tr("No model is loaded. Choose one in the bar above the conversation."),
            ),
            (self._chat.busy, tr("An answer is being written. Stop it, or wait for it.")),
            (
                self.drafting.drafting is Drafting.NONE,
                tr("Nobody drafts, so there is nothing to compare. Choose a draft, or n-gram lookup."),
            ),
        )
        return next((words for holds, words in reasons if holds), "")

    def start(self, plan: BenchPlan, temperature: float, max_tokens: int) -> None:
        """Measure this plan with the loaded pair, drafting as the next answer would."""
        if not self._may_begin():
            return
        request = GenerateRequest(
            sampling=replace(sampling(self._parameters.settings), temperature=temperature),
            speculation=self.drafting,
            max_tokens=max_tokens,
            seed=SEED,
        )
        self._begin(request, plan, None)

    def go_on(self, benchmark: Benchmark) -> None:
        """Measure what is left of one that was stopped; its pair must be loaded."""
        if not self._may_begin():
            return
        if problem := self.why_not_this(benchmark):
            self.noticed.emit(Notice(Level.WARNING, problem, topic=TOPIC))
            return
        self._begin(benchmark.setup.request(), benchmark.plan, benchmark)

    def why_not_this(self, benchmark: Benchmark) -> str:
        """Why this one cannot go on with the models that are loaded; "" when it can, as far as names tell."""
        loaded, setup = self._pair.loaded, benchmark.setup
        names = [setup.target.name] + ([setup.draft.name] if setup.draft else [])
        if loaded is not None:
            present = [Path(model.path).name for model in (loaded.target, loaded.draft) if model]
            if present[: len(names)] == names:
                return ""
        return tr("It was measured with {0}: load that first.").format(tr(" and ").join(names))

    def stop(self) -> None:
        """End it; what was measured is kept, and it can go on later."""
        if self.running and self._job is not None:
            self._engine.stop(self._job)
            self._set(BenchState.STOPPING)

    # Saved ones

    def refresh(self) -> None:
        """Ask for the list; `listed` follows."""
        self._store.ask(ListBenchmarks())

    def open(self, benchmark: int) -> None:
        """Read one; `read` follows."""
        self._store.ask(ReadBenchmark(benchmark))

    def rename(self, benchmark: int, name: str) -> None:
        self._store.ask(RenameBenchmark(benchmark, name))

    def remove(self, benchmark: int) -> None:
        """Remove it for good; `listed` follows."""
        self._store.ask(RemoveBenchmark(benchmark))

    def read_history(self) -> None:
        """Ask for what all of them, and all runs, come to; `history_read` follows."""
        self._store.ask(ReadHistory())

    # What comes back

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the benchmark under way; False where it belongs to something else."""
        if job != self._job:
            return False
        match event:
            case BenchBegun(benchmark):
                self.benchmark = benchmark
                self._store.ask(KeepBenchmark(benchmark))
                if self.state is BenchState.STARTING:
                    self._set(BenchState.RUNNING)
            case BenchProgress():
                self.progressed.emit(event)
            case BenchPair() | BenchSkip():
                self._take(event)
            case _ if isinstance(event, JobEnd):
                self._end(event)
            case _:
                return False  # what the pair costs now
        return True

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case BenchmarksListed(lines):
                self.listed.emit(lines)
            case BenchmarkRead():
                self.read.emit(reply)
            case HistoryRead():
                self.history_read.emit(reply)
            case StoreFailed(request, error) if isinstance(request, BenchRequest):
                if isinstance(request, KeepBenchmark | KeepBenchmarkRow):
                    self._not_kept(error)
                else:
                    self.noticed.emit(error_notice(error, topic=TOPIC))
            case _:
                return False
        return True

    def _may_begin(self) -> bool:
        if problem := self.why_not:
            self.noticed.emit(Notice(Level.WARNING, problem, topic=TOPIC))
        return not problem

    def _begin(self, request: GenerateRequest, plan: BenchPlan, going_on: Benchmark | None) -> None:
        loaded, spec = self._pair.loaded, self._pair.spec
        assert loaded is not None  # it may begin
        assert spec is not None
        self.resolved.emit(TOPIC)
        self.failure = ""
        self.benchmark = going_on
        self._job = self._engine.bench(BenchOrder(spec, loaded, request, plan, going_on))
        self._pair.lend(PairState.BENCHMARKING)
        self._set(BenchState.STARTING)

    def _take(self, row: BenchPair | BenchSkip) -> None:
        assert self.benchmark is not None  # it has begun
        self.benchmark = replace(self.benchmark, rows=(*self.benchmark.rows, row))
        self._store.ask(KeepBenchmarkRow(self.benchmark.uid, row))
        self.changed.emit()

    def _not_kept(self, error: AppError) -> None:
        """Figures that are not kept are not worth the time."""
        hint = tr("The benchmark was stopped. {0}").format(error.hint)
        self.failure = error.message
        self.noticed.emit(Notice(Level.ERROR, error.message, hint.strip(), topic=TOPIC))
        self.stop()

    def _end(self, end: JobEnd) -> None:
        self._job = None
        match end:
            case JobFailed(EngineDiedError() as error):
                self.failure = error.message
                self._pair.died(error)
            case JobFailed(error):
                self.failure = error.message
                self.noticed.emit(error_notice(error, topic=TOPIC))
            case JobCrashed():
                self.failure = tr("The benchmark ended because of a fault in Slipstream.")
                bug = AppError(self.failure, tr("The log says what happened."))
                self.noticed.emit(error_notice(bug, Remedy.OPEN_LOGS, topic=TOPIC))
        self._pair.take_back(PairState.BENCHMARKING)
        self._set(BenchState.IDLE)
        self.refresh()

    def _set(self, state: BenchState) -> None:
        self.state = state
        self.changed.emit()
