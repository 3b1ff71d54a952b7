"""How long an answer has been thinking, and in how many tokens, as one line of words."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from slipstream.core.events import TextPiece
from slipstream.core.metrics import Phase


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


class Thinking:
    """Counts while the answer streams; for one that is only shown the time is unknown."""

    def __init__(self, pieces: Sequence[TextPiece]) -> None:
        """`pieces`: of the whole answer, where it is over."""
        self._tokens = len({piece.token for piece in pieces if piece.phase is Phase.THINK})
        self._last_token = -1
        self._began: float | None = None
        self._ended: float | None = None

    @property
    def under_way(self) -> bool:
        return self._began is not None and self._ended is None

    def add(self, pieces: Sequence[TextPiece]) -> None:
        """Pieces of the thinking that were just written."""
        if self._began is None:
            self._began = time.monotonic()
        for piece in pieces:
            self._tokens += piece.token != self._last_token
            self._last_token = piece.token

    def end(self) -> None:
        """It is over, if it was under way."""
        if self.under_way:
            self._ended = time.monotonic()

    def summary(self, *, live: bool) -> str:
        parts = []
        if self._began is not None:
            seconds = int((self._ended or time.monotonic()) - self._began)
            if seconds < 60:
                parts.append(tr("{n} s").format(n=seconds))
            else:
                parts.append(tr("{m} min {s} s").format(m=seconds // 60, s=seconds % 60))
        if self._tokens:
            parts.append(tr("{n} tokens").format(n=f"{self._tokens:,}"))
        if live:
            head = tr("Thinking…")
        elif self._began is not None:
            head = tr("Thought for")
        else:
            head = tr("Thinking") + (":" if parts else "")
        return f"{head} {', '.join(parts)}".strip()
