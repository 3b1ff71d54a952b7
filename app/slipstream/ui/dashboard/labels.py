"""Labels for figures: digits of equal width, a size that does not follow the text, so nothing jumps about.

A `FigureLabel` paints itself in a scale of the window's font and in a colour named by its field in `Theme`.
It stays a QLabel, so that a screen reader and a test read its text.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from slipstream.ui.theme import Theme

OVERHANG = 10  # px a plot keeps free at its right for half of the last tick's text; others end before it


@dataclass(frozen=True, slots=True)
class Type:
    """How a label is set."""

    scale: float = 1.0  # of the window's font
    weight: QFont.Weight = QFont.Weight.Normal
    colour: str = "text"  # a field of Theme


HERO = Type(2.7, QFont.Weight.DemiBold)
FIGURE = Type(1.35, QFont.Weight.DemiBold)
TITLE = Type(0.92, QFont.Weight.DemiBold)
BODY = Type(0.92)
CAPTION = Type(0.85, colour="muted")
VALUE = Type(0.85)


def set_type(base: QFont, kind: Type) -> QFont:
    """`base` in the size and weight of `kind`, with digits of equal width where the font has them."""
    font = QFont(base)
    if base.pixelSize() > 0:
        font.setPixelSize(max(1, round(base.pixelSize() * kind.scale)))
    else:
        font.setPointSizeF(base.pointSizeF() * kind.scale)
    font.setWeight(kind.weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class FigureLabel(QLabel):
    """One line of text, or `lines` wrapped ones: as wide as `template` where there is one, else as it is given."""

    def __init__(
        self,
        kind: Type,
        template: str = "",
        lines: int = 1,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._template = template
        self._lines = lines
        self._align = align
        self._colour = QColor()
        self._font: QFont | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if template else QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )

    @property
    def colour(self) -> str:
        """The field of Theme that colours the text."""
        return self._kind.colour

    def set_colour(self, field: str, theme: Theme) -> None:
        """Colour the text by another field of Theme."""
        self._kind = Type(self._kind.scale, self._kind.weight, field)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._colour = QColor(getattr(theme, self._kind.colour))
        self.update()

    def show_text(self, text: str) -> None:
        """Set the text where it differs: no repaint otherwise."""
        if text != self.text():
            self.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._font = None
        super().changeEvent(event)

    def type_font(self) -> QFont:
        """The font the text is painted in."""
        if self._font is None:
            self._font = set_type(self.font(), self._kind)
        return self._font

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.type_font())
        width = max(metrics.horizontalAdvance(text) for text in (self._template, self.text()))
        return QSize(round(width + 1), round(metrics.lineSpacing() * self._lines))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint if self._template else QSize(0, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.type_font()
        painter.setFont(font)
        painter.setPen(self._colour)
        rect = QRectF(self.rect())
        if self._lines > 1:
            flags = int(self._align | Qt.TextFlag.TextWordWrap)
            painter.drawText(rect, flags, self.text())
        else:
            text = QFontMetricsF(font).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, rect.width() + 0.5
            )
            painter.drawText(rect, int(self._align | Qt.AlignmentFlag.AlignVCenter), text)


class LegendItem(FigureLabel):
    """A sample of a curve, what it is, and its value now (or under the pointer)."""

    SAMPLE_WIDTH = 14
    SAMPLE_GAP = 5

    def __init__(self, name: str, template: str, sample: Qt.PenStyle | None, tooltip: str) -> None:
        """`sample`: the curve's pen style; None for the triangle that marks a stall."""
        super().__init__(VALUE, f"{name} {template}")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the plot runs, in every language
        self._name = name
        self._value = ""
        self._sample = sample
        self._sample_colour = QColor()
        self._name_colour = QColor()
        self.setToolTip(tooltip)
        self.setText(name)

    def set_value(self, value: str) -> None:
        """Show a value; the label's text, and so its accessible text, is name and value."""
        if value != self._value:
            self._value = value
            self.setText(f"{self._name} {value}")

    def set_sample(self, theme: Theme, colour: str) -> None:
        """Follow the theme, with the curve's own colour."""
        self._sample_colour = QColor(colour)
        self._name_colour = QColor(theme.muted)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self.SAMPLE_WIDTH + self.SAMPLE_GAP, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        middle = self.height() / 2
        if self._sample is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._sample_colour)
            left = self.SAMPLE_WIDTH - 9.0
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, middle + 4),
                        QPointF(left + 4.5, middle - 4),
                        QPointF(left + 9, middle + 4),
                    ]
                )
            )
        else:
            painter.setPen(QPen(self._sample_colour, 2, self._sample, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(0, middle), QPointF(self.SAMPLE_WIDTH, middle))
        font = self.type_font()
        painter.setFont(font)
        painter.setPen(self._name_colour)
        left = float(self.SAMPLE_WIDTH + self.SAMPLE_GAP)
        whole = QRectF(left, 0, self.width() - left, self.height())
        align = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(whole, align, self._name)
        painter.setPen(self._colour)
        whole.setLeft(left + QFontMetricsF(font).horizontalAdvance(self._name + " "))
        painter.drawText(whole, align, self._value)
