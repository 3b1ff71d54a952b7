"""The round button that leads back to the end of the conversation."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme, ThemeManager

SIDE, ICON = 36, 18  # px
AWAY = 16  # px from the lower edge


class JumpButton(QToolButton):
    """Stands low in the middle of `parent` while the reader of `canvas` is not at the end."""

    def __init__(self, themes: ThemeManager, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._canvas = canvas
        self.setProperty("kind", "round")
        self.setFixedSize(themes.px(SIDE), themes.px(SIDE))
        self.setIconSize(QSize(themes.px(ICON), themes.px(ICON)))
        self.setToolTip(self.tr("Jump to the latest"))
        self.setAccessibleName(self.tr("Jump to the latest"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._on_clicked)
        self.hide()
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def place(self, *, wanted: bool) -> None:
        """`wanted`: the conversation is shown."""
        parent = self.parentWidget()
        self.setVisible(wanted and not self._canvas.pinned)
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - AWAY)
        self.raise_()

    @Slot()
    def _on_clicked(self) -> None:
        self._canvas.go_to_end()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.setIcon(icon("chevron-down", theme.text, self._themes.px(ICON)))
