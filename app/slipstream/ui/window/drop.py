"""Dropping files on the window, models or text: what was dropped, and the sheet that says what it will be."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Slot
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def first_parts(files: Sequence[Path]) -> list[Path]:
    """The files without those that belong to a split model whose first file is among them."""
    from slipstream.models.split_files import parse_split_name  # noqa: PLC0415  (not before it is needed)

    def belongs(path: Path) -> bool:
        split = parse_split_name(path.name)
        return split is not None and split.number > 1 and path.with_name(split.part(1)) in files

    return [path for path in files if not belongs(path)]


def other_files(files: Sequence[Path]) -> list[Path]:
    """Those that are no models, by name and first bytes: they are meant for the message."""
    return [path for path in files if path.suffix.lower() != ".gguf" and not _begins_as_model(path)]


def _begins_as_model(path: Path) -> bool:
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return file.read(4) == b"GGUF"
    except OSError:
        return False


def size_of(path: Path) -> int:
    """Bytes, all files of a split model; 0 for what cannot be asked. A later check says what is wrong with it."""
    from slipstream.models.split_files import parse_split_name  # noqa: PLC0415

    split = parse_split_name(path.name)
    files = [path.with_name(name) for name in split.all()] if split is not None else [path]
    try:
        return sum(file.stat().st_size for file in files)
    except (OSError, ValueError):
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
    """Covers its parent while files are dragged over it: one place for each thing that a file can become."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._theme: Theme = themes.theme
        self._attaching = False
        self._several = False
        self._as_draft = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        themes.changed.connect(self._on_theme)

    def show_for(self, several: bool, as_draft: bool) -> None:
        """`several` files are sorted by size; of one file, `as_draft` tells over which half it is held."""
        self._attaching, self._several, self._as_draft = False, several, as_draft
        self._cover()

    def show_attaching(self) -> None:
        """What is dragged is text for the message."""
        self._attaching = True
        self._cover()

    def _cover(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self.update()

    def is_draft_side(self, x: float) -> bool:
        """Whether this place in the parent belongs to the draft's half."""
        return x >= self.parentWidget().width() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.window)
        veil.setAlpha(245)
        painter.fillRect(self.rect(), veil)
        margin = SPACE * 2
        inside = self.rect().adjusted(margin, margin, -margin, -margin)
        if self._attaching:
            hint = self.tr("Their text is sent with your message.")
            self._paint_place(painter, inside, self.tr("Attach"), hint, chosen=True)
            return
        if self._several:
            hint = self.tr("Of two files the larger becomes the model, the other its draft.")
            self._paint_place(painter, inside, self.tr("Model and draft"), hint, chosen=True)
            return
        left, right = QRect(inside), QRect(inside)
        left.setRight(self.width() // 2 - margin // 2)
        right.setLeft(self.width() // 2 + margin // 2)
        model, draft = self.tr("The model that answers"), self.tr("Runs ahead of the model")
        self._paint_place(painter, left, self.tr("Model"), model, chosen=not self._as_draft)
        self._paint_place(painter, right, self.tr("Draft"), draft, chosen=self._as_draft)

    def _paint_place(self, painter: QPainter, place: QRect, title: str, hint: str, *, chosen: bool) -> None:
        theme = self._theme
        painter.setBrush(QColor(theme.user_bubble) if chosen else Qt.BrushStyle.NoBrush)
        line = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.muted), 2, line))
        painter.drawRoundedRect(place, RADIUS * 2, RADIUS * 2)
        font = painter.font()
        px = self._themes.px
        font.setPixelSize(px(20))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        middle = place.center().y()
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(place.left(), middle - px(34), place.width(), px(30), center, title)
        font.setPixelSize(px(13))
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(place.left(), middle + 2, place.width(), px(24), center, hint)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
