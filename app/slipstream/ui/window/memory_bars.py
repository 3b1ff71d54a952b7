"""How full the memory of the computer and of each device is, as small bars: the model's, the draft's, others', free.

Model and draft have a colour each; weights, cache and buffers are shades of it. What a colour cannot say is in words
in the tooltip, which also comes by key or click.
"""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from slipstream.bridge.memory_state import MemoryBar, Owner, Purpose, bar_name, told
from slipstream.ui.theme import SPACE, Theme, ThemeManager

TRACK = QSize(72, 8)
NARROW = 44  # px, of a track where there are more than two
NAME_PIXELS = 11
GAP = 6  # px between a name and its bar
MOST = 4  # bars; what is on further devices is told in words only
SHADES = {Purpose.WEIGHTS: 1.0, Purpose.CACHE: 0.62, Purpose.COMPUTE: 0.36, Purpose.OTHER: 0.45}
LEAST = 1.5  # px of a part, however small it is: that it is there matters
SHOWN_MS = 20_000  # of the words, after a click


class MemoryBars(QAbstractButton):
    """Hidden where there is nothing to show. Signal `about_to_tell()`, before words are shown: time to ask anew."""

    about_to_tell = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = themes.theme
        self._bars: tuple[MemoryBar, ...] = ()
        self.setObjectName("memoryBars")
        self.setAccessibleName(self.tr("Memory"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.hide()
        themes.changed.connect(self._on_theme)

    @property
    def words(self) -> str:
        """All figures, as the tooltip shows them."""
        return told(self._bars)

    @Slot(object)
    def set_bars(self, bars: tuple[MemoryBar, ...]) -> None:
        self._bars = bars
        self.setVisible(bool(bars))
        self.setAccessibleDescription(self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        shown = self._bars[:MOST]
        metrics = QFontMetrics(self._font())
        width = sum(metrics.horizontalAdvance(bar_name(bar)) + GAP + self._width() for bar in shown)
        return QSize(width + (len(shown) - 1) * SPACE * 2 + 2 * GAP if shown else 0, metrics.height() + 8)

    def track(self, index: int) -> QRectF:
        """Where a bar is painted, in a window that is not mirrored."""
        metrics = QFontMetrics(self._font())
        x = float(GAP)
        for bar in self._bars[:index]:
            x += metrics.horizontalAdvance(bar_name(bar)) + GAP + self._width() + SPACE * 2
        x += metrics.horizontalAdvance(bar_name(self._bars[index])) + GAP
        return QRectF(x, (self.height() - TRACK.height()) / 2, self._width(), TRACK.height())

    def _width(self) -> int:
        return TRACK.width() if len(self._bars) <= 2 else NARROW

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._tell(event.globalPos())
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        metrics = painter.fontMetrics()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        for i, bar in enumerate(self._bars[:MOST]):
            track = self.track(i)
            width = metrics.horizontalAdvance(bar_name(bar))
            self._paint_name(
                painter, QRectF(track.left() - GAP - width, 0, width, self.height()), bar_name(bar)
            )
            self._paint_bar(painter, track, bar)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _paint_name(self, painter: QPainter, area: QRectF, name: str) -> None:
        painter.setPen(QColor(self._theme.muted))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.save()
            painter.translate(area.center())
            painter.scale(-1, 1)
            painter.translate(-area.center())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
            painter.restore()
        else:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_bar(self, painter: QPainter, track: QRectF, bar: MemoryBar) -> None:
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(track, TRACK.height() / 2, TRACK.height() / 2)
        painter.setClipPath(rounded)
        painter.fillRect(track, QColor(self._theme.border))
        x = track.left()
        owner = None
        for part in bar.segments:
            if owner is not None and part.owner is not owner:
                x += 1  # a line of the track between two owners
            owner = part.owner
            width = max(LEAST, track.width() * part.size / bar.total)
            painter.fillRect(
                QRectF(x, track.top(), width, track.height()), self._colour(part.owner, part.purpose)
            )
            x += width
        painter.restore()

    def _colour(self, owner: Owner, purpose: Purpose) -> QColor:
        theme = self._theme
        base = {Owner.TARGET: theme.plots[0], Owner.DRAFT: theme.plots[1], Owner.OTHERS: theme.muted}[owner]
        colour = QColor(base)
        colour.setAlphaF(SHADES[purpose])
        return colour

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(NAME_PIXELS)
        return font

    def _tell(self, place: QPoint) -> None:
        self.about_to_tell.emit()
        QToolTip.showText(place, self.words, self, self.rect(), SHOWN_MS)

    @Slot()
    def _on_clicked(self) -> None:
        self._tell(self.mapToGlobal(QPoint(0, 0)))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
