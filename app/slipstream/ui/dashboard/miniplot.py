"""What all plots have in common: a heading that reads values out, tokens as x axis, a redraw when told to.

A plot draws a `History` when the panel gives it its turn, and never on its own; the pointer only moves the
crosshair and changes what the heading reads.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from slipstream.core.axes import round_up, ticks
from slipstream.core.history import History
from slipstream.core.metrics import Phase
from slipstream.ui.dashboard.binning import Floats, Thinned
from slipstream.ui.dashboard.canvas import Canvas, Ticks, tick_texts
from slipstream.ui.dashboard.labels import OVERHANG, TITLE, FigureLabel, LegendItem
from slipstream.ui.dashboard.marks import Curve
from slipstream.ui.dashboard.reference import ReferenceLine
from slipstream.ui.dashboard.zooming import Zooming
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme

FIRST_TOKENS = 64  # the x axis starts with room for this many
FEWEST_TOKENS = 8  # and never ends before this many
MOST_BANDS = 16  # stretches of thinking that are shaded, the latest ones
SOLID, DASHED, DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine


@dataclass(slots=True)
class Zoom:
    """The tokens that all plots show, None for all of them; shared by the plots."""

    span: tuple[float, float] | None = None


class MiniPlot(QWidget):
    """A title, a legend that also reads out values, and a canvas. Subclasses draw the curves."""

    hovered = Signal(object)  # token under the pointer as float, None when it left

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.history = History()
        self.zoom = Zoom()
        self.pixel_ratio = 1.0  # of the screen the pens were made for
        self.title = FigureLabel(TITLE)
        self.canvas = Canvas()
        self.canvas.hovered.connect(self.hovered)
        self.zooming = Zooming(self.canvas)
        self.band_name = ""  # written into the shaded stretch
        self.legend: list[LegendItem] = []
        self._name = ""
        self._span = (0.0, 0.0)  # of the x axis
        self._end = 0.0  # of the x axis where all is shown
        self._rows = (0, 0)  # first row drawn, and the one behind the last
        self._pointer: float | None = None
        self._mark: float | None = None
        self._heading = QHBoxLayout()
        self._heading.setContentsMargins(0, 0, OVERHANG, 0)
        self._heading.setSpacing(SPACE - 2)
        self._heading.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._heading)
        layout.addWidget(self.canvas)

    def describe(self, name: str, tooltip: str) -> None:
        """The title, and the definition of what is drawn."""
        self._name = name
        self.title.show_text(name)
        self.title.setToolTip(tooltip)
        self.canvas.setAccessibleName(name)
        self.canvas.setAccessibleDescription(tooltip)

    @property
    def name(self) -> str:
        return self._name

    def add_legend(self, name: str, template: str, sample: Qt.PenStyle | None, tooltip: str) -> LegendItem:
        item = LegendItem(name, template, sample, tooltip)
        self.legend.append(item)
        self._heading.addWidget(item)
        return item

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything now: a theme change is rare."""
        self.theme = theme
        self.pixel_ratio = self.devicePixelRatioF()
        self.title.set_theme(theme)
        self.canvas.set_theme(theme)
        self.recolour(theme)

    def begin(self, history: History) -> None:
        """Show another run from now on."""
        self.history = history
        self._end = 0.0
        self._pointer = self._mark = None
        self.redraw()

    def redraw(self) -> None:
        """Draw the history as it is now."""
        if self.devicePixelRatioF() != self.pixel_ratio:
            self.set_theme(self.theme)
        history = self.history
        self._span = self.zoom.span or self._whole()
        self._rows = history.rows_between(*self._span)
        self.draw(*self._span)
        self.zooming.wary = self.zoom.span is not None
        bands = [(s.start, s.end) for s in history.spans if s.phase is Phase.THINK][-MOST_BANDS:]
        self.canvas.show_bands(bands, self.band_name)
        self.read(self._pointer, self._mark)

    def _whole(self) -> tuple[float, float]:
        """The axis grows by round steps, so a curve does not creep at every token; an ended run fills it."""
        history = self.history
        start = float(history.token[0] - 1) if history.dropped else 0.0
        emitted = float(history.meter.emitted)
        if history.ended:
            self._end = max(FEWEST_TOKENS, emitted)
        elif not 0 < emitted <= self._end:
            self._end = start + round_up(max(FIRST_TOKENS, emitted - start))
        return start, self._end

    def read(self, pointer: float | None, mark: float | None) -> None:
        """Read out the step under the pointer, else the one that was chosen, else the latest."""
        self._pointer, self._mark = pointer, mark
        history = self.history
        hovered = self._row(pointer)
        chosen = self._row(mark)
        self.canvas.show_crosshair(None if hovered < 0 else history.token[hovered])
        self.canvas.show_mark(None if chosen < 0 else history.token[chosen])
        row = hovered if hovered >= 0 else chosen
        if row >= 0:
            at = grouped(int(history.token[row]))
            self.title.show_text(self.tr("token {n}").format(n=at))
        else:
            self.title.show_text(self._name)
        self.read_out(row if row >= 0 else len(history) - 1)

    def _row(self, token: float | None) -> int:
        """The row of a place on the x axis, −1 where there is none."""
        history = self.history
        if token is None or not len(history) or not 0 <= token <= history.token[-1]:
            return -1
        return history.row_at(token)

    def words(self, row: int) -> str:
        """The values of a row in words."""
        self.read_out(row)
        return ", ".join(item.text() for item in self.legend)

    def thin(self, thinned: Thinned, column: "array[float]") -> tuple[Floats, Floats]:
        """The rows of a column that are in sight, as no more points than the pixels can show."""
        history = self.history
        source = (history, history.dropped)
        return thinned.rows(history.token, column, *self._rows, self._span, self.canvas.columns, source)

    def show_range(self, start: float, end: float, low: float, high: float, y_ticks: Ticks) -> None:
        """Set both axes."""
        x_ticks = tick_texts(ticks(start, end, 4))
        if len(x_ticks) > 1:
            x_ticks[1] = (x_ticks[1][0], self.tr("{n} tokens").format(n=x_ticks[1][1]))
        self.canvas.show_range(QRectF(start, low, end - start, high - low), x_ticks, y_ticks)

    def draw(self, start: float, end: float) -> None:
        """Draw what there is of the history over tokens `start`…`end`."""
        raise NotImplementedError

    def recolour(self, theme: Theme) -> None:
        raise NotImplementedError

    def read_out(self, row: int) -> None:
        """Show the values of a row in the legend; −1 is none."""
        raise NotImplementedError


class RecentAndMean(MiniPlot):
    """Two curves, the latest stretch and the run so far, and a line to compare with."""

    series = 0  # index into Theme.plots
    label_ends: Sequence[float] = (1.0, 0.0)  # of the reference line
    usual = ""  # a value as wide as they usually are, so that the legend does not move

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.recent_curve = Curve()
        self.mean_curve = Curve()
        self._thinned = Thinned(), Thinned()
        self.canvas.add(self.recent_curve)
        self.canvas.add(self.mean_curve)
        self.reference = ReferenceLine(self.canvas, DASHED, ends=self.label_ends)

    def add_legends(self, recent: str, recent_tooltip: str, mean_tooltip: str, mean: str = "") -> None:
        template = self.usual
        self.add_legend(recent, template, SOLID, recent_tooltip)
        self.add_legend(mean or self.tr("mean"), template, DOTTED, mean_tooltip)

    def recolour(self, theme: Theme) -> None:
        colour = theme.plots[self.series]
        self.recent_curve.set_look(colour, self.pixel_ratio)
        self.mean_curve.set_look(theme.text, self.pixel_ratio, DOTTED)
        self.reference.set_theme(theme.plots[1], theme)
        for item, sample in zip(self.legend, (colour, theme.text), strict=True):
            item.set_sample(theme, sample)

    def draw(self, start: float, end: float) -> None:
        level = self.level()
        recent, mean = (
            self.thin(thinned, column) for thinned, column in zip(self._thinned, self.columns(), strict=True)
        )
        self.recent_curve.setData(*recent)
        self.mean_curve.setData(*mean)
        drawn = np.concatenate((recent[1], mean[1], [0.0 if level is None else level]))
        low, high, y_ticks = self.limits(float(np.nanmax(drawn)))
        self.show_range(start, end, low, high, y_ticks)
        self.reference.show(level, "" if level is None else self.level_text(level), (recent, mean))

    def read_out(self, row: int) -> None:
        for item, column in zip(self.legend, self.columns(), strict=True):
            item.set_value(self.format(value_at(column, row)))

    def columns(self) -> tuple["array[float]", "array[float]"]:
        """The history's recent and mean columns."""
        raise NotImplementedError

    def format(self, value: float | None) -> str:
        raise NotImplementedError

    def level(self) -> float | None:
        """What to compare with, None while unknown."""
        return None

    def level_text(self, value: float) -> str:
        return self.format(value)

    def limits(self, top: float) -> tuple[float, float, Ticks]:
        """Lowest and highest value shown, and the ticks, where the highest value drawn is `top`."""
        raise NotImplementedError


def value_at(column: "array[float]", row: int) -> float | None:
    return column[row] if 0 <= row < len(column) and isfinite(column[row]) else None


def y_ticks_for(low: float, high: float) -> Ticks:
    """Round ticks, with the decimals they need."""
    values = ticks(low, high)
    step = values[1] - values[0] if len(values) > 1 else 1.0
    return tick_texts(values, 0 if step >= 1 else 1 if step >= 0.1 else 2)
