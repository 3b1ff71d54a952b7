"""What nobody expected: logged with its traceback, told once in a banner, never the end of the window.

Exceptions of slots and threads come through Python's hooks; Qt's own complaints go to the log.
"""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger("slipstream.bug")
qt_log = logging.getLogger("qt")

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class BugHooks(QObject):
    """Installed while it lives. Signal: `found(str)`, one line about the bug, from any thread."""

    found = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        self._qt_before = qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("unexpected", exc_info=(kind, error, trace))
        self.found.emit(f"{kind.__name__}: {error}")

    def _on_thread_exception(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            self._on_exception(details.exc_type, details.exc_value, details.exc_traceback)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    qt_log.log(LEVELS.get(kind, logging.WARNING), "%s: %s", context.category, text)
