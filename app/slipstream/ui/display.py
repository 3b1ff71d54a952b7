"""Whether there is a display to open a window on: without one Qt would end the process by a signal.

Asked before the application is made; what only Qt can find out (a display that does not answer, a platform it has
no plugin for) it says while the application is made, and then it is told in one line as well.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from slipstream.core.errors import AppError
from slipstream.core.text import printable

HINT = "slipstream demo does the main job in a terminal, slipstream --help tells the rest"


def require_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Raise AppError where there is surely none."""
    if platform == "linux" and not any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise AppError("There is no display to open a window on", HINT)


@contextmanager
def ending_in_one_line() -> Iterator[None]:
    """Where Qt gives up inside the block, the process ends with status 1 and says so; it cannot go on."""
    reasons: list[str] = []

    def on_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            reasons.append(text)
            return
        reason = printable((reasons or [text])[0].strip().rstrip("."))
        os.write(
            2, f"slipstream: The window cannot be opened: {reason} ({HINT})\n".encode("utf-8", "replace")
        )
        os._exit(1)

    before = qInstallMessageHandler(on_message)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
