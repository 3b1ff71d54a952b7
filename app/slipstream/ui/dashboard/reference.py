"""What a curve is compared with: a line across the plot that says what it is."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from slipstream.ui.dashboard.binning import Floats
from slipstream.ui.dashboard.canvas import Canvas
from slipstream.ui.dashboard.marks import Caption, pen_width
from slipstream.ui.theme import Theme


class ReferenceLine:
    """A horizontal line whose label keeps out of the curves' way: left or right, above or below."""

    def __init__(
        self,
        canvas: Canvas,
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
            canvas.add(item)

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
