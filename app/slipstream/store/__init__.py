"""What must not be lost: conversations, answers and their measured steps, in one SQLite file.

`Store.open` gives the one object the rest of the program uses. Knows no Qt, no engine and no models; it is used
by one thread, through one connection, by one process at a time.
"""

from slipstream.store.records import Conversation, Message, MessageState, Run, RunState
from slipstream.store.store import Store

__all__ = ["Conversation", "Message", "MessageState", "Run", "RunState", "Store"]
