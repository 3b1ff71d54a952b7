"""A turn of the conversation: rows from top to bottom, made when they are first needed.

A turn owns its rows and stacks them; where it stands in the conversation, and what of it is in sight, is the
canvas's business. The kinds of turns there are: `turns.py` and `user_turn.py`.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtGui import QPainter

from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Row


class Turn:
    """Base: rows from top to bottom. Heights of rows that are not laid out are estimates."""

    def __init__(self, look: Look, message_id: str) -> None:
        self.look = look
        self.id = message_id
        self.rows: list[Row] = []
        self.built = False
        self.width = 0
        self.height = 0
        self.y = 0  # set by the canvas

    def build(self) -> None:
        """Make the rows."""
        self.built = True

    def estimate(self, width: int) -> int:
        """Height before the rows exist, px."""
        raise NotImplementedError

    def copy_text(self) -> str:
        """The whole turn as it was written."""
        raise NotImplementedError

    def row_width(self, _row: Row) -> int:
        return self.width

    def row_x(self, _row: Row) -> int:
        return 0

    def place(self, width: int, first: int = 0) -> None:
        """Stack the rows from `first` on."""
        if width != self.width:
            self.width, first = width, 0
            for row in self.rows:
                row.ready = False
        if not self.built:
            self.height = self.estimate(width)
            return
        y = self._top()
        if 0 < first <= len(self.rows):
            above = self.rows[first - 1]
            y = above.y + above.height
        for i in range(first, len(self.rows)):
            row = self.rows[i]
            y += row.gap if i else 0
            if not row.ready:
                row.height = row.estimate(self.row_width(row))
            row.x, row.y = self.row_x(row), y
            y += row.height
        self.height = y + self._bottom()

    def _top(self) -> int:
        return 0

    def _bottom(self) -> int:
        return 0

    def all_rows(self) -> Iterable[Row]:
        """Those that are shown, and those that are folded away."""
        return self.rows

    def rows_between(self, top: float, bottom: float) -> range:
        """Indices of the rows that touch this stretch (turn coordinates)."""
        start = max(0, bisect_right(self.rows, top, key=lambda row: row.y) - 1)
        end = start
        while end < len(self.rows) and self.rows[end].y < bottom:
            end += 1
        return range(start, end)

    # Parts: stretches of its text that are shown or folded as one. Their rows count from 0.

    def part_at(self, index: int) -> tuple[int, int]:
        """The part that the row at `index` belongs to, and which of its rows that is."""
        return 0, index

    def row_of(self, _part: int, number: int) -> int:
        """Where a row of a part stands that is shown."""
        return number

    def is_folded(self, _part: int) -> bool:
        return False

    def unfold(self, _part: int) -> None:
        """Show all of a part."""

    def paint_behind(self, painter: QPainter) -> None:
        """What lies under the rows, in turn coordinates."""

    def restyle(self, look: Look) -> None:
        self.look = look
        for row in self.rows:
            row.restyle(look)
            row.stale_control = True


class Edge(NamedTuple):
    """What stands at the window's upper edge: a turn, its row, and how far down in that the edge is, px."""

    turn: Turn
    row: Row | None
    below: int
