"""What every script that takes pictures needs: the window works until something holds."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer


def until(condition: Callable[[], object], limit_ms: int = 30_000) -> None:
    """Let the window work until something holds, or the limit is over."""
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: condition() and loop.quit())
    limit.timeout.connect(loop.quit)
    poll.start(10)
    limit.start(limit_ms)
    if not condition():
        loop.exec()
