"""The canvas as it is read: keys, copying, and the menu of what can be done where the pointer is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from slipstream.bridge.tips import plain_tip
from slipstream.ui.chat.caret import Move, first_in_sight, moved, selecting_move
from slipstream.ui.chat.copying import selection_markdown
from slipstream.ui.chat.in_sight import links_in_sight, scroll_wide_rows
from slipstream.ui.chat.pointer import PointerCanvas
from slipstream.ui.chat.reveal import reveal
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.turn_menu import add_turn_entries

COPY_MARKDOWN = "Ctrl+Shift+C"  # the window's action of the same name has it
SIDEWAYS = 60  # px that wide code moves at an arrow key


class ReadingCanvas(PointerCanvas):
    """Signals: `copied(what)`; from the menu `message_copy(message_id, as Markdown)`,
    `conversation_copy(as Markdown)`, `find_wanted()`; `escaped()`, on Esc without a selection.
    """

    copied = Signal(str)
    message_copy = Signal(str, bool)
    conversation_copy = Signal(bool)
    find_wanted = Signal()
    escaped = Signal()
    more_entries: Callable[[QMenu, QPointF], None] | None = (
        None  # adds to the menu, where somebody has more for a point
    )

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif move := selecting_move(event):
            self._extend(move)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-1 if back else 1) * round(bar.pageStep() * 0.9))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = 1 if event.key() == Qt.Key.Key_Right else -1
            scroll_wide_rows(self, way * self.look.px(SIDEWAYS))
        elif event.key() == Qt.Key.Key_Escape and not self.selection.is_empty:
            self.selection.clear()
            self.viewport().update()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _extend(self, move: Move) -> None:
        """Select from where the selection ends to where the key leads; without one, from the top of the window."""
        if not self.turns:
            return
        selection = self.selection
        if selection.is_empty and selection.focus == Place(0, 0, 0):
            selection.anchor = selection.focus = first_in_sight(self) or Place(0, 0, 0)
        selection.focus = moved(self, selection.focus, move)
        turn, row, position = selection.focus
        reveal(self, self.turns[turn], row, (position, position))
        self._offer_selection()
        self.viewport().update()

    @Slot()
    def copy_selection(self) -> None:
        text = self.selection.text(self.turns)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(self.tr("Copied"))

    @Slot()
    def copy_as_markdown(self) -> None:
        """The selection, as it was written."""
        text = selection_markdown(self.selection, self.turns)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(self.tr("Copied as Markdown"))

    @Slot()
    def select_all(self) -> None:
        if not self.turns:
            return
        last = self.built_turn(len(self.turns) - 1)
        self.selection.anchor = Place(0, 0, 0)
        self.selection.focus = Place(len(self.turns) - 1, len(last.rows) - 1, last.rows[-1].length)
        self._offer_selection()
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = QPointF(self.viewport().rect().center() if by_key else event.pos())
        menu = self.make_menu(point, by_key=by_key)
        menu.popup(self.viewport().mapToGlobal(point.toPoint()) if by_key else event.globalPos())

    def make_menu(self, point: QPointF, *, by_key: bool = False) -> QMenu:
        """What can be done here; by keyboard, with what could only be pointed at."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_copying(menu)
        menu.addSeparator()
        if self.more_entries is not None:
            self.more_entries(menu, point)
        if found := self.row_at(point):
            message_id = found.turn.id
            whole = QAction(self.tr("Copy message"), menu)
            whole.triggered.connect(lambda: self.message_copy.emit(message_id, True))
            plain = QAction(self.tr("Copy message as plain text"), menu)
            plain.triggered.connect(lambda: self.message_copy.emit(message_id, False))
            menu.addActions([whole, plain])
            if formula := found.row.formula_at(found.inside):
                latex = QAction(self.tr("Copy formula as LaTeX"), menu)
                latex.triggered.connect(lambda: self._copy_formula(formula))
                menu.addAction(latex)
        conversation = QAction(self.tr("Copy conversation"), menu)
        conversation.triggered.connect(lambda: self.conversation_copy.emit(True))
        conversation_plain = QAction(self.tr("Copy conversation as plain text"), menu)
        conversation_plain.triggered.connect(lambda: self.conversation_copy.emit(False))
        menu.addActions([conversation, conversation_plain])
        if found:
            menu.addSeparator()
            add_turn_entries(menu, found.turn, self._actions)
        if link := self.link_at(point):
            menu.addSeparator()
            opened = QAction(self.tr("Open link…"), menu)
            opened.triggered.connect(lambda: self.link_clicked.emit(link))
            address = QAction(self.tr("Copy link address"), menu)
            address.triggered.connect(lambda: self._copy_address(link))
            menu.addActions([opened, address])
        menu.addSeparator()
        everything = QAction(self.tr("Select all"), menu)
        everything.setShortcut(QKeySequence.StandardKey.SelectAll)
        everything.triggered.connect(self.select_all)
        find = QAction(self.tr("Find…"), menu)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.find_wanted)
        menu.addActions([everything, find])
        if by_key:
            self._add_links(menu)
        return menu

    def _add_copying(self, menu: QMenu) -> None:
        """Of what is selected."""
        copy = QAction(self.tr("Copy"), menu)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(not self.selection.is_empty)
        copy.triggered.connect(self.copy_selection)
        menu.addAction(copy)
        as_markdown = QAction(self.tr("Copy as Markdown"), menu)
        as_markdown.setShortcut(QKeySequence(COPY_MARKDOWN))
        as_markdown.setEnabled(not self.selection.is_empty)
        as_markdown.triggered.connect(self.copy_as_markdown)
        menu.addAction(as_markdown)

    def _add_links(self, menu: QMenu) -> None:
        """The links in sight: by keyboard none of them can be pointed at."""
        links = links_in_sight(self)
        if links:
            menu.addSeparator()
        for address, words in links.items():
            action = QAction(self.tr("Open “{0}”…").format(words.replace("&", "&&")), menu)
            action.setToolTip(plain_tip(address))
            action.triggered.connect(partial(self.link_clicked.emit, address))
            menu.addAction(action)

    def _copy_formula(self, source: str) -> None:
        QGuiApplication.clipboard().setText(source)
        self.copied.emit(self.tr("Formula copied as LaTeX"))

    def _copy_address(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self.copied.emit(self.tr("Link address copied"))
