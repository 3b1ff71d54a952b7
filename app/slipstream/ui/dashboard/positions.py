"""How far drafts hold: conditional acceptance at each draft position, as small bars."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from slipstream.core.metrics import PositionCount
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, TITLE, FigureLabel, set_type
from slipstream.ui.theme import Theme

BAR_HEIGHT = 36  # px, of a bar that is full
WIDEST = 24


class PositionBars(QWidget):
    """Title and bars; the title reads out the position under the pointer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = self.tr("Acceptance by position, %")
        self._counts: tuple[PositionCount, ...] = ()
        self.title = FigureLabel(TITLE)
        self.title.show_text(self._name)
        tip = self.tr(
            "Conditional acceptance: of the steps in which all draft tokens before this one were kept, "
            "the share in which this one was kept too."
        )
        self.title.setToolTip(tip)
        self.bars = _Bars(self)
        self.bars.setAccessibleName(self._name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, OVERHANG, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.bars)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.title.set_theme(theme)
        self.bars.set_theme(theme)

    def show_counts(self, counts: tuple[PositionCount, ...]) -> None:
        """Counts by draft position, the first first. Cheap where nothing changed."""
        if counts == self._counts:
            return
        self._counts = counts
        self.bars.show_counts(counts)
        self.bars.setAccessibleDescription(
            "; ".join(self.describe(i) for i in range(len(counts))) or self.tr("nothing drafted")
        )

    def describe(self, index: int) -> str:
        """One position in words."""
        count = self._counts[index]
        return self.tr("position {n}: {share}, {accepted} of {reached} that got here").format(
            n=index + 1,
            share=figures.percent(count.conditional),
            accepted=count.accepted,
            reached=count.reached,
        )

    def read_out(self, index: int | None) -> None:
        text = self._name if index is None else self.describe(index)
        self.title.show_text(text[:1].upper() + text[1:])


class _Bars(QWidget):
    def __init__(self, owner: PositionBars) -> None:
        super().__init__(owner)
        self._owner = owner
        self._counts: tuple[PositionCount, ...] = ()
        self._theme: Theme | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # positions count so in every language
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_counts(self, counts: tuple[PositionCount, ...]) -> None:
        self._counts = counts
        self.update()

    def _line(self) -> float:
        return QFontMetricsF(set_type(self.font(), CAPTION)).lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(200, round(BAR_HEIGHT + 2 * self._line() + 4))

    def _pitch(self) -> float:
        """Pixels from one bar to the next."""
        return min(float(WIDEST + 6), self.width() / max(1, len(self._counts)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().x() / self._pitch())
        self._owner.read_out(index if 0 <= index < len(self._counts) else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._owner.read_out(None)
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(set_type(self.font(), CAPTION))
        muted, text = QColor(self._theme.muted), QColor(self._theme.text)
        line = self._line()
        centred = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        if not self._counts:
            painter.setPen(muted)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, 0, self.width(), line), left, self.tr("Nothing drafted"))
            return
        pitch = self._pitch()
        width = max(3.0, pitch - 6)
        with_values = width >= 20
        for index, count in enumerate(self._counts):
            left, bottom = index * pitch, line + BAR_HEIGHT
            whole = QRectF(left, line + 2, width, BAR_HEIGHT)
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
            share = count.conditional
            if share is not None:
                filled = QRectF(whole)
                filled.setTop(whole.bottom() - share * BAR_HEIGHT)
                painter.fillRect(filled, QColor(self._theme.plots[0]))
            if with_values:
                painter.setPen(text)
                value = figures.NA if share is None else f"{share * 100:.0f}"
                painter.drawText(QRectF(left, 0, width, line), centred, value)
            if with_values or index % 4 == 0 or index == len(self._counts) - 1:
                painter.setPen(muted)
                under = QRectF(left - 6, bottom + 4, width + 12, line)
                painter.drawText(under, centred, str(index + 1))
