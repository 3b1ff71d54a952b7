"""The list of conversations as an item model: pinned ones first, then the newest; and what can be done with them."""

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

from slipstream.bridge.library_messages import (
    ConversationRow,
    ConversationsListed,
    LibraryRequest,
    ListChange,
    ListConversations,
    MoveConversation,
    PinConversation,
    RemoveConversation,
    RenameConversation,
    RenameFolder,
    RestoreConversation,
)
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.bridge.tips import plain_tip

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
        self._deleted: tuple[ConversationRow, ...] = ()
        self._last_removed: ConversationRow | None = None

    @property
    def rows(self) -> tuple[ConversationRow, ...]:
        return tuple(self._rows)

    @property
    def deleted(self) -> tuple[ConversationRow, ...]:
        """Those that can be brought back, the last deleted first."""
        return self._deleted

    @property
    def folders(self) -> list[str]:
        """The names of all folders, in the order of the alphabet."""
        return sorted({row.folder for row in self._rows if row.folder}, key=str.casefold)

    def refresh(self) -> None:
        self._store.ask(ListConversations())

    def row_of(self, conversation: int | None) -> int:
        """The row of a conversation, -1 where it is not in the list."""
        return next((i for i, row in enumerate(self._rows) if row.id == conversation), -1)

    def row(self, conversation: int | None) -> ConversationRow | None:
        place = self.row_of(conversation)
        return self._rows[place] if place >= 0 else None

    def title(self, conversation: int) -> str:
        row = self.row(conversation)
        return row.title if row else ""

    def rename(self, conversation: int, title: str) -> None:
        title = " ".join(title.split())
        if title and title != self.title(conversation):
            self._change(RenameConversation(conversation, title))

    def pin(self, conversation: int, pinned: bool) -> None:
        self._change(PinConversation(conversation, pinned))

    def move(self, conversation: int, folder: str) -> None:
        """Into a folder, which is made by it; "" takes it out of its folder."""
        self._change(MoveConversation(conversation, " ".join(folder.split())))

    def rename_folder(self, folder: str, name: str) -> None:
        """To the name of another one: both become one. "" dissolves it and keeps what is in it."""
        name = " ".join(name.split())
        if name != folder:
            self._change(RenameFolder(folder, name))

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
        self.refresh()
        self.removed.emit(conversation)
        text = tr("“{0}” was deleted.").format(self._last_removed.title or tr("Untitled"))
        hint = tr("It stays under “Recently deleted” for 30 days.")
        remedies = (Remedy.UNDO_REMOVE,)
        self.noticed.emit(Notice(Level.INFO, text, hint, remedies, topic="removed", seconds=UNDO_SECONDS))

    def undo_remove(self) -> int | None:
        """Bring the conversation removed last back; its id."""
        gone, self._last_removed = self._last_removed, None
        if gone is None:
            return None
        self.restore(gone.id)
        return gone.id

    def restore(self, conversation: int) -> None:
        """Bring a deleted conversation back."""
        self._change(RestoreConversation(conversation))

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ConversationsListed(rows, deleted):
                if list(rows) != self._rows or deleted != self._deleted:
                    self.beginResetModel()
                    self._rows = list(rows)
                    self._deleted = deleted
                    self.endResetModel()
            case StoreFailed(request, error) if isinstance(request, ListConversations | ListChange):
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
            return plain_tip(row.title)
        return row.id if role == ID_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not str(value).strip():
            return False
        self.rename(self._rows[index.row()].id, str(value))
        return True

    def _change(self, request: LibraryRequest) -> None:
        self._store.ask(request)
        self.refresh()
