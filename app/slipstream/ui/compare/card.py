"""One side of a comparison: its name in the plot's colour, its figures, its text."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from slipstream.bridge.side import Side
from slipstream.bridge.side_words import figures as ratio_figures
from slipstream.bridge.side_words import side_name
from slipstream.core.comparing import Comparison, Verdict
from slipstream.core.metrics import percentile
from slipstream.core.side_by_side import Speedups
from slipstream.ui.compare.latency import PEN_STYLES, SERIES
from slipstream.ui.compare.text import SideText
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import BODY, CAPTION, FIGURE, TITLE, FigureLabel, Type
from slipstream.ui.theme import SPACE, Theme

RATE = Type(1.9, FIGURE.weight)
COLOURS = {Verdict.FASTER: "good", Verdict.SLOWER: "bad", Verdict.NO_DIFFERENCE: "text"}


class Sample(QWidget):
    """A piece of the side's line in the plot."""

    def __init__(self, place: int, theme: Theme) -> None:
        super().__init__()
        self._place = place
        self._theme = theme
        self.setFixedSize(QSize(18, 16))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(self._theme.plots[SERIES[self._place]])
        painter.setPen(QPen(colour, 2, PEN_STYLES[self._place], Qt.PenCapStyle.FlatCap))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class SideCard(QFrame):
    """Shows a `Side`; `place` is its place among the sides, 0 that which the others are compared with.

    `lines`: of its name.
    """

    def __init__(self, side: Side, place: int, theme: Theme, lines: int = 1) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "card")
        self.setMinimumWidth(190)
        self.side = side
        self.name = side_name(side.spec)
        self.setAccessibleName(self.name)
        self._sample = Sample(place, theme)
        title = FigureLabel(TITLE, lines=lines)
        title.setText(self.name)
        title.setToolTip(side.spec.draft)
        self.rate = FigureLabel(RATE, "0.0")
        unit = FigureLabel(Type(1.0, colour="muted"))
        unit.setText(self.tr("tokens/s"))
        self.decode = FigureLabel(BODY)
        self.total = FigureLabel(BODY)
        self.cells = {
            "latency": self._cell(self.tr("Total latency")),
            "kept": self._cell(self.tr("Acceptance · τ")),
            "gaps": self._cell(self.tr("Gaps p50 · p95")),
        }
        self.text = SideText(theme)
        self.text.setAccessibleName(self.tr("Text: {0}").format(self.name))
        self._explain()
        self._lay_out(title, unit)
        self.set_theme(theme)
        self.show_side(side, None)

    def _cell(self, caption: str) -> tuple[FigureLabel, FigureLabel]:
        label, value = FigureLabel(CAPTION), FigureLabel(CAPTION, align=Qt.AlignmentFlag.AlignRight)
        label.setText(caption)
        value.set_colour("text", self._theme)
        value.setAccessibleDescription(caption)
        return label, value

    def _explain(self) -> None:
        tips = {
            self.rate: self.tr(
                "Decode tokens/s, from the first to the last emission of each segment; what it takes to turn from "
                "one side to another is left out."
            ),
            self.decode: self.tr(
                "How many times as fast as without drafting: the geometric mean over pairs of segments, and its "
                "95 % interval, which holds however often one looks."
            ),
            self.total: self.tr(
                "The same for the whole time from the request to the last token, the reading of the prompt included."
            ),
        }
        for label, tip in tips.items():
            label.setToolTip(tip)
        self.decode.setAccessibleDescription(self.tr("Speed-up in decoding"))
        self.total.setAccessibleDescription(self.tr("Speed-up in total latency"))
        cells = {
            "latency": self.tr(
                "From the request to the last token of the last pass, by this side's own clock."
            ),
            "kept": self.tr(
                "Acceptance rate: accepted / drafted tokens. τ: 1 + accepted / steps, the mean tokens a verify pass "
                "yields."
            ),
            "gaps": self.tr(
                "Inter-chunk latency: half, and 95 %, of the gaps between two emissions are shorter."
            ),
        }
        for name, tip in cells.items():
            for label in self.cells[name]:
                label.setToolTip(tip)

    def _lay_out(self, title: FigureLabel, unit: FigureLabel) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        rate = QHBoxLayout()
        rate.setSpacing(SPACE // 2 + 2)
        rate.addWidget(self.rate)
        unit_box = QVBoxLayout()
        unit_box.setContentsMargins(0, 0, 0, 3)  # onto the large figure's baseline
        unit_box.addStretch()
        unit_box.addWidget(unit)
        rate.addLayout(unit_box, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(3)
        for row, (label, value) in enumerate(self.cells.values()):
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3 // 2, SPACE + 2, SPACE * 3 // 2, SPACE // 2)
        column.setSpacing(3)
        column.addLayout(head)
        column.addLayout(rate)
        column.addWidget(self.decode)
        column.addWidget(self.total)
        column.addSpacing(SPACE // 2)
        column.addLayout(grid)
        column.addSpacing(SPACE // 2)
        column.addWidget(line)
        column.addWidget(self.text, 1)

    def show_side(self, side: Side, speedups: Speedups | None) -> None:
        """The figures as they are now; no `speedups` for the first side."""
        metrics, gaps = side.meter.metrics(), sorted(side.gaps)
        self.rate.show_text(figures.rate(side.tokens_per_second))
        if speedups is None:
            self.decode.show_text(self.tr("the level to compare with"))
            self.decode.set_colour("muted", self._theme)
            self.total.show_text("")
        else:
            self._show_speedup(self.decode, speedups.decode, self.tr("{0} in decoding"))
            self._show_speedup(self.total, speedups.total, self.tr("{0} in total"))
        self.cells["latency"][1].show_text(figures.duration(side.total_ms))
        kept = f"{figures.percent(metrics.acceptance_rate)} · {figures.length(metrics.acceptance_length)}"
        self.cells["kept"][1].show_text(kept)
        shown = [figures.duration(percentile(gaps, q)) if gaps else figures.NA for q in (50, 95)]
        self.cells["gaps"][1].show_text(" · ".join(shown))

    def _show_speedup(self, label: FigureLabel, comparison: Comparison, words: str) -> None:
        label.set_colour(COLOURS.get(comparison.verdict, "muted"), self._theme)
        label.show_text(words.format(ratio_figures(comparison)))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for label in self.findChildren(FigureLabel):
            label.set_theme(theme)
        self._sample.set_theme(theme)
        self.text.set_theme(theme)
