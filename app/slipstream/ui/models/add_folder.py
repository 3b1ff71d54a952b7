"""The button that has one more folder looked through for models."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QToolButton

from slipstream.bridge.model_library import ModelLibrary
from slipstream.ui.folder_dialog import folder_dialog
from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme, ThemeManager


class AddFolder(QToolButton):
    """Asks which; the library reads it at once. `dialog` is the one that is open."""

    def __init__(self, library: ModelLibrary, themes: ThemeManager) -> None:
        super().__init__()
        self._library = library
        self.dialog: QFileDialog | None = None
        self.setToolTip(self.tr("Add a folder…"))
        self.setAccessibleName(self.tr("Add a folder with models"))
        self.clicked.connect(self._on_clicked)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    @Slot()
    def _on_clicked(self) -> None:
        self.dialog = folder_dialog(self)
        self.dialog.fileSelected.connect(self._library.add_folder)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.setIcon(icon("folder-plus", theme.muted))
