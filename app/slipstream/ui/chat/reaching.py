"""Leads the reader to a message, and marks it for a moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter

from slipstream.ui.chat.turn import Turn

if TYPE_CHECKING:
    from slipstream.ui.chat.canvas import Canvas

ABOVE = 28  # px between the upper edge and the message
BEYOND = 12  # px the mark is larger than the message on each side
MARK_MS = 2500
MARK_TINT = 0.12  # of the accent colour


class Reach(QObject):
    """For one canvas."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self._on_over)

    def lead_to(self, turn: Turn) -> None:
        """Bring the beginning of a turn to the upper edge."""
        canvas = self._canvas
        canvas.marked = turn
        canvas.hold_place()
        bar = canvas.verticalScrollBar()
        for _ in range(20):  # what is laid out on the way moves it
            wanted = min(max(0, turn.y - canvas.look.px(ABOVE)), bar.maximum())
            if bar.value() == wanted:
                break
            bar.setValue(wanted)
        canvas.check_end()
        canvas.viewport().update()
        self._over.start(MARK_MS)

    @Slot()
    def _on_over(self) -> None:
        self._canvas.marked = None
        self._canvas.viewport().update()


def paint_mark(painter: QPainter, turn: Turn) -> None:
    """Behind a turn, in its coordinates."""
    look = turn.look
    beyond = look.px(BEYOND)
    tint = QColor(look.theme.accent)
    tint.setAlphaF(MARK_TINT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    area = QRectF(-beyond, -beyond, turn.width + 2 * beyond, turn.height + 2 * beyond)
    painter.drawRoundedRect(area, beyond, beyond)
