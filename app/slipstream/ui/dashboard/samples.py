"""What marks mean: a sample of each with its name, in lines that break where there is no room."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from slipstream.ui.dashboard.labels import CAPTION, set_type
from slipstream.ui.theme import Theme

SIDE = 7  # px
BEFORE_NAME = 4
BETWEEN = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """`series` indexes Theme.plots; `shape` is "filled", "hollow" or "crossed"; `template` keeps room for values."""

    name: str
    series: int
    shape: str
    value: str = ""
    template: str = ""

    @property
    def text(self) -> str:
        return f"{self.name} {self.value}".rstrip()


class SampleRow(QWidget):
    """Its accessible name reads all names."""

    def __init__(self) -> None:
        super().__init__()
        self._samples: tuple[Sample, ...] = ()
        self._theme: Theme | None = None
        self._font: QFont | None = None
        self._widths: dict[str, float] = {}  # of texts, px
        self._line = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        if samples == self._samples:
            return
        self._samples = samples
        self.setAccessibleName(", ".join(sample.text for sample in samples))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._font = None
        super().changeEvent(event)

    def _type(self) -> QFont:
        if self._font is None:
            self._font = set_type(self.font(), CAPTION)
            self._widths.clear()
            self._line = QFontMetricsF(self._font).lineSpacing()
        return self._font

    def _width(self, text: str) -> float:
        """Asked for at every tick, of the same few texts."""
        if text not in self._widths:
            self._widths[text] = QFontMetricsF(self._type()).horizontalAdvance(text)
        return self._widths[text]

    def _places(self, width: float) -> list[tuple[Sample, QRectF]]:
        """Where each sample and its name stand."""
        self._type()
        placed, x, y, line = list[tuple[Sample, QRectF]](), 0.0, 0.0, self._line
        for sample in self._samples:
            own = SIDE + BEFORE_NAME + self._width(_widest(sample)) + 1
            if x and x + own > width:
                x, y = 0.0, y + line
            placed.append((sample, QRectF(x, y, own, line)))
            x += own + BETWEEN
        return placed

    def heightForWidth(self, width: int) -> int:
        placed = self._places(width)
        return round(placed[-1][1].bottom()) if placed else 0

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else 280
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        self._type()
        return QSize(80, round(self._line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(self._type())
        align = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for sample, rect in self._places(self.width()):
            mark = QRectF(rect.left(), round(rect.center().y() - SIDE / 2), SIDE, SIDE)
            colour = self._theme.plots[sample.series]
            if sample.shape == "crossed":
                paint_crossed(painter, mark, self._theme.muted)
            elif sample.shape == "hollow":
                painter.setPen(QPen(QColor(colour), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(mark.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                painter.fillRect(mark, QColor(colour))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(rect.adjusted(SIDE + BEFORE_NAME, 0, 0, 0), align, sample.text)


def _widest(sample: Sample) -> str:
    return f"{sample.name} {sample.template}" if sample.template else sample.text


def paint_crossed(painter: QPainter, cell: QRectF, colour: str) -> None:
    """A token that was refused: crossed out, so that it is not told by colour alone."""
    painter.setPen(QPen(QColor(colour), 1))
    if cell.width() < 4:
        painter.drawLine(
            QPointF(cell.left() + 0.5, cell.center().y()), QPointF(cell.right(), cell.center().y())
        )
        return
    inner = cell.adjusted(1, 1, -1, -1)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())
