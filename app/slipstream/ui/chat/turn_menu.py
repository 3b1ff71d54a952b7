"""What the context menu offers for the turn under the pointer, beside copying."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import AnswerTurn
from slipstream.ui.chat.user_turn import UserTurn


def tr(text: str) -> str:
    return QCoreApplication.translate("TurnMenu", text)


def add_turn_entries(menu: QMenu, turn: Turn, actions: ChatActions) -> None:
    """Nothing for an answer that is being written."""
    if not isinstance(turn, (AnswerTurn, UserTurn)) or (isinstance(turn, AnswerTurn) and turn.streaming):
        return
    entries = [(tr("Edit"), actions.edit)]
    if isinstance(turn, AnswerTurn):
        entries.append((tr("Write another answer"), actions.regenerate))
        entries.append((tr("Compare ways to draft…"), actions.compare))
        if turn.is_last:
            entries.append((tr("Continue"), actions.continue_answer))
        entries.append((tr("Export statistics…"), actions.export_statistics))
    elif turn.is_last:
        entries.append((tr("Answer"), actions.regenerate))
    if isinstance(turn, AnswerTurn):
        entries.append((tr("Show its figures"), actions.figures))
    entries.append((tr("Remove"), actions.remove))
    for words, signal in entries:
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked, signal=signal: signal.emit(turn.id))
        menu.addAction(action)
