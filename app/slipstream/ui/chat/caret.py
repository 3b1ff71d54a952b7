"""Moving through the conversation by keys: by character, word and line, over rows and turns.

Turns nobody has seen yet get their rows on the way; places in rows without text are passed over.
"""

from collections.abc import Iterator
from enum import Enum, auto

from PySide6.QtCore import QPointF
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.rows import DocumentRow, Row
from slipstream.ui.chat.selection import Place


class Move(Enum):
    NEXT_CHARACTER = auto()
    PREVIOUS_CHARACTER = auto()
    NEXT_WORD = auto()
    PREVIOUS_WORD = auto()
    NEXT_LINE = auto()
    PREVIOUS_LINE = auto()
    START_OF_LINE = auto()
    END_OF_LINE = auto()
    START = auto()
    END = auto()


_Key = QKeySequence.StandardKey
_KEYS = {
    _Key.SelectNextChar: Move.NEXT_CHARACTER,
    _Key.SelectPreviousChar: Move.PREVIOUS_CHARACTER,
    _Key.SelectNextWord: Move.NEXT_WORD,
    _Key.SelectPreviousWord: Move.PREVIOUS_WORD,
    _Key.SelectNextLine: Move.NEXT_LINE,
    _Key.SelectPreviousLine: Move.PREVIOUS_LINE,
    _Key.SelectStartOfLine: Move.START_OF_LINE,
    _Key.SelectEndOfLine: Move.END_OF_LINE,
    _Key.SelectStartOfDocument: Move.START,
    _Key.SelectEndOfDocument: Move.END,
}
_Operation = QTextCursor.MoveOperation
_WITHIN = {
    Move.NEXT_CHARACTER: _Operation.NextCharacter,
    Move.PREVIOUS_CHARACTER: _Operation.PreviousCharacter,
    Move.NEXT_WORD: _Operation.NextWord,
    Move.PREVIOUS_WORD: _Operation.PreviousWord,
    Move.START_OF_LINE: _Operation.StartOfLine,
    Move.END_OF_LINE: _Operation.EndOfLine,
}
_BACKWARD = (Move.PREVIOUS_CHARACTER, Move.PREVIOUS_WORD, Move.PREVIOUS_LINE)


def selecting_move(event: QKeyEvent) -> Move | None:
    """How a key extends the selection, by the platform's habits."""
    return next((move for key, move in _KEYS.items() if event.matches(key)), None)


def first_in_sight(canvas: Canvas) -> Place | None:
    """The start of the line at the window's upper edge."""
    edge = canvas.edge()
    if edge is None or edge.row is None:
        return None
    number, index = canvas.turns.index(edge.turn), edge.turn.rows.index(edge.row)
    if not edge.row.length:
        return _neighbour(canvas, Place(number, index, 0), 1)
    return Place(number, index, edge.row.hit(QPointF(0, max(0, edge.below) + 1)))


def moved(canvas: Canvas, place: Place, move: Move) -> Place:
    """The place this leads to; the same where there is nothing further."""
    match move:
        case Move.START:
            return Place(0, 0, 0)
        case Move.END:
            last = canvas.built_turn(len(canvas.turns) - 1)
            return Place(len(canvas.turns) - 1, len(last.rows) - 1, last.rows[-1].length)
        case Move.NEXT_LINE | Move.PREVIOUS_LINE:
            return _line(canvas, place, 1 if move is Move.NEXT_LINE else -1)
    row = _row(canvas, place)
    if isinstance(row, DocumentRow):
        cursor = QTextCursor(row.ensure())
        cursor.setPosition(min(place.position, row.length))
        if cursor.movePosition(_WITHIN[move]) or move in (Move.START_OF_LINE, Move.END_OF_LINE):
            return place._replace(position=cursor.position())
    return _neighbour(canvas, place, -1 if move in _BACKWARD else 1) or place


def _row(canvas: Canvas, place: Place) -> Row:
    return canvas.built_turn(place.turn).rows[place.row]


def _line(canvas: Canvas, place: Place, step: int) -> Place:
    """One line down (1) or up (-1), at the same distance from the edge."""
    row = _row(canvas, place)
    caret = row.caret(place.position) if row.ready else None
    x = (caret.x() + row.x) if caret is not None else row.x
    if caret is not None:
        y = caret.center().y() + step * (caret.height() + 4)  # there is a little room between two lines
        if 0 <= y < row.height:
            position = row.hit(QPointF(x - row.x, y))
            if (position - place.position) * step > 0:
                return place._replace(position=position)
    other = _neighbour(canvas, place, step)
    if other is None:
        return place._replace(position=row.length if step > 0 else 0)
    beside = _row(canvas, other)
    if not beside.ready:
        return other
    return other._replace(position=beside.hit(QPointF(x - beside.x, 1 if step > 0 else beside.height - 1)))


def _neighbour(canvas: Canvas, place: Place, step: int) -> Place | None:
    """The start of the next row with text, or the end of the one before."""
    for number, index in _rows_from(canvas, place, step):
        row = canvas.turns[number].rows[index]
        if row.length:
            return Place(number, index, 0 if step > 0 else row.length)
    return None


def _rows_from(canvas: Canvas, place: Place, step: int) -> Iterator[tuple[int, int]]:
    number, index = place.turn, place.row + step
    while 0 <= number < len(canvas.turns):
        rows = canvas.built_turn(number).rows
        while 0 <= index < len(rows):
            yield number, index
            index += step
        number += step
        if 0 <= number < len(canvas.turns):
            index = 0 if step > 0 else len(canvas.built_turn(number).rows) - 1
