"""Flags that are set from another thread, or another process, and looked at between two steps."""

from typing import Any, Protocol

STOP, CLOSE_THINKING = (
    0,
    2,
)  # places in the shared memory; the byte between them ends the stop flag's C string
SHARED_BYTES = 3


class Flag(Protocol):
    """What `threading.Event` is too."""

    def set(self) -> None: ...
    def clear(self) -> None: ...
    def is_set(self) -> bool: ...


class SharedFlag:
    """A byte of memory that two processes share. Its owner clears it, before asking for anything.

    Cleared by the other side, what was set in between would be lost: there `clear` does nothing.
    """

    def __init__(self, memory: Any, place: int, *, owner: bool) -> None:
        """`memory`: an array of C characters, `SHARED_BYTES` long."""
        self._memory = memory
        self._place = place
        self._owner = owner

    def set(self) -> None:
        self._memory[self._place] = b"\x01"

    def clear(self) -> None:
        if self._owner:
            self._memory[self._place] = b"\x00"

    def is_set(self) -> bool:
        return bool(self._memory[self._place] != b"\x00")
