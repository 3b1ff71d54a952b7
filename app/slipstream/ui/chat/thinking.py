"""How long an answer has been thinking, in how many tokens and how fast, as one line of words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from slipstream.core.events import UNKNOWN_TOKEN, TextPiece
from slipstream.core.metrics import ClosedBy, Phase
from slipstream.ui.chat.messages import ThoughtFigures
from slipstream.ui.dashboard import figures as written
from slipstream.ui.numbers import grouped


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


class Thinking:
    """Counts tokens while the answer streams; the rest is told (`figures`), by whoever has the run's clock."""

    def __init__(self, pieces: Sequence[TextPiece], figures: ThoughtFigures | None = None) -> None:
        """`pieces`: of the answer so far."""
        tokens = {piece.token for piece in pieces if piece.phase is Phase.THINK}
        self._tokens = len(tokens - {UNKNOWN_TOKEN})
        self._last_token = UNKNOWN_TOKEN
        self.figures = figures
        self.under_way = False

    def add(self, pieces: Sequence[TextPiece]) -> None:
        """Pieces of the thinking that were just written."""
        self.under_way = True
        for piece in pieces:
            self._tokens += piece.token != self._last_token
            self._last_token = piece.token

    def end(self) -> None:
        """It is over, if it was under way."""
        self.under_way = False

    def summary(self, *, live: bool, short: bool = False) -> str:
        """`short`: without how fast it was and who ended it."""
        figures = self.figures
        # Pieces also count what earlier runs of an answer thought; figures also count tokens without text.
        tokens = max(self._tokens, figures.tokens if figures else 0)
        parts = []
        if figures is not None:
            parts.append(_duration(figures.seconds))
        if tokens:
            parts.append(tr("{n} tokens").format(n=grouped(tokens)))
        if figures is not None and figures.tokens_per_second is not None and not short:
            parts.append(tr("{n} tokens/s").format(n=written.rate(figures.tokens_per_second)))
        if figures is not None and figures.closed is not None and not short:
            by_person = figures.closed is ClosedBy.PERSON
            parts.append(tr("ended by you") if by_person else tr("ended by its budget"))
        if live:
            head = tr("Thinking…")
        elif figures is not None:
            head = tr("Thought for")
        else:
            head = tr("Thinking") + (":" if parts else "")
        return f"{head} {' · '.join(parts)}".strip()


def _duration(seconds: float) -> str:
    whole = int(seconds)
    if whole < 60:
        return tr("{n} s").format(n=whole)
    return tr("{m} min {s} s").format(m=whole // 60, s=whole % 60)
