"""The field a person writes in, with Send, which becomes Stop while an answer is written."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from slipstream.ui.theme import ThemeManager


class Composer(QWidget):
    """Signals: `submitted(text)`, the field is cleared before; `stop_requested()`."""

    submitted = Signal(str)
    stop_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_busy(self, busy: bool) -> None:
        """While busy, Send is Stop."""

    def set_enabled_reason(self, reason: str) -> None:
        """Why nothing can be sent, shown in the empty field; "" when it can."""

    def text(self) -> str:
        return ""

    def set_text(self, text: str) -> None:
        """Replace what is written."""
