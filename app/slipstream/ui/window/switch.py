"""A switch: a check box that looks like what it does. State shows by position and a mark, not by colour only."""

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from slipstream.ui.theme import Theme, ThemeManager

TRACK = QSize(36, 20)


class Switch(QAbstractButton):
    """Checkable; `toggled(bool)` as every button. Label beside the track; Space toggles."""

    def __init__(self, themes: ThemeManager, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._theme: Theme = themes.theme
        self._knob = 0.0  # 0 off … 1 on
        self.setText(label)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._slide = QPropertyAnimation(self, b"knob", self)
        self._slide.setDuration(120)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.toggled.connect(self._on_toggled)
        themes.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        px = self._themes.px
        text = self.fontMetrics().horizontalAdvance(self.text()) + 10 if self.text() else 0
        high = max(px(TRACK.height()), self.fontMetrics().height())
        return QSize(px(TRACK.width()) + text + 4, high + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scale, rtl = self._theme, self._themes.text_scale, self.isRightToLeft()
        if not self.isEnabled():
            painter.setOpacity(0.45)
        wide = TRACK.width() * scale
        painter.save()
        painter.translate(self.width() - 2 - wide if rtl else 2, (self.height() - TRACK.height() * scale) / 2)
        painter.scale(scale, scale)
        self._paint_track(painter, theme, rtl)
        painter.restore()
        if self.text():
            painter.setPen(QColor(theme.text))
            beside = round(wide) + 10
            area = self.rect().adjusted(0 if rtl else beside, 0, -beside if rtl else 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_track(self, painter: QPainter, theme: Theme, rtl: bool) -> None:
        """Track, knob and mark, at the usual size, from 0, 0 on."""
        track = QRectF(0, 0, TRACK.width(), TRACK.height())
        radius = track.height() / 2
        painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.muted), 1.2))
        painter.setBrush(QColor(theme.accent if self.isChecked() else theme.raised))
        painter.drawRoundedRect(track, radius, radius)
        way = 1 - self._knob if rtl else self._knob
        knob = QRectF(3 + way * (track.width() - track.height()), 3, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if self.isChecked() else theme.muted))
        painter.drawEllipse(knob)
        if self.isChecked():
            mark = QPen(QColor(theme.on_accent), 1.6)
            mark.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(mark)
            x = int(track.right()) - 9 if rtl else 9
            painter.drawLine(x, int(track.center().y()) - 3, x, int(track.center().y()) + 3)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), radius + 2, radius + 2)

    def _get_knob(self) -> float:
        return self._knob

    def _set_knob(self, value: float) -> None:
        self._knob = value
        self.update()

    knob = Property(float, _get_knob, _set_knob)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._slide.stop()
        if not self.isVisible():
            self._set_knob(float(on))
            return
        self._slide.setStartValue(self._knob)
        self._slide.setEndValue(float(on))
        self._slide.start()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
