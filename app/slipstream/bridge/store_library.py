"""Answers what is asked about the library of conversations, on the store's thread."""

from slipstream.bridge.library_messages import (
    CancelTransfer,
    ConversationRow,
    ConversationsFound,
    ConversationsListed,
    ExportConversations,
    ImportConversations,
    LibraryReply,
    LibraryRequest,
    ListConversations,
    MoveConversation,
    PinConversation,
    RemoveConversation,
    RenameConversation,
    RenameFolder,
    RestoreConversation,
    SearchConversations,
)
from slipstream.bridge.report_messages import ExportReport
from slipstream.bridge.store_jobs import StoreJobs
from slipstream.store.records import Conversation
from slipstream.store.store import Store


def answer(store: Store, jobs: StoreJobs, request: LibraryRequest) -> LibraryReply | None:
    """Do it, or have it begun. Raises AppError."""
    match request:
        case ListConversations():
            rows = tuple(map(_row, store.list_conversations()))
            return ConversationsListed(rows, tuple(map(_row, store.list_conversations(deleted=True))))
        case SearchConversations(text):
            return ConversationsFound(text, store.search(text))
        case RenameConversation(conversation, title):
            store.rename_conversation(conversation, title)
        case PinConversation(conversation, pinned):
            store.pin_conversation(conversation, pinned)
        case MoveConversation(conversation, folder):
            store.move_conversation(conversation, folder)
        case RenameFolder(folder, name):
            store.rename_folder(folder, name)
        case RemoveConversation(conversation):
            store.delete_conversation(conversation)
        case RestoreConversation(conversation):
            store.restore_conversation(conversation)
        case ExportConversations() | ImportConversations() | ExportReport():
            jobs.take(request)
        case CancelTransfer():
            jobs.cancel()
    return None


def _row(conversation: Conversation) -> ConversationRow:
    return ConversationRow(
        conversation.id, conversation.title, conversation.updated, conversation.pinned, conversation.folder
    )
