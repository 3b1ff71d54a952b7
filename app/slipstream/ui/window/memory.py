"""Where the window was, how it was divided and what it showed: the one thing kept in QSettings."""

import json
import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter

SIZE = (1280, 800)
WIDTHS = (230, 710, 340)
_ID = re.compile(r"\d{1,18}", re.ASCII)  # of a conversation, as the store counts them
ROOMY = 1100  # px of screen; below it the list of conversations starts closed


class WindowMemory:
    """Reads and writes one ini file."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def restore(
        self,
        window: QMainWindow,
        splitter: QSplitter,
        sidebar: QAction,
        dashboard: QAction,
        scale: float = 1.0,
    ) -> None:
        """Put everything back as it was; on the first start, fit it to the screen and to text `scale` as large."""
        geometry = self._settings.value("geometry")
        if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
            room = window.screen().availableSize()
            window.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        splitter.setSizes(WIDTHS)
        state = self._settings.value("splitter")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)
        roomy = window.width() >= ROOMY * scale
        self._restore_toggle(sidebar, "sidebar", roomy)
        self._restore_toggle(dashboard, "dashboard", True)

    @property
    def unsent(self) -> str:
        """What was typed in a new conversation and not sent."""
        return self._settings.value("unsent", "", type=str)

    def keep_unsent(self, text: str) -> None:
        self._settings.setValue("unsent", text)

    @property
    def conversation(self) -> int | None:
        """The conversation that was shown, None for one that had no message yet."""
        kept = self._settings.value("conversation")
        return int(kept) if isinstance(kept, str | int) and _ID.fullmatch(str(kept)) else None

    def keep_conversation(self, conversation: int | None) -> None:
        self._settings.setValue("conversation", "" if conversation is None else conversation)

    @property
    def folded(self) -> list[str]:
        """The folders of conversations that were folded."""
        try:
            names = json.loads(self._settings.value("folded", "[]", type=str))
        except (ValueError, RecursionError):  # somebody wrote into the file
            return []
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def keep_folded(self, folders: list[str]) -> None:
        self._settings.setValue("folded", json.dumps(folders))

    def _restore_toggle(self, action: QAction, name: str, default: bool) -> None:
        on = self._settings.value(name, default, type=bool)
        action.setChecked(on)
        action.toggled.emit(on)  # also where that changes nothing: the part follows

    def save(self, window: QMainWindow, splitter: QSplitter, sidebar: QAction, dashboard: QAction) -> None:
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("splitter", splitter.saveState())
        self._settings.setValue("sidebar", sidebar.isChecked())
        self._settings.setValue("dashboard", dashboard.isChecked())
        self._settings.sync()
