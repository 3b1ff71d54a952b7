"""An answer of the hub, read on a thread of its own, so that whoever takes the bytes can stop at any moment.

While one thread waits for the network, the other hashes and writes. What came before a connection was lost is handed
over first, so nothing is fetched twice for it. Knows no hub and no files.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Protocol, Self

from slipstream.core.errors import HubUnreachableError
from slipstream.models.patience import LOOK_EVERY, StoppedError

WAITING_PIECES = 64  # read ahead of the disk, 64 kB or less each
TAKEN_AT_ONCE = 2**20  # bytes
LEAVE_SECONDS = 0.5  # for the reading thread to end; it would end by itself later


class Sent(Protocol):
    """`hub_client.Answer`, as far as it matters here."""

    offset: int
    total: int | None
    tag: str | None

    def pieces(self) -> Iterator[bytes]: ...
    def interrupt(self) -> None: ...
    def close(self) -> None: ...


class Transfer:
    """Used as `with Transfer(...) as transfer`, then `head` once, then `take` until it gives b""."""

    def __init__(
        self,
        open_answer: Callable[[], Sent],
        stop: threading.Event,
        stall_seconds: float,
        idle: Callable[[], None],
    ) -> None:
        """`open_answer` is called on the other thread, `idle` on this one while nothing comes, ten times a second.

        A wait ends when `stop` is set, or with an error when nothing has come for `stall_seconds`.
        """
        self._open = open_answer
        self._idle = idle
        self._stop = stop
        self._stall_seconds = stall_seconds
        self._items: queue.Queue[Sent | bytes | BaseException] = queue.Queue(WAITING_PIECES)
        self._left = threading.Event()
        self._answer: Sent | None = None
        self._thread = threading.Thread(target=self._read, name="transfer", daemon=True)
        self._ended: bytes | BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if answer := self._answer:
            answer.interrupt()
        self._thread.join(LEAVE_SECONDS)

    def head(self) -> Sent:
        """What the answer says of itself. Raises as the opening did, StoppedError, HubUnreachableError."""
        item = self._next()
        if isinstance(item, BaseException):
            raise item
        assert not isinstance(item, bytes)  # the answer itself is put first
        return item

    def take(self) -> bytes:
        """The next bytes, all that are there; b"" at the end. Raises as `head`."""
        if self._ended is None:
            item = self._next()
            assert isinstance(item, bytes | BaseException)
            if isinstance(item, bytes) and item:
                return self._with_more(item)
            self._ended = item
        if isinstance(self._ended, BaseException):
            raise self._ended
        return b""

    def _with_more(self, first: bytes) -> bytes:
        pieces, size = [first], len(first)
        while size < TAKEN_AT_ONCE:
            try:
                item = self._items.get_nowait()
            except queue.Empty:
                break
            if not isinstance(item, bytes) or not item:
                assert isinstance(item, bytes | BaseException)
                self._ended = item
                break
            pieces.append(item)
            size += len(item)
        return b"".join(pieces)

    def _next(self) -> Sent | bytes | BaseException:
        deadline = time.monotonic() + self._stall_seconds
        while True:
            if self._stop.is_set():
                raise StoppedError
            try:
                return self._items.get(timeout=LOOK_EVERY)
            except queue.Empty:
                self._idle()
                if time.monotonic() >= deadline:
                    raise HubUnreachableError(
                        f"Nothing has come for {self._stall_seconds:g} s", "Check the connection"
                    ) from None

    def _read(self) -> None:
        try:
            answer = self._open()
        except BaseException as error:  # noqa: BLE001  # not swallowed: whoever takes gets it
            self._put(error)
            return
        self._answer = answer
        last: bytes | BaseException = b""
        try:
            if self._put(answer):
                for piece in answer.pieces():
                    if piece and not self._put(piece):
                        return
        except BaseException as error:  # noqa: BLE001  # as above
            last = error
        finally:
            self._answer = None  # its connection may soon serve another request
            answer.close()
        self._put(last)

    def _put(self, item: Sent | bytes | BaseException) -> bool:
        """False where nobody takes it any more."""
        while not self._left.is_set():
            try:
                self._items.put(item, timeout=LOOK_EVERY)
            except queue.Full:
                continue
            return True
        return False
