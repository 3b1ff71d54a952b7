"""A word in a rounded frame, coloured by how good the news is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from slipstream.ui.models.words import PLAIN


class Badge(QLabel):
    """`level` is one of `words`: good, warning, bad, plain. The word says it, too: colour is no more than a help."""

    def __init__(self, text: str = "", level: str = PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "badge")
        self.say(text, level)

    def say(self, text: str, level: str = PLAIN) -> None:
        """Nothing is shown for ""."""
        self.setText(text)
        if not text:
            self.hide()
        elif self.parent() is not None:  # without one it would be a window
            self.show()
        if self.property("level") != level:
            self.setProperty("level", level)
            self.style().unpolish(self)
            self.style().polish(self)
