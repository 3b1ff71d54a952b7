"""An answer under way: what was written so far, what of it is not saved yet, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.engine_messages import EngineEvent, JobCrashed, JobFailed
from slipstream.bridge.store_messages import Begin, Turn
from slipstream.core.chat import Role
from slipstream.core.errors import AppError
from slipstream.core.events import UNKNOWN_TOKEN, Origin, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import Phase, RunStats, StopReason
from slipstream.core.presets import OwnParameters


def tr(text: str) -> str:
    return QCoreApplication.translate("Answer", text)


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """How an answer ended; `interrupted` says in words why it is not whole."""

    stats: RunStats | None
    interrupted: str | None


def why_not_whole(reason: StopReason | None) -> str | None:
    """Words for an end that leaves an answer unfinished; None for the others. No reason means a crash."""
    match reason:
        case None:
            return tr("Slipstream ended while this was being written.")
        case StopReason.STOPPED:
            return tr("Stopped by you.")
        case StopReason.MAX_TOKENS:
            return tr("Cut off: the longest answer set for this conversation was reached.")
        case StopReason.CONTEXT_FULL:
            return tr("Cut off: the context is full.")
    return None


def failure(event: EngineEvent) -> AppError | None:
    """What a run's last event tells of as gone wrong."""
    match event:
        case JobFailed(error):
            return error
        case JobCrashed():
            return AppError(
                tr("The answer ended because of a fault in Slipstream."), tr("The log says what happened.")
            )
    return None


def outcome(live: "LiveAnswer", failure: str | None) -> AnswerEnd:
    """How an answer ended; `failure` is what went wrong, if anything did."""
    if live.finished is None:
        return AnswerEnd(None, failure or tr("Stopped by you."))
    return AnswerEnd(live.finished.stats, failure or why_not_whole(live.finished.stats.stop_reason))


@dataclass
class Asked:
    """A turn that waits for the store, and what it stood on when it was asked for."""

    begin: Begin
    turns: list[Turn]  # those above it that are shown
    left_out: int  # how many of the oldest the model is not given
    view: int  # to know whether the same is shown still
    own: OwnParameters  # of the conversation, in case it is made only now
    stopped: bool = False


@dataclass
class LiveAnswer:
    """Grows with each step; belongs to one conversation, whichever is shown."""

    conversation: int
    user: Turn | None  # what was sent with it; None where only another answer was asked for
    answer: int
    run: int
    siblings: tuple[int, ...]  # all versions of the answer, this one among them
    base: Turn | None = None  # the answer as it was, where it goes on
    tokens_before: int = 0  # emitted by its earlier runs
    is_edit: bool = False  # `user` is another version of a turn
    job: int | None = None  # of the engine; None until it was asked
    pieces: list[TextPiece] = field(default_factory=list)
    unsaved: list[StepDone] = field(default_factory=list)
    finished: RunFinished | None = None
    _texts: dict[Phase, list[str]] = field(default_factory=lambda: {phase: [] for phase in Phase})

    def __post_init__(self) -> None:
        base = self.base
        self.pieces = list(all_told(base)) if base else []
        self._before = len(self.pieces)
        if base is not None:
            self._texts = {Phase.THINK: [base.thinking], Phase.ANSWER: [base.content]}

    @property
    def thinking(self) -> str:
        return "".join(self._texts[Phase.THINK])

    @property
    def content(self) -> str:
        return "".join(self._texts[Phase.ANSWER])

    @property
    def has_written(self) -> bool:
        return len(self.pieces) > self._before

    def add(self, event: StepDone | RunFinished) -> None:
        for piece in self.shown(event.pieces):
            self.pieces.append(piece)
            self._texts[piece.phase].append(piece.text)
        if isinstance(event, StepDone):
            self.unsaved.append(event)
        else:
            self.finished = event

    def shown(self, pieces: Sequence[TextPiece]) -> tuple[TextPiece, ...]:
        """A run counts its tokens from 0; in an answer that goes on they come after those before."""
        if not self.tokens_before:
            return tuple(pieces)
        return tuple(replace(piece, token=piece.token + self.tokens_before) for piece in pieces)

    def take_unsaved(self) -> tuple[StepDone, ...]:
        steps, self.unsaved = tuple(self.unsaved), []
        return steps

    def turn(self, end: AnswerEnd) -> Turn:
        """The answer as a message of the conversation, once it is over."""
        content, thinking = self.content, self.thinking
        base = self.base
        if end.stats is not None:
            content = (base.content if base else "") + end.stats.answer
            thinking = (base.thinking if base else "") + end.stats.thinking
        return Turn(
            *(self.answer, Role.ASSISTANT, content, thinking, end.stats, end.interrupted, tuple(self.pieces)),
            siblings=self.siblings,
            edited=base is not None and base.edited,
            continued=base is not None,
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of an answer. `taken_back`: nothing was written, and nothing of it is kept."""

    live: LiveAnswer
    end: AnswerEnd
    error: AppError | None = None
    is_bug: bool = False
    taken_back: bool = False


def all_told(turn: Turn) -> tuple[TextPiece, ...]:
    """An answer's text by token; what no token is known of, since a person wrote it, comes first in one piece."""
    untold = []
    for phase, text in ((Phase.THINK, turn.thinking.rstrip()), (Phase.ANSWER, turn.content)):
        told = "".join(piece.text for piece in turn.pieces if piece.phase is phase)
        told = told.rstrip() if phase is Phase.THINK else told
        if len(text) > len(told) and text.endswith(told):
            untold.append(TextPiece(text[: len(text) - len(told)], phase, Origin.PLAIN, UNKNOWN_TOKEN))
    return (*untold, *turn.pieces)
