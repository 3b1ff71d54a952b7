"""The figures under an answer: small, in figures of one width, each with its tooltip. Wraps when narrow.

A click on them asks for all there is to know of the run.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from slipstream.ui.chat.look import Look
from slipstream.ui.chat.messages import StripText

GAP = 18  # px between two figures
INNER = 5  # px between a value and its label


@dataclass(frozen=True)
class PlacedFigure:
    rect: QRectF
    label: str
    value: str
    tip: str
    label_x: float  # in `rect`


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def place_figures(strip: StripText, font: QFont, width: float, line: float) -> list[PlacedFigure]:
    """Where each figure stands in a strip of this width; lines are `line` px high."""
    metrics, bold = QFontMetricsF(font), QFontMetricsF(_bold(font))
    placed = []
    x = y = 0.0
    for label, value, tip in strip.items:
        label_x = bold.horizontalAdvance(value) + INNER if value else 0.0
        own = label_x + metrics.horizontalAdvance(label) if label else bold.horizontalAdvance(value)
        if x and x + own > width:
            x, y = 0.0, y + line
        placed.append(PlacedFigure(QRectF(x, y, own, line), label, value, tip, label_x))
        x += own + GAP
    return placed


def figures_height(strip: StripText, font: QFont, width: float, line: float) -> int:
    placed = place_figures(strip, font, width, line)
    return round(placed[-1].rect.bottom()) if placed else 0


def _mirrored(figure: PlacedFigure, width: float) -> PlacedFigure:
    rect = figure.rect
    return replace(figure, rect=QRectF(width - rect.right(), rect.top(), rect.width(), rect.height()))


class FigureStrip(QAbstractButton):
    """Draws a `StripText`; its accessible name reads all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(self.tr("Show this run in the live figures"))
        self._look: Look | None = None
        self._strip: StripText | None = None
        self._line = 0.0

    def show_figures(self, strip: StripText | None, look: Look, line: float) -> None:
        self._strip, self._look, self._line = strip, look, line
        self.setEnabled(strip is not None)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if strip else Qt.FocusPolicy.NoFocus)
        items = strip.items if strip else ()
        words = ", ".join(f"{value} {label}".strip() for label, value, _ in items)
        self.setAccessibleName(words.replace(":, ", ": "))
        self.update()

    def _placed(self) -> list[PlacedFigure]:
        if self._strip is None or self._look is None:
            return []
        placed = place_figures(self._strip, self._look.small, self.width(), self._line)
        return [_mirrored(figure, self.width()) for figure in placed] if self.isRightToLeft() else placed

    def hitButton(self, point: QPoint) -> bool:
        """Not beside the figures."""
        return any(figure.rect.contains(point.toPointF()) for figure in self._placed())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        small = self._look.small
        theme = self._look.theme
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        value_colour = QColor(theme.accent if self.underMouse() else theme.text)
        metrics = QFontMetricsF(small)
        for figure in self._placed():
            baseline = figure.rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
            painter.setFont(_bold(small))
            painter.setPen(value_colour)
            painter.drawText(QPointF(figure.rect.left(), baseline), figure.value)
            painter.setFont(small)
            painter.setPen(QColor(theme.muted))
            left = figure.rect.left() + figure.label_x
            painter.drawText(QPointF(left, baseline), figure.label)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for figure in self._placed():
                if figure.tip and figure.rect.contains(event.pos().toPointF()):
                    more = self.tr("Click to see the whole run.")
                    rect = figure.rect.toRect()
                    QToolTip.showText(event.globalPos(), f"{figure.tip}\n{more}", self, rect)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)
