"""The conversation's paper: one scroll area that draws the turns in sight and nothing else.

Rows are laid out when they come near; heights further away are estimates, corrected as they are reached
without moving what is being read. While the reader is at the end (`pinned`) the end stays in sight.
Pointer and keyboard are `pointer.py`'s.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from slipstream.core.formulas import Formula
from slipstream.ui.chat.arrivals import renew_waiting, waits_for
from slipstream.ui.chat.controls import ChatActions, RowControl
from slipstream.ui.chat.documents import NO_MARKS, Marks
from slipstream.ui.chat.kept_row import KeptRow
from slipstream.ui.chat.look import COLUMN, MARGIN, Look
from slipstream.ui.chat.reaching import paint_mark
from slipstream.ui.chat.row_controls import RowControls
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.scrollbar import StillScrollBar
from slipstream.ui.chat.selection import Selection
from slipstream.ui.chat.turn import Edge, Turn
from slipstream.ui.chat.turns import AnswerTurn
from slipstream.ui.chat.writing_caret import WritingCaret

TURN_GAP = 30
EDGE = 28  # px above the first and below the last turn
AT_END = 12  # px from the end that still count as being there
NEAR = 40  # px beyond the window that are laid out with it: little, since going somewhere waits for it
SEEN = 80  # px of a turn that make it seen


class Canvas(QAbstractScrollArea):
    """Signals: `pinned_changed(bool)`, whether the reader is at the end; `turn_built(Turn)`, it has rows now;
    `content_changed(Turn | None)`, of one turn or of all of them; `placed()`, when things moved or came.
    """

    pinned_changed = Signal(bool)
    turn_built = Signal(object)
    content_changed = Signal(object)
    placed = Signal()

    def __init__(self, look: Look, actions: ChatActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turns: list[Turn] = []
        self.look = look
        self.selection = Selection()
        self.marker: Callable[[int, int, Row], Marks] | None = None  # what a search found, by turn and row
        self.pinned = True
        self.marked: Turn | None = None  # what the reader was led to
        self._actions = actions
        self._own_scroll = False
        self._total = 0
        self._controls = RowControls(self, actions)
        self._caret = WritingCaret(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The bar keeps its place even when it has nothing to do, and the column stays in the middle.
        self._scroll_bar = StillScrollBar()
        self.setVerticalScrollBar(self._scroll_bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewportMargins(self.verticalScrollBar().sizeHint().width(), 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # What is shown

    def set_turns(self, turns: Sequence[Turn]) -> None:
        self.turns = list(turns)
        self.marked = None
        self.selection.clear()
        self._controls.clear()
        self.go_to_end()
        self.content_changed.emit(None)

    def add_turn(self, turn: Turn) -> None:
        self.turns.append(turn)
        self.go_to_end()
        self.content_changed.emit(None)

    def remove_turn(self, turn: Turn) -> None:
        self.turns.remove(turn)
        self.selection.clear()
        self.refresh()
        self.content_changed.emit(None)

    def set_look(self, look: Look) -> None:
        """Draw all of it anew; what is being read stays where it is, be its letters larger or smaller now."""
        kept = KeptRow(None if self.pinned else self.edge())
        self.look = look
        for turn in self.turns:
            turn.restyle(look)
        self.refresh()
        kept.show_again(self.verticalScrollBar())

    def streaming_turn(self) -> AnswerTurn | None:
        last = self.turns[-1] if self.turns else None
        return last if isinstance(last, AnswerTurn) and last.streaming else None

    def turn_changed(self, turn: Turn, first: int = 0) -> None:
        """Rows of `turn` from `first` on are new, or not laid out any more."""
        self._settle(self.turns.index(turn), first)
        self.content_changed.emit(turn)

    @Slot(object)
    def show_arrived(self, arrived: frozenset[Formula]) -> None:
        """These formulas are drawn now, or will never be."""
        changed = [turn for turn in self.turns if waits_for(turn, arrived)]
        first = renew_waiting(self.turns, self.selection, arrived)
        if first is not None:
            self._settle(*first)
        for turn in changed:
            self.content_changed.emit(turn)

    def refresh(self) -> None:
        """Everything may have changed."""
        self._settle(0, 0)
        self.viewport().update()

    def go_to_end(self) -> None:
        self._set_pinned(True)
        self.refresh()

    def leave_free(self, height: int) -> None:
        """Leave the uppermost pixels to what stands there; what is read stays in its place."""
        margins = self.viewportMargins()
        grown = height - margins.top()
        if grown:
            margins.setTop(height)
            self.setViewportMargins(margins)
            if not self.pinned:
                self._scroll_bar.setValue(self.top + grown)

    # Layout

    def column(self) -> tuple[int, int]:
        """Left edge and width of the text, px."""
        room = self.viewport().width()
        width = max(120, min(self.look.px(COLUMN), room - 2 * MARGIN))
        return (room - width) // 2, width

    @property
    def top(self) -> int:
        """Content coordinate of the window's upper edge."""
        return self.verticalScrollBar().value()

    def _settle(self, turn_number: int, first: int) -> None:
        """Stack from this row on, lay out what is in sight, and keep the reader's place."""
        start = turn_number, first
        changed_from = self._row_top(turn_number, first)
        anchor = None if self.pinned else self.edge()
        made: tuple[int, int] | None = start
        for _ in range(20):  # each round makes estimates real; a few are enough
            if made is None:
                break
            if made < start:
                changed_from = None
            self._stack(*made)
            made = self._lay_out_near(self._wanted_top(anchor))
        self._scroll_to(self._wanted_top(anchor))
        self.place_controls()
        if changed_from is None:
            self.viewport().update()
        else:
            y = min(changed_from, self._caret.drawn_at) - self.top
            self.viewport().update(0, y, self.viewport().width(), max(0, self.viewport().height() - y))
        self._caret.follow()

    def _row_top(self, turn_number: int, first: int) -> int | None:
        """Where a row begins that follows rows already stacked; None where nothing is sure."""
        if not 0 < turn_number < len(self.turns) or not self.turns[turn_number].width:
            return None
        turn = self.turns[turn_number]
        above = turn.rows[first - 1] if first else None
        same = 0
        if first < len(turn.rows):
            row = turn.rows[first]
            same, row.same_above = row.same_above, 0
            if self.marker is not None:  # a hit may end in what is new and begin above it
                same = 0
        return turn.y + (above.y + above.height if above is not None else 0) + same

    def _stack(self, first_turn: int, first_row: int) -> None:
        _, width = self.column()
        gap = self.look.px(TURN_GAP)
        y = self.look.px(EDGE)
        if 0 < first_turn < len(self.turns):
            above = self.turns[first_turn - 1]
            y = above.y + above.height + gap
        for number in range(first_turn, len(self.turns)):
            turn = self.turns[number]
            turn.place(width, first_row if number == first_turn else 0)
            turn.y = y
            y += turn.height + gap
        self._total = y - gap + self.look.px(EDGE) if self.turns else 0

    def _lay_out_near(self, top: int) -> tuple[int, int] | None:
        """Make real what stands in or near the window with its upper edge at `top`.

        Returns the first (turn, row) made, None when all was.
        """
        made: tuple[int, int] | None = None
        top, bottom = top - NEAR, top + self.viewport().height() + NEAR
        for number, turn in self._turns_between(top, bottom):
            if not turn.built:
                turn.build()
                turn.place(turn.width)
                made = made or (number, 0)
                self.turn_built.emit(turn)
            for index in turn.rows_between(top - turn.y, bottom - turn.y):
                row = turn.rows[index]
                if not row.ready:
                    row.lay_out(turn.row_width(row))
                    made = made or (number, index)
        return made

    def built_turn(self, number: int) -> Turn:
        """A turn with its rows, which may not be laid out."""
        turn = self.turns[number]
        if not turn.built:
            turn.build()
            turn.place(turn.width)
            self.turn_built.emit(turn)
        return turn

    def _turns_between(self, top: float, bottom: float) -> Iterator[tuple[int, Turn]]:
        start = max(0, bisect_right(self.turns, top, key=lambda turn: turn.y) - 1)
        for number in range(start, len(self.turns)):
            if self.turns[number].y >= bottom:
                return
            yield number, self.turns[number]

    def edge(self) -> Edge | None:
        top = self.top
        for _, turn in self._turns_between(top, top + self.viewport().height() + 1):
            if turn.y + turn.height < top:
                continue
            if turn.rows:
                row = turn.rows[turn.rows_between(top - turn.y, top - turn.y).start]
                return Edge(turn, row, top - turn.y - row.y)
            return Edge(turn, None, top - turn.y)
        return None

    def _most(self) -> int:
        """How far one can scroll."""
        return max(0, self._total - self.viewport().height())

    def _wanted_top(self, anchor: Edge | None) -> int:
        """Where the window's upper edge belongs: at the end, or where what is read stays in its place."""
        wanted = self._most() if self.pinned else self.top
        if anchor is not None:
            turn, row, below = anchor
            wanted = turn.y + below + (row.y if row is not None and row in turn.rows else 0)
        return min(max(0, wanted), self._most())

    def _scroll_to(self, top: int) -> None:
        """Once, when all is laid out: each scrolling moves every pixel of the window."""
        bar, most = self._scroll_bar, self._most()
        self._own_scroll = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.look.px(48))
        bar.place(most, top)
        bar.setEnabled(most > 0)  # the style draws no handle then
        self._own_scroll = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        if not self._own_scroll:
            bar = self.verticalScrollBar()
            self._set_pinned(bar.value() >= bar.maximum() - AT_END)
            self._settle_after_scroll()

    def _settle_after_scroll(self) -> None:
        made = self._lay_out_near(self.top)
        if made is None:
            self.place_controls()
            return
        pinned, self.pinned = self.pinned, False
        self._settle(*made)
        self.pinned = pinned

    def _set_pinned(self, pinned: bool) -> None:
        if pinned != self.pinned:
            self.pinned = pinned
            self.pinned_changed.emit(pinned)

    def hold_place(self) -> None:
        """The reader looks at something: what comes does not scroll it away."""
        self._set_pinned(False)

    def check_end(self) -> None:
        """Whether the reader is at the end after all."""
        bar = self.verticalScrollBar()
        self._set_pinned(bar.value() >= bar.maximum() - AT_END)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle(0, 0)

    def viewportSizeHint(self) -> QSize:
        return QSize(COLUMN + 2 * MARGIN, 480)

    def control_on(self, row: Row) -> RowControl | None:
        """The widget that stands on this row, while it is in sight."""
        return self._controls.on(row)

    def bring_into_sight(self, turn: Turn) -> None:
        """Scroll, if need be, until a turn's beginning is seen."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # what stands above it may turn out higher or lower than estimated
            if self.top <= turn.y <= self.top + height - self.look.px(SEEN):
                return
            bar.setValue(turn.y - self.look.px(EDGE))

    def show_whole(self, turn: Turn, row: Row) -> None:
        """Scroll, if need be, until a row is seen down to its end."""
        over = turn.y + row.y + row.height + self.look.px(EDGE) - self.top - self.viewport().height()
        if over > 0:
            self.verticalScrollBar().setValue(self.top + over)

    # Real widgets on rows

    def place_controls(self) -> None:
        left, _ = self.column()
        top, bottom = self.top, self.top + self.viewport().height()
        wanted: list[tuple[Row, str, QRect]] = []
        for _, turn in self._turns_between(top, bottom):
            if turn.built:
                for index in turn.rows_between(top - turn.y, bottom - turn.y):
                    row = turn.rows[index]
                    if (place := row.control()) is not None:
                        rect = place.rect.translated(left + row.x, turn.y + row.y - top)
                        wanted.append((row, place.kind, rect))
        self._controls.place(wanted)
        self.placed.emit()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        region = event.region()
        bounds = QRectF(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(self.look.theme.window))
        left, _ = self.column()
        top = self.top
        streaming = self.streaming_turn()
        for number, turn in self._turns_between(bounds.top() + top, bounds.bottom() + top + 1):
            if not turn.built:
                continue
            painter.save()
            painter.translate(left, turn.y - top)
            if turn is self.marked:
                paint_mark(painter, turn)
            turn.paint_behind(painter)
            for index in turn.rows_between(bounds.top() + top - turn.y, bounds.bottom() + top - turn.y):
                row = turn.rows[index]
                area = QRect(0, turn.y + row.y - row.gap - top, self.viewport().width(), row.height + row.gap)
                if row.ready and region.intersects(area):
                    clip = bounds.translated(-left - row.x, top - turn.y - row.y)
                    painter.save()
                    painter.translate(row.x, row.y)
                    row.marks = self.marker(number, index, row) if self.marker else NO_MARKS
                    row.paint(painter, clip, self.selection.stretch(number, index, row))
                    painter.restore()
            if turn is streaming:
                self._caret.paint(painter, turn)
            painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.refresh()
