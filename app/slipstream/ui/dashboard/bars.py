"""Small bars under a title that reads out the one under the pointer: what is counted by place or by size.

Knows no definitions: whoever has them says what each bar is.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, TITLE, FigureLabel, set_type
from slipstream.ui.theme import Theme

BAR_HEIGHT = 36  # px, of a bar that is full
WIDEST = 24
FOCUS = 1  # px, the frame of what has the keyboard


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` of 1, None where it is not known; `value` stands over it, `words` say all of it."""

    share: float | None
    value: str
    name: str
    words: str


class BarRow(QWidget):
    """Title and bars. Left and Right go from bar to bar where the keyboard is here."""

    def __init__(self, theme: Theme, series: int, *, framed: bool) -> None:
        """`series` indexes Theme.plots; `framed` shows how high a share of 1 is."""
        super().__init__()
        self._name = ""
        self._nothing = ""
        self.title = FigureLabel(TITLE)
        self.bars = Bars(self, series, framed=framed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, OVERHANG, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.bars)
        self.set_theme(theme)

    def call(self, name: str, tooltip: str, nothing: str) -> None:
        """The title, what it means, and what stands where there is no bar."""
        self._name, self._nothing = name, nothing
        self.title.show_text(name)
        self.title.setToolTip(tooltip)
        self.bars.nothing = nothing
        self.bars.setAccessibleName(name)
        self.bars.setAccessibleDescription(nothing)

    def set_theme(self, theme: Theme) -> None:
        self.title.set_theme(theme)
        self.bars.set_theme(theme)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """The first bar first. Cheap where nothing changed."""
        if bars == self.bars.bars:
            return
        self.bars.show_bars(bars)
        self.bars.setAccessibleDescription("; ".join(bar.words for bar in bars) or self._nothing)

    def describe(self, index: int) -> str:
        """One bar in words."""
        return self.bars.bars[index].words

    def read_out(self, index: int | None) -> None:
        text = self._name if index is None else self.describe(index)
        self.title.show_text(text[:1].upper() + text[1:])


class Bars(QWidget):
    """The bars themselves."""

    def __init__(self, owner: BarRow, series: int, *, framed: bool) -> None:
        super().__init__(owner)
        self.bars: tuple[Bar, ...] = ()
        self._owner = owner
        self._series = series
        self.nothing = ""
        self._framed = framed
        self._current: int | None = None  # by key
        self._theme: Theme | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # they count so in every language
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self.bars = bars
        if self._current is not None:
            self._go(min(self._current, len(bars) - 1) if bars else None)
        self.update()

    def _line(self) -> float:
        return QFontMetricsF(set_type(self.font(), CAPTION)).lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(200, round(BAR_HEIGHT + 2 * self._line() + 4))

    def _pitch(self) -> float:
        """Pixels from one bar to the next."""
        return min(float(WIDEST + 6), self.width() / max(1, len(self.bars)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().x() / self._pitch())
        self._owner.read_out(index if 0 <= index < len(self.bars) else self._current)

    def leaveEvent(self, event: QEvent) -> None:
        self._owner.read_out(self._current)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(event.key())
        if step is None or not self.bars:
            super().keyPressEvent(event)
            return
        current = -1 if self._current is None else self._current
        self._go(min(max(current + step, 0), len(self.bars) - 1))

    def focusOutEvent(self, event: QEvent) -> None:
        self._go(None)
        super().focusOutEvent(event)

    def _go(self, index: int | None) -> None:
        self._current = index
        self._owner.read_out(index)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(set_type(self.font(), CAPTION))
        muted, text = QColor(self._theme.muted), QColor(self._theme.text)
        line = self._line()
        centred = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), FOCUS))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if not self.bars:
            painter.setPen(muted)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, 0, self.width(), line), left, self.nothing)
            return
        pitch = self._pitch()
        width = max(3.0, pitch - 6)
        with_values = width >= 20
        for index, bar in enumerate(self.bars):
            left, bottom = index * pitch, line + BAR_HEIGHT
            whole = QRectF(left, line + 2, width, BAR_HEIGHT)
            if self._framed or index == self._current:
                edge = self._theme.text if index == self._current else self._theme.border
                painter.setPen(QPen(QColor(edge), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
            if bar.share is not None:
                filled = QRectF(whole)
                filled.setTop(whole.bottom() - max(bar.share * BAR_HEIGHT, 1.0 if bar.share else 0.0))
                painter.fillRect(filled, QColor(self._theme.plots[self._series]))
            if with_values:
                painter.setPen(text)
                painter.drawText(QRectF(left, 0, width, line), centred, bar.value)
            if with_values or index % 4 == 0 or index == len(self.bars) - 1:
                painter.setPen(muted)
                under = QRectF(left - 6, bottom + 4, width + 12, line)
                painter.drawText(under, centred, bar.name)
