"""What is selected in the conversation: a stretch from one place to another, over rows and turns."""

from collections.abc import Sequence
from typing import NamedTuple

from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.turn import Turn


class Place(NamedTuple):
    """A character: in which turn, row, and where in it. Ordered as read."""

    turn: int
    row: int
    position: int


class Selection:
    """From an anchor to where the pointer is."""

    def __init__(self) -> None:
        self.anchor = Place(0, 0, 0)
        self.focus = Place(0, 0, 0)

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.focus

    def clear(self) -> None:
        self.anchor = self.focus = Place(0, 0, 0)

    @property
    def span(self) -> tuple[Place, Place]:
        return (self.anchor, self.focus) if self.anchor <= self.focus else (self.focus, self.anchor)

    def stretch(self, turn: int, row: int, of: Row) -> Stretch | None:
        """What of this row is selected."""
        if self.is_empty:
            return None
        first, last = self.span
        here = (turn, row)
        if here < first[:2] or here > last[:2] or not of.length:
            return None
        start = first.position if here == first[:2] else 0
        end = last.position if here == last[:2] else of.length
        return (start, end) if end > start else None

    def text(self, turns: Sequence[Turn]) -> str:
        """What is selected, as plain text."""
        if self.is_empty:
            return ""
        first, last = self.span
        parts: list[str] = []
        for number in range(first.turn, min(last.turn, len(turns) - 1) + 1):
            turn = turns[number]
            if not turn.built:
                turn.build()
                turn.place(turn.width)
            for index, row in enumerate(turn.rows):
                stretch = self.stretch(number, index, row)
                if stretch is not None:
                    parts += [row.separator if index else "\n\n"] if parts else []
                    parts.append(row.text(stretch))
        return "".join(parts)
