"""Pointer and keyboard on the conversation: selecting over rows and turns, copying, links, wide code."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.turn_menu import add_turn_entries
from slipstream.ui.chat.turns import Turn

SCROLL_MS = 30  # between two steps of scrolling while a selection is dragged over the edge
TRIPLE_MS_AFTER_DOUBLE = 400


class ReadingCanvas(Canvas):
    """Signals: `link_clicked(url)`; `copied(what)`; `message_copy(message_id)` from the menu."""

    link_clicked = Signal(str)
    copied = Signal(str)
    message_copy = Signal(str)

    def __init__(self, look: Look, actions: ChatActions, parent: QWidget | None = None) -> None:
        super().__init__(look, actions, parent)
        self._dragging = False
        self._pressed_link = ""
        self._pressed_at = QPoint()
        self._bar: tuple[Row, float, int] | None = None  # row, content px a px, last x
        self._double_click_time = -TRIPLE_MS_AFTER_DOUBLE  # long ago
        self._pull = QTimer(self)
        self._pull.setInterval(SCROLL_MS)
        self._pull.timeout.connect(self._on_pull)

    # Where things are

    def _find(self, point: QPointF) -> tuple[int, int, Turn, Row, QPointF] | None:
        """The row nearest to a point of the window: turn and row number, both, and the point in the row."""
        left, _ = self.column()
        y = point.y() + self.top
        best: tuple[int, Turn] | None = None
        for number, turn in self._turns_between(self.top, max(y + 1, self.top + self.viewport().height())):
            if turn.rows and (best is None or turn.y <= y):
                best = number, turn
        if best is None:
            return None
        number, turn = best
        index = turn.rows_between(y - turn.y, y - turn.y + 1).start
        row = turn.rows[index]
        return number, index, turn, row, QPointF(point.x() - left - row.x, y - turn.y - row.y)

    def _place_at(self, point: QPointF) -> Place | None:
        found = self._find(point)
        if found is None:
            return None
        number, index, _, row, inside = found
        if inside.y() < 0:
            return Place(number, index, 0)
        return Place(number, index, row.hit(inside) if inside.y() <= row.height else row.length)

    def link_at(self, point: QPointF) -> str:
        found = self._find(point)
        return found[3].link_at(found[4]) if found else ""

    def tip_at(self, point: QPointF) -> str:
        found = self._find(point)
        return found[3].tip_at(found[4]) if found else ""

    def _over_bar(self, point: QPointF) -> tuple[Row, float] | None:
        found = self._find(point)
        ratio = found[3].bar_ratio_at(found[4]) if found else 0.0
        return (found[3], ratio) if found and ratio else None

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed_at = event.position().toPoint()
        self._pressed_link = self.link_at(event.position())
        if over := self._over_bar(event.position()):
            self._bar = *over, self._pressed_at.x()
            return
        place = self._place_at(event.position())
        if place is None:
            return
        if event.timestamp() - self._double_click_time < TRIPLE_MS_AFTER_DOUBLE:
            self._select(place, self._row(place).paragraph_at(place.position))
            return
        self._dragging = True
        self.selection.focus = place
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection.anchor = place
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._double_click_time = event.timestamp()
            self._select(place, self._row(place).word_at(place.position))

    def _row(self, place: Place) -> Row:
        return self.turns[place.turn].rows[place.row]

    def _select(self, place: Place, stretch: Stretch) -> None:
        self.selection.anchor = place._replace(position=stretch[0])
        self.selection.focus = place._replace(position=stretch[1])
        self._offer_selection()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._bar is not None:
            row, ratio, last = self._bar
            x = event.position().toPoint().x()
            if row.scroll_sideways(round((x - last) * ratio)):
                self._bar = row, ratio, x
                self.viewport().update()
        elif self._dragging:
            self._drag_to(event.position())
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside != self._pull.isActive():
                if outside:
                    self._pull.start()
                else:
                    self._pull.stop()
        else:
            self._show_cursor(event.position())

    def _drag_to(self, point: QPointF) -> None:
        place = self._place_at(point)
        if place is not None and place != self.selection.focus:
            self.selection.focus = place
            self.viewport().update()

    def _show_cursor(self, point: QPointF) -> None:
        if self._over_bar(point):
            shape = Qt.CursorShape.ArrowCursor
        elif self.link_at(point):
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    @Slot()
    def _on_pull(self) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        height = self.viewport().height()
        over = point.y() if point.y() < 0 else max(0, point.y() - height)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + over // 2)
        self._drag_to(QPointF(point.x(), min(max(point.y(), 0), height)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pull.stop()
        self._bar = None
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if self._pressed_link and moved < QGuiApplication.styleHints().startDragDistance():
            self.link_clicked.emit(self._pressed_link)
        self._pressed_link = ""
        if self._dragging:
            self._dragging = False
            self._offer_selection()

    def _offer_selection(self) -> None:
        """Where the platform has a selection to paste from with the middle button, fill it."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and not self.selection.is_empty:
            clipboard.setText(self.selection.text(self.turns), clipboard.Mode.Selection)

    def wheelEvent(self, event: QWheelEvent) -> None:
        angle, pixels = event.angleDelta(), event.pixelDelta()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = pixels.x() or angle.x() or (angle.y() if shifted else 0)
        if sideways and (shifted or abs(angle.x()) > abs(angle.y())):
            found = self._find(event.position())
            if found and found[3].scroll_sideways(-sideways):
                self.viewport().update()
            event.accept()
            return
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-1 if back else 1) * round(bar.pageStep() * 0.9))
        elif event.key() == Qt.Key.Key_Escape and not self.selection.is_empty:
            self.selection.clear()
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy_selection(self) -> None:
        text = self.selection.text(self.turns)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(self.tr("Copied"))

    @Slot()
    def select_all(self) -> None:
        if not self.turns:
            return
        last = self.turns[-1]
        if not last.built:
            last.build()
            last.place(last.width)
        self.selection.anchor = Place(0, 0, 0)
        self.selection.focus = Place(len(self.turns) - 1, len(last.rows) - 1, last.rows[-1].length)
        self._offer_selection()
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = QPointF(self.viewport().rect().center() if by_key else event.pos())
        menu = self.make_menu(point)
        menu.popup(self.viewport().mapToGlobal(point.toPoint()) if by_key else event.globalPos())

    def make_menu(self, point: QPointF) -> QMenu:
        """What can be done here."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction(self.tr("Copy"), menu)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(not self.selection.is_empty)
        copy.triggered.connect(self.copy_selection)
        menu.addAction(copy)
        if found := self._find(point):
            whole = QAction(self.tr("Copy message"), menu)
            message_id = found[2].id
            whole.triggered.connect(lambda: self.message_copy.emit(message_id))
            menu.addAction(whole)
            if formula := found[3].formula_at(found[4]):
                latex = QAction(self.tr("Copy formula as LaTeX"), menu)
                latex.triggered.connect(lambda: self._copy_formula(formula))
                menu.addAction(latex)
            add_turn_entries(menu, found[2], self._actions)
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
        menu.addAction(everything)
        return menu

    def _copy_formula(self, source: str) -> None:
        QGuiApplication.clipboard().setText(source)
        self.copied.emit(self.tr("Formula copied as LaTeX"))

    def _copy_address(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self.copied.emit(self.tr("Link address copied"))
