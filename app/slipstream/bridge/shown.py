"""What is shown of the conversations: one branch of one of them, the text typed below it, and how it is changed for
another. Knows nothing of answers being written, but that there may be one.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.answer import LiveAnswer
from slipstream.bridge.change_messages import Change, EditAnswer, RemoveMessage, RestoreMessage
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.store_messages import (
    ConversationOpened,
    KeepUnsent,
    OpenConversation,
    Reply,
    ShowVersion,
    StoreFailed,
    Turn,
)
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.presets import OwnParameters

TOPIC = "turn"
STORE = "store"
LEFT_OUT = "left_out"
NO_PARAMETERS = OwnParameters()


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


class Shown(QObject):
    """Signals: `leaving()`, the last moment for `keep_unsent` before another branch is shown ·
    `opened(tuple[Turn], LiveAnswer | None, unsent text)` · `turn_removed(id)` · `current_changed(id | None)` ·
    `noticed(Notice)` · `resolved(topic)` · `left_out_changed()`.
    """

    leaving = Signal()
    opened = Signal(object, object, str)
    turn_removed = Signal(object)
    current_changed = Signal(object)
    noticed = Signal(object)
    resolved = Signal(str)
    left_out_changed = Signal()

    def __init__(self, store: StoreThread, parameters: Parameters, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._parameters = parameters
        self._wanted: int | None = None  # the conversation that was asked for last
        self._readings = 0  # branches that were asked for and are not here yet; only the last one is shown
        self._view = 0  # counts what was shown, to know whether the same is shown still
        self.left_out = 0  # how many of the oldest turns the model is not given
        self._unsent = ""  # what is kept as typed and not sent in the shown conversation
        self._unsent_new = ""  # the same of the conversation that has no message yet
        self.current: int | None = None
        self.turns: list[Turn] = []

    @property
    def unsent_new(self) -> str:
        """What is kept as typed and not sent in the conversation that has no message yet."""
        return self._unsent_new

    def new(self) -> None:
        """Show an empty conversation; it is kept from its first message on."""
        self._wanted = None
        self._show(None, [])

    def open(self, conversation: int, through: int | None = None) -> None:
        """Show a conversation; the branch through a message, where one is named."""
        self.read(OpenConversation(conversation, through))

    def read(self, request: OpenConversation | ShowVersion | Change) -> None:
        """Ask for a branch, to show it."""
        self._wanted = request.conversation
        self._readings += 1
        self._store.ask(request)

    def keep_unsent(self, text: str) -> None:
        """Remember what is typed in the shown conversation, before another is shown or the window closes."""
        if self.current is None:
            self._unsent_new = text
        elif text != self._unsent:
            self._unsent = text
            self._store.ask(KeepUnsent(self.current, text))

    def place(self, message: int) -> int | None:
        """Where a message stands among those shown."""
        return next((i for i, turn in enumerate(self.turns) if turn.id == message), None)

    def leave_out_oldest(self) -> None:
        """Keep the older half of what the model still sees of this conversation from the next prompts."""
        seen = self.in_prompt
        pairs = max(1, len(seen) // 4)  # a question and its answer go together
        self._set_left_out(self.left_out + min(2 * pairs, len(seen)))
        text = tr("The model no longer sees the oldest {0} messages of this conversation.")
        self.noticed.emit(Notice(Level.INFO, text.format(self.left_out), topic=LEFT_OUT, seconds=12))

    def warn(self, problem: str) -> None:
        self.noticed.emit(Notice(Level.WARNING, problem, topic=TOPIC, seconds=8))

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ConversationOpened(conversation, turns, unsent, own):
                self._readings -= 1
                if conversation == self._wanted and not self._readings:
                    self._show(conversation, list(turns), unsent, own)
            case StoreFailed(OpenConversation() | ShowVersion(), error):
                self._readings -= 1
                self.noticed.emit(error_notice(error, topic=STORE))
            case StoreFailed(EditAnswer() | RemoveMessage() | RestoreMessage(), error):
                self._readings -= 1
                self.noticed.emit(error_notice(error, topic=STORE))
            case StoreFailed(KeepUnsent(), error):
                self.noticed.emit(error_notice(error, topic=STORE))
            case _:
                return False
        return True

    @property
    def _changing(self) -> bool:
        """Whether another branch of the shown conversation is on its way."""
        return self._readings > 0 and self.current is not None and self._wanted == self.current

    @property
    def in_prompt(self) -> list[Turn]:
        """The turns the model is given."""
        return self.turns[self.left_out :]

    def _set_left_out(self, count: int) -> None:
        if count != self.left_out:
            self.left_out = count
            self.left_out_changed.emit()

    def _live_in(self, conversation: int | None) -> LiveAnswer | None:
        """The answer that is being written in this conversation."""
        return None

    def _remove_turns(self, turns: Sequence[Turn]) -> None:
        for turn in turns:
            self.turn_removed.emit(turn.id)
        gone = {turn.id for turn in turns}
        self.turns = [turn for turn in self.turns if turn.id not in gone]

    def _show(
        self,
        conversation: int | None,
        turns: list[Turn],
        unsent: str = "",
        own: OwnParameters = NO_PARAMETERS,
    ) -> None:
        self.leaving.emit()
        if conversation is None or conversation != self.current:
            self._parameters.show(conversation, own)
        if conversation is None:
            unsent, self._unsent_new = self._unsent_new, ""
        elif conversation == self.current:
            unsent = self._unsent  # the store's may be older
        live = self._live_in(conversation)
        if live is not None:
            turns = [turn for turn in turns if turn.id != live.answer]
        self.turns = turns
        self._view += 1
        self._set_left_out(0)
        self._unsent = unsent
        if conversation != self.current:
            self.resolved.emit(TOPIC)  # what was told of a turn is not about this conversation
        self._set_current(conversation)
        self.opened.emit(tuple(turns), live, unsent)

    def _set_current(self, conversation: int | None) -> None:
        if conversation != self.current:
            self.current = conversation
            if not self._readings:  # else another one is on its way
                self._wanted = conversation
            self.current_changed.emit(conversation)
