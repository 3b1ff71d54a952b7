"""How long the gaps between chunks are, of all sides in one plot: drafting makes fewer and longer ones.

pyqtgraph is imported once the plot is first shown, off the window's thread; until then its place is empty.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from slipstream.core.axes import round_up, ticks
from slipstream.core.gap_shares import BINS, FEWEST, axis_end, shares
from slipstream.core.metrics import percentile
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.binning import Floats
from slipstream.ui.dashboard.labels import TITLE, FigureLabel
from slipstream.ui.dashboard.lazy import PlotLibrary
from slipstream.ui.theme import Theme, ThemeManager

if TYPE_CHECKING:
    from slipstream.ui.dashboard.canvas import Canvas
    from slipstream.ui.dashboard.marks import Curve

HEIGHT = 112  # px
PEN_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
SERIES = (3, 0, 1, 2)  # of the theme's colours; the first side is grey


def histogram(gaps: Sequence[float], high: float) -> tuple[Floats, Floats]:
    """The outline of the shares of `gaps` in bins of 0…`high`, longer ones in the last: x and y, (2 BINS + 2,)."""
    edges = np.linspace(0.0, high, BINS + 1)
    return np.repeat(edges, 2), np.concatenate(([0.0], np.repeat(shares(gaps, high), 2), [0.0]))


class LatencyOverlay(QWidget):
    """A title and a canvas with an outline for each side."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._names: tuple[str, ...] = ()
        self._gaps: list[list[float]] = []
        self.canvas: Canvas | None = None
        self.curves: list[Curve] = []
        self._title = FigureLabel(TITLE)
        self._title.setText(self.tr("Latency between chunks"))
        self._title.setToolTip(
            self.tr(
                "The share of the gaps between two emissions by their length. Drafting makes gaps longer and fills "
                "each with more tokens."
            )
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        self.setFixedHeight(HEIGHT + self._title.sizeHint().height())
        self._library = PlotLibrary(self)
        self._library.ready.connect(self._on_ready)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def show_gaps(self, names: Sequence[str], gaps: Sequence[Sequence[float]]) -> None:
        """The gaps of each side so far, ms."""
        self._names = tuple(names)
        self._gaps = [list(own) for own in gaps]
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._library.load)

    @Slot()
    def _on_ready(self) -> None:
        from slipstream.ui.dashboard.canvas import Canvas  # noqa: PLC0415  (imports pyqtgraph)
        from slipstream.ui.dashboard.marks import Curve  # noqa: PLC0415

        self.canvas = Canvas()
        self.canvas.setAccessibleName(self._title.text())
        self.curves = [Curve() for _ in SERIES]
        for curve in self.curves:
            self.canvas.add(curve)
        self._column.insertWidget(1, self.canvas, 1)
        self._on_theme(self._themes.theme)
        self._draw()

    def _draw(self) -> None:
        canvas = self.canvas
        if canvas is None:
            return
        shown = [sorted(own) if len(own) >= FEWEST else [] for own in self._gaps]
        end = axis_end(shown)
        outlines = [histogram(own, end) if own else None for own in shown]
        top = max((float(outline[1].max()) for outline in outlines if outline), default=0.0)
        share = round_up(top) if top else 1.0
        values = [value for value in ticks(0, end, 6) if value < 0.97 * end]  # the last word needs room
        x_ticks = [(value, figures.duration(value) if value else "0") for value in values]
        y_ticks = [(value, figures.percent(value)) for value in ticks(0, share, 3)]
        canvas.show_range(QRectF(0, 0, end, share), x_ticks, y_ticks)
        for place, curve in enumerate(self.curves):
            outline = outlines[place] if place < len(outlines) else None
            curve.setData(*(outline or ([], [])))
        known = any(shown)
        canvas.show_note("" if known else self.tr("shown once a segment of each side is written"))
        canvas.setAccessibleDescription(self._told(shown))

    def _told(self, shown: Sequence[Sequence[float]]) -> str:
        words = self.tr("{name}: p50 {p50}, p95 {p95}")
        return "; ".join(
            words.format(
                name=name,
                p50=figures.duration(percentile(own, 50)),
                p95=figures.duration(percentile(own, 95)),
            )
            for name, own in zip(self._names, shown, strict=True)
            if own
        )

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._title.set_theme(theme)
        if self.canvas is None:
            return
        self.canvas.set_theme(theme)
        self.canvas.setBackground(theme.window)
        for place, curve in enumerate(self.curves):
            curve.set_look(theme.plots[SERIES[place]], self.devicePixelRatioF(), PEN_STYLES[place])
