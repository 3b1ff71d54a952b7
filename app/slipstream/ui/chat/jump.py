"""The round button that leads back to the end of the conversation."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme

SIDE = 36
MARGIN = 16


class JumpButton(QToolButton):
    """Stands low in the middle of `parent` while the reader of `canvas` is not at the end."""

    def __init__(self, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setProperty("kind", "round")
        self.setFixedSize(SIDE, SIDE)
        self.setToolTip(self.tr("Jump to the latest"))
        self.setAccessibleName(self.tr("Jump to the latest"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        self.setIcon(icon("chevron-down", theme.text, 18))

    def place(self, *, wanted: bool) -> None:
        """`wanted`: the conversation is shown."""
        parent = self.parentWidget()
        self.setVisible(wanted and not self._canvas.pinned)
        self.move((parent.width() - SIDE) // 2, parent.height() - SIDE - MARGIN)
        self.raise_()

    @Slot()
    def _on_clicked(self) -> None:
        self._canvas.go_to_end()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
