"""What a person does to turns that are there: changes them, goes on with an answer, removes one and brings it back.

A change is another version beside the old one, so nothing is lost by it. Works on the conversation that is shown.
"""

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.change_messages import (
    BeginContinuation,
    BeginEditedTurn,
    EditAnswer,
    RemoveMessage,
    RestoreMessage,
)
from slipstream.bridge.chat import Chat
from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.bridge.store_messages import ConversationOpened, Reply
from slipstream.core.chat import Role

UNDO_SECONDS = 12
REMOVED = "removed_message"


def tr(text: str) -> str:
    return QCoreApplication.translate("Edits", text)


class Edits(QObject):
    """Signals: `noticed(Notice)`; `resolved(topic)`."""

    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(self, chat: Chat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chat = chat
        self._removed: RemoveMessage | None = None  # what can be brought back
        self._followers = 0  # how many of the shown turns go with what is being removed

    def edit(self, message: int, text: str) -> bool:
        """Put another version beside a turn. A person's is answered; an answer stands as it is written here.

        Whether that is being done; else it was said why not.
        """
        chat = self._chat
        place = chat.place(message)
        if place is None or chat.current is None:
            return False
        turn = chat.turns[place]
        if turn.role is Role.USER:
            problem = chat.why_not_sent(text)
        else:
            problem = chat.why_not_changed() or ("" if text.strip() else tr("An answer cannot be empty."))
        if problem:
            chat.warn(problem)
        elif turn.role is Role.USER:
            chat.begin(BeginEditedTurn(chat.current, message, text, *chat.order()), above=place)
        else:
            chat.read(EditAnswer(chat.current, message, text.strip()))
        return not problem

    @property
    def can_continue(self) -> bool:
        """Whether the last turn is an answer, which could go on."""
        turns = self._chat.turns
        return bool(turns) and turns[-1].role is Role.ASSISTANT and not self._chat.busy

    @Slot()
    def continue_answer(self) -> None:
        """Let the model go on with the last answer."""
        chat = self._chat
        if not self.can_continue or chat.current is None:
            return
        last = chat.turns[-1]
        if problem := chat.why_not_asked():
            chat.warn(problem)
            return
        above = len(chat.turns) - 1
        ask = BeginContinuation(chat.current, last.id, *chat.order())
        chat.begin(ask, above=above, given=min(1, above))

    def remove(self, message: int) -> None:
        """Take a turn and what follows it out of the conversation; a notice offers to bring them back."""
        chat = self._chat
        place = chat.place(message)
        if place is None or chat.current is None:
            return
        if problem := chat.why_not_changed():
            chat.warn(problem)
            return
        self._followers = len(chat.turns) - place - 1
        chat.read(RemoveMessage(chat.current, message))

    def undo_remove(self) -> None:
        """Bring back what was removed last."""
        gone = self._removed
        if gone is None:
            return
        if problem := self._chat.why_not_changed():
            self._chat.warn(problem)
            self._offer_undo()
            return
        self._removed = None
        self._chat.read(RestoreMessage(gone.conversation, gone.message))

    def on_reply(self, reply: Reply) -> None:
        """See what the store has done."""
        match reply:
            case ConversationOpened(change=RemoveMessage() as removed):
                self._removed = removed
                self._offer_undo()
            case ConversationOpened(change=RestoreMessage()):
                self.resolved.emit(REMOVED)

    def _offer_undo(self) -> None:
        text = {
            0: tr("The message was removed."),
            1: tr("The message and the one after it were removed."),
        }.get(self._followers, tr("The message and the {0} after it were removed.").format(self._followers))
        remedies = (Remedy.UNDO_REMOVE_MESSAGE,)
        self.noticed.emit(Notice(Level.INFO, text, "", remedies, topic=REMOVED, seconds=UNDO_SECONDS))
