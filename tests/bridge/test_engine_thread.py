"""Jobs on the engine's thread: each ends with exactly one end, and Stop needs no queue."""

import threading
from pathlib import Path

import pytest
from scripted_engine import Fault, ScriptedEngine

from slipstream.bridge.engine_messages import (
    JobCancelled,
    JobCrashed,
    JobDone,
    JobEnd,
    JobFailed,
    JobRefused,
)
from slipstream.bridge.engine_thread import EngineParts, EngineThread
from slipstream.core.chat import ChatMessage, GenerateRequest, PairSpec, Role
from slipstream.core.errors import EngineDiedError, ModelFileError
from slipstream.core.events import PairLoaded, RunFinished, StepDone
from slipstream.core.metrics import StopReason

SPEC = PairSpec(Path("target.gguf"))
REQUEST = GenerateRequest(messages=(ChatMessage(Role.USER, "Go on"),))


def check(path: Path) -> None:
    if "bad" in path.name:
        raise ModelFileError(f"{path.name}: not a GGUF file")


class Bench:
    def __init__(self, qtbot, engine: ScriptedEngine) -> None:
        self.qtbot, self.engine = qtbot, engine
        self.kept = []
        parts = EngineParts(engine, check, lambda: self.kept.append(threading.current_thread()))
        self.thread = EngineThread(parts)
        self.reports = []
        self.thread.reported.connect(self.reports.extend)

    def ends(self, job: int) -> list[JobEnd]:
        return [r.event for r in self.reports if r.job == job and isinstance(r.event, JobEnd)]

    def end(self, job: int) -> JobEnd:
        self.qtbot.waitUntil(lambda: bool(self.ends(job)))
        (end,) = self.ends(job)
        return end

    def of(self, kind: type) -> list:
        return [r.event for r in self.reports if isinstance(r.event, kind)]


@pytest.fixture
def bench(qtbot):
    bench = Bench(qtbot, ScriptedEngine())
    yield bench
    assert bench.thread.close()


def test_a_load_and_a_run_report_in_order(bench):
    assert isinstance(bench.end(bench.thread.load(SPEC)), JobDone)
    assert isinstance(bench.end(bench.thread.generate(REQUEST)), JobDone)
    (finished,) = bench.of(RunFinished)
    text = "".join(piece.text for step in bench.of(StepDone) for piece in step.pieces)
    assert text == finished.stats.text
    assert [step.record.index for step in bench.of(StepDone)] == list(range(1, len(bench.of(StepDone)) + 1))
    assert len(bench.kept) == 2
    assert threading.current_thread() not in bench.kept


def test_stop_ends_a_run_within_a_step(bench):
    bench.end(bench.thread.load(SPEC))
    bench.engine.gated = True
    job = bench.thread.generate(REQUEST)
    bench.engine.allow(3)
    bench.qtbot.waitUntil(lambda: len(bench.of(StepDone)) == 3)
    bench.thread.stop()
    assert isinstance(bench.end(job), JobDone)
    assert bench.of(RunFinished)[0].stats.stop_reason is StopReason.STOPPED
    assert len(bench.of(StepDone)) == 3


def test_a_run_that_is_stopped_before_it_began_never_begins(bench):
    bench.engine.gated = True
    loading = bench.thread.load(SPEC)
    running = bench.thread.generate(REQUEST)
    bench.thread.stop()  # the run waits behind the load
    bench.engine.allow(100)
    assert isinstance(bench.end(running), JobCancelled)
    assert bench.ends(loading)
    assert bench.engine.requests == []


def test_a_cancelled_load_is_no_failure(bench):
    bench.engine.gated = True
    job = bench.thread.load(SPEC)
    bench.engine.allow(1)
    bench.qtbot.waitUntil(lambda: bool(bench.reports))
    bench.thread.stop()
    assert isinstance(bench.end(job), JobCancelled)


def test_a_file_that_fails_the_check_never_reaches_the_engine(bench):
    end = bench.end(bench.thread.load(PairSpec(Path("bad.gguf"))))
    assert isinstance(end, JobRefused)
    assert end.error.message == "bad.gguf: not a GGUF file"
    assert bench.engine.specs == []


def test_a_draft_that_fails_the_check_is_left_out_and_said(bench):
    bench.end(bench.thread.load(PairSpec(Path("target.gguf"), Path("bad-draft.gguf"))))
    (loaded,) = bench.of(PairLoaded)
    assert loaded.draft is None
    assert loaded.draft_problem == "bad-draft.gguf: not a GGUF file"
    assert bench.engine.specs == [SPEC]


def test_a_death_is_told_even_where_a_stop_was_asked_for(bench):
    bench.end(bench.thread.load(SPEC))
    bench.engine.gated = True
    bench.engine.faults.append(Fault(EngineDiedError("it stopped answering"), after=1))
    job = bench.thread.generate(REQUEST)
    bench.engine.allow(1)
    bench.qtbot.waitUntil(lambda: len(bench.of(StepDone)) == 1)
    bench.thread.stop()
    end = bench.end(job)
    assert isinstance(end, JobFailed)
    assert isinstance(end.error, EngineDiedError)


def test_a_bug_ends_the_job_and_goes_to_the_exception_hook(bench, qtbot):
    bench.end(bench.thread.load(SPEC))
    bench.engine.faults.append(Fault(ZeroDivisionError("a bug"), after=2))
    with qtbot.captureExceptions() as caught:
        end = bench.end(bench.thread.generate(REQUEST))
    assert isinstance(end, JobCrashed)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert isinstance(bench.end(bench.thread.generate(REQUEST)), JobDone)  # the thread lives on


def test_close_stops_the_run_and_releases_the_engine(qtbot):
    bench = Bench(qtbot, ScriptedEngine(gated=False))
    bench.end(bench.thread.load(SPEC))
    bench.engine.gated = True
    job = bench.thread.generate(REQUEST)
    qtbot.waitUntil(lambda: bool(bench.engine.requests))
    assert bench.thread.close()
    assert bench.engine.closed
    bench.thread.deliver()
    assert isinstance(bench.end(job), JobDone)


def test_stop_by_number_leaves_other_jobs_alone(bench):
    bench.end(bench.thread.load(SPEC))
    over = bench.thread.generate(REQUEST)
    bench.end(over)
    bench.engine.gated = True
    loading = bench.thread.load(SPEC)
    waiting = bench.thread.generate(REQUEST)
    bench.qtbot.waitUntil(lambda: len(bench.engine.specs) == 2)
    bench.thread.stop(over)
    bench.thread.stop(waiting)
    bench.engine.allow(100)
    assert isinstance(bench.end(loading), JobDone)
    assert isinstance(bench.end(waiting), JobCancelled)
    assert len(bench.engine.requests) == 1
