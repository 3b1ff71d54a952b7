"""An item model over a tuple that is replaced as a whole, such as what a search has found."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from slipstream.bridge.tips import plain_tip
from slipstream.ui.models.rows import RowText

ITEM_ROLE = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class ListRows(QAbstractListModel):
    """Items with their texts; an item that stays where it was keeps its selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[object, RowText]] = []

    def show_rows(self, rows: Sequence[tuple[object, RowText]]) -> None:
        """`rows` are items and how they read."""
        if [item for item, _ in rows] == [item for item, _ in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def index_of(self, item: object) -> QModelIndex:
        for number, (other, _) in enumerate(self._rows):
            if other == item:
                return self.index(number)
        return QModelIndex()

    def text(self, index: Index) -> RowText:
        return self._rows[index.row()][1]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item, text = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(text.spoken)
            case Qt.ItemDataRole.AccessibleTextRole:
                return text.spoken
            case _ if role == ITEM_ROLE:
                return item
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.text(index).is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
