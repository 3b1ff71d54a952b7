"""What the window's thread asks of the store's thread, and what comes back: frozen records."""

from dataclasses import dataclass

from slipstream.bridge.bench_messages import BenchReply, BenchRequest
from slipstream.bridge.change_messages import BeginContinuation, BeginEditedTurn, Change
from slipstream.bridge.comparison_messages import ComparisonReply, ComparisonRequest
from slipstream.bridge.library_messages import LibraryReply, LibraryRequest
from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.errors import AppError
from slipstream.core.events import PairLoaded, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import RunStats
from slipstream.core.presets import OwnParameters
from slipstream.core.step_book import RunSteps


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the shown branch; all but the first four belong to answers."""

    id: int
    role: Role
    content: str
    thinking: str = ""
    stats: RunStats | None = None
    interrupted: str | None = None  # why the answer is not whole, in words; None when it is
    pieces: tuple[TextPiece, ...] = ()  # its tokens, where they are known
    siblings: tuple[int, ...] = ()  # all versions at this place, oldest first, this one among them
    edited: bool = False  # a person wrote or changed it
    continued: bool = False  # it was gone on with: `stats` are those of its last part


# Requests


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """Read the branch that is shown; through a message, where one is named."""

    conversation: int
    through: int | None = None


@dataclass(frozen=True, slots=True)
class ShowVersion:
    """Show the branch through this message; `ConversationOpened` follows."""

    conversation: int
    message: int


@dataclass(frozen=True, slots=True)
class BeginTurn:
    """Put a person's text at the end of the shown branch and begin an answer to it.

    `conversation` None makes one. All of it is stored, or nothing.
    """

    conversation: int | None
    text: str
    request: GenerateRequest  # without its messages: the conversation holds them
    pair: PairLoaded


@dataclass(frozen=True, slots=True)
class BeginAnotherAnswer:
    """Begin an answer beside those that the person's message `user` has already."""

    conversation: int
    user: int
    request: GenerateRequest
    pair: PairLoaded


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """The steps of the answer under way that are not saved yet."""

    run: int
    steps: tuple[StepDone, ...]


@dataclass(frozen=True, slots=True)
class FinishAnswer:
    """The answer is over. Where the engine could not say so itself, `interrupted` tells why."""

    run: int
    steps: tuple[StepDone, ...]
    finished: RunFinished | None
    interrupted: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackTurn:
    """The prompt was refused: remove the answer and the turn it was for, whose text is unsent again.

    Of an answer that was to go on, only the run is removed.
    """

    run: int


@dataclass(frozen=True, slots=True)
class KeepUnsent:
    """Keep what is typed and not sent yet."""

    conversation: int
    text: str


@dataclass(frozen=True, slots=True)
class KeepParameters:
    """Keep what a conversation's answers are written with."""

    conversation: int
    own: OwnParameters


@dataclass(frozen=True, slots=True)
class ReadSteps:
    """Read the steps of an answer from number `known` (from 0, over all its runs) on; `StepsRead` follows."""

    answer: int
    known: int


Begin = BeginTurn | BeginAnotherAnswer | BeginEditedTurn | BeginContinuation
Write = SaveAnswer | FinishAnswer | TakeBackTurn  # of an answer under way or over
Request = (
    OpenConversation
    | ShowVersion
    | Change
    | Begin
    | Write
    | KeepUnsent
    | KeepParameters
    | ReadSteps
    | LibraryRequest
    | BenchRequest
    | ComparisonRequest
)

# Replies


@dataclass(frozen=True, slots=True)
class StoreOpened:
    """The store is ready. `notices`: what a person should know; `recovered`: answers a crash had cut off."""

    notices: tuple[str, ...]
    recovered: int


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    conversation: int
    turns: tuple[Turn, ...]
    unsent: str
    own: OwnParameters
    change: Change | None = None  # what was done before


@dataclass(frozen=True, slots=True)
class TurnBegun:
    conversation: int
    user: Turn | None  # None where only another answer was asked for
    answer: int
    run: int
    siblings: tuple[int, ...]  # all versions of the answer, this one among them
    base: Turn | None = None  # the answer as it was, where it goes on
    tokens_before: int = 0  # emitted by its earlier runs


@dataclass(frozen=True, slots=True)
class StepsRead:
    """Steps of an answer, from number `known` on."""

    answer: int
    known: int
    runs: tuple[RunSteps, ...]


@dataclass(frozen=True, slots=True)
class AnswersKept:
    """What could not be written of answers is written now."""


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """`request` None: the store could not be opened. A `Write` is tried again until it is done."""

    request: Request | None
    error: AppError


Reply = (
    StoreOpened
    | ConversationOpened
    | TurnBegun
    | StepsRead
    | AnswersKept
    | StoreFailed
    | LibraryReply
    | BenchReply
    | ComparisonReply
)
