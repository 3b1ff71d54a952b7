"""How far a download is, told at most ten times a second: bytes, speed and time left.

Speed is over the last few seconds of what the network brings; what was here before a restart counts as done, not as
speed.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from slipstream.core.errors import AppError

INTERVAL = 0.1  # seconds between two reports
WINDOW = 5.0  # seconds that speed is taken over
LEAST_WINDOW = 0.5  # seconds before a speed is told


class Stage(StrEnum):
    CHECKING = "checking"  # reading what is here already
    CONNECTING = "connecting"
    DOWNLOADING = "downloading"
    WAITING = "waiting"  # until the next try, after trouble


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Bytes of the whole model. `trouble` is why it waits, `retry_in` for how many seconds."""

    stage: Stage
    done: int
    total: int
    speed: float | None = None  # bytes a second
    seconds_left: float | None = None
    trouble: AppError | None = None
    retry_in: float | None = None


class Meter:
    """Keeps count for one download, on one thread."""

    def __init__(
        self,
        total: int,
        report: Callable[[DownloadProgress], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self.done = 0
        self.fetched = 0  # bytes that came over the network
        self._report = report
        self._clock = clock
        self._stage = Stage.CHECKING
        self._seen: deque[tuple[float, int]] = deque()  # when, and how many bytes until then
        self._next = float("-inf")

    def enter(self, stage: Stage, trouble: AppError | None = None, retry_in: float | None = None) -> None:
        """Tell of another stage, or of trouble, at once."""
        changed = stage is not self._stage
        self._stage = stage
        if stage in (
            Stage.CHECKING,
            Stage.WAITING,
        ):  # a connection that was cut is followed by the next at once
            self._seen.clear()
        if changed or trouble:
            self._tell(trouble, retry_in)

    def received(self, count: int, kept: int) -> None:
        """So many bytes came, of which `kept` are new."""
        now = self._clock()
        if not self._seen:
            self._seen.append((now, self.fetched))
        self.fetched += count
        self.done += kept
        if now >= self._next:
            self._measure(now)
            self._tell()

    def idle(self) -> None:
        """Nothing comes at the moment: the speed falls."""
        now = self._clock()
        if self._seen and now >= self._next:
            self._measure(now)
            self._tell()

    def at(self, done: int) -> None:
        """So many bytes are here, found by other means than the network."""
        self.done = done
        if self._clock() >= self._next:
            self._tell()

    def _measure(self, now: float) -> None:
        self._seen.append((now, self.fetched))
        while now - self._seen[1][0] > WINDOW:
            self._seen.popleft()

    def _tell(self, trouble: AppError | None = None, retry_in: float | None = None) -> None:
        self._next = self._clock() + INTERVAL
        speed = self._speed()
        left = (self.total - self.done) / speed if speed else None
        self._report(DownloadProgress(self._stage, self.done, self.total, speed, left, trouble, retry_in))

    def _speed(self) -> float | None:
        if not self._seen:
            return None
        (begin, before), (end, after) = self._seen[0], self._seen[-1]
        return (after - before) / (end - begin) if end - begin >= LEAST_WINDOW else None
