"""The pointer on the conversation: selecting over rows and turns, links, wide code."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.turn import Turn

SCROLL_MS = 30  # between two steps of scrolling while a selection is dragged over the edge
TRIPLE_MS_AFTER_DOUBLE = 400


Unit = Callable[[Row, int], Stretch]  # the word or paragraph at a position


def _word(row: Row, position: int) -> Stretch:
    return row.word_at(position)


def _paragraph(row: Row, position: int) -> Stretch:
    return row.paragraph_at(position)


class Spot(NamedTuple):
    """The row nearest to a point of the window: turn and row number, both, and the point in the row."""

    number: int
    index: int
    turn: Turn
    row: Row
    inside: QPointF


class PointerCanvas(Canvas):
    """Signal: `link_clicked(url)`."""

    link_clicked = Signal(str)

    def __init__(self, look: Look, actions: ChatActions, parent: QWidget | None = None) -> None:
        super().__init__(look, actions, parent)
        self._dragging = False
        self._pressed_link = ""
        self._pressed_at = QPoint()
        self._bar: tuple[Row, float, int] | None = None  # row, content px a px, last x
        self._double_click_time = -TRIPLE_MS_AFTER_DOUBLE  # long ago
        self._unit: Unit | None = None  # what dragging selects by: words, paragraphs; None is characters
        self._held = self.selection.span  # the unit it began with
        self._pull = QTimer(self)
        self._pull.setInterval(SCROLL_MS)
        self._pull.timeout.connect(self._on_pull)

    # Where things are

    def row_at(self, point: QPointF) -> Spot | None:
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
        return Spot(number, index, turn, row, QPointF(point.x() - left - row.x, y - turn.y - row.y))

    def _place_at(self, point: QPointF) -> Place | None:
        found = self.row_at(point)
        if found is None:
            return None
        number, index, _, row, inside = found
        if inside.y() < 0:
            return Place(number, index, 0)
        return Place(number, index, row.hit(inside) if inside.y() <= row.height else row.length)

    def link_at(self, point: QPointF) -> str:
        found = self.row_at(point)
        return found[3].link_at(found[4]) if found else ""

    def tip_at(self, point: QPointF) -> str:
        found = self.row_at(point)
        return found[3].tip_at(found[4]) if found else ""

    def _over_bar(self, point: QPointF) -> tuple[Row, float] | None:
        found = self.row_at(point)
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
            self._hold(place, _paragraph)
            return
        self._dragging, self._unit = True, None
        self.selection.focus = place
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection.anchor = place
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._double_click_time = event.timestamp()
            self._hold(place, _word)

    def _row(self, place: Place) -> Row:
        return self.turns[place.turn].rows[place.row]

    def _hold(self, place: Place, unit: Unit) -> None:
        """Select the word or paragraph here; what is dragged over from here on is selected by such."""
        stretch = unit(self._row(place), place.position)
        self.select(place.turn, place.row, stretch)
        self._dragging, self._unit, self._held = True, unit, self.selection.span

    def select(self, turn: int, row: int, stretch: Stretch) -> None:
        """Select characters of one row."""
        self.selection.anchor = Place(turn, row, stretch[0])
        self.selection.focus = Place(turn, row, stretch[1])
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
        if place is None:
            return
        anchor, focus = self.selection.anchor, place
        if self._unit is not None:
            stretch = self._unit(self._row(place), place.position)
            anchor, focus = self._held
            if place < anchor:
                anchor, focus = focus, place._replace(position=stretch[0])
            elif place > focus:
                focus = place._replace(position=stretch[1])
        if (anchor, focus) != (self.selection.anchor, self.selection.focus):
            self.selection.anchor, self.selection.focus = anchor, focus
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
            found = self.row_at(event.position())
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
