"""The engine's own thread in the window's process: jobs in, batches of reports out.

`EngineThread` is what the window's thread holds; `EngineWorker` lives on the other thread and drives the
`Engine`, wherever that runs. Stop does not wait in a queue: it is a flag the engine looks at in every step.
Knows nothing of conversations or widgets.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from slipstream.bridge.bench_messages import BenchOrder
from slipstream.bridge.benching import bench
from slipstream.bridge.engine_messages import (
    BenchJob,
    CompareJob,
    Counted,
    CountJob,
    DraftsProgress,
    EngineEvent,
    EngineReport,
    Job,
    JobCancelled,
    JobCrashed,
    JobDone,
    JobEnd,
    JobFailed,
    JobRefused,
    Levels,
    LoadJob,
    RunJob,
    TuneJob,
    TuneProgress,
    UnloadJob,
)
from slipstream.bridge.outbox import CALM_INTERVAL, INTERVAL, Outbox
from slipstream.core.chat import GenerateRequest, PairSpec
from slipstream.core.costs import PairRecord
from slipstream.core.engine import Engine
from slipstream.core.errors import AppError, EngineDiedError, NoMemoryError
from slipstream.core.events import LoadProgress, StepDone
from slipstream.core.file_hashes import sha256_of
from slipstream.core.side_by_side import SideBySide, SideEvent

log = logging.getLogger(__name__)
MANY_JOBS = 32  # more than ever wait at once


def levels(record: PairRecord, position: int) -> Levels:
    """What a record says about plain speed and break-even at this context position."""
    return Levels(record.plain_tokens_per_second(position), record.break_even_tau(position))


def _hash_file(path: Path) -> str:
    return sha256_of([path])


def _unknown(_spec: PairSpec, _target: object, _draft: object) -> str:
    """What would fit is not known."""
    return ""


def _untold(spec: PairSpec, _target: object, _draft: object) -> PairSpec:
    """Nothing is known beforehand."""
    return spec


@dataclass(frozen=True)
class EngineParts:
    """What the engine's thread works with; all of it is used on that thread only, but for what the
    engine takes from any: `stop` and `close_thinking`.
    """

    engine: Engine
    check_file: Callable[[Path], object]  # raises ModelFileError for a file llama.cpp should never see
    keep: Callable[[], None]  # called after each job, to keep what was measured
    hash_model: Callable[[Path], str] = _hash_file  # SHA-256 of a model's files; may raise OSError
    build: str = ""  # of llama.cpp, for the records
    # What the pair will take, from what `check_file` returned for the target, and for the draft that is used.
    foretell: Callable[[PairSpec, Any, Any], PairSpec] = _untold
    # What would fit where there was no memory, from the same; "" where that is not known.
    what_fits: Callable[[PairSpec, Any, Any], str] = _unknown


class RefusedError(Exception):
    """A target file that the check turned away."""

    def __init__(self, error: AppError) -> None:
        super().__init__(error.message)
        self.error = error


class EngineWorker(QObject):
    """Drives the engine, one job at a time; every slot blocks its thread until the job has ended."""

    def __init__(self, parts: EngineParts, outbox: Outbox) -> None:
        super().__init__()
        self._parts = parts
        self._engine = parts.engine
        self._outbox = outbox
        self._lock = threading.Lock()
        self._running: Job | None = None

    def stop(self, job: Job) -> None:
        """Tell the engine to stop if this is the job under way. From any thread."""
        with self._lock:
            if job is self._running:
                self._engine.stop.set()

    def close_thinking(self, job: Job) -> None:
        """Tell the engine to end the thinking if this is the job under way. From any thread."""
        with self._lock:
            if job is self._running:
                self._engine.close_thinking()

    def _set_running(self, job: Job | None) -> None:
        with self._lock:
            self._running = job

    @Slot(object)
    def on_job(self, job: Job) -> None:
        """Do a job and report its end, whatever happens. A bug goes on to the exception hook, and the log."""
        end: JobEnd = JobCrashed()
        self._set_running(job)
        try:
            if job.cancelled.is_set():
                end = JobCancelled()
            else:
                self._do(job)
                end = JobDone()
        except RefusedError as refused:
            end = JobRefused(refused.error)
        except EngineDiedError as error:
            end = JobFailed(error)
        except AppError as error:
            end = JobCancelled(error.hint) if job.cancelled.is_set() else JobFailed(error)
        finally:
            self._set_running(None)
            log.info("job %d: %s", job.number, end)
            self._report(job, end)

    def _do(self, job: Job) -> None:
        match job:
            case LoadJob():
                self._load(job)
            case RunJob():
                self._run(job)
            case TuneJob():
                self._tune(job)
            case CountJob():
                self._report(job, Counted(self._engine.count(job.request)))
            case CompareJob():
                self._compare(job)
            case BenchJob():
                self._bench(job)
            case UnloadJob():
                self._engine.unload()

    @Slot()
    def on_close(self) -> None:
        """Release the engine and end the thread."""
        try:
            self._engine.close()
        finally:
            self.thread().quit()

    def _load(self, job: LoadJob) -> None:
        def progress(event: LoadProgress) -> None:
            self._report(job, event)
            if job.cancelled.is_set():  # set between the check before the load and the load's own clearing
                self._engine.stop.set()

        spec, problem, headers = self._checked(job.spec)
        first = "target" if spec.draft is None else "draft"
        self._report(job, LoadProgress(first, 0.0))  # from here on, what was loaded is gone
        try:
            loaded = self._engine.load(spec, progress)
        except NoMemoryError as error:
            raise NoMemoryError(error.message, self._parts.what_fits(spec, *headers) or error.hint) from error
        self._report(job, replace(loaded, draft_problem=problem) if problem else loaded)
        self._measure(job, 0)

    def _checked(self, spec: PairSpec) -> tuple[PairSpec, str | None, tuple[object, object]]:
        """The spec, without a draft file that is no good, and why; what `check_file` gave for both. Raises
        RefusedError for the target.
        """
        try:
            target = self._parts.check_file(spec.target)
        except AppError as error:
            raise RefusedError(error) from error
        draft, problem = None, None
        if spec.draft is not None:
            try:
                draft = self._parts.check_file(spec.draft)
            except AppError as error:
                spec, problem = replace(spec, draft=None), error.message
        return self._parts.foretell(spec, target, draft), problem, (target, draft)

    def _run(self, job: RunJob) -> None:
        position = 0
        for event in self._engine.generate(job.request):
            if isinstance(event, StepDone):
                position = event.record.position
            self._report(job, event)
            if job.cancelled.is_set():
                self._engine.stop.set()
        self._measure(job, position)

    def _compare(self, job: CompareJob) -> None:
        def progress(event: LoadProgress) -> None:
            self._report(job, DraftsProgress(event))
            if job.cancelled.is_set():
                self._engine.stop.set()

        position = 0
        for told in self._engine.compare(self._with_checked_drafts(job), progress):
            if isinstance(told, SideEvent) and isinstance(told.event, StepDone):
                position = told.event.record.position
            self._report(job, told)
            if job.cancelled.is_set():
                self._engine.stop.set()
        self._measure(job, position)

    def _with_checked_drafts(self, job: CompareJob) -> SideBySide:
        """What is asked, and what its other drafts will take. Raises ModelFileError for a file that is no good."""
        named = {side.draft for side in job.asked.sides if side.draft}
        if not named:
            return job.asked
        target = self._parts.check_file(job.spec.target)
        told = {}
        for name in named:
            spec = replace(job.spec, draft=Path(name))
            foretold = self._parts.foretell(spec, target, self._parts.check_file(Path(name)))
            if foretold.draft_bytes is not None:
                told[name] = foretold.draft_bytes
        return replace(job.asked, draft_bytes=told)

    def _tune(self, job: TuneJob) -> None:
        def progress(event: LoadProgress) -> None:
            self._report(job, TuneProgress(event.fraction))
            if job.cancelled.is_set():
                self._engine.stop.set()

        self._report(job, self._engine.tune(progress, job.seconds))
        self._measure(job, 0)

    def _bench(self, job: BenchJob) -> None:
        parts = self._parts
        for event in bench(self._engine, job.order, parts.hash_model, parts.build, job.cancelled.is_set):
            self._report(job, event)
        self._measure(job, 0)

    def _measure(self, job: Job, position: int) -> None:
        record = self._engine.measurements()
        if record is not None:
            self._parts.keep()
            self._report(job, levels(record, position))

    def _report(self, job: Job, event: EngineEvent) -> None:
        self._outbox.put(EngineReport(job.number, event))


class EngineThread(QObject):
    """Signal `reported`: a tuple of `EngineReport`, on the window's thread, at most 30 times a second."""

    reported = Signal(object)
    _job = Signal(object)
    _close = Signal()

    def __init__(self, parts: EngineParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._jobs: deque[Job] = deque(maxlen=MANY_JOBS)  # the last ones, most of them over
        self._outbox = Outbox(self)
        self._outbox.batch.connect(self.reported)
        self._thread = QThread(self)
        self._thread.setObjectName("engine")
        self._worker = EngineWorker(parts, self._outbox)
        self._worker.moveToThread(self._thread)
        self._job.connect(self._worker.on_job, Qt.ConnectionType.QueuedConnection)
        self._close.connect(self._worker.on_close, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def load(self, spec: PairSpec) -> int:
        """Load a pair in place of the one before; returns the job's number."""
        return self._post(LoadJob(self._next(), spec=spec))

    def generate(self, request: GenerateRequest) -> int:
        return self._post(RunJob(self._next(), request=request))

    def tune(self, seconds: float) -> int:
        """Measure the loaded pair thoroughly, for about so long."""
        return self._post(TuneJob(self._next(), seconds=seconds))

    def count(self, request: GenerateRequest) -> int:
        """Count the tokens of a prompt; `Counted` follows, after what was asked for before."""
        return self._post(CountJob(self._next(), request=request))

    def compare(self, asked: SideBySide, spec: PairSpec) -> int:
        """Have one prompt answered by several ways to draft, by turns. `spec`: as what the pair was loaded."""
        return self._post(CompareJob(self._next(), asked=asked, spec=spec))

    def bench(self, order: BenchOrder) -> int:
        """Measure a benchmark with the loaded pair; what is measured is reported as it comes."""
        return self._post(BenchJob(self._next(), order=order))

    def unload(self) -> int:
        return self._post(UnloadJob(self._next()))

    def stop(self, number: int | None = None) -> None:
        """End a job, under way or waiting, as soon as the engine looks; without a number all that was asked for.

        Nothing happens to the others, also where the named one is over.
        """
        for job in self._jobs:
            if number is None or job.number == number:
                job.cancelled.set()
                self._worker.stop(job)

    def close_thinking(self, number: int) -> None:
        """End the thinking of a run that is under way, so that its answer begins. Nothing happens elsewhere."""
        for job in self._jobs:
            if job.number == number:
                self._worker.close_thinking(job)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Stop, release the engine and end the thread. False where it did not end in time."""
        self.stop()
        self._close.emit()
        return self._thread.wait(timeout_ms)

    def set_calm(self, calm: bool) -> None:
        """Deliver less often: a window that draws on the engine's own processors slows the answer down."""
        self._outbox.interval = CALM_INTERVAL if calm else INTERVAL

    def deliver(self) -> None:
        """Deliver what waits to be delivered now; after `close`, that is all there will be."""
        self._outbox.deliver()

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _post(self, job: Job) -> int:
        self._jobs.append(job)
        self._job.emit(job)
        return job.number
