"""Where a token of an answer stands, in whichever way the answer is shown, and the reader led there.

Shown token by token, a token is a piece of a row. As Markdown, where tokens have no place of their own, it is told by
the letters before it; its word is selected there.
"""

from slipstream.core.events import UNKNOWN_TOKEN
from slipstream.core.metrics import Phase
from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.reading_place import letters_in, where
from slipstream.ui.chat.reveal import reveal
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.tokenrows import TokensRow
from slipstream.ui.chat.tokenwalk import TokenAt
from slipstream.ui.chat.turns import PARTS, AnswerTurn


def phase_of(turn: AnswerTurn, token: int) -> Phase | None:
    """The part of an answer a token stands in; None where it has no text there."""
    return next((piece.phase for piece in turn.pieces if piece.token >= token), None)


def token_at(turn: AnswerTurn, token: int) -> TokenAt | None:
    """The token, or the next one that has text, where tokens are shown; None else."""
    for row in turn.rows:
        if isinstance(row, TokensRow) and len(row) and row.piece(len(row) - 1).token >= token:
            for index in range(len(row)):
                if row.piece(index).token >= token:
                    return TokenAt(turn, row, index)
    return None


def select_word(canvas: Canvas, turn: AnswerTurn, token: int) -> bool:
    """Bring the word a token belongs to into sight, and select it; False where it cannot be told which it is."""
    phase = phase_of(turn, token)
    if phase is None:
        return False
    part = PARTS.index(phase)
    found = where(turn, part, letters_in("".join(_before(turn, phase, token))))
    if found is None:
        return False
    index, position = found
    number = canvas.turns.index(turn)
    reveal(canvas, turn, index, (position, position + 1))
    start, end = turn.rows[index].word_at(position)
    canvas.selection.anchor, canvas.selection.focus = Place(number, index, start), Place(number, index, end)
    canvas.viewport().update()
    return True


def _before(turn: AnswerTurn, phase: Phase, token: int) -> list[str]:
    """The texts that stand before a token in its part; what a person wrote there comes first."""
    return [
        piece.text
        for piece in turn.pieces
        if piece.phase is phase and (piece.token < token or piece.token == UNKNOWN_TOKEN)
    ]
