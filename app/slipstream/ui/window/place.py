"""Where a window beside the main one was, and how it was divided; kept in the main window's file, under a name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QSplitter, QWidget


class WindowPlace:
    """`name` is the group in the ini file."""

    def __init__(self, path: Path, name: str) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)
        self._name = name

    def restore(self, window: QWidget, size: QSize) -> None:
        """As it was; the first time of this size, or as large as the screen allows."""
        if not self._put(window.restoreGeometry, "geometry"):
            window.resize(size.boundedTo(window.screen().availableSize()))

    def divide(self, splitter: QSplitter, name: str) -> None:
        """As it was divided; as it is where nobody has divided it."""
        self._put(splitter.restoreState, name)

    def save(self, window: QWidget, splitters: Mapping[str, QSplitter]) -> None:
        """`splitters` by the names they are divided by."""
        self._settings.setValue(f"{self._name}/geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._settings.setValue(f"{self._name}/{name}", splitter.saveState())
        self._settings.sync()

    def _put(self, restore: Callable[[QByteArray], bool], name: str) -> bool:
        kept = self._settings.value(f"{self._name}/{name}")
        return isinstance(kept, QByteArray) and bool(restore(kept))
