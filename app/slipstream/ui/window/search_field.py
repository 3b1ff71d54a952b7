"""The field above the list of conversations: what is typed is searched for at once."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from slipstream.core.searching import LONGEST_QUERY
from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme, ThemeManager


class SearchField(QLineEdit):
    """Signals: `down_pressed()`, towards what was found; `left()`, Escape in an empty field."""

    down_pressed = Signal()
    left = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_QUERY)
        self.setPlaceholderText(self.tr("Search"))
        self.setToolTip(self.tr("Search all conversations (Ctrl+Shift+F)"))
        self.setAccessibleName(self.tr("Search all conversations"))
        self._glass = QAction(self)
        self._glass.setEnabled(False)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.clear_action = QAction(self.tr("Clear the search"), self)
        self.clear_action.triggered.connect(self.clear)
        self.clear_action.setVisible(False)
        self.addAction(self.clear_action, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def event(self, event: QEvent) -> bool:
        """Escape is the field's own here, even while it would stop an answer elsewhere."""
        is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_override and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.clear_action.setVisible(bool(text))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.muted, disabled=theme.muted))
        self.clear_action.setIcon(icon("close", theme.muted))
