"""Formulas set beside the window: a thread that talks to the child process, so that the window never waits for it.

A thread, since the child has to be waited for with a time limit, and a pipe is nothing a QSocketNotifier can watch
on every system. It starts with the first formula. What comes back is delivered in batches, less often where
showing it is dear.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from slipstream.bridge.outbox import Outbox
from slipstream.core.formulas import Answer, Formula
from slipstream.formulas.process import FormulaProcess

type Answered = tuple[Formula, Answer]


class FormulaWorker(QObject):
    """Lives on the thread; its slot blocks until all formulas of a request are answered."""

    def __init__(self, process: FormulaProcess, outbox: Outbox) -> None:
        super().__init__()
        self._process = process
        self._outbox = outbox

    @Slot(object)
    def on_formulas(self, formulas: Sequence[Formula]) -> None:
        for formula in formulas:
            self._outbox.put((formula, self._process.draw(formula)))

    @Slot()
    def on_close(self) -> None:
        """End the child and the thread."""
        try:
            self._process.reap()
        finally:
            self.thread().quit()


class FormulaThread(QObject):
    """What the window's thread holds. Signal `drawn`: a tuple of (Formula, Answer), at most 30 times a second."""

    drawn = Signal(object)
    _asked = Signal(object)
    _close = Signal()

    def __init__(self, process: FormulaProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = process
        self._closed = False
        self._outbox = Outbox(self)
        self._outbox.batch.connect(self.drawn)
        self._thread = QThread(self)
        self._thread.setObjectName("formulas")
        self._worker = FormulaWorker(process, self._outbox)
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.on_formulas, Qt.ConnectionType.QueuedConnection)
        self._close.connect(self._worker.on_close, Qt.ConnectionType.QueuedConnection)

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        return self._process.pid

    def draw(self, formulas: Sequence[Formula]) -> None:
        """Set these, in their order; each is answered by `drawn`. After `close` nothing happens."""
        if self._closed:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._asked.emit(tuple(formulas))

    def close(self, timeout_ms: int = 5000) -> bool:
        """End what is under way, the child and the thread. False where that took too long."""
        self._closed = True
        self._process.close()
        if not self._thread.isRunning():
            return True
        self._close.emit()
        return self._thread.wait(timeout_ms)
