"""Every answer as a point: when it was written, how fast, and whether it was drafted.

Read by pointer and by arrow keys.
"""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from slipstream.core.axes import round_up
from slipstream.store.run_history import RunLine
from slipstream.ui.bench.words import when
from slipstream.ui.dashboard import figures as written
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme, ThemeManager

HEIGHT = 200  # px
LEFT, TOP, BOTTOM = 44, 26, 24  # px around the points
DOT = 3.0  # px, radius
NEAR = 16  # px


class RunPlot(QWidget):
    """Points stand in the order they were written, evenly spaced: days without an answer take no room."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = themes.theme
        self._runs: list[RunLine] = []
        self._top = 1.0
        self.current: int | None = None  # the point that is read out
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Tokens/s of every answer over time"))
        themes.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT)

    def set_runs(self, runs: Sequence[RunLine]) -> None:
        """Show those that have a speed, the oldest first."""
        self._runs = [run for run in runs if run.tokens_per_second is not None]
        self._top = round_up(max((run.tokens_per_second or 0.0 for run in self._runs), default=1.0))
        self._read(None)
        self.setVisible(bool(self._runs))
        self.update()

    @property
    def told(self) -> str:
        """What is read out of the current point; "" without one."""
        if self.current is None:
            return ""
        run = self._runs[self.current]
        parts = [self.tr("{0} tokens/s").format(written.rate(run.tokens_per_second)), when(run.created)]
        if run.drafted:
            kept = self.tr("drafted, {0} kept").format(written.percent(run.acceptance_rate))
            parts.append(kept)
        else:
            parts.append(self.tr("not drafted"))
        return " · ".join([*parts, run.target])

    def point(self, number: int) -> QPointF:
        """Where the n-th point is."""
        area = self._area()
        share = (number + 0.5) / len(self._runs)
        height = (self._runs[number].tokens_per_second or 0.0) / self._top
        return QPointF(area.left() + share * area.width(), area.bottom() - height * area.height())

    def _area(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - SPACE, self.height() - TOP - BOTTOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(max(9, round(0.85 * font.pixelSize())))
        painter.setFont(font)
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.muted))
            label = grouped(share * self._top, 0 if self._top >= 4 else 1)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, LEFT - SPACE, 16), side, label)
        if not self._runs:
            return
        self._paint_dates(painter, area)
        for number, run in enumerate(self._runs):
            self._paint_dot(painter, self.point(number), drafted=bool(run.drafted))
        self._paint_head(painter)
        if self.current is not None:
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.point(self.current), DOT + 3, DOT + 3)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_dot(self, painter: QPainter, place: QPointF, *, drafted: bool) -> None:
        """Filled where it was drafted, open where it was not: colour alone would not tell all."""
        colour = QColor(self._theme.plots[0] if drafted else self._theme.muted)
        painter.setPen(QPen(colour, 1.25))
        painter.setBrush(colour if drafted else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, DOT, DOT)

    def _paint_dates(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QColor(self._theme.muted))
        rect = QRectF(area.left(), area.bottom() + 4, area.width(), BOTTOM - 4)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, when(self._runs[0].created))
        if len(self._runs) > 1:
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight, when(self._runs[-1].created))

    def _paint_head(self, painter: QPainter) -> None:
        """What is read out; else what the dots mean."""
        middle, x = 11.0, float(LEFT)
        rect = QRectF(LEFT, 0, self.width() - LEFT - SPACE, 22)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self.told:
            painter.setPen(QColor(self._theme.text))
            painter.drawText(
                rect,
                side,
                painter.fontMetrics().elidedText(self.told, Qt.TextElideMode.ElideRight, int(rect.width())),
            )
            return
        for text, drafted in ((self.tr("tokens/s, drafted"), True), (self.tr("not drafted"), False)):
            self._paint_dot(painter, QPointF(x + DOT, middle), drafted=drafted)
            x += 4 * DOT
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRectF(x, 0, rect.right() - x, 22), side, text)
            x += painter.fontMetrics().horizontalAdvance(text) + SPACE * 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the nearest point."""
        if not self._runs:
            return
        area = self._area()
        share = (event.position().x() - area.left()) / max(area.width(), 1)
        middle = bisect_left(range(len(self._runs)), share * len(self._runs))
        around = range(max(0, middle - 20), min(len(self._runs), middle + 20))

        def distance(number: int) -> float:
            offset = self.point(number) - event.position()
            return abs(offset.x()) + abs(offset.y())

        nearest = min(around, key=distance, default=None)
        self._read(nearest if nearest is not None and distance(nearest) <= NEAR else None)

    def leaveEvent(self, event: object) -> None:
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from answer to answer, Home and End to the ends."""
        last = len(self._runs) - 1
        now = self.current
        places = {
            Qt.Key.Key_Left: last if now is None else max(0, now - 1),
            Qt.Key.Key_Right: 0 if now is None else min(last, now + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if last < 0 or event.key() not in places:
            super().keyPressEvent(event)
            return
        self._read(places[Qt.Key(event.key())])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _read(self, number: int | None) -> None:
        if number != self.current:
            self.current = number
            self.setAccessibleDescription(self.told)
            self.update()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
