"""Search as a person types: titles at once, what the store finds in the texts as soon as it has answered.

One question at a time is on its way to the store; what is typed meanwhile is asked next, and what was overtaken is
dropped. Also leads from a hit to its message.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from slipstream.bridge.chat import Chat
from slipstream.bridge.conversations import Conversations
from slipstream.bridge.library_messages import ConversationRow, ConversationsFound, SearchConversations
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.searching import Lead, Query, fold
from slipstream.store.search import MOST_TITLES, Found, Hit

PAUSE_MS = 90  # between two letters, before the texts are searched
TOPIC = "found"


def tr(text: str) -> str:
    return QCoreApplication.translate("Search", text)


@lru_cache(maxsize=1 << 14)
def _folded(title: str) -> str:
    """Ten thousand titles are looked at with each letter that is typed."""
    return fold(title)


@dataclass(frozen=True, slots=True)
class Results:
    """What is known of a search. Both lists are newest first."""

    query: Query
    titles: tuple[ConversationRow, ...] = ()
    hits: tuple[Hit, ...] = ()  # messages
    is_pending: bool = False  # the texts are still being searched; `hits` are those of before
    more: bool = False  # not all that was found is here


NOTHING = Results(Query(()))


class Finder(QObject):
    """Signals: `found(Results)`; `reached(message, Lead | None)`, a hit's message is in the conversation that is now
    shown, and where in it the hit is; `noticed(Notice)`.
    """

    found = Signal(object)
    reached = Signal(object, object)
    noticed = Signal(object)

    def __init__(
        self, store: StoreThread, conversations: Conversations, chat: Chat, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._conversations = conversations
        self._chat = chat
        self._text = ""  # what is searched for
        self._asked: str | None = None  # what the store is searching for now
        self._goal: tuple[int, int, Lead | None] | None = None  # conversation, message, place to be reached
        self._known = ""  # what `_hits` are of
        self._hits: tuple[Hit, ...] = ()  # messages
        self._titled: frozenset[int] = frozenset()  # conversations whose titles the store found
        self._more = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause)
        self.results = NOTHING
        conversations.modelReset.connect(self._on_rows)
        conversations.rowsRemoved.connect(self._on_rows)
        chat.opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)

    def search(self, text: str) -> None:
        """Search for what is typed now; "" ends the search."""
        if text == self._text:
            return
        self._text = text
        if not Query.read(text):
            self._pause.stop()
            self._take(text, Found())
        else:
            self._pause.start(PAUSE_MS)
        self._tell()

    def open(self, conversation: int, message: int | None) -> None:
        """Show a conversation at a message; `reached` follows once it is there."""
        chat = self._chat
        self._goal = None
        if message is None:
            if conversation != chat.current:
                chat.open(conversation)
        elif conversation == chat.current and any(turn.id == message for turn in chat.turns):
            self.reached.emit(message, self._lead(message))
        else:
            self._goal = conversation, message, self._lead(message)
            # An answer under way is shown on its own branch only.
            chat.open(conversation, None if conversation == chat.answering else message)

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ConversationsFound(text, found):
                if text == self._text:
                    self._take(text, found)
                    self._tell()
                self._ask_again()
            case StoreFailed(SearchConversations(), error):
                self._known = self._text
                self.noticed.emit(error_notice(error, topic=TOPIC))
                self._tell()
                self._ask_again()
            case _:
                return False
        return True

    @Slot()
    def _on_opened(self) -> None:
        """The chat shows a conversation, and so does the window: lead to the message that was asked for."""
        if self._goal is None or self._goal[0] != self._chat.current:
            return
        (_, message, lead), self._goal = self._goal, None
        if any(turn.id == message for turn in self._chat.turns):
            self.reached.emit(message, lead)
            return
        text = tr("What was found is on another branch of this conversation.")
        hint = tr("It can be shown when the answer is complete.")
        self.noticed.emit(Notice(Level.INFO, text, hint, topic=TOPIC, seconds=8))

    def _lead(self, message: int) -> Lead | None:
        """Where in a message the newest search found something."""
        hit = next((hit for hit in self.results.hits if hit.message == message), None)
        if hit is None:
            return None
        return Lead.of(self.results.query, hit.snippet, in_thinking=hit.in_thinking)

    def _take(self, text: str, found: Found) -> None:
        self._known, self._more = text, found.more
        self._hits = tuple(hit for hit in found.hits if hit.message is not None)
        self._titled = frozenset(hit.conversation for hit in found.hits if hit.message is None)

    def _ask_again(self) -> None:
        self._asked = None
        if self._known != self._text and not self._pause.isActive():
            self._on_pause()

    @Slot()
    def _on_pause(self) -> None:
        if self._asked is None and self._text != self._known:
            self._asked = self._text
            self._store.ask(SearchConversations(self._text))

    @Slot()
    def _on_rows(self) -> None:
        """Conversations came, went or were renamed: what was found may not hold any more."""
        if self.results.query:
            self._known = ""
            self._on_pause()
            self._tell()

    def _tell(self) -> None:
        query = Query.read(self._text)
        known = self._titled if self._known == self._text else frozenset()
        titles = [
            row
            for row in self._conversations.rows
            if query.matches_folded(_folded(row.title)) or row.id in known
        ]
        listed = {row.id for row in self._conversations.rows}
        self.results = Results(
            query,
            tuple(titles[:MOST_TITLES]),
            tuple(hit for hit in self._hits if hit.conversation in listed),
            is_pending=bool(query) and self._known != self._text,
            more=self._more or len(titles) > MOST_TITLES,
        )
        self.found.emit(self.results)
