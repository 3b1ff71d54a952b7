"""The settings as the window holds them: one value that changes as a whole, and is saved a moment later."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from slipstream.core.errors import AppError
from slipstream.core.settings import Settings, save_settings

SAVE_DELAY_MS = 400  # a dragged control changes many times a second


class Preferences(QObject):
    """Signals: `changed(Settings)`; `failed(AppError)` where they could not be saved."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, settings: Settings, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._path = path
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_DELAY_MS)
        self._save_timer.timeout.connect(self.save)

    @property
    def settings(self) -> Settings:
        return self._settings

    def update(self, **values: Any) -> None:
        """Change some values; tells everybody, and saves soon, where that makes a difference."""
        changed = self._settings.with_values(**values)
        if changed == self._settings:
            return
        self._settings = changed
        self._save_timer.start()
        self.changed.emit(changed)

    @Slot()
    def save(self) -> None:
        """Save now."""
        self._save_timer.stop()
        try:
            save_settings(self._settings, self._path)
        except OSError as error:
            self.failed.emit(
                AppError(
                    QCoreApplication.translate("Preferences", "The settings could not be saved: {0}").format(
                        error.strerror or error
                    ),
                    QCoreApplication.translate("Preferences", "They stay as they are until you quit."),
                )
            )

    def flush(self) -> None:
        """Save what waits to be saved, if anything does."""
        if self._save_timer.isActive():
            self.save()
