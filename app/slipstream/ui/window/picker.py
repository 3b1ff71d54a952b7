"""A button that names a choice and opens its menu: a small caption, the value below it, an arrow beside."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from slipstream.ui.icons import pixmap
from slipstream.ui.theme import RADIUS, Theme, ThemeManager

HEIGHT = 40
CAPTION_PIXELS = 11
PAD = 10


class Picker(QToolButton):
    """`menu()` is filled by its owner on `aboutToShow`; `set_value` says what is chosen."""

    def __init__(
        self, themes: ThemeManager, caption: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme: Theme = themes.theme
        self._caption = caption
        self._value = ""
        self._icon = icon
        self._preferred = 150
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._on_theme)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str, tooltip: str = "") -> None:
        self._value = value
        self.setAccessibleName(f"{self._caption}: {value}")
        self.setToolTip(tooltip or value)
        self.updateGeometry()
        self.update()

    def set_preferred_width(self, width: int) -> None:
        """Wider than this only where the value needs it and the bar has room."""
        self._preferred = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        text = max(
            self.fontMetrics().horizontalAdvance(self._value),
            QFontMetrics(self._caption_font()).horizontalAdvance(self._caption),
        )
        wanted = text + 2 * PAD + 18 + self._text_left() - PAD
        return QSize(max(90, min(wanted + 8, self._preferred)), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(96, self.sizeHint().width()), HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.border), 1))
        painter.setBrush(QColor(theme.hover if hot or self.isDown() else theme.raised))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 1, RADIUS - 1)
        if not self.isEnabled():
            painter.setOpacity(0.55)
        ratio = self.devicePixelRatioF()
        left = self._text_left()
        if self._icon:
            painter.drawPixmap(PAD, (HEIGHT - 18) // 2, pixmap(self._icon, theme.muted, 18, ratio))
        right = self.width() - PAD - 16
        painter.drawPixmap(right + 2, (HEIGHT - 16) // 2, pixmap("down", theme.muted, 16, ratio))
        painter.setFont(self._caption_font())
        painter.setPen(QColor(theme.muted))
        room = right - left - 2
        painter.drawText(QRect(left, 5, room, 14), Qt.AlignmentFlag.AlignVCenter, self._caption)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        value = self.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRect(left, 18, room, 18), Qt.AlignmentFlag.AlignVCenter, value)

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(CAPTION_PIXELS)
        return font

    def _text_left(self) -> int:
        return PAD + (26 if self._icon else 0)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
