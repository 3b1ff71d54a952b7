"""Rows whose content may be wider than they are: scrolled sideways, by the wheel or by a bar at their foot."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.leaves import Leaf
from slipstream.ui.chat.look import Look

BAR = 4  # thickness of the bar


class SidewaysRow(LeafRow):
    """Base: subclasses say how wide their content is (`widest`, px) and shift it by `sideways`."""

    pad = 0  # px left and right of the content, inside the row's indent

    def __init__(self, look: Look, leaf: Leaf) -> None:
        super().__init__(look, leaf)
        self.sideways = 0  # px scrolled
        self.widest = 0.0

    def _left(self) -> int:
        """Where the content begins: the frames may stand on the other side."""
        return 0 if self.rtl else self.indent()

    def _room(self) -> float:
        return self.width - self.indent() - 2 * self._pad()

    def _pad(self) -> int:
        return self.look.px(self.pad) if self.pad else 0

    def _overflow(self) -> int:
        return max(0, round(self.widest - self._room()))

    def _stay_inside(self) -> None:
        """After a change of widths."""
        self.sideways = max(0, min(self.sideways, self._overflow()))

    def scroll_sideways(self, delta: int) -> bool:
        wanted = max(0, min(self.sideways + delta, self._overflow()))
        moved, self.sideways = wanted != self.sideways, wanted
        return moved

    def _paint_bar(self, painter: QPainter) -> None:
        if not self._overflow():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.theme.border))
        painter.drawRoundedRect(self._bar(), BAR / 2, BAR / 2)

    def _bar(self) -> QRectF:
        """The bar's handle."""
        track, length = self._track()
        left = float(self._left() + self._pad())
        left += (track - length) * self.sideways / max(1, self._overflow())
        return QRectF(left, self.height - self.look.px(BAR) - 4, length, self.look.px(BAR))

    def _track(self) -> tuple[float, float]:
        track = self._room()
        return track, max(32.0, track * track / (track + self._overflow()))

    def bar_ratio_at(self, point: QPointF) -> float:
        if not self._overflow() or not self._bar().adjusted(-4, -6, 4, 4).contains(point):
            return 0.0
        track, length = self._track()
        return self._overflow() / max(1.0, track - length)
