"""What is asked of the store's thread about the library of conversations, and what comes back: frozen records.

Part of `store_messages`, where the unions of all requests and replies are.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from slipstream.bridge.report_messages import ExportReport, ReportExported
from slipstream.core.transfer import Form, Words
from slipstream.store.search import Found


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list of conversations."""

    id: int
    title: str
    updated: datetime  # UTC
    pinned: bool = False
    folder: str = ""


# Requests


@dataclass(frozen=True, slots=True)
class ListConversations:
    pass


@dataclass(frozen=True, slots=True)
class RenameConversation:
    conversation: int
    title: str


@dataclass(frozen=True, slots=True)
class PinConversation:
    conversation: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class MoveConversation:
    conversation: int
    folder: str  # "" for none


@dataclass(frozen=True, slots=True)
class RenameFolder:
    folder: str
    name: str  # "" dissolves it


@dataclass(frozen=True, slots=True)
class RemoveConversation:
    """Move it out of the list; `RestoreConversation` brings it back."""

    conversation: int


@dataclass(frozen=True, slots=True)
class RestoreConversation:
    conversation: int


@dataclass(frozen=True, slots=True)
class SearchConversations:
    text: str


@dataclass(frozen=True, slots=True)
class ExportConversations:
    """Write one conversation, or all (None), to a file."""

    path: Path
    form: Form
    conversation: int | None
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class ImportConversations:
    path: Path


@dataclass(frozen=True, slots=True)
class CancelTransfer:
    """Leave the export or import under way; nothing of it stays."""


ListChange = (
    RenameConversation
    | PinConversation
    | MoveConversation
    | RenameFolder
    | RemoveConversation
    | RestoreConversation
)
Transfer = ExportConversations | ImportConversations | ExportReport
LibraryRequest = ListConversations | ListChange | SearchConversations | Transfer | CancelTransfer

# Replies


@dataclass(frozen=True, slots=True)
class ConversationsListed:
    """`deleted`: those that can be brought back, the last deleted first."""

    rows: tuple[ConversationRow, ...]
    deleted: tuple[ConversationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationsFound:
    text: str  # what was searched for
    found: Found


@dataclass(frozen=True, slots=True)
class TransferProgressed:
    fraction: float  # 0…1


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    conversations: int


@dataclass(frozen=True, slots=True)
class Imported:
    conversations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TransferCancelled:
    pass


LibraryReply = (
    ConversationsListed
    | ConversationsFound
    | TransferProgressed
    | Exported
    | ReportExported
    | Imported
    | TransferCancelled
)
