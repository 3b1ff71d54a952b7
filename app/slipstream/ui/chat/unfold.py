"""Thinking that opens and closes is seen to do so: a short play over a picture of it.

What is played lies over the conversation and is gone after a moment; below it everything stands in its final place
from the start, so the reader's place is never at stake. Whoever wants no motion sees none.
"""

from PySide6.QtCore import QEasingCurve, QRect, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QStyle, QWidget

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
