"""From a busy thread to the window's thread in batches: one signal per event would freeze the window.

Any thread puts items in; the window's thread gets them in their order, in one tuple, at most 30 times a
second, and less often when handling a batch turns out expensive. Knows nothing of what the items mean.
"""

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

INTERVAL = 1 / 30  # seconds between two batches
CALM_INTERVAL = 1 / 10  # the same where the window takes its time from the processor that computes the answer
SHARE = 4  # the receivers may take a quarter of the window's time


class Outbox(QObject):
    """Lives in the receiving thread. Signal `batch`: a tuple of the items put in since the last one."""

    batch = Signal(object)
    _filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._items: list[object] = []
        self.interval = INTERVAL
        self._next = 0.0  # monotonic time of the earliest next batch
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.deliver)
        self._filled.connect(self._on_filled, Qt.ConnectionType.QueuedConnection)

    def put(self, item: object) -> None:
        """Add an item, from any thread."""
        with self._lock:
            self._items.append(item)
            first = len(self._items) == 1
        if first:
            self._filled.emit()

    @Slot()
    def _on_filled(self) -> None:
        wait = self._next - time.monotonic()
        if wait <= 0:
            self.deliver()
        else:
            self._timer.start(int(wait * 1000) + 1)

    @Slot()
    def deliver(self) -> None:
        """Deliver what there is, now."""
        with self._lock:
            items, self._items = self._items, []
        if not items:
            return
        begin = time.monotonic()
        self.batch.emit(tuple(items))
        end = time.monotonic()
        self._next = max(begin + self.interval, end + (SHARE - 1) * (end - begin))
