"""Dropping model files on the window: what was dropped, and the sheet that says what it will be."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def size_of(path: Path) -> int:
    """Bytes; 0 for what cannot be asked. A later check says what is wrong with it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


class FilesPassThrough(QObject):
    """Lets dragged files pass through a field that would otherwise take them as text."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() in kinds and isinstance(event, QDropEvent) and dropped_files(event.mimeData()):
            event.ignore()
            return True
        return False


class DropSheet(QWidget):
    """Covers its parent while files are dragged over it."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme = themes.theme
        self._as_draft = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        themes.changed.connect(self._on_theme)

    def show_for(self, as_draft: bool) -> None:
        self._as_draft = as_draft
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.window)
        veil.setAlpha(245)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(self._theme.accent), 2, Qt.PenStyle.DashLine))
        margin = SPACE * 2
        painter.drawRoundedRect(
            self.rect().adjusted(margin, margin, -margin, -margin), RADIUS * 2, RADIUS * 2
        )
        title = self.tr("Drop to use as the draft") if self._as_draft else self.tr("Drop to load the model")
        hint = (
            self.tr("It will run ahead of the model.")
            if self._as_draft
            else self.tr("Hold Shift, or drop on the draft field, to use it as the draft.")
        )
        font = painter.font()
        font.setPixelSize(20)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        middle = self.rect().center().y()
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(0, middle - 34, self.width(), 30, center, title)
        font.setPixelSize(13)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(0, middle + 2, self.width(), 24, center, hint)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
