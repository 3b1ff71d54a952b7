"""Text of an answer is shown as it comes, unless showing the last of it was dear: then it waits, and is shown
together with what comes meanwhile. So the window never falls behind, whatever is written.
"""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from slipstream.core.events import TextPiece

CHEAP_MS = 8.0  # updates below this are shown at once
REST = 4  # after a dear one, text waits for this many times its cost


class Pacing(QObject):
    """Of one view; `show` shows pieces now."""

    def __init__(self, show: Callable[[Sequence[TextPiece]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._last_end = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.flush)
        self.cost_ms = 0.0  # of the last time
        self.waiting: list[TextPiece] = []

    def add(self, pieces: Sequence[TextPiece]) -> None:
        """Show these, now or soon."""
        self.waiting.extend(pieces)
        rest_ms = REST * self.cost_ms - (time.perf_counter() - self._last_end) * 1000
        if self.cost_ms <= CHEAP_MS or rest_ms <= 0:
            self.flush()
        elif not self._later.isActive():
            self._later.start(round(rest_ms))

    @Slot()
    def flush(self) -> None:
        """Show what waits."""
        self._later.stop()
        if not self.waiting:
            return
        began = time.perf_counter()
        pieces, self.waiting = self.waiting, []
        self._show(pieces)
        self._last_end = time.perf_counter()
        self.cost_ms = (self._last_end - began) * 1000

    def forget(self) -> None:
        """What waits is of no answer any more."""
        self.waiting.clear()
        self._later.stop()
        self.cost_ms = 0.0
