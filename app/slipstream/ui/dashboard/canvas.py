"""A quiet pyqtgraph plot: few ticks, bands for thinking, reference lines with their labels.

The first module that imports pyqtgraph, so it is imported only when plots are wanted (`panel.py`). Curves are
one pixel wide: wider ones cost 15 times as much when antialiased.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import CAPTION, set_type
from slipstream.ui.theme import Theme

Ticks = list[tuple[float, str]]
AXIS_WIDTH = 36  # px, the same in all plots, so that they line up
HEIGHT = 88  # px


class Backdrop(pg.GraphicsObject):
    """Bands and grid lines behind the curves, in the plot's coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF(0, 0, 1, 1)
        self._bands: list[tuple[float, float]] = []
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
        if bands != self._bands:
            self._bands = bands
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
        for start, end in self._bands:
            band = QRectF(start, rect.top(), end - start, rect.height()) & rect
            painter.fillRect(band, self._band_colour)
        painter.setPen(self._line_pen)
        for value in self._lines:
            painter.drawLine(QPointF(rect.left(), value), QPointF(rect.right(), value))


class ReferenceLine:
    """A horizontal line with a label that stays inside the plot: above the line, or below it near the top."""

    def __init__(
        self, plot: pg.PlotItem, style: Qt.PenStyle, at_right: bool = True, above: bool = True
    ) -> None:
        self._style = style
        self._at_right = at_right
        self._above = above
        self.line = pg.InfiniteLine(angle=0, movable=False)
        self.line.setZValue(5)
        self.label = pg.TextItem()
        self.label.setZValue(6)
        self.value: float | None = None
        for item in (self.line, self.label):
            item.setVisible(False)
            plot.addItem(item, ignoreBounds=True)

    def set_theme(self, colour: str, theme: Theme, font: QFont) -> None:
        """`colour` is the line's; the label is text on a veil, readable over any curve."""
        self.line.setPen(pg.mkPen(colour, width=1, style=self._style))
        self.label.setFont(font)
        self.label.setColor(theme.text)
        fill = QColor(theme.surface)
        fill.setAlpha(200)
        self.label.fill = pg.mkBrush(fill)
        self.label.update()

    def show(self, value: float | None, text: str, rect: QRectF) -> None:
        """Put the line at `value` (None hides it) of a plot that shows `rect`."""
        self.value = value
        visible = value is not None and rect.top() <= value <= rect.bottom()
        self.line.setVisible(visible)
        self.label.setVisible(visible)
        if value is None or not visible:
            return
        self.line.setValue(value)
        self.label.setText(text)
        share = (value - rect.top()) / rect.height()  # of the height, from below
        above = share < 0.8 and (self._above or share < 0.2)
        self.label.setAnchor((1.0 if self._at_right else 0.0, 0.95 if above else 0.05))
        self.label.setPos(rect.right() if self._at_right else rect.left(), value)


class Canvas(pg.PlotWidget):
    """The plot itself. It neither zooms nor pans yet: the wheel scrolls the panel around it."""

    hovered = Signal(object)  # x under the pointer as float, None when it left
    RIGHT_MARGIN = 10  # px, for half of the last tick's text

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.backdrop = Backdrop()
        self.plot = self.getPlotItem()
        self.box = self.plot.getViewBox()
        self._ticks: tuple[Ticks, Ticks] | None = None
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.setContentsMargins(0, 5, self.RIGHT_MARGIN, 0)
        self.box.setMouseEnabled(False, False)
        self.box.disableAutoRange()
        self.box.setDefaultPadding(0)
        self.box.setBorder(None)
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setStyle(tickLength=0, tickTextOffset=4, hideOverlappingLabels=False)
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(AXIS_WIDTH)
        self.crosshair = pg.InfiniteLine(angle=90, movable=False)
        self.crosshair.setVisible(False)
        self.plot.addItem(self.backdrop, ignoreBounds=True)
        self.plot.addItem(self.crosshair, ignoreBounds=True)

    def axis_font(self) -> QFont:
        return set_type(self.font(), CAPTION)

    def set_theme(self, theme: Theme) -> None:
        self.setBackground(theme.surface)
        font = self.axis_font()
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(None)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
        self.crosshair.setPen(pg.mkPen(theme.muted, width=1))
        self.backdrop.set_theme(theme)

    @property
    def columns(self) -> int:
        """Width of the plot in pixels."""
        return max(1, int(self.box.width()))

    @property
    def view(self) -> QRectF:
        """What is visible; `top()` is the lowest value, `bottom()` the highest."""
        (left, right), (low, high) = self.box.viewRange()
        return QRectF(left, low, right - left, high - low)

    def show_range(self, rect: QRectF, x_ticks: Ticks, y_ticks: Ticks) -> None:
        """Show `rect` (its `top()` the lowest value). Cheap where nothing changes."""
        if rect != self.view:
            self.box.setRange(
                xRange=(rect.left(), rect.right()), yRange=(rect.top(), rect.bottom()), padding=0
            )
        if self._ticks != (x_ticks, y_ticks):
            self._ticks = (x_ticks, y_ticks)
            self.plot.getAxis("bottom").setTicks([x_ticks])
            self.plot.getAxis("left").setTicks([y_ticks])
        self.backdrop.show_grid(rect, [value for value, _ in y_ticks])

    def show_crosshair(self, x: float | None) -> None:
        self.crosshair.setVisible(x is not None)
        if x is not None:
            self.crosshair.setValue(x)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.box.mapSceneToView(event.position()).x())

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)


def curve() -> pg.PlotCurveItem:
    """A curve whose NaN are gaps."""
    return pg.PlotCurveItem(connect="finite", antialias=True)


def tick_texts(values: Sequence[float], decimals: int = 0) -> Ticks:
    return [(value, figures.count(value, decimals)) for value in values]
