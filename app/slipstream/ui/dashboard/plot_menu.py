"""A plot as a picture, as it is seen now: to the clipboard, or to a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QObject, QPoint, QRect, QSize, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QGraphicsItem, QGraphicsView, QMenu, QWidget

from slipstream.core.file_names import safe_name
from slipstream.core.files import write_atomically
from slipstream.core.text import clean_text
from slipstream.ui.theme import SPACE, ThemeManager

MARGIN = 2 * SPACE  # px around the plot
DENSITY = 2.0  # of the picture, at least; that of the screen where it is denser
SUFFIXES = (".png", ".svg")


class PlotMenu(QObject):
    """Offers it for one plot. Signal: `told(str)`, what was done, or why it was not."""

    told = Signal(str)

    def __init__(self, plot: QWidget, name: str, themes: ThemeManager) -> None:
        """`name`: what the plot shows, which is what its file is called."""
        super().__init__(plot)
        self._plot = plot
        self._name = name
        self._themes = themes
        self.dialog: QFileDialog | None = None
        plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        plot.customContextMenuRequested.connect(self._on_wanted)

    def menu(self) -> QMenu:
        menu = QMenu(self._plot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy as picture"), self.copy)
        menu.addAction(self.tr("Save as picture…"), self.ask_where)
        return menu

    @Slot(QPoint)
    def _on_wanted(self, where: QPoint) -> None:
        self.menu().popup(self._plot.mapToGlobal(where))

    @Slot()
    def copy(self) -> None:
        QGuiApplication.clipboard().setImage(self.image())
        self.told.emit(self.tr("Plot copied as a picture"))

    @Slot()
    def ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._plot.window(), self.tr("Save as picture"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing (*.svg)")])
        dialog.setDefaultSuffix(SUFFIXES[0])
        dialog.selectFile(safe_name(self._name, "plot") + SUFFIXES[0])
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self._on_place)
        dialog.finished.connect(self._on_dialog_closed)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_filter(self, name: str) -> None:
        """The name that is offered gets the ending of its kind."""
        if self.dialog is None:
            return
        suffix = next(suffix for suffix in SUFFIXES if suffix in name)
        self.dialog.setDefaultSuffix(suffix)
        if chosen := self.dialog.selectedFiles():
            self.dialog.selectFile(Path(chosen[0]).stem + suffix)

    @Slot(str)
    def _on_place(self, name: str) -> None:
        self.save(Path(name))

    @Slot()
    def _on_dialog_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def save(self, path: Path) -> None:
        """SVG where the name says so, else PNG: whole, or not at all."""
        data = self.svg() if path.suffix.lower() == ".svg" else _png(self.image())
        try:
            write_atomically(path, data)
        except OSError as error:
            words = self.tr("{0} could not be written: {1}")
            self.told.emit(words.format(clean_text(path.name), error.strerror or error))
            return
        self.told.emit(self.tr("Plot saved as {0}").format(clean_text(path.name)))

    @property
    def _ground(self) -> QColor:
        """Put behind the plot, which has none of its own."""
        return QColor(self._themes.theme.surface)

    def _size(self) -> QSize:
        return self._plot.size() + QSize(2 * MARGIN, 2 * MARGIN)

    def image(self) -> QImage:
        """As many pixels as a dense screen would show."""
        density = max(DENSITY, self._plot.devicePixelRatioF())
        image = QImage(self._size() * density, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(density)
        image.fill(self._ground)
        self._render(QPainter(image))
        return image

    def svg(self) -> bytes:
        """Drawn anew, as lines and letters: nothing in it is made of pixels."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self._size())
        generator.setViewBox(QRect(QPoint(), self._size()))
        generator.setTitle(self._name)
        painter = QPainter(generator)
        painter.fillRect(QRect(QPoint(), self._size()), self._ground)
        with _no_caches(self._plot):
            self._render(painter)
        return bytes(buffer.data().data())

    def _render(self, painter: QPainter) -> None:
        flags = QWidget.RenderFlag.DrawChildren
        self._plot.render(painter, QPoint(MARGIN, MARGIN), renderFlags=flags)
        painter.end()


@contextmanager
def _no_caches(widget: QWidget) -> Iterator[None]:
    """Have everything drawn, where views and items keep pictures of themselves."""
    views = [(view, view.cacheMode()) for view in widget.findChildren(QGraphicsView)]
    items = [(item, item.cacheMode()) for view, _ in views for item in view.items()]
    for view, _ in views:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    for item, _ in items:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        yield
    finally:
        for item, item_mode in items:
            item.setCacheMode(item_mode)
        for view, view_mode in views:
            view.setCacheMode(view_mode)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
