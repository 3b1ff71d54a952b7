"""Thinking that opens and closes is seen to do so: a short play over a picture of it.

What is played lies over the conversation and is gone after a moment; below it everything stands in its final place
from the start, so the reader's place is never at stake. Whoever wants no motion sees none.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEasingCurve, QRect, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QStyle, QWidget
from shiboken6 import isValid

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.turn import Turn

UNFOLD_MS = 160


def motion_wanted(widget: QWidget) -> bool:
    """Whether things may move, as far as the system and the style tell."""
    hints = QGuiApplication.styleHints().accessibility()
    if hints.motionPreference() is Qt.MotionPreference.ReducedMotion:
        return False
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0


class Unfold(QWidget):
    """Covers `place` (a viewport) while what is below `top` moves down by `height` px, or up where it closes."""

    def __init__(
        self, place: QWidget, before: QPixmap, after: QPixmap, top: int, height: int, *, opens: bool
    ) -> None:
        super().__init__(place)
        self._opened, self._closed = (after, before) if opens else (before, after)
        self._top = top
        self._moved = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(place.rect())
        height = max(0, min(height, self.height() - top))
        self._play = QVariantAnimation(self)
        self._play.setDuration(UNFOLD_MS)
        self._play.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._play.setStartValue(0 if opens else height)
        self._play.setEndValue(height if opens else 0)
        self._play.valueChanged.connect(self._on_moved)
        self._play.finished.connect(self.end)
        self.show()
        self._play.start()

    @Slot()
    def end(self) -> None:
        """Be gone, at once."""
        self._play.stop()
        self.hide()
        self.deleteLater()

    @Slot(object)
    def _on_moved(self, moved: int) -> None:
        self._moved = moved
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Down to the moving edge as it is open, from there on as it is closed."""
        painter = QPainter(self)
        edge = self._top + self._moved
        painter.drawPixmap(0, 0, self._opened)
        painter.setClipRect(QRect(0, edge, self.width(), self.height() - edge))
        painter.drawPixmap(0, self._moved, self._closed)


class Unfolding:
    """Plays what opens and closes on one canvas, one at a time."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._play: Unfold | None = None

    @contextmanager
    def of(self, turn: Turn) -> Iterator[None]:
        """Around the change that opens or closes what is below a turn's first row: it is seen to do so."""
        self.end()
        place = self._canvas.viewport()
        if not (place.isVisible() and motion_wanted(place)):
            yield
            return
        top, before, height = self._below_head(turn), place.grab(), turn.height
        yield
        grown = turn.height - height
        if self._below_head(turn) == top and 0 <= top < place.height():
            self._play = Unfold(place, before, place.grab(), top, abs(grown), opens=grown > 0)

    def end(self) -> None:
        """Have nothing play any more."""
        play, self._play = self._play, None
        if play is not None and isValid(play):
            play.end()

    def _below_head(self, turn: Turn) -> int:
        """Where what unfolds begins, in the window."""
        head = turn.rows[0]
        return turn.y + head.y + head.height - self._canvas.top
