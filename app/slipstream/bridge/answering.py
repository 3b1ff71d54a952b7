"""The answer under way: the engine is asked, pieces come in, the store is brought up to date twice a second, it ends.

It belongs to one conversation; which one is shown is not known here.
"""

from PySide6.QtCore import QObject, Signal

from slipstream.bridge.answer import Ended, LiveAnswer, failure, outcome
from slipstream.bridge.engine_messages import (
    EngineEvent,
    JobCancelled,
    JobCrashed,
    JobDone,
    JobFailed,
)
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.keeper import AnswerKeeper
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import AppError, PromptError
from slipstream.core.events import PrefillProgress, RunFinished, StepDone


class Answering(QObject):
    """Signals: `run_begun(GenerateRequest)` · `prefilled(PrefillProgress)` · `written(tuple[TextPiece])` ·
    `stepped(tuple[StepDone])` · `survived()`, a run came to its end · `ended(Ended)` ·
    `trouble_changed(str)`, what went wrong with drafting.
    """

    run_begun = Signal(object)
    prefilled = Signal(object)
    written = Signal(object)
    stepped = Signal(object)
    survived = Signal()
    ended = Signal(object)
    trouble_changed = Signal(str)

    def __init__(self, engine: EngineThread, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._keeper = AnswerKeeper(store, self)
        self._fresh: list[StepDone] = []  # taken, not yet shown
        self.live: LiveAnswer | None = None
        self.trouble = ""  # what went wrong with drafting in the last answer

    def begin(self, live: LiveAnswer, request: GenerateRequest | None) -> None:
        """Have it written; without a request it ends before it begins."""
        self.live = live
        if request is None:
            self._end(live, JobCancelled())
            return
        live.job = self._engine.generate(request)
        self._keeper.begin(live)
        self.run_begun.emit(request)

    def stop(self) -> None:
        """End it; what is written stays."""
        if self.live is not None and self.live.job is not None:
            self._engine.stop(self.live.job)

    def save(self) -> None:
        """Bring the store up to date with the answer under way."""
        self._keeper.save()

    def close_thinking(self) -> None:
        """Let it think no further, but answer."""
        if self.live is not None and self.live.job is not None:
            self._engine.close_thinking(self.live.job)

    def set_trouble(self, trouble: str) -> None:
        """What went wrong with drafting; "" once that says nothing about the next answer any more."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit(trouble)

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the run under way; False where it belongs to something else."""
        live = self.live
        if live is None or job != live.job:
            return False
        match event:
            case PrefillProgress():
                self.prefilled.emit(event)
            case StepDone():
                live.add(event)
                if event.note:
                    self.set_trouble(event.note)
                self._fresh.append(event)
            case RunFinished():
                self.deliver()
                live.add(event)
                if event.stats.notes:  # what happened before the first step is told only here
                    self.set_trouble(event.stats.notes[-1])
                if event.pieces:
                    self.written.emit(live.shown(event.pieces))
                self.survived.emit()
            case JobDone() | JobCancelled() | JobCrashed() | JobFailed():
                self.deliver()
                self._end(live, event)
            case _:
                return False
        return True

    def deliver(self) -> None:
        """Show the steps that came since the last time: text is laid out once a batch, not once a token."""
        steps, self._fresh = tuple(self._fresh), []
        pieces = tuple(piece for step in steps for piece in step.pieces)
        if pieces and self.live is not None:
            self.written.emit(self.live.shown(pieces))
        if steps:
            self.stepped.emit(steps)

    def _end(self, live: LiveAnswer, event: EngineEvent) -> None:
        """The run is over, one way or another: keep the answer, and say what happened."""
        self.live = None
        error = failure(event)
        end = outcome(live, error.message if error else None)
        taken_back = not live.has_written and _leaves_nothing(live, error)
        if taken_back:
            self._keeper.take_back(live)
        else:
            self._keeper.finish(live, end)
        self.ended.emit(Ended(live, end, error, isinstance(event, JobCrashed), taken_back))


def _leaves_nothing(live: LiveAnswer, error: AppError | None) -> bool:
    """Whether an answer without a word is as if it had not been asked for: its prompt was refused, or it was to go
    on with one that is there.
    """
    if live.base is not None:
        return live.finished is None
    return isinstance(error, PromptError) and live.user is not None
