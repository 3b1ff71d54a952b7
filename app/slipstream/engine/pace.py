"""How far to draft. This version keeps to a fixed length; the measured controller will take its place."""

from typing import Protocol

AUTOMATIC_LENGTH = 4


class Pace(Protocol):
    """Decides how many tokens may be drafted next."""

    def limit(self) -> int: ...


class FixedPace:
    """The same length every time."""

    def __init__(self, length: int) -> None:
        self._length = length

    def limit(self) -> int:
        return self._length


def make_pace(draft_max: int | None) -> Pace:
    """The pace for a draft length chosen by a person; None is automatic."""
    return FixedPace(AUTOMATIC_LENGTH if draft_max is None else draft_max)
