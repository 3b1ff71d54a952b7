"""A button that names a choice and opens its menu: a small caption, the value below it, an arrow beside."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QToolButton, QWidget

from slipstream.bridge.tips import plain_tip
from slipstream.ui.icons import pixmap
from slipstream.ui.theme import RADIUS, Theme, ThemeManager

HEIGHT, LEAST = 40, 96  # px
CAPTION_PIXELS = 11
PAD = 10


class Picker(QToolButton):
    """`menu()` is filled by its owner on `aboutToShow`; `set_value` says what is chosen."""

    def __init__(
        self, themes: ThemeManager, caption: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._theme: Theme = themes.theme
        self._caption = caption
        self._value = ""
        self._icon = icon
        self._preferred = themes.px(150)
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
        self.setToolTip(plain_tip(tooltip or value))
        self.updateGeometry()
        self.update()

    def set_preferred_width(self, width: int) -> None:
        """Wider than this only where the value needs it and the bar has room."""
        self._preferred = self._themes.px(width)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        text = max(
            self.fontMetrics().horizontalAdvance(self._value),
            QFontMetrics(self._caption_font()).horizontalAdvance(self._caption),
        )
        wanted = text + PAD + self._themes.px(18) + self._text_left()
        wide = max(self._themes.px(90), min(wanted + 8, self._preferred))
        return QSize(wide, self._themes.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(self._themes.px(LEAST), hint.width()), hint.height())

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
        ratio, px, high = self.devicePixelRatioF(), self._themes.px, self.height()
        left = self._text_left()
        right = self.width() - PAD - px(16)
        if self._icon:
            place = QRect(PAD, (high - px(18)) // 2, px(18), px(18))
            self._draw(painter, place, pixmap(self._icon, theme.muted, px(18), ratio))
        place = QRect(right + 2, (high - px(16)) // 2, px(16), px(16))
        self._draw(painter, place, pixmap("down", theme.muted, px(16), ratio))
        painter.setFont(self._caption_font())
        painter.setPen(QColor(theme.muted))
        room = right - left - 2
        self._write(painter, QRect(left, px(5), room, px(14)), self._caption)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        value = self.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideMiddle, room)
        self._write(painter, QRect(left, px(18), room, px(18)), value)

    def _draw(self, painter: QPainter, place: QRect, picture: QPixmap) -> None:
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), place), picture)

    def _write(self, painter: QPainter, place: QRect, text: str) -> None:
        """A line of text, from the side on which reading begins."""
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)  # Qt itself begins at the right side

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._themes.px(CAPTION_PIXELS))
        return font

    def _text_left(self) -> int:
        return PAD + (self._themes.px(18) + 8 if self._icon else 0)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
