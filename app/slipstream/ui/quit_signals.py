"""Ctrl+C in the terminal and a session's end ask the window to close, as a person would.

Python runs signal handlers between bytecodes only, and Qt's loop may run none for long; a wake-up socket
brings the signal into the loop at once. Elsewhere than on POSIX systems the platform does this itself.
"""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class QuitSignals(QObject):
    """Signal: `asked()`, when the process was told to end."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._before_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _do_nothing)
            for number in (getattr(signal, name, None) for name in SIGNALS)
            if number is not None
        }

    def remove(self) -> None:
        """Handle signals again as before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_woken(self) -> None:
        self._reader.recv(64)
        self.asked.emit()


def _do_nothing(_number: int, _frame: object) -> None:
    """The wake-up socket carries the news."""
