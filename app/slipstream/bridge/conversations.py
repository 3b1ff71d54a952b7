"""The list of conversations as an item model: the newest first, renamed in place, removed with a way back."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.store_messages import (
    ConversationRow,
    ConversationsListed,
    ListConversations,
    RemoveConversation,
    RenameConversation,
    Reply,
    RestoreConversation,
    StoreFailed,
)
from slipstream.bridge.store_thread import StoreThread

ID_ROLE = Qt.ItemDataRole.UserRole
UNDO_SECONDS = 12

Index = QModelIndex | QPersistentModelIndex


def tr(text: str) -> str:
    return QCoreApplication.translate("Conversations", text)


class Conversations(QAbstractListModel):
    """Signals: `noticed(Notice)`; `removed(id)` once a conversation has left the list."""

    noticed = Signal(object)
    removed = Signal(object)

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rows: list[ConversationRow] = []
        self._last_removed: ConversationRow | None = None

    def refresh(self) -> None:
        self._store.ask(ListConversations())

    def row_of(self, conversation: int | None) -> int:
        """The row of a conversation, -1 where it is not in the list."""
        return next((i for i, row in enumerate(self._rows) if row.id == conversation), -1)

    def title(self, conversation: int) -> str:
        row = self.row_of(conversation)
        return self._rows[row].title if row >= 0 else ""

    def rename(self, conversation: int, title: str) -> None:
        title = " ".join(title.split())
        if title and title != self.title(conversation):
            self._store.ask(RenameConversation(conversation, title))
            self.refresh()

    def remove(self, conversation: int) -> None:
        """Move a conversation out of the list; a notice offers to bring it back."""
        row = self.row_of(conversation)
        if row < 0:
            return
        self._last_removed = self._rows[row]
        self._store.ask(RemoveConversation(conversation))
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()
        self.removed.emit(conversation)
        text = tr("“{0}” was moved out of the list.").format(self._last_removed.title)
        remedies = (Remedy.UNDO_REMOVE,)
        self.noticed.emit(Notice(Level.INFO, text, "", remedies, topic="removed", seconds=UNDO_SECONDS))

    def undo_remove(self) -> int | None:
        """Bring the conversation removed last back; its id."""
        gone, self._last_removed = self._last_removed, None
        if gone is None:
            return None
        self._store.ask(RestoreConversation(gone.id))
        self.refresh()
        return gone.id

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ConversationsListed(rows):
                if list(rows) != self._rows:
                    self.beginResetModel()
                    self._rows = list(rows)
                    self.endResetModel()
            case StoreFailed(
                ListConversations() | RenameConversation() | RemoveConversation() | RestoreConversation(),
                error,
            ):
                self.noticed.emit(error_notice(error, topic="store"))
            case _:
                return False
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title or tr("Untitled")
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.title
        return row.id if role == ID_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not str(value).strip():
            return False
        self.rename(self._rows[index.row()].id, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable
