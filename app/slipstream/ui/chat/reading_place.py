"""Where somebody reads, told in a way that outlives another presentation of the same text.

Rows differ between Markdown and tokens; the letters of the source are nearly the same in both. So a place is: so
many letters into that part of that turn.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.control_rows import ThinkRow
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import AnswerTurn

_NO_LETTER = re.compile(r"[\W_]+")
STEPS = 4  # of going there: heights far away are estimates


@dataclass(frozen=True)
class ReadingPlace:
    turn: Turn
    part: int
    letters: int  # of the part that stand above the window's upper edge


def reading_place(canvas: Canvas) -> ReadingPlace | None:
    """What stands at the window's upper edge; None where that is the same in any presentation."""
    edge = canvas.edge()
    if edge is None or edge.row is None or not isinstance(edge.turn, AnswerTurn):
        return None
    turn, row = edge.turn, edge.row
    if isinstance(row, ThinkRow):
        return None
    part, number = turn.part_at(turn.rows.index(row))
    first = turn.row_of(part, 0)
    above = sum(_count(each) for each in turn.rows[first : first + number])
    share = row.hit(QPointF(0, max(0, edge.below))) / max(1, row.length)
    return ReadingPlace(turn, part, above + round(share * _count(row)))


def go_to(canvas: Canvas, place: ReadingPlace) -> None:
    """Scroll so that the same text stands at the window's upper edge."""
    turn = place.turn
    bar = canvas.verticalScrollBar()
    for _ in range(STEPS):
        found = _find(turn, place)
        if found is None:
            return
        row, share = found
        inside = share * row.height
        if row.ready and share < 1:
            inside = row.caret(round(share * row.length)).top()
        wanted = turn.y + row.y + round(inside)
        if row.ready and wanted == bar.value():
            return
        bar.setValue(wanted)


def letters_in(text: str) -> int:
    """How many letters and figures a text has: what is the same in any presentation of it."""
    return len(_NO_LETTER.sub("", text))


def where(turn: Turn, part: int, letters: int) -> tuple[int, int] | None:
    """The row behind so many letters of a part, by its number in the turn, and the character there."""
    found = _find(turn, ReadingPlace(turn, part, letters))
    if found is None:
        return None
    row = found[0]
    index = turn.rows.index(row)
    left = letters - sum(_count(each) for each in turn.rows[turn.row_of(part, 0) : index])
    if isinstance(row, LeafRow):  # stand before the text, or are not shown
        left -= letters_in(row.leaf.marker + row.leaf.language)
    text = row.searchable()
    for position, character in enumerate(text):
        if left <= 0 and letters_in(character):
            return index, row.found_at((position, position + 1))[0]
        left -= letters_in(character)
    return index, max(0, row.length - 1)


def _find(turn: Turn, place: ReadingPlace) -> tuple[Row, float] | None:
    """The row a place falls into, and how far in."""
    left = place.letters
    row = None
    for index in range(turn.row_of(place.part, 0), len(turn.rows)):
        if turn.part_at(index)[0] != place.part:
            break
        count = _count(turn.rows[index])
        if count == 0:
            continue
        row = turn.rows[index]
        if left < count:
            return row, left / count
        left -= count
    return (row, 1.0) if row is not None else None


def _count(row: Row) -> int:
    return letters_in(row.letters())
