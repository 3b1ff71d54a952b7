"""What the set-up says on screen, and the one kind of error it expects.

Everything goes to stderr: stdout belongs to the program that is started afterwards.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType


class SetupError(Exception):
    """Something a person can do something about: what is wrong, and what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def say(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


def step(name: str, text: str) -> None:
    """One row of the set-up's table: `Python      3.12.1`."""
    say(f"  {name:<10} {text}")


def duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


class Progress:
    """One line that changes in a terminal; in a log, a line now and then.

    Use as a context manager; `update` may be called as often as one likes.
    """

    LOG_INTERVAL = 30.0  # s between two lines of a log
    TERMINAL_INTERVAL = 0.2

    def __init__(self, name: str) -> None:
        self._name = name
        self._terminal = sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._width = 0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def update(self, text: str) -> None:
        now = time.monotonic()
        if now - self._last < (self.TERMINAL_INTERVAL if self._terminal else self.LOG_INTERVAL):
            return
        self._last = now
        line = f"{text} ({duration(now - self._start)})"
        if self._terminal:
            shown = f"\r  {self._name:<10} {line}"
            sys.stderr.write(shown.ljust(self._width))
            sys.stderr.flush()
            self._width = len(shown)
        else:
            step(self._name, line)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
