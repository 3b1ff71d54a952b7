"""What is drawn in a plot: curves, captions, and the bands and grid lines behind them.

Pens are one pixel wide and antialiased, or as wide as a dense screen needs and not: wide and antialiased costs
15 times as much (measured at 600 points: 0.7 ms; 10 ms when 1.5 px wide; 1.6 ms when 2 px wide, not
antialiased). Needs pyqtgraph, so it is imported only when plots are wanted (`panel.py`).
"""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from slipstream.ui.theme import Theme


class Backdrop(pg.GraphicsObject):
    """Bands and grid lines behind the curves, in the plot's coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF(0, 0, 1, 1)
        self.bands: list[tuple[float, float]] = []
        self._lines: list[float] = []
        self._band_colour = QColor()
        self._line_pen = QPen()
        self.setZValue(-20)

    def set_theme(self, theme: Theme) -> None:
        self._band_colour = QColor(theme.hover)
        self._line_pen = QPen(QColor(theme.border), 0)
        self.update()

    def show_bands(self, bands: list[tuple[float, float]]) -> None:
        """Bands from x to x."""
        if bands != self.bands:
            self.bands = bands
            self.update()

    def show_grid(self, rect: QRectF, lines: list[float]) -> None:
        """The visible rectangle, and the values of the horizontal grid lines."""
        if rect != self._rect or lines != self._lines:
            self.prepareGeometryChange()
            self._rect, self._lines = rect, lines

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        rect = self._rect
        for start, end in self.bands:
            band = QRectF(start, rect.top(), end - start, rect.height()) & rect
            painter.fillRect(band, self._band_colour)
        painter.setPen(self._line_pen)
        for value in self._lines:
            painter.drawLine(QPointF(rect.left(), value), QPointF(rect.right(), value))


class Stretch(pg.GraphicsObject):
    """What is being dragged over, in the plot's coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self.span: tuple[float, float] | None = None
        self._rect = QRectF(0, 0, 1, 1)
        self._fill = QColor()
        self._edge = QPen()
        self.setZValue(-10)

    def set_theme(self, theme: Theme) -> None:
        self._fill = QColor(theme.accent)
        self._fill.setAlphaF(0.16)
        self._edge = QPen(QColor(theme.accent), 0)
        self.update()

    def show_span(self, span: tuple[float, float] | None, view: QRectF) -> None:
        """From x to x over the whole height of `view`; None for nothing."""
        if span == self.span:
            return
        self.prepareGeometryChange()
        self.span = span
        if span is not None:
            self._rect = QRectF(span[0], view.top(), span[1] - span[0], view.height()) & view
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.span is None:
            return
        rect = self._rect
        painter.fillRect(rect, self._fill)
        painter.setPen(self._edge)
        for x in (rect.left(), rect.right()):
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


class Caption(pg.GraphicsObject):
    """A few words in the plot, with a halo of the background, so that they read over any curve."""

    def __init__(self, align_x: float = 0.0, align_y: float = 1.0) -> None:
        """`align`: which point of the text lies at its position; (0, 0) is its left top, (1, 1) right bottom."""
        super().__init__()
        self.text = ""
        self._align = (align_x, align_y)
        self._font = QFont()
        self._path = QPainterPath()
        self._size = (0.0, 0.0)
        self._colour = QColor()
        self._halo = QPen()
        self.setFlag(self.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        self.setZValue(10)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return self._size

    def set_look(self, font: QFont, colour: str, halo: str) -> None:
        self._font, self._colour = font, QColor(colour)
        self._halo = QPen(
            QColor(halo), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
        self._compose()

    def show_text(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self._compose()

    def align(self, x: float, y: float) -> None:
        if (x, y) != self._align:
            self._align = (x, y)
            self._compose()

    def _compose(self) -> None:
        self.prepareGeometryChange()
        metrics = QFontMetricsF(self._font)
        self._size = (metrics.horizontalAdvance(self.text) + 6, metrics.height())
        left = 3 - self._align[0] * self._size[0]
        top = -self._align[1] * self._size[1]
        self._path = QPainterPath()
        self._path.addText(left, top + metrics.ascent(), self._font, self.text)
        self.update()

    def boundingRect(self) -> QRectF:
        width, height = self._size
        return QRectF(-self._align[0] * width - 2, -self._align[1] * height - 2, width + 4, height + 4)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(self._path, self._halo)
        painter.fillPath(self._path, self._colour)


class Curve(pg.PlotCurveItem):
    """A curve whose NaN are gaps. It takes what the plot shows as its extent, rather than search its points."""

    def __init__(self) -> None:
        super().__init__(connect="finite", antialias=True)
        self._extent = QRectF(0, 0, 1, 1)  # its own: Qt asks for it while the plot is taken apart

    def set_extent(self, rect: QRectF) -> None:
        self.prepareGeometryChange()
        self._extent = rect

    def boundingRect(self) -> QRectF:
        return self._extent

    def set_look(self, colour: str, pixel_ratio: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        """A pen of one logical pixel; cosmetic pens are measured in the screen's own pixels."""
        width = pen_width(pixel_ratio)
        self.opts["antialias"] = width == 1
        self.setPen(pg.mkPen(colour, width=width, style=style))


def pen_width(pixel_ratio: float) -> int:
    return max(1, round(pixel_ratio))
