"""What stands in for the engine's child process, to show how the parent takes its faults.

In a module of their own: a spawned process imports the module its function is in.
"""

import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from slipstream.core.errors import PromptError
from slipstream.core.events import LoadProgress
from slipstream.engine import process


def abort_when_asked(pipe: Connection, stop: Any, beat: Any, log_file: Path) -> None:
    """As GGML does: a line on stderr, then abort()."""
    pipe.recv()
    log_file.write_text("loading\nggml.c:123: GGML_ASSERT(n > 0) failed\n")
    os.abort()


def hang_when_asked(pipe: Connection, stop: Any, beat: Any, log_file: Path) -> None:
    """One heartbeat, then nothing more."""
    pipe.recv()
    beat.value = 1
    signal.pause()


def wait_for_others(pipe: Connection, stop: Any, beat: Any, log_file: Path) -> None:
    """As llama.cpp waits for a busy server of its RPC backend: the heart beats, and no stop is looked at."""
    pipe.recv()
    pipe.send([LoadProgress("servers", 0.0)])
    while not pipe.poll(process.HEARTBEAT_S):  # until the parent hangs up
        beat.value += 1


class _BrokenEngine:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def know(self, measurements: object) -> None:
        pass

    def load(self, spec: object, progress: object) -> Any:
        raise self._error

    def close(self) -> None:
        pass


def fail_with_a_bug(pipe: Connection, stop: Any, beat: Any, log_file: Path) -> None:
    _serve(pipe, log_file, _BrokenEngine(ZeroDivisionError("one by zero")))


def refuse_prompts(pipe: Connection, stop: Any, beat: Any, log_file: Path) -> None:
    _serve(pipe, log_file, _BrokenEngine(PromptError("no, not this")))


def _serve(pipe: Connection, log_file: Path, engine: Any) -> None:
    """The real child's loop around another engine."""
    sys.stderr = log_file.open("w")
    process.serve(pipe, engine)
