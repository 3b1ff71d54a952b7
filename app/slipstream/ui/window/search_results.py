"""What a search has found: conversations by their titles, then messages with the words in their text."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from slipstream.bridge.conversations import ID_ROLE, Index
from slipstream.bridge.finder import NOTHING, Finder, Results
from slipstream.bridge.groups import LINE_ROLE
from slipstream.ui.theme import Theme, ThemeManager
from slipstream.ui.window.conversation_list import list_style
from slipstream.ui.window.search_rows import HitDelegate, LineKind, ResultLine

NO_PARENT = QModelIndex()


class ResultLines(QAbstractListModel):
    """The lines of the newest results."""

    def __init__(self, finder: Finder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ResultLine] = []
        self.results = NOTHING
        finder.found.connect(self._on_found)

    def line(self, index: Index) -> ResultLine | None:
        return self._lines[index.row()] if index.isValid() else None

    def first(self) -> QModelIndex:
        """The first line that leads somewhere."""
        for number, line in enumerate(self._lines):
            if line.conversation is not None:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.plain
        if role == LINE_ROLE:
            return line
        if role == ID_ROLE:
            return line.conversation
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None or line.conversation is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @Slot(object)
    def _on_found(self, results: Results) -> None:
        lines = self._made(results)
        self.results = results
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def _made(self, results: Results) -> list[ResultLine]:
        if not results.query:
            return []
        lines: list[ResultLine] = []
        if results.titles:
            lines.append(ResultLine(LineKind.HEADING, self.tr("Titles")))
        for row in results.titles:
            parts = results.query.parts(row.title)
            lines.append(ResultLine(LineKind.TITLE, parts=parts, conversation=row.id))
        if results.hits:
            lines.append(ResultLine(LineKind.HEADING, self.tr("Messages")))
        for hit in results.hits:
            lines.append(ResultLine(LineKind.HIT, hit=hit, conversation=hit.conversation))
        if not lines and not results.is_pending:
            lines.append(ResultLine(LineKind.NOTE, self.tr("Nothing was found.")))
        elif results.more and not results.is_pending:
            lines.append(ResultLine(LineKind.NOTE, self.tr("Only the newest are shown.")))
        return lines


class SearchResults(QListView):
    """Signals: `chosen(conversation, message | None)`; `left()`, back to the field."""

    chosen = Signal(object, object)
    left = Signal()

    def __init__(self, themes: ThemeManager, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = ResultLines(finder, self)
        self.setObjectName("searchResults")
        self.setModel(self.lines)
        self.setItemDelegate(HitDelegate(themes, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("What was found"))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def enter(self) -> None:
        """The keyboard comes here."""
        first = self.lines.first()
        if first.isValid():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.currentIndex().isValid():
                self.setCurrentIndex(first)

    def choose_first(self) -> None:
        """Enter in the field."""
        first = self.lines.first()
        if first.isValid():
            self.setCurrentIndex(first)
            self._on_chosen(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_first = self.currentIndex() == self.lines.first()
        if event.key() == Qt.Key.Key_Up and at_first:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _on_chosen(self, index: Index) -> None:
        line = self.lines.line(index)
        if line is not None and line.conversation is not None:
            self.chosen.emit(line.conversation, line.hit.message if line.hit is not None else None)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.setStyleSheet(list_style(theme))
        self.viewport().update()
