"""Modules without a frozen window: an import that takes long happens on a thread of its own, when it is first wanted.

No QObject is made by such an import; what the modules offer is made on the window's thread, after.
"""

import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

POLL_MS = 30


def _import_all(names: Sequence[str]) -> None:
    for name in names:
        importlib.import_module(name)


class Importing(QObject):
    """Imports modules when asked to. Signal `ready()`, once; `is_ready` from then on."""

    ready = Signal()

    def __init__(self, *names: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_ready = False
        self._names = names
        self._thread: threading.Thread | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    def load(self, patience: float = 0.0) -> None:
        """Start once; `ready` comes from the event loop. Within `patience` seconds it may come before the return."""
        if self._thread is None:
            # Not a daemon: an interpreter that ends in the middle of an import may crash.
            thread = threading.Thread(
                target=_import_all, args=(self._names,), name=f"import-{self._names[0]}"
            )
            thread.start()
            self.destroyed.connect(lambda _object: thread.join())
            self._thread = thread
            self._poll.start()
            if patience:
                thread.join(patience)
                self._on_poll()

    @Slot()
    def _on_poll(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._poll.stop()
            self.is_ready = True
            self.ready.emit()
