"""Cyclic garbage is collected on the window's thread only.

Python's collector runs on whichever thread allocates when its time has come. A widget in a dead cycle would
then be destroyed on the engine's or the store's thread, and Qt crashes. So automatic collection is switched
off, and the window's thread does it, at the thresholds Python itself would use.

When everything would be looked through for the first time, what is there is the program itself: it is set aside for
good. Looking through it took 0.13 s, with the window standing still.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 500


class WindowThreadGarbage(QObject):
    """In force while it lives and until `remove`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._set_aside = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def remove(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_time(self) -> None:
        """Collect the oldest generation that is due, as the automatic collector does."""
        due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and not self._set_aside:
            self._set_aside = True
            gc.collect(1)
            gc.freeze()
            return
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return
