"""Where an answer is being written: a dot that blinks behind its last word, and whatever else moves with that beat.

Has no more painted than what moves: a beat that paints the whole last row again costs more than the text that came
since the one before.
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter

from slipstream.ui.chat.control_rows import ProgressRow
from slipstream.ui.chat.turns import AnswerTurn

if TYPE_CHECKING:
    from slipstream.ui.chat.canvas import Canvas

BEAT_MS = 450
NOWHERE = sys.maxsize


class WritingCaret(QObject):
    """Of one canvas, at the end of the answer that streams there."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.on = True
        self.beat = QTimer(self)
        self.beat.setInterval(BEAT_MS)
        self.beat.timeout.connect(self._on_beat)
        self.drawn_at = NOWHERE  # the content coordinate of its upper edge, where it was drawn

    def follow(self) -> None:
        """Beat while an answer streams."""
        if (self._canvas.streaming_turn() is not None) != self.beat.isActive():
            self.drawn_at = NOWHERE
            if self.beat.isActive():
                self.beat.stop()
            else:
                self.beat.start()

    def paint(self, painter: QPainter, turn: AnswerTurn) -> None:
        """Draw it, in coordinates of the turn."""
        rect = turn.caret_rect() if self.on else None
        self.drawn_at = NOWHERE
        if rect is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(turn.look.theme.accent))
            painter.drawEllipse(rect)
            self.drawn_at = turn.y + int(rect.top()) - 1

    @Slot()
    def _on_beat(self) -> None:
        canvas, turn = self._canvas, self._canvas.streaming_turn()
        if turn is None:
            self.beat.stop()
            return
        self.on = not self.on
        turn.beat()
        canvas.place_controls()
        moves = self._what_moves(turn)
        if moves is not None:
            left, _ = canvas.column()
            canvas.viewport().update(moves.translated(left, turn.y - canvas.top))

    def _what_moves(self, turn: AnswerTurn) -> QRect | None:
        """What looks otherwise after a beat, in coordinates of the turn."""
        row = turn.rows[-1] if turn.rows else None
        if isinstance(row, ProgressRow):
            return QRect(row.x, row.y, row.width, row.height)
        rect = turn.caret_rect()
        return rect.toAlignedRect().adjusted(-1, -1, 1, 1) if rect is not None else None
