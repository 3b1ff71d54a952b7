"""Editing a turn where it stands: puts the field in, keeps it in sight, and takes what is written there.

Knows the paper and its turns; what becomes of the text is for others.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.composer import LONG_PASTE
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.editing import Editable
from slipstream.ui.chat.pasted import PastedDialog
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turn_controls import EditControl
from slipstream.ui.chat.turns import AnswerTurn
from slipstream.ui.chat.user_turn import UserTurn


class TurnEditing(QObject):
    """Signal: `submitted(message_id, text)`. The field stays until the turn is replaced, or `end` is called."""

    submitted = Signal(str, str)

    def __init__(self, canvas: Canvas, actions: ChatActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._window = parent
        self._unfinished: dict[str, str] = {}  # what was being written in turns that are not shown now
        actions.edit.connect(self.begin)
        actions.edit_submitted.connect(self._on_submitted)
        actions.edit_cancelled.connect(self.end)
        actions.edit_long.connect(self._on_long)
        # Told while the paper is being laid out; done after that.
        actions.edit_resized.connect(self._on_resized, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def begin(self, message_id: str) -> None:
        """Edit this turn; one that is being written cannot be. A very long one opens in a window of its own."""
        turn = self._turn(message_id)
        if turn is None or (isinstance(turn, AnswerTurn) and turn.streaming):
            return
        if len(turn.text_to_edit()) > LONG_PASTE:
            self._open(message_id, turn.text_to_edit())
            return
        canvas = self._canvas
        canvas.bring_into_sight(turn)
        row = turn.begin_edit()
        self._changed(turn)
        canvas.show_whole(turn, row)
        control = canvas.control_on(row)
        if isinstance(control, EditControl):
            control.begin()

    @Slot(str)
    def end(self, message_id: str) -> None:
        """Leave the turn as it was."""
        turn = self._turn(message_id)
        if turn is not None and turn.edit_row is not None:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            turn.end_edit()
            self._changed(turn)

    def refuse(self, message_id: str) -> None:
        """What was submitted is not taken."""
        turn = self._turn(message_id)
        if turn is not None and turn.edit_row is not None:
            turn.edit_row.submitted = False

    def leave(self) -> None:
        """Other turns are about to be shown: remember what is being written in these."""
        for turn in self._canvas.turns:
            row = turn.edit_row if isinstance(turn, Editable) else None
            if row is not None and row.is_unfinished:
                self._unfinished[turn.id] = row.text

    def come_back(self, turns: Sequence[Turn]) -> None:
        """Go on where one of these turns was left."""
        for turn in turns:
            if isinstance(turn, Editable) and (text := self._unfinished.pop(turn.id, "")):
                turn.begin_edit().text = text

    def _turn(self, message_id: str) -> AnswerTurn | UserTurn | None:
        found = next((turn for turn in self._canvas.turns if turn.id == message_id), None)
        return found if isinstance(found, (AnswerTurn, UserTurn)) else None

    def _changed(self, turn: Turn) -> None:
        self._canvas.hold_place()
        self._canvas.selection.clear()
        self._canvas.turn_changed(turn)
        self._canvas.check_end()

    def _open(self, message_id: str, text: str) -> None:
        dialog = PastedDialog(text, self._window)
        dialog.kept.connect(partial(self.submitted.emit, message_id))
        dialog.open()

    @Slot(str, str)
    def _on_submitted(self, message_id: str, text: str) -> None:
        turn = self._turn(message_id)
        if turn is None or turn.edit_row is None:
            return
        if text.strip() == turn.edit_row.original.strip():
            self.end(message_id)
        else:
            turn.edit_row.submitted = True
            self.submitted.emit(message_id, text)

    @Slot(str, str)
    def _on_long(self, message_id: str, text: str) -> None:
        self.end(message_id)
        self._open(message_id, text)

    @Slot(str)
    def _on_resized(self, message_id: str) -> None:
        turn = self._turn(message_id)
        if turn is None or turn.edit_row is None or turn.edit_row not in turn.rows:
            return
        canvas = self._canvas
        canvas.turn_changed(turn, turn.rows.index(turn.edit_row))
        control = canvas.control_on(turn.edit_row)
        if control is not None and control.isAncestorOf(control.window().focusWidget()):
            canvas.show_whole(turn, turn.edit_row)
