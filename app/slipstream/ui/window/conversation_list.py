"""The list of conversations: open, rename in place, pin, put into folders, delete, bring back."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QInputDialog, QListView, QMenu, QWidget

from slipstream.bridge.conversations import ID_ROLE, Conversations, Index
from slipstream.bridge.groups import DELETED, GroupedConversations, Kind, Line
from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager
from slipstream.ui.window.conversation_rows import RowDelegate

FOLDER_LENGTH = 60  # characters
DIALOG_WIDTH = 320  # px


class ConversationList(QListView):
    """Signals: `conversation_chosen(id)`; `export_wanted(id)`."""

    conversation_chosen = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self,
        themes: ThemeManager,
        conversations: Conversations,
        groups: GroupedConversations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._groups = groups
        self.dialog: QInputDialog | None = None  # asks for the name of a folder
        self._shown: int | None = None  # the conversation in the window
        self._kept: Line | None = None  # where the keyboard was before lines changed
        self.rows = RowDelegate(themes, self)
        self.setObjectName("conversationList")
        self.setModel(groups)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Conversations"))
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_activated)
        self.customContextMenuRequested.connect(self._on_menu)
        groups.changing.connect(self._on_changing)
        groups.changed.connect(self._on_changed)
        self.rename = self._action(self.tr("Rename"), Qt.Key.Key_F2, self._on_rename)
        self.pin = self._action(self.tr("Pin"), Qt.Key.Key_P, self._on_pin)
        self.move_to = self._action(self.tr("Move to folder…"), Qt.Key.Key_M, self._on_move)
        self.export = self._action(self.tr("Export…"), None, self._on_export)
        self.remove = self._action(self.tr("Delete"), QKeySequence.StandardKey.Delete, self._on_remove)
        self.restore = self._action(self.tr("Restore"), None, self._on_restore)
        self.fold = self._action(self.tr("Fold"), None, self._on_fold)
        self.dissolve = self._action(self.tr("Dissolve the folder"), None, self._on_dissolve)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def _action(self, text: str, key: Qt.Key | QKeySequence.StandardKey | None, slot: object) -> QAction:
        made = QAction(text, self)
        if key is not None:
            made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(slot)
        self.addAction(made)
        return made

    def show_current(self, conversation: int | None) -> None:
        """Mark the conversation that is shown."""
        self._shown = conversation
        self._go_to(self._groups.index_of(conversation))

    def show_answering(self, conversation: int | None) -> None:
        """Mark the conversation that is being answered, whichever is shown."""
        self.rows.answering = conversation
        self._groups.set_answering(conversation)
        self.viewport().update()

    @property
    def line(self) -> Line | None:
        """Where the keyboard is."""
        return self._groups.line(self.currentIndex())

    @property
    def _conversation(self) -> int | None:
        """The conversation where the keyboard is, unless it is deleted."""
        line = self.line
        return line.row.id if line is not None and line.row is not None and line.group != DELETED else None

    def make_menu(self, line: Line) -> QMenu:
        """What can be done with the line where the keyboard is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.row is None:
            self.fold.setText(self.tr("Open") if line.is_folded else self.tr("Fold"))
            menu.addAction(self.fold)
            if line.group.kind is Kind.FOLDER:
                menu.addActions([self.rename, self.dissolve])
        elif line.group == DELETED:
            menu.addAction(self.restore)
        else:
            self.pin.setText(self.tr("Unpin") if line.row.pinned else self.tr("Pin"))
            menu.addActions([self.rename, self.pin])
            menu.addMenu(self.make_folder_menu(menu))
            menu.addAction(self.export)
            menu.addSeparator()
            menu.addAction(self.remove)
        return menu

    def make_folder_menu(self, parent: QWidget) -> QMenu:
        """Where the conversation can go."""
        menu = QMenu(self.tr("Move to folder"), parent)
        line = self.line
        own = line.row.folder if line is not None and line.row is not None else ""
        for folder in self._conversations.folders:
            entry = menu.addAction(folder.replace("&", "&&"))
            entry.setData(folder)
            entry.setCheckable(True)
            entry.setChecked(folder == own)
            entry.triggered.connect(self._on_folder)
        if self._conversations.folders:
            menu.addSeparator()
        new = menu.addAction(self.tr("New folder…"))
        new.triggered.connect(self._on_new_folder)
        if own:
            out = menu.addAction(self.tr("Take out of “{0}”").format(own).replace("&", "&&"))
            out.setData("")
            out.triggered.connect(self._on_folder)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Folders are opened and folded by Enter, Space and the arrows; the rest is the list's."""
        line = None if self.state() == QAbstractItemView.State.EditingState else self.line
        key = event.key()
        if line is not None and line.row is None and line.group.can_fold:
            opens = key == Qt.Key.Key_Right and line.is_folded
            folds = key == Qt.Key.Key_Left and not line.is_folded
            if opens or folds or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._groups.toggle(line.group)
                return
        elif line is not None and line.group.can_fold and key == Qt.Key.Key_Left:
            self._go_to(self._groups.index_of_heading(line.group))
            return
        super().keyPressEvent(event)

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(index)

    @Slot()
    def _on_changing(self) -> None:
        self._kept = self.line

    @Slot()
    def _on_changed(self) -> None:
        """The keyboard stays where it was, also where that has moved."""
        kept, index = self._kept, QModelIndex()
        if kept is not None and kept.row is not None:
            index = self._groups.index_of(kept.row.id)
        elif kept is not None:
            index = self._groups.index_of_heading(kept.group)
        if not index.isValid():
            index = self._groups.index_of(self._shown)
        if not index.isValid() and self.hasFocus():
            return  # what took the place of a line that is gone
        if index != self.currentIndex():
            self._go_to(index)

    @Slot(object)
    def _on_clicked(self, index: Index) -> None:
        line = self._groups.line(index) if index.model() is self._groups else None
        if line is not None and line.row is None:
            self._groups.toggle(line.group)
        elif line is None or line.group != DELETED:
            self._choose(index)

    @Slot(object)
    def _on_activated(self, index: Index) -> None:
        """Enter or a double click."""
        line = self._groups.line(index)
        if line is None or line.row is None:
            return
        if line.group == DELETED:
            self._conversations.restore(line.row.id)
        else:
            self._choose(index)

    def _choose(self, index: Index) -> None:
        self.conversation_chosen.emit(index.data(ID_ROLE))

    @Slot(object)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        self.setCurrentIndex(index)
        line = self.line
        if line is not None:
            self.make_menu(line).popup(self.viewport().mapToGlobal(place))

    @Slot()
    def _on_rename(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    @Slot()
    def _on_pin(self) -> None:
        line = self.line
        if self._conversation is not None and line is not None and line.row is not None:
            self._conversations.pin(line.row.id, not line.row.pinned)

    @Slot()
    def _on_move(self) -> None:
        if self._conversation is not None:
            menu = self.make_folder_menu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    @Slot()
    def _on_folder(self) -> None:
        if self._conversation is not None:
            self._conversations.move(self._conversation, self.sender().data())

    @Slot()
    def _on_new_folder(self) -> None:
        """Ask for the name; a folder is there as soon as something lies in it."""
        conversation = self._conversation
        if conversation is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("New folder"))
        dialog.setLabelText(self.tr("Name of the folder:"))
        dialog.setOkButtonText(self.tr("Move"))
        dialog.setMinimumWidth(DIALOG_WIDTH)
        dialog.setProperty("conversation", conversation)
        dialog.textValueSelected.connect(self._on_folder_named)
        dialog.finished.connect(self._on_dialog_closed)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_folder_named(self, name: str) -> None:
        if name.strip():
            self._conversations.move(self.sender().property("conversation"), name[:FOLDER_LENGTH])

    @Slot()
    def _on_dialog_closed(self) -> None:
        self.sender().deleteLater()
        self.dialog = None

    @Slot()
    def _on_export(self) -> None:
        if self._conversation is not None:
            self.export_wanted.emit(self._conversation)

    @Slot()
    def _on_remove(self) -> None:
        if self._conversation is not None:
            self._conversations.remove(self._conversation)

    @Slot()
    def _on_restore(self) -> None:
        line = self.line
        if line is not None and line.row is not None and line.group == DELETED:
            self._conversations.restore(line.row.id)

    @Slot()
    def _on_fold(self) -> None:
        if self.line is not None:
            self._groups.toggle(self.line.group)

    @Slot()
    def _on_dissolve(self) -> None:
        line = self.line
        if line is not None and line.row is None and line.group.kind is Kind.FOLDER:
            self._conversations.rename_folder(line.group.folder, "")

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.setStyleSheet(list_style(theme))


def list_style(theme: Theme) -> str:
    """Of the lists in the sidebar."""
    return f"""
        QListView {{ background: transparent; border: none; }}
        QListView::item {{ color: {theme.text}; border-radius: {RADIUS - 2}px; padding: 0 {SPACE}px; }}
        QListView::item:hover {{ background: {theme.hover}; }}
        QListView::item:selected {{ background: {theme.user_bubble}; color: {theme.text}; }}
        QListView::item:selected:active {{ border-left: 2px solid {theme.accent}; }}
        """
