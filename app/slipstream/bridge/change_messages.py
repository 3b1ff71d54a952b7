"""What the store's thread is asked for when a person changes turns that are there: frozen records."""

from dataclasses import dataclass

from slipstream.core.chat import GenerateRequest
from slipstream.core.events import PairLoaded


@dataclass(frozen=True, slots=True)
class BeginEditedTurn:
    """Put another version of a person's message beside it, and begin an answer to it: both, or nothing."""

    conversation: int
    message: int
    text: str
    request: GenerateRequest
    pair: PairLoaded


@dataclass(frozen=True, slots=True)
class BeginContinuation:
    """Go on with an answer that is over."""

    conversation: int
    answer: int
    request: GenerateRequest
    pair: PairLoaded


@dataclass(frozen=True, slots=True)
class EditAnswer:
    """Put another version of an answer beside it, as a person wrote it, and show it; `ConversationOpened` follows."""

    conversation: int
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class RemoveMessage:
    """Take a message and all that follows it out of sight; `ConversationOpened` follows."""

    conversation: int
    message: int


@dataclass(frozen=True, slots=True)
class RestoreMessage:
    """Bring back what was removed with a message, and show it; `ConversationOpened` follows."""

    conversation: int
    message: int


Change = EditAnswer | RemoveMessage | RestoreMessage
