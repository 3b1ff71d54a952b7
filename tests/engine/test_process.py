"""The engine in a child process: the same answers, and a parent that outlives whatever happens to the child."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from children import abort_when_asked, fail_with_a_bug, hang_when_asked, refuse_prompts, wait_for_others
from runs import ask, run

from slipstream.core.chat import Drafting, PairSpec
from slipstream.core.errors import EngineDiedError, LoadError, ModelFileError, PromptError
from slipstream.core.events import LoadProgress, StepDone
from slipstream.core.metrics import StopReason
from slipstream.engine.end_of_child import last_words
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine


@pytest.fixture
def engine(demo_target: Path, low_bit_draft: Path, tmp_path: Path) -> Iterator[ProcessEngine]:
    engine = ProcessEngine(tmp_path)
    engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
    yield engine
    engine.close()


ANY_PAIR = PairSpec(Path("any.gguf"))  # for children that load nothing


def still_there(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition: object, seconds: float = 20) -> None:
    """Poll for what another process does; there is nothing to wait on."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        threading.Event().wait(0.02)


@pytest.mark.weights
def test_answers_as_the_engine_in_this_process(
    engine: ProcessEngine, demo_target: Path, low_bit_draft: Path
) -> None:
    local = LocalEngine()
    local.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
    request = ask("Name three fruits.", Drafting.MODEL)
    here, there = run(local, request), run(engine, request)
    local.close()
    assert there.stats.tokens == here.stats.tokens
    assert there.text == here.text
    assert [r.drafted for r in there.records] == [r.drafted for r in here.records]
    record = engine.measurements()
    assert record is not None
    assert record.drafting_step.get(100, 1) is not None


@pytest.mark.weights
def test_stop_from_another_thread_ends_an_answer_soon(engine: ProcessEngine) -> None:
    steps = 0
    stats = None
    asked = 0.0
    for event in engine.generate(ask("Tell me a very long story.", max_tokens=400)):
        steps += isinstance(event, StepDone)
        if steps == 3 and not asked:
            asked = time.monotonic()
            thread = threading.Thread(target=engine.stop.set)
            thread.start()
            thread.join()
        stats = getattr(event, "stats", stats)
    assert time.monotonic() - asked < 5
    assert stats is not None
    assert stats.stop_reason is StopReason.STOPPED
    assert run(engine, ask("Hi")).stats.tokens


@pytest.mark.weights
def test_a_killed_child_is_told_and_the_next_load_starts_another(
    engine: ProcessEngine, demo_target: Path
) -> None:
    first = engine.pid
    assert first is not None
    with pytest.raises(EngineDiedError, match="SIGKILL"):
        for event in engine.generate(ask("Tell me a very long story.", max_tokens=400)):
            if isinstance(event, StepDone):
                os.kill(first, signal.SIGKILL)
    assert engine.pid is None
    engine.load(PairSpec(demo_target, ctx_size=512), lambda _event: None)
    assert engine.pid not in (None, first)
    assert run(engine, ask("Hi")).stats.tokens


@pytest.mark.weights
def test_a_child_that_died_between_answers_is_told_at_the_next(
    engine: ProcessEngine, demo_target: Path
) -> None:
    pid = engine.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not still_there(pid))
    with pytest.raises(EngineDiedError, match="SIGKILL"):
        run(engine, ask("Hi"))
    engine.load(PairSpec(demo_target, ctx_size=512), lambda _event: None)
    assert run(engine, ask("Hi", max_tokens=3)).stats.tokens


def test_without_a_load_there_is_nothing_to_ask(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path)
    with pytest.raises(LoadError, match="No model"):
        run(engine, ask("x"))
    assert engine.pid is None


@pytest.mark.weights
def test_a_frozen_child_is_given_up_within_two_seconds_of_stop(engine: ProcessEngine) -> None:
    pid = engine.pid
    assert pid is not None
    stopped = 0.0
    with pytest.raises(EngineDiedError, match="stopped answering"):
        for event in engine.generate(ask("Tell me a very long story.", max_tokens=400)):
            if isinstance(event, StepDone) and not stopped:
                os.kill(pid, signal.SIGSTOP)
                engine.stop.set()
                stopped = time.monotonic()
    assert time.monotonic() - stopped < 3
    assert not still_there(pid)


@pytest.mark.weights
def test_leaving_an_answer_early_stops_it_and_keeps_the_engine(engine: ProcessEngine) -> None:
    events = engine.generate(ask("Tell me a very long story.", max_tokens=400))
    for event in events:
        if isinstance(event, StepDone):
            break
    events.close()
    assert run(engine, ask("Hi", max_tokens=3)).stats.metrics.emitted == 3


@pytest.mark.weights
def test_close_ends_the_child(engine: ProcessEngine) -> None:
    pid = engine.pid
    assert pid is not None
    engine.close()
    assert not still_there(pid)


@pytest.mark.weights
def test_errors_cross_the_process_with_their_hint(engine: ProcessEngine, tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="empty") as caught:
        run(engine, ask("  "))
    assert caught.value.hint
    with pytest.raises(ModelFileError, match=r"nothing\.gguf"):
        engine.load(PairSpec(tmp_path / "nothing.gguf"), lambda _event: None)


def test_a_child_that_cannot_be_started_leaves_nothing_to_end(tmp_path: Path) -> None:
    engine = ProcessEngine(
        tmp_path, run_child=lambda *_parts: None
    )  # what a child runs must be found by its name
    with pytest.raises((AttributeError, pickle.PicklingError)):
        engine.load(ANY_PAIR, lambda _event: None)
    assert engine.pid is None
    engine.close()


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (
            "/home/a/build/ggml/src/ops.cpp:41: GGML_ASSERT(eps >= 0.0f) failed",
            "ops.cpp:41: GGML_ASSERT(eps >= 0.0f) failed",
        ),
        ("C:\\b\\ggml-cuda.cu:9: !\nlater", "ggml-cuda.cu:9: !"),
        (
            "terminate called after throwing an instance of 'x'\n  what():  unordered_map::at",
            "unordered_map::at",
        ),
        (
            "ggml_cuda_compute_forward: CUDA error: out of memory",
            "ggml_cuda_compute_forward: CUDA error: out of memory",
        ),
        ("a.c:1: \x1b[31mred", "a.c:1: \ufffd[31mred"),
        ("2026-07-28 12:00:00,1 INFO slipstream.engine: llama.cpp: load: file.cpp:12: all is well", ""),
        ("loading\n", ""),
    ],
)
def testlast_words(tmp_path: Path, log: str, words: str) -> None:
    (tmp_path / "engine.log").write_text(log, "utf-8")
    assert last_words(tmp_path / "engine.log") == words


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_system_that_gives_no_process_is_told(tmp_path: Path) -> None:
    """Here no file can be opened any more, and so no pipe to a child."""
    import resource  # noqa: PLC0415  # not on Windows

    engine = ProcessEngine(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        with pytest.raises(LoadError, match="cannot be started: Too many open files") as caught:
            engine.load(ANY_PAIR, lambda _event: None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert caught.value.hint
    assert engine.pid is None
    engine.close()


def test_an_aborting_child_leaves_itslast_words(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path, run_child=abort_when_asked)
    with pytest.raises(EngineDiedError, match="GGML_ASSERT"):
        engine.load(ANY_PAIR, lambda _event: None)
    assert engine.pid is None
    engine.close()


def test_a_load_by_a_child_that_never_beats_again_is_cancelled(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path, run_child=hang_when_asked)
    timer = threading.Timer(0.3, engine.stop.set)
    timer.start()
    with pytest.raises(LoadError, match="cancelled"):
        engine.load(ANY_PAIR, lambda _event: None)
    timer.join()
    assert engine.pid is None
    engine.close()


def test_a_load_that_waits_for_somebody_else_is_cancelled_and_the_next_starts_another_child(
    tmp_path: Path,
) -> None:
    engine = ProcessEngine(tmp_path, run_child=wait_for_others)
    pids, asked = [], []

    def cancel(event: LoadProgress) -> None:
        assert event.stage == "servers"
        pids.append(engine.pid)
        asked.append(time.monotonic())
        engine.stop.set()

    for _ in range(2):
        with pytest.raises(LoadError, match="cancelled") as caught:
            engine.load(ANY_PAIR, cancel)
        assert time.monotonic() - asked[-1] < 4
        assert "was ended" in caught.value.hint
        assert engine.pid is None
    assert None not in pids
    assert len(set(pids)) == 2
    engine.close()


def test_a_bug_in_the_child_is_raised_as_a_bug(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path, run_child=fail_with_a_bug)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        engine.load(ANY_PAIR, lambda _event: None)
    engine.close()


def test_a_child_that_refuses_goes_on_living(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path, run_child=refuse_prompts)
    for _ in range(2):
        with pytest.raises(PromptError, match="no, not this"):
            engine.load(ANY_PAIR, lambda _event: None)
    engine.close()


@pytest.mark.weights
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to look at processes")
def test_a_killed_parent_leaves_no_orphan(demo_target: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from slipstream.core.chat import *\n"
        "from slipstream.engine.process import ProcessEngine\n"
        "if __name__ == '__main__':\n"
        "    engine = ProcessEngine(Path(sys.argv[2]))\n"
        "    engine.load(PairSpec(Path(sys.argv[1]), ctx_size=512), lambda e: None)\n"
        "    request = GenerateRequest((ChatMessage(Role.USER, 'Tell me a long story'),), max_tokens=450)\n"
        "    for event in engine.generate(request):\n"
        "        print(engine.pid, flush=True)\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script), str(demo_target), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    wait_until(lambda: not still_there(child))
