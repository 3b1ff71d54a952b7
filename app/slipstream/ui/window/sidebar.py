"""The list of conversations: open, rename in place, move out of the list."""

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.conversations import ID_ROLE, Conversations, Index
from slipstream.ui.icons import icon
from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager

ROW_HEIGHT = 34
DOT = 8  # px


class RowDelegate(QStyledItemDelegate):
    """Rows of one height, so that ten thousand of them cost nothing; a dot marks the one being answered."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.answering: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if self._is_answering(index):  # the title ends before the dot
            room = option.rect.width() - 4 * SPACE - DOT
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not self._is_answering(index):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.theme.accent))
        middle = QPointF(option.rect.right() - SPACE - DOT / 2, option.rect.center().y() + 0.5)
        painter.drawEllipse(middle, DOT / 2, DOT / 2)
        painter.restore()

    def _is_answering(self, index: Index) -> bool:
        return self.answering is not None and index.data(ID_ROLE) == self.answering


class Sidebar(QWidget):
    """Signals: `conversation_chosen(id)`; `new_wanted()`."""

    conversation_chosen = Signal(object)
    new_wanted = Signal()

    def __init__(
        self, themes: ThemeManager, conversations: Conversations, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._current: int | None = None
        self.setObjectName("sidebar")
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(180)
        title = QLabel(self.tr("Conversations"))
        title.setProperty("kind", "heading")
        self.new = QPushButton(self.tr("New"))
        self.new.setToolTip(self.tr("New conversation (Ctrl+N)"))
        self.new.clicked.connect(self.new_wanted)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.new)
        self.rows = RowDelegate(themes, self)
        self.list = self._make_list()
        self.empty = QLabel(self.tr("What you talk about will be listed here."))
        self.empty.setProperty("kind", "small")
        self.empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        conversations.modelReset.connect(self._on_rows)
        conversations.rowsRemoved.connect(self._on_rows)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)
        self._on_rows()

    def _make_list(self) -> QListView:
        made = QListView()
        made.setObjectName("conversationList")
        made.setModel(self._conversations)
        made.setItemDelegate(self.rows)
        made.setUniformItemSizes(True)
        made.setFrameShape(QListView.Shape.NoFrame)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.setAccessibleName(self.tr("Conversations"))
        made.clicked.connect(self._on_chosen)
        made.activated.connect(self._on_chosen)
        made.customContextMenuRequested.connect(self._on_menu)
        self.rename = QAction(self.tr("Rename"), made)
        self.rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.rename.triggered.connect(self._on_rename)
        self.remove = QAction(self.tr("Move out of the list"), made)
        self.remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.remove.triggered.connect(self._on_remove)
        for action in (self.rename, self.remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.addAction(action)
        return made

    @Slot(object)
    def show_current(self, conversation: int | None) -> None:
        """Mark the conversation that is shown."""
        self._current = conversation
        row = self._conversations.row_of(conversation)
        if row >= 0:
            self.list.setCurrentIndex(self._conversations.index(row))
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(self._conversations.index(-1))

    @Slot(object)
    def show_answering(self, conversation: int | None) -> None:
        """Mark the conversation that is being answered, whichever is shown."""
        self.rows.answering = conversation
        self.list.viewport().update()

    @Slot()
    def _on_rows(self) -> None:
        self.empty.setVisible(self._conversations.rowCount() == 0)
        self.show_current(self._current)

    @Slot(object)
    def _on_chosen(self, index: Index) -> None:
        self.conversation_chosen.emit(index.data(ID_ROLE))

    @Slot(object)
    def _on_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.rename, self.remove])
        menu.popup(self.list.viewport().mapToGlobal(place))

    @Slot()
    def _on_rename(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    @Slot()
    def _on_remove(self) -> None:
        if self.list.currentIndex().isValid():
            self._conversations.remove(self.list.currentIndex().data(ID_ROLE))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.new.setIcon(icon("plus", theme.text))
        self.list.setStyleSheet(
            f"""
            QListView {{ background: transparent; border: none; }}
            QListView::item {{ color: {theme.text}; border-radius: {RADIUS - 2}px; padding: 0 {SPACE}px; }}
            QListView::item:hover {{ background: {theme.hover}; }}
            QListView::item:selected {{ background: {theme.user_bubble}; color: {theme.text}; }}
            QListView::item:selected:active {{ border-left: 2px solid {theme.accent}; }}
            """
        )
