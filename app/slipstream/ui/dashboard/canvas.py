"""A quiet pyqtgraph plot: few ticks, bands for thinking, reference lines with their labels.

The first module that imports pyqtgraph, so it is imported only when plots are wanted (`panel.py`). Pens are
one pixel wide and antialiased, or as wide as a dense screen needs and not: wide and antialiased costs 15 times
as much (measured at 600 points: 0.7 ms; 10 ms when 1.5 px wide; 1.6 ms when 2 px wide, not antialiased).
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPen, QWheelEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.binning import Floats
from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, set_type
from slipstream.ui.theme import Theme

Ticks = list[tuple[float, str]]
AXIS_WIDTH = 36  # px, the same in all plots, so that they line up
LOWEST, HIGHEST = 84, 132  # px


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


class ReferenceLine:
    """A horizontal line whose label keeps out of the curves' way: left or right, above or below."""

    def __init__(
        self,
        canvas: "Canvas",
        style: Qt.PenStyle,
        sides: Sequence[bool] = (True, False),
        ends: Sequence[float] = (1.0, 0.0),
    ) -> None:
        """Where the label may stand, the preferred place first.

        `sides`: above the line (True) or below it; `ends`: at its right (1.0) or left end.
        """
        self._canvas = canvas
        self._style = style
        self._places = [(x, above) for above in sides for x in ends]
        self._place = self._places[0]
        self.line = pg.InfiniteLine(angle=0, movable=False)
        self.line.setZValue(5)
        self.label = Caption()
        self.value: float | None = None
        for item in (self.line, self.label):
            item.setVisible(False)
            canvas.plot.addItem(item, ignoreBounds=True)

    def set_theme(self, colour: str, theme: Theme) -> None:
        """`colour` is the line's."""
        width = pen_width(self._canvas.devicePixelRatioF())
        self.line.setPen(pg.mkPen(colour, width=width, style=self._style))
        self.label.set_look(self._canvas.axis_font(), theme.text, theme.surface)

    def show(self, value: float | None, text: str, curves: Sequence[tuple[Floats, Floats]]) -> None:
        """Put the line at `value` (None hides it) of what the canvas shows, `curves` among it."""
        view = self._canvas.view
        self.value = value
        visible = value is not None and view.top() <= value <= view.bottom()
        self.line.setVisible(visible)
        self.label.setVisible(visible)
        if value is None or not visible:
            return
        self.line.setValue(value)
        self.label.show_text(text)
        covered = {place: self._covered(place, value, view, curves) for place in self._places}
        if covered[self._place] > min(covered.values()) + 2:  # moves only for a clearly better place
            self._place = min(self._places, key=lambda place: covered[place])
        x, above = self._place
        self.label.align(x, 1.0 if above else 0.0)
        self.label.setPos(view.right() if x else view.left(), value)

    def _covered(
        self, place: tuple[float, bool], value: float, view: QRectF, curves: Sequence[tuple[Floats, Floats]]
    ) -> int:
        """How much a label there would hide: points of the curves, of 16 looked at on each."""
        width = self.label.size[0] * view.width() / self._canvas.columns
        height = self.label.size[1] * view.height() / max(1.0, self._canvas.box.height())
        x, above = place
        low, high = (value, value + height) if above else (value - height, value)
        if low < view.top() - 0.2 * height or high > view.bottom() + 0.2 * height:
            return 1000
        left = view.right() - width if x else view.left()
        at = np.linspace(left, left + width, 16)
        hidden = 0
        for curve_x, curve_y in curves:
            if len(curve_x):
                y = np.interp(at, curve_x, curve_y, left=np.nan, right=np.nan)
                hidden += int(((y >= low) & (y <= high)).sum())
        return hidden


class Canvas(pg.PlotWidget):
    """The plot itself. It neither zooms nor pans yet: the wheel scrolls the panel around it."""

    hovered = Signal(object)  # x under the pointer as float, None when it left

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HIGHEST)
        self.backdrop = Backdrop()
        self.plot = self.getPlotItem()
        self.box = self.plot.getViewBox()
        self._ticks: tuple[Ticks, Ticks] | None = None
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.setContentsMargins(0, 5, OVERHANG, 0)
        self.box.setMouseEnabled(False, False)
        self.box.disableAutoRange()
        self.box.setDefaultPadding(0)
        self.box.setBorder(None)
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=4, hideOverlappingLabels=False)
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(AXIS_WIDTH)
        self.note = Caption(0.5, 0.5)  # in the middle, where there is nothing to draw
        self.band_name = Caption(0.0, 1.0)
        self.crosshair = pg.InfiniteLine(angle=90, movable=False)
        self.crosshair.setVisible(False)
        for item in (self.backdrop, self.crosshair, self.note, self.band_name):
            self.plot.addItem(item, ignoreBounds=True)

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
        self.note.set_look(font, theme.muted, theme.surface)
        self.band_name.set_look(font, theme.muted, theme.hover)
        self.backdrop.set_theme(theme)

    @property
    def bands(self) -> list[tuple[float, float]]:
        """The shaded stretches."""
        return self.backdrop.bands

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

    def show_bands(self, bands: list[tuple[float, float]], name: str) -> None:
        """Shade from x to x; the first band that has room for it bears the name."""
        self.backdrop.show_bands(bands)
        view = self.view
        self.band_name.show_text(name)
        needed = self.band_name.size[0] * view.width() / self.columns
        start = next((start for start, end in bands if end - start >= needed), None)
        self.band_name.setVisible(bool(name) and start is not None)
        if start is not None:
            self.band_name.setPos(start, view.top())

    def show_note(self, text: str) -> None:
        """Words in the middle of an empty plot; "" for none."""
        self.note.show_text(text)
        self.note.setVisible(bool(text))
        self.note.setPos(self.view.center())

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


def set_curve_pen(item: pg.PlotCurveItem, colour: str, style: Qt.PenStyle, pixel_ratio: float) -> None:
    """A pen of one logical pixel; cosmetic pens are measured in the screen's own pixels."""
    width = pen_width(pixel_ratio)
    item.opts["antialias"] = width == 1
    item.setPen(pg.mkPen(colour, width=width, style=style))


def pen_width(pixel_ratio: float) -> int:
    return max(1, round(pixel_ratio))


def tick_texts(values: Sequence[float], decimals: int = 0) -> Ticks:
    return [(value, figures.count(value, decimals)) for value in values]
