"""From message to message by keyboard: each is brought into sight, marked at its side, and read out.

The mark goes when the reader scrolls on. Where the messages stand is the canvas's business.
"""

from PySide6.QtCore import QObject, QRectF, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from slipstream.ui.chat.canvas import EDGE, Canvas
from slipstream.ui.chat.spoken import words_of
from slipstream.ui.chat.turn import Turn
from slipstream.ui.theme import ThemeManager

BAR, AWAY = 3, 12  # px: width of the mark, and its distance from the column


class TurnMark(QWidget):
    """A bar at the leading side of a message. Takes no pointer."""

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.theme.accent))
        painter.drawRoundedRect(QRectF(self.rect()), BAR / 2, BAR / 2)


class Stepper(QObject):
    """Goes through the messages of one canvas."""

    def __init__(self, canvas: Canvas, themes: ThemeManager) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._at: Turn | None = None
        self._own_scroll = False
        self.mark = TurnMark(canvas.viewport(), themes)
        canvas.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        canvas.placed.connect(self._on_placed)

    @property
    def at(self) -> Turn | None:
        """The message that is marked."""
        return self._at

    @Slot()
    def on_next(self) -> None:
        self._step(1)

    @Slot()
    def on_previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        turns = self._canvas.turns
        if not turns:
            return
        wanted = self._number(step)
        if 0 <= wanted < len(turns):
            self._go(turns[wanted])
        elif wanted >= len(turns):
            self._canvas.go_to_end()

    def _number(self, step: int) -> int:
        """The message before or after the one that is marked, or else the window's upper edge."""
        turns = self._canvas.turns
        if self._at is not None and self._at in turns:
            return turns.index(self._at) + step
        edge = self._canvas.top + self._canvas.look.px(EDGE)
        if step > 0:
            return next((i for i, turn in enumerate(turns) if turn.y > edge), len(turns) - 1)
        if self._canvas.pinned:
            return len(turns) - 1  # from the end, the last message comes first
        return next((i for i in reversed(range(len(turns))) if turns[i].y < edge), 0)

    def _go(self, turn: Turn) -> None:
        canvas = self._canvas
        self._own_scroll = True
        canvas.verticalScrollBar().setValue(turn.y - canvas.look.px(EDGE))
        self._own_scroll = False
        self._at = turn
        self._on_placed()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words_of(turn)))

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        if not (self._own_scroll or self._canvas.streaming_turn()):
            self._at = None
            self.mark.hide()

    @Slot()
    def _on_placed(self) -> None:
        """Keep the mark beside its message."""
        turn, canvas = self._at, self._canvas
        if turn is None:
            return
        if turn not in canvas.turns:
            self._at = None
            self.mark.hide()
            return
        left, width = canvas.column()
        away = canvas.look.px(AWAY)
        x = left + width + away - BAR if canvas.isRightToLeft() else left - away
        self.mark.setGeometry(x, turn.y - canvas.top, BAR, turn.height)
        self.mark.show()
