"""A field for words to look for: a glass before them, and a cross that clears them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme, ThemeManager

LONGEST = 200  # characters


class WordField(QLineEdit):
    """`name` is what a screen reader says, `hint` what stands in the empty field.

    Signal `down_pressed()`, towards what was found.
    """

    down_pressed = Signal()

    def __init__(self, themes: ThemeManager, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self._glass = QAction(self)
        self._glass.setEnabled(False)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(self.tr("Clear"), self)
        self._cross.triggered.connect(self.clear)
        self._cross.setVisible(False)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.muted, disabled=theme.muted))
        self._cross.setIcon(icon("close", theme.muted))
