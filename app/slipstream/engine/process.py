"""`ProcessEngine`: the same engine in a child process, since GGML aborts the process on many faults.

Parent and child talk over a pipe: a request goes down, events come up in batches, and an answer ends with
`None` or an error. What is asked of a run under way (stop, think no further) and the child's heartbeat live in
shared memory, so that Stop needs no message and a child that hangs is told from one that is busy. The child ends
when its parent does.
"""

import contextlib
import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from slipstream.core.chat import GenerateRequest, PairSpec
from slipstream.core.costs import PairRecord
from slipstream.core.engine import Engine, Listener, unheard
from slipstream.core.errors import AppError, EngineDiedError, LoadError
from slipstream.core.events import LoadProgress, PairLoaded, RunEvent
from slipstream.core.measurements import Measurements
from slipstream.core.side_by_side import SideBySide, SideBySideEvent
from slipstream.core.tuning import TuneReport
from slipstream.engine.end_of_child import exit_reason, last_words, not_started
from slipstream.engine.flags import CLOSE_THINKING, SHARED_BYTES, STOP, SharedFlag
from slipstream.engine.waiting import HUNG_AFTER_S, LOAD_STOPS_WITHIN_S, POLL_S, STOPS_WITHIN_S, Waiting

log = logging.getLogger(__name__)

BATCH_S = 1 / 15  # events are gathered this long before they are sent
LATE_S = 0.1  # nothing waits longer, however slow the next step is
HEARTBEAT_S = 0.1
LOG_NAME = "engine.log"


@dataclass(frozen=True, slots=True)
class _Failure:
    """How the child says that a request failed."""

    error: AppError | None  # expected
    bug: str = ""  # otherwise: the traceback


class ProcessEngine:
    """Implements `core.engine.Engine`. The child starts with the first load, and again after it has died.

    Used by one thread, but for `stop`, `close_thinking` and `kill`. Its log goes to `engine.log` in `log_folder`.
    """

    def __init__(
        self,
        log_folder: Path,
        run_child: Callable[..., None] | None = None,
    ) -> None:
        """`run_child` replaces what the child runs (tests of its faults); it gets (pipe, flags, beat, log)."""
        self._log_folder = log_folder
        self._known = Measurements()
        self._run_child = run_child or _child_main
        self._spawn = multiprocessing.get_context("spawn")
        self._flags = self._spawn.RawArray(ctypes.c_char, SHARED_BYTES)
        self._stop = SharedFlag(self._flags, STOP, owner=True)
        self._closing = SharedFlag(self._flags, CLOSE_THINKING, owner=True)
        self._beat = self._spawn.RawValue(ctypes.c_ulong, 0)
        self._child: Any = None
        self._pipe: Connection | None = None
        self._record: PairRecord | None = None

    @property
    def stop(self) -> SharedFlag:
        return self._stop

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        return self._child.pid if self._child is not None and self._child.is_alive() else None

    def load(self, spec: PairSpec, progress: Callable[[LoadProgress], None]) -> PairLoaded:
        self._stop.clear()
        self._record = None
        return self._result("load", (spec, self._known), PairLoaded, progress)

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        return self._written("generate", request)

    def compare(self, asked: SideBySide, progress: Listener = unheard) -> Iterator[SideBySideEvent]:
        return self._written("compare", asked, progress)

    def _written(self, verb: str, argument: object, progress: Listener = unheard) -> Iterator[Any]:
        """Have something written; one who stops listening stops it."""
        self._stop.clear()
        self._closing.clear()
        answers = self._events(verb, argument)
        try:
            for event in answers:
                if isinstance(event, LoadProgress):
                    progress(event)
                else:
                    yield event
        except GeneratorExit:
            self._stop.set()
            with contextlib.suppress(AppError):
                for _ in answers:
                    pass  # what the child had already sent
            raise

    def close_thinking(self) -> None:
        self._closing.set()

    def tune(self, progress: Callable[[LoadProgress], None], seconds: float) -> TuneReport:
        self._stop.clear()
        return self._result("tune", seconds, TuneReport, progress)

    def count(self, request: GenerateRequest) -> int:
        return self._result("count", request, int)

    def know(self, measurements: Measurements) -> None:
        self._known = measurements

    def measurements(self) -> PairRecord | None:
        return self._record

    def _result[T](self, verb: str, argument: object, kind: type[T], progress: Listener = unheard) -> T:
        """Ask; the event of this kind in the answer. Raises as `_ask`."""
        result: T | None = None
        for event in self._events(verb, argument):
            if isinstance(event, kind):
                result = event
            elif isinstance(event, LoadProgress):
                progress(event)
        if result is None:
            raise EngineDiedError(f"The engine gave no answer to a request ({verb})", "Restart it")
        return result

    def _events(self, verb: str, argument: object) -> Iterator[Any]:
        """Ask; the answer, without what the child has learned: that is kept.

        It is a copy, and the only one that is still here if the child dies. Raises as `_ask`.
        """
        for event in self._ask(verb, argument):
            if isinstance(event, PairRecord):
                self._known.put(event)
                self._record = event
            else:
                yield event

    def unload(self) -> None:
        """End the child: nothing gives memory back more surely. The next load starts another."""
        self._record = None
        if self._child is None:
            return
        self._stop.set()
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        self._child.join(timeout=2 * HUNG_AFTER_S)
        self.kill()

    def close(self) -> None:
        self.unload()

    def kill(self) -> None:
        """End the child at once; whoever waits for it gets EngineDiedError. May be called from any thread."""
        child = self._child
        if child is not None and child.is_alive():
            child.kill()
            child.join()

    def _start(self) -> Connection:
        with contextlib.suppress(OSError):  # the child does without a log where it must
            self._log_folder.mkdir(parents=True, exist_ok=True)
            (self._log_folder / LOG_NAME).unlink(missing_ok=True)  # the last child's words are not this one's
        self._beat.value = 0
        try:
            ours, theirs = self._spawn.Pipe()
        except OSError as error:
            raise not_started(error) from error
        child = self._spawn.Process(
            target=self._run_child,
            args=(theirs, self._flags, self._beat, self._log_folder / LOG_NAME),
            name="slipstream-engine",
            daemon=True,
        )
        try:
            child.start()
        except BaseException as error:  # there is no child then, to be ended or waited for
            ours.close()
            theirs.close()
            if isinstance(error, OSError):
                raise not_started(error) from error
            raise
        theirs.close()
        self._child, self._pipe = child, ours
        return ours

    def _ask(self, verb: str, argument: object) -> Iterator[Any]:
        """Send a request; yield the events of its answer.

        Raises what the child raised, EngineDiedError, and LoadError where no child can be started.
        """
        alive = self._pipe is not None and self.pid is not None
        if verb != "load" and not alive:
            raise (
                self._died()
                if self._child is not None
                else LoadError("No model is loaded", "Choose a GGUF file")
            )
        pipe = self._pipe if alive and self._pipe is not None else self._start()
        try:
            pipe.send((verb, argument))
            while True:
                self._await(pipe, verb)
                for event in pipe.recv():
                    if event is None:
                        return
                    if isinstance(event, _Failure):
                        raise event.error or RuntimeError(f"the engine process failed:\n{event.bug}")
                    yield event
        except (EOFError, OSError) as error:
            raise self._died() from error

    def _await(self, pipe: Connection, verb: str) -> None:
        """Wait for a message. A child that no longer beats, or does not heed a stop, is ended (`Waiting`)."""
        is_load = verb == "load"
        limit = LOAD_STOPS_WITHIN_S if is_load else STOPS_WITHIN_S
        waiting = Waiting(lambda: int(self._beat.value), self._stop.is_set, limit)
        while not pipe.poll(POLL_S):
            if waiting.is_over():
                log.error("the engine does not answer; ending it")
                self.kill()
                died = self._died("it stopped answering")
                if is_load and waiting.stopped:
                    raise LoadError(
                        "Loading was cancelled",
                        "The engine did not answer and was ended; the next load starts another",
                    ) from died
                raise died

    def _died(self, reason: str = "") -> EngineDiedError:
        if self._child is not None:
            self._child.join(timeout=2)
            self.kill()  # one that hangs on its way out still holds the GPU
        code = self._child.exitcode if self._child is not None else None
        self._pipe = None
        tail = last_words(self._log_folder / LOG_NAME)
        log.error("the engine died (exit code %s); its last words: %s", code, tail)
        return EngineDiedError(
            f"The engine stopped: {reason or tail or exit_reason(code)}",
            "It is started again for the next answer; what was written so far is kept",
        )


def _child_main(pipe: Connection, flags: Any, beat: Any, log_file: Path) -> None:
    """The child: one engine, one request after the other, until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the parent
    _log_to(log_file)
    threading.Thread(target=_beat_on, args=(beat, os.getppid()), daemon=True).start()
    from slipstream.engine.context import NativeStopFlag  # noqa: PLC0415  # loads llama.cpp: here only
    from slipstream.engine.session import LocalEngine  # noqa: PLC0415

    closing = SharedFlag(flags, CLOSE_THINKING, owner=False)
    engine = LocalEngine(NativeStopFlag(flags), closing)
    serve(pipe, engine)
    engine.close()


def serve(pipe: Connection, engine: Engine) -> None:
    """Answer the parent's requests with `engine`, one after the other, until it hangs up."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            verb, argument = pipe.recv()
            sender = _Sender(pipe)
            sender.finish(_answer(engine, verb, argument, sender.send))


def _answer(engine: Engine, verb: str, argument: Any, send: Callable[[object], None]) -> _Failure | None:
    """Do one request; how it failed, if it did."""
    try:
        match verb:
            case "load":
                spec, known = argument
                engine.know(known)
                send(engine.load(spec, send))
            case "tune":
                send(engine.tune(send, argument))
            case "count":
                send(engine.count(argument))
                return None  # nothing was measured
            case "compare":
                for told in engine.compare(argument, send):
                    send(told)
            case _:
                for event in engine.generate(argument):
                    send(event)
        send(engine.measurements())
    except AppError as error:
        return _Failure(error)
    except Exception:  # a bug here is the parent's to report, not to die of
        log.exception("bug in the engine")
        return _Failure(None, traceback.format_exc())
    return None


class _Sender:
    """Gathers events and sends them at most 15 times a second.

    The engine's own thread sends, between two decodes: a thread that did it at will would take the processor
    from llama.cpp's in the middle of one (7 % of the speed on two cores). Only what waits for a slow step is
    sent by another thread.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()  # around the list and the pipe, so that batches keep their order
        self._waiting: list[object] = []
        self._sent = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send_late_ones, daemon=True)
        self._thread.start()

    def send(self, event: object) -> None:
        with self._lock:
            self._waiting.append(event)
        if monotonic() - self._sent >= BATCH_S:
            self._flush()

    def finish(self, end: _Failure | None) -> None:
        """The last event of an answer; returns when it is sent. Raises OSError where nobody listens."""
        self._over.set()
        self._thread.join()
        self._waiting.append(end)
        self._flush()

    def _send_late_ones(self) -> None:
        with contextlib.suppress(OSError):  # the engine's thread finds out by itself
            while not self._over.wait(LATE_S):
                if self._waiting and monotonic() - self._sent >= LATE_S:
                    self._flush()

    def _flush(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
            if batch:
                self._pipe.send(batch)
            self._sent = monotonic()


def _beat_on(beat: Any, parent: int) -> None:
    """Count up while the process is alive; end it when its parent has gone."""
    pause = threading.Event()
    while not pause.wait(HEARTBEAT_S):
        beat.value += 1
        if os.getppid() != parent:
            os._exit(0)


def _log_to(path: Path) -> None:
    """Log to `path`, and stderr with it: GGML says there why it aborts. Nowhere, where it cannot be written."""
    try:
        file = path.open("w", encoding="utf-8")  # open as long as the process
    except OSError:
        file = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    os.dup2(file.fileno(), 2)
    sys.stderr = file
    logging.basicConfig(
        stream=file, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
