"""Leads the reader to a token of an answer, also of one whose tokens have to be read first."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from slipstream.core.metrics import Phase
from slipstream.core.step_book import RunSteps, pieces_of
from slipstream.ui.chat.tokenplace import phase_of, select_word, token_at
from slipstream.ui.chat.turns import PARTS, AnswerTurn
from slipstream.ui.chat.view import ChatView


class TokenPlaces(QObject):
    """For one view. Signal `steps_wanted(message_id, known)`: the steps of an answer; give them to `put`."""

    steps_wanted = Signal(str, int)

    def __init__(self, view: ChatView) -> None:
        super().__init__(view)
        self._view = view
        self._wanted: tuple[str, int] | None = None

    def show(self, message_id: str, token: int) -> None:
        """Bring a token into sight and mark it; nothing happens for an answer that is not shown."""
        turn = self._turn(message_id)
        if turn is None:
            return
        self._wanted = None
        if not turn.pieces and not turn.streaming:
            self._wanted = message_id, token
            self.steps_wanted.emit(message_id, 0)
            return
        self._lead_to(turn, token)

    def put(self, message_id: str, known: int, runs: Sequence[RunSteps]) -> None:
        """Steps of an answer that were asked for, here or by others."""
        wanted, turn = self._wanted, self._turn(message_id)
        if wanted is None or wanted[0] != message_id or known or turn is None:
            return
        self._wanted = None
        if not turn.pieces:
            turn.set_pieces(pieces_of(runs))
        self._lead_to(turn, wanted[1])

    def _turn(self, message_id: str) -> AnswerTurn | None:
        turns = self._view.canvas.turns
        return next((t for t in turns if t.id == message_id and isinstance(t, AnswerTurn)), None)

    def _lead_to(self, turn: AnswerTurn, token: int) -> None:
        canvas = self._view.canvas
        canvas.built_turn(canvas.turns.index(turn))
        think = PARTS.index(Phase.THINK)
        if phase_of(turn, token) is Phase.THINK and turn.is_folded(think):
            canvas.hold_place()
            turn.unfold(think)
            canvas.turn_changed(turn)
        at = token_at(turn, token)
        if at is not None:
            self._view.inspector.go_to(at)
        elif not select_word(canvas, turn, token):
            self._view.show_message(turn.id)
