"""From token to token over the paper: to the one beside, and to the line above or below.

Goes on over rows and turns; turns nobody has seen yet get their rows on the way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from slipstream.core.events import TextPiece
from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.tokenrows import TokensRow
from slipstream.ui.chat.turn import Turn


@dataclass(frozen=True, eq=False, slots=True)
class TokenAt:
    """A token on the paper."""

    turn: Turn
    row: TokensRow
    index: int  # of its piece in the row

    @property
    def piece(self) -> TextPiece:
        return self.row.piece(self.index)

    def same(self, other: "TokenAt | None") -> bool:
        return other is not None and (self.row, self.index) == (other.row, other.index)


def beside(canvas: Canvas, token: TokenAt, step: int) -> TokenAt | None:
    """The next token (1) or the one before (-1)."""
    index = token.index + step
    if 0 <= index < len(token.row):
        return TokenAt(token.turn, token.row, index)
    turns = canvas.turns
    if token.turn not in turns or token.row not in token.turn.rows:
        return None
    number = turns.index(token.turn)
    own = token.turn.rows.index(token.row)
    found = _first(token.turn, token.turn.rows[own + 1 :] if step > 0 else token.turn.rows[:own], step)
    while found is None and 0 <= (number := number + step) < len(turns):
        turn = canvas.built_turn(number)
        found = _first(turn, turn.rows, step)
    return found


def _first(turn: Turn, rows: Iterable[Row], step: int) -> TokenAt | None:
    """The first token of these rows, or the last one going backwards."""
    with_tokens = [row for row in rows if isinstance(row, TokensRow) and len(row)]
    if not with_tokens:
        return None
    row = with_tokens[0 if step > 0 else -1]
    return TokenAt(turn, row, 0 if step > 0 else len(row) - 1)


def first_in_sight(canvas: Canvas) -> TokenAt | None:
    """The first token of the line at the window's upper edge, or of what follows."""
    edge = canvas.edge()
    if edge is None or edge.row is None:
        return None
    if isinstance(edge.row, TokensRow) and edge.row.ready:
        index = edge.row.piece_at(edge.row.hit(QPointF(0, max(0, edge.below + 1))))
        return TokenAt(edge.turn, edge.row, index or 0)
    found = _first(edge.turn, edge.turn.rows[edge.turn.rows.index(edge.row) :], 1)
    for turn in canvas.turns[canvas.turns.index(edge.turn) + 1 :]:
        found = found or _first(turn, turn.rows, 1)
    return found


def on_next_line(canvas: Canvas, token: TokenAt, step: int) -> TokenAt | None:
    """The token below (1) or above (-1); at the end of its row, the first or last of the row that follows."""
    row = token.row
    stretch = row.stretch(token.index)
    rect = (row.rects(stretch) or [row.caret(stretch[0])])[0]
    y = rect.center().y() + step * (rect.height() + 4)  # there is a little room between two lines
    if 0 <= y < row.height:
        index = row.piece_at(row.hit(QPointF(rect.center().x(), y)))
        if index is not None and index != token.index:
            return TokenAt(token.turn, row, index)
    return beside(canvas, TokenAt(token.turn, row, len(row) - 1 if step > 0 else 0), step)
