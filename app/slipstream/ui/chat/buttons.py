"""The small buttons of the conversation: quiet until the pointer or the focus is on them."""

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from slipstream.ui.chat.look import Look
from slipstream.ui.icons import icon

COPIED_MS = 1600


def quiet_button(parent: QWidget, name: str = "", tip: str = "") -> QToolButton:
    """A flat button that Tab reaches. `name` is read out, `tip` shown."""
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("kind", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    return button


def show_icon(button: QToolButton, name: str, look: Look, colour: str = "") -> None:
    side = look.px(16)
    button.setIconSize(QSize(side, side))
    button.setIcon(icon(name, colour or look.theme.muted, side, disabled=look.theme.border))


class CopyButton(QToolButton):
    """Copies on click, and says so for a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", "quiet")
        self._look: Look | None = None
        self._done = QTimer(self)
        self._done.setSingleShot(True)
        self._done.setInterval(COPIED_MS)
        self._done.timeout.connect(self._on_over)
        self.clicked.connect(self._on_clicked)

    def show_look(self, look: Look) -> None:
        self._look = look
        self._done.stop()
        self._on_over()

    @Slot()
    def _on_clicked(self) -> None:
        if self._look is not None:
            show_icon(self, "check", self._look, self._look.theme.good)
            self._done.start()

    @Slot()
    def _on_over(self) -> None:
        if self._look is not None:
            show_icon(self, "copy", self._look)
