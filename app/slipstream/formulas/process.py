"""`FormulaProcess`: formulas are set in a child process, one at a time, each within a time limit.

One at a time, so that it is known which one hangs or kills the child: that one stays source, and the next gets a
new child. The child starts with the first formula. What a model wrote can do nothing there but draw: where the
system has such limits it may use little memory, little of the processor's favour, and open no file at all.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from slipstream.core.formulas import Answer, Formula, Refusal
from slipstream.formulas.limits import refuse

log = logging.getLogger(__name__)

LIMIT_S = 3.0  # for one formula; most take 5 to 40 ms
STARTS_WITHIN_S = 30.0  # imports that take 0.7 s on an idle machine
STARTS_TRIED = 2  # children that end before they have begun, before it is given up
MEMORY = 512 << 20  # bytes of address space
NICENESS = 10  # the engine may be computing on the same processor
READY = "ready"


class NotStartedError(Exception):
    """The child did not come up."""


class FormulaProcess:
    """Used by one thread, but for `close`, which any thread may call to end what is under way."""

    def __init__(
        self, run_child: Callable[[Connection], None] | None = None, limit_s: float = LIMIT_S
    ) -> None:
        """`run_child` replaces what the child runs (tests of its faults)."""
        self._run_child = run_child or run
        self._limit_s = limit_s
        self._spawn = multiprocessing.get_context("spawn")
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._failed_starts = 0
        self._lock = threading.Lock()  # around starting and killing
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        child = self._child
        return child.pid if child is not None and child.is_alive() else None

    def draw(self, formula: Formula) -> Answer:
        """The formula's drawing, or why there is none. Never raises for what a formula or the child does."""
        if refusal := refuse(formula):
            return refusal
        try:
            pipe = self._pipe or self._start()
        except NotStartedError:
            return Refusal.UNAVAILABLE
        try:
            pipe.send(formula)
            if pipe.poll(self._limit_s):
                answer: Answer = pipe.recv()
                return answer
        except (EOFError, OSError):
            return self._lost(Refusal.DIED)
        return self._lost(Refusal.TOO_SLOW)

    def close(self) -> None:
        """End the child now, and start no other. From any thread; `draw` returns soon."""
        with self._lock:
            self._closed = True
            if self._child is not None:
                self._child.kill()

    def reap(self) -> None:
        """Let the system forget the child that has ended, or is to end now."""
        with self._lock:
            child, self._child = self._child, None
            pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.close()
        if child is not None:
            child.kill()
            child.join()
            child.close()

    def _start(self) -> Connection:
        """A child that is ready. Raises NotStartedError."""
        with self._lock:
            if self._closed or self._failed_starts >= STARTS_TRIED:
                raise NotStartedError
            self._failed_starts += 1  # until it is up
            self._child, self._pipe = self._spawned()
        ours = self._pipe
        try:
            if ours.poll(STARTS_WITHIN_S) and ours.recv() == READY:
                self._failed_starts = 0
                return ours
        except (EOFError, OSError):
            pass
        if not self._closed:
            log.error("formulas are shown as source: the process that draws them does not start")
        self.reap()
        raise NotStartedError

    def _spawned(self) -> tuple[SpawnProcess, Connection]:
        """A new child, and the pipe to it. Raises NotStartedError."""
        ours, theirs = self._spawn.Pipe()
        child = self._spawn.Process(
            target=self._run_child, args=(theirs,), name="slipstream-formulas", daemon=True
        )
        try:
            child.start()
        except OSError as error:
            ours.close()
            log.error("formulas are shown as source: %s", error)
            raise NotStartedError from error
        finally:
            theirs.close()
        return child, ours

    def _lost(self, refusal: Refusal) -> Refusal:
        """The child is of no more use; the next formula starts another."""
        if not self._closed:
            log.warning("a formula is shown as source, the process that draws them is ended: %s", refusal)
        self.reap()
        return refusal


def run(pipe: Connection) -> None:
    """The child: one formula after the other, until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the parent
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _stay_quiet()
    _stay_small()
    from slipstream.formulas.typeset import Typesetter  # noqa: PLC0415  # imports ziamath: here only

    typesetter = Typesetter()
    _open_nothing()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(READY)
        while True:
            pipe.send(typesetter.draw(pipe.recv()))


def _end_with_parent() -> None:
    """Also in the middle of a formula, and also where the parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _stay_quiet() -> None:
    """What ziamath does not know it tells the log, or warns of; it is known by the answer."""
    logging.disable()
    warnings.simplefilter("ignore")


def _stay_small() -> None:
    """Little memory, and last in the queue for the processor, where the system can be told so."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    with contextlib.suppress(ValueError, OSError):  # macOS has the call, and refuses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(OSError):
        os.nice(NICENESS)


def _open_nothing() -> None:
    """From now on no file, no socket can be opened, where the system can be told so."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    with contextlib.suppress(ValueError, OSError):
        first_free = os.open(os.devnull, os.O_RDONLY)
        os.close(first_free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (first_free, first_free))
