"""Tells when a model has come to, or gone from, the folders in which models lie.

A folder tells that names in it have changed, never that a file has come to its end: so what has changed is looked
at until it stays as it is. The number of folders is bounded, as systems bound it, too. Knows nothing of what is
in the files.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

log = logging.getLogger(__name__)
MOST = 256  # folders
DEEPEST = 4  # below a folder that was named: owner, repository, and the snapshots of the hub's cache
CALM_MS = 1000  # without a change, before it is told
SUFFIX = ".gguf"

type Seen = frozenset[tuple[str, int, int]]  # of models: path, size, time of the last change


class FolderWatch(QObject):
    """Signal `library_changed()`, once for all that has happened together."""

    library_changed = Signal()

    def __init__(self, parent: QObject | None = None, calm_ms: int = CALM_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._roots: tuple[Path, ...] = ()
        self._seen: Seen = frozenset()  # when it was told last
        self._last: Seen = frozenset()  # at the last look
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(calm_ms)
        self._calm.timeout.connect(self._on_calm)

    @property
    def folders(self) -> tuple[str, ...]:
        """What is watched."""
        return tuple(self._watcher.directories())

    @Slot(object)
    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these and what is in them, in place of what was watched; those that are not there are left out."""
        self._roots = tuple(folders)
        self._follow()
        self._seen = self._last = _models(self.folders)

    def _follow(self) -> None:
        """Watch the folders that are there now."""
        wanted = list(_folders(self._roots))
        if len(wanted) > MOST:
            log.info("of %d or more folders with models %d are watched", len(wanted), MOST)
            wanted = wanted[:MOST]
        watched = set(self.folders)
        if gone := sorted(watched - set(wanted)):
            self._watcher.removePaths(gone)
        if new := [folder for folder in wanted if folder not in watched]:
            refused = self._watcher.addPaths(new)
            if refused:
                log.info("%d folders with models cannot be watched", len(refused))

    @Slot(str)
    def _on_changed(self, _folder: str) -> None:
        self._last = _models(self.folders)
        self._calm.start()

    @Slot()
    def _on_calm(self) -> None:
        """Tell, where what is there has stopped growing and is not what was told last."""
        self._follow()
        now = _models(self.folders)
        if now != self._last:
            self._last = now
            self._calm.start()
        elif now != self._seen:
            self._seen = now
            self.library_changed.emit()


def _folders(roots: Iterable[Path]) -> Iterator[str]:
    """These folders and those in them, the nearest first, each once; one more than may be watched at most."""
    level = [str(root) for root in roots]
    seen: set[str] = set()
    for _ in range(DEEPEST + 1):
        inner: list[str] = []
        for folder in level:
            real = os.path.realpath(folder)
            if real in seen or not os.path.isdir(folder):
                continue
            seen.add(real)
            yield folder
            if len(seen) > MOST:
                return
            inner += sorted(
                entry.path
                for entry in _entries(folder)
                if not entry.name.startswith(".") and _is_folder(entry)
            )
        level = inner


def _models(folders: Iterable[str]) -> Seen:
    """The model files in these folders, as they are now."""
    found = set()
    for folder in folders:
        for entry in _entries(folder):
            if entry.name.lower().endswith(SUFFIX):
                try:
                    status = entry.stat()
                except OSError:
                    continue
                found.add((entry.path, status.st_size, status.st_mtime_ns))
    return frozenset(found)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
