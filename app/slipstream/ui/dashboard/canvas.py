"""A quiet pyqtgraph plot: two axes with few ticks, bands for thinking, a crosshair."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem

from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, set_type
from slipstream.ui.dashboard.marks import Backdrop, Caption, Curve, Stretch, pen_width
from slipstream.ui.numbers import grouped
from slipstream.ui.style import UI_PIXELS
from slipstream.ui.theme import Theme

Ticks = list[tuple[float, str]]
AXIS_WIDTH = 36  # px at the usual size of text, the same in all plots, so that they line up
LOWEST, HIGHEST = 84, 132  # px, likewise


class Canvas(pg.GraphicsView):
    """The plot itself. The wheel scrolls the panel around it; what a drag and a click mean is `zooming.py`'s.

    Put together from a ViewBox and two axes: a pyqtgraph PlotItem would bring menus and a form of settings,
    all of them windows that nobody opens.
    """

    hovered = Signal(object)  # x under the pointer as float, None when it left

    def __init__(self) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs so in every language
        scale = self.fontInfo().pixelSize() / UI_PIXELS
        self.setMinimumHeight(round(LOWEST * scale))
        self.setMaximumHeight(round(HIGHEST * scale))
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.left = pg.AxisItem("left", linkView=self.box)
        self.left.setWidth(round(AXIS_WIDTH * scale))
        self.bottom = pg.AxisItem("bottom", linkView=self.box)
        for axis in (self.left, self.bottom):
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=4, hideOverlappingLabels=False)
            axis.enableAutoSIPrefix(False)
        whole = pg.GraphicsWidget()
        whole.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGraphicsGridLayout(whole)
        grid.setContentsMargins(0, round(5 * scale), OVERHANG, 0)
        grid.setSpacing(0)
        grid.addItem(self.left, 0, 0)
        grid.addItem(self.box, 0, 1)
        grid.addItem(self.bottom, 1, 1)
        self.setCentralItem(whole)
        self._ticks: tuple[Ticks, Ticks] | None = None
        self._curves: list[Curve] = []
        self.backdrop = Backdrop()
        self.note = Caption(0.5, 0.5)  # in the middle, where there is nothing to draw
        self.band_name = Caption(0.0, 1.0)
        self.crosshair = pg.InfiniteLine(angle=90, movable=False)
        self.crosshair.setVisible(False)
        self.mark = pg.InfiniteLine(angle=90, movable=False)  # what was chosen
        self.mark.setVisible(False)
        self.stretch = Stretch()
        behind = (self.backdrop, self.stretch, self.crosshair, self.mark)
        for item in (*behind, self.note, self.band_name):
            self.add(item)

    def add(self, item: QGraphicsItem) -> None:
        """Draw an item in the plot's coordinates."""
        self.box.addItem(item, ignoreBounds=True)
        if isinstance(item, Curve):
            self._curves.append(item)

    def axis_font(self) -> QFont:
        return set_type(self.font(), CAPTION)

    def set_theme(self, theme: Theme) -> None:
        self.setBackground(theme.surface)
        font = self.axis_font()
        for axis in (self.left, self.bottom):
            axis.setPen(None)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
        self.crosshair.setPen(pg.mkPen(theme.muted, width=1))
        self.mark.setPen(pg.mkPen(theme.accent, width=pen_width(self.devicePixelRatioF())))
        self.stretch.set_theme(theme)
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
            for item in self._curves:
                item.set_extent(rect)
        x_ticks = self._whole(x_ticks, rect)
        if self._ticks != (x_ticks, y_ticks):
            self._ticks = (x_ticks, y_ticks)
            self.bottom.setTicks([x_ticks])
            self.left.setTicks([y_ticks])
        self.backdrop.show_grid(rect, [value for value, _ in y_ticks])

    def _whole(self, x_ticks: Ticks, rect: QRectF) -> Ticks:
        """Without the text of the last one, where the edge would cut it."""
        if not x_ticks:
            return x_ticks
        value, text = x_ticks[-1]
        free = (rect.right() - value) / (rect.width() or 1.0) * self.columns + OVERHANG
        half = QFontMetricsF(self.axis_font()).horizontalAdvance(text) / 2
        return x_ticks if half <= free else [*x_ticks[:-1], (value, "")]

    def show_bands(self, bands: list[tuple[float, float]], name: str) -> None:
        """Shade from x to x; the first band that has room for it bears the name."""
        self.backdrop.show_bands(bands)
        view = self.view
        self.band_name.show_text(name)
        needed = self.band_name.size[0] * view.width() / self.columns
        seen = [(max(start, view.left()), min(end, view.right())) for start, end in bands]
        start = next((start for start, end in seen if end - start >= needed), None)
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

    def show_mark(self, x: float | None) -> None:
        """The line at what was chosen; None for none."""
        self.mark.setVisible(x is not None)
        if x is not None:
            self.mark.setValue(x)

    def show_stretch(self, span: tuple[float, float] | None) -> None:
        """What the pointer drags over, from x to x; None for nothing."""
        self.stretch.show_span(span, self.view)

    def x_at(self, point: QPointF) -> float:
        """The x under a point of the viewport."""
        return float(self.box.mapSceneToView(point).x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.x_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)


def tick_texts(values: Sequence[float], decimals: int = 0) -> Ticks:
    return [(value, grouped(value, decimals)) for value in values]
