"""What the conversation shows: plain data, made by whoever owns the messages."""

from dataclasses import dataclass

from slipstream.core.chat import Role
from slipstream.core.events import TextPiece
from slipstream.core.metrics import ClosedBy


@dataclass(frozen=True, slots=True)
class StripText:
    """The row of figures under an answer: (label, value, tooltip) each, e.g. ("tokens/s", "24.1", "…").

    One without a value says something of those behind it.
    """

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ThoughtFigures:
    """What thinking came to, by the run's own clock."""

    tokens: int
    seconds: float
    tokens_per_second: float | None
    closed: ClosedBy | None = None  # who ended it, where the model did not


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One turn as it is shown. `pieces`, where kept, let the text be shown token by token."""

    id: str
    role: Role
    content: str
    thinking: str = ""
    pieces: tuple[TextPiece, ...] = ()
    strip: StripText | None = None
    interrupted: str | None = None  # why the answer is not whole; None when it is
    versions: tuple[str, ...] = ()  # ids of all turns at this place, oldest first, this one among them
    thought: ThoughtFigures | None = None
