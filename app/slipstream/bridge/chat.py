"""The conversation that is shown, and asked: what a person does in it, in the order it happens.

A turn goes: the text is stored, the engine is asked (`answering`), pieces stream in, the answer is finished. The
window only shows what the signals say. An answer goes on being written while another conversation is looked at.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from slipstream.bridge.answer import AnswerEnd, Asked, Ended, LiveAnswer
from slipstream.bridge.answering import Answering
from slipstream.bridge.change_messages import BeginContinuation, BeginEditedTurn
from slipstream.bridge.engine_messages import EngineEvent
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.pair import Pair, PairState
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.prompt import request_for, why_not_asked, why_not_sent, with_turns
from slipstream.bridge.shown import STORE, TOPIC, Shown, tr
from slipstream.bridge.store_messages import (
    AnswersKept,
    Begin,
    BeginAnotherAnswer,
    BeginTurn,
    FinishAnswer,
    Reply,
    SaveAnswer,
    ShowVersion,
    StoreFailed,
    TakeBackTurn,
    TurnBegun,
)
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.errors import AppError, EngineDiedError, PromptError
from slipstream.core.events import PairLoaded, PrefillProgress, TextPiece
from slipstream.store.text import unsent_again


class Chat(Shown):
    """Signals beside those of `Shown`, all about the shown conversation unless said otherwise:

    `turn_added(Turn)` · `answer_begun(id)` · `answer_continued(LiveAnswer)`, one that was over goes on ·
    `prefilled(PrefillProgress)` · `written(tuple[TextPiece])` · `answer_ended(AnswerEnd)` ·
    `text_returned(str)`, a prompt that could not be sent · `busy_changed(bool)`, `run_begun(GenerateRequest)`,
    `stepped(tuple[StepDone])`, `run_ended(RunStats | None)` of whichever conversation is being answered ·
    `trouble_changed(str)`, what went wrong with drafting in the last answer.
    """

    turn_added = Signal(object)
    answer_begun = Signal(object)
    answer_continued = Signal(object)
    prefilled = Signal(object)
    written = Signal(object)
    answer_ended = Signal(object)
    text_returned = Signal(str)
    busy_changed = Signal(bool)
    run_begun = Signal(object)
    stepped = Signal(object)
    run_ended = Signal(object)
    trouble_changed = Signal(str)

    def __init__(
        self,
        engine: EngineThread,
        store: StoreThread,
        pair: Pair,
        parameters: Parameters,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(store, parameters, parent)
        self._pair = pair
        self._asked: Asked | None = None
        self._answering = Answering(engine, store, self)
        self._answering.run_begun.connect(self.run_begun)
        self._answering.prefilled.connect(self._on_prefilled)
        self._answering.written.connect(self._on_written)
        self._answering.stepped.connect(self.stepped)
        self._answering.survived.connect(self._on_survived)
        self._answering.ended.connect(self._on_ended)
        self._answering.trouble_changed.connect(self.trouble_changed)

    @property
    def busy(self) -> bool:
        """Whether an answer is asked for or being written, in any conversation."""
        return self._asked is not None or self._answering.live is not None

    @property
    def answering(self) -> int | None:
        """The conversation that is being answered, or will be."""
        if self._asked is not None:
            return self._asked.begin.conversation
        return self._answering.live.conversation if self._answering.live else None

    @property
    def live(self) -> LiveAnswer | None:
        """The answer that is being written, in whichever conversation."""
        return self._answering.live

    @property
    def trouble(self) -> str:
        """What went wrong with drafting in the last answer."""
        return self._answering.trouble

    def send(self, text: str) -> None:
        """Send what a person wrote; gives it back by `text_returned` where that cannot be done."""
        if problem := self.why_not_sent(text):
            self.warn(problem)
            self.text_returned.emit(text)
            return
        self.begin(BeginTurn(self.current, text, *self.order()), above=len(self.turns))

    def regenerate(self, message: int) -> None:
        """Write another answer beside this one, or to this message of a person's."""
        place = self.place(message)
        if place is not None and self.turns[place].role is Role.USER:
            place += 1
        if not place or self.current is None or self.turns[place - 1].role is not Role.USER:
            return
        if problem := self.why_not_asked():
            self.warn(problem)
            return
        self._remove_turns(self.turns[place:])
        self.begin(BeginAnotherAnswer(self.current, self.turns[-1].id, *self.order()), above=place, given=1)

    def show_version(self, message: int) -> None:
        """Show the branch through another version of a turn (one of its `siblings`), down to its newest end."""
        if self.current is None:
            return
        if problem := self.why_not_changed():
            self.warn(problem)
            return
        self.read(ShowVersion(self.current, message))

    def stop(self) -> None:
        """End the answer under way; what is written stays."""
        if self._asked is not None:
            self._asked.stopped = True
        self._answering.stop()

    def close_thinking(self) -> None:
        """End the thinking of the answer under way, so that it answers."""
        self._answering.close_thinking()

    def save_now(self) -> None:
        """Bring the store up to date with the answer under way."""
        self._answering.save()

    def set_trouble(self, trouble: str) -> None:
        """What went wrong with drafting; "" once that says nothing about the next answer any more."""
        self._answering.set_trouble(trouble)

    @Slot(object)
    def forget(self, conversation: int) -> None:
        """A conversation has left the list: end the answer under way in it, and show it no longer."""
        if conversation == self.answering:
            self.stop()
        if conversation in (self.current, self._wanted):
            self.new()

    # For `edits`, too

    def why_not_asked(self) -> str:
        """Why the model can be asked nothing now; "" when it can."""
        reading = tr("The conversation is still being read. Try again in a moment.") if self._changing else ""
        return why_not_asked(self._pair.state, busy=self.busy) or reading

    def why_not_sent(self, text: str) -> str:
        """Why this cannot be sent now; "" when it can."""
        return why_not_sent(text, self._pair.state, busy=self.busy) or self.why_not_asked()

    def why_not_changed(self) -> str:
        """Why another branch cannot be shown now; "" when it can."""
        return tr("An answer is still being written. Stop it, or wait for it.") if self.busy else ""

    def order(self) -> tuple[GenerateRequest, PairLoaded]:
        """How an answer is asked for now, and of what. The pair must be ready."""
        loaded = self._pair.loaded
        assert loaded is not None
        return request_for(self._parameters.settings, loaded), loaded

    def begin(self, ask: Begin, *, above: int, given: int = 0) -> None:
        """Begin an answer below the first `above` turns shown; the model must see the last `given` of them."""
        self._set_left_out(min(self.left_out, above - given))
        self._asked = Asked(ask, self.turns[:above], self.left_out, self._view, self._parameters.own)
        self.set_trouble("")
        if isinstance(ask, BeginTurn):
            self._unsent = ""  # as in the store
        self.resolved.emit(TOPIC)
        self.busy_changed.emit(True)
        self._store.ask(ask)

    # What comes back

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the run under way; False where it belongs to something else."""
        return self._answering.on_event(job, event)

    def deliver(self) -> None:
        """Show what came since the last time."""
        self._answering.deliver()

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case TurnBegun():
                self._start(reply)
            case StoreFailed(BeginTurn(text=text), error):
                self._not_begun(error)
                self.text_returned.emit(text)
            case StoreFailed(BeginAnotherAnswer(conversation=conversation), error):
                self._not_begun(error)
                self.open(conversation)
            case StoreFailed(BeginEditedTurn() | BeginContinuation(), error):
                self._not_begun(error)
            case StoreFailed(SaveAnswer() | FinishAnswer() | TakeBackTurn(), error):
                hint = tr("The answer is kept here and written once that is possible. {0}").format(error.hint)
                self.noticed.emit(Notice(Level.ERROR, error.message, hint.strip(), topic=STORE))
            case AnswersKept():
                self.resolved.emit(STORE)
            case _:
                return super().on_reply(reply)
        return True

    @Slot(object)
    def _on_prefilled(self, progress: PrefillProgress) -> None:
        if self._live_in(self.current):
            self.prefilled.emit(progress)

    @Slot(object)
    def _on_written(self, pieces: Sequence[TextPiece]) -> None:
        if self._live_in(self.current):
            self.written.emit(pieces)

    @Slot()
    def _on_survived(self) -> None:
        self._pair.survived()

    def _live_in(self, conversation: int | None) -> LiveAnswer | None:
        live = self._answering.live
        return live if live is not None and live.conversation == conversation else None

    def _start(self, begun: TurnBegun) -> None:
        """The turn is stored: ask the engine."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        live = LiveAnswer(
            *(begun.conversation, begun.user, begun.answer, begun.run, begun.siblings, begun.base),
            tokens_before=begun.tokens_before,
            is_edit=isinstance(asked.begin, BeginEditedTurn),
        )
        turns = asked.turns + ([begun.user] if begun.user else [])
        shown = self._view == asked.view
        if asked.begin.conversation is None:
            self._parameters.adopt(begun.conversation, asked.own, shown=shown)
        if shown:
            self._remove_turns([turn for turn in self.turns[len(asked.turns) :] if turn.id != live.answer])
            self.turns = list(turns)
            self._set_current(begun.conversation)
            if begun.user is not None:
                self.turn_added.emit(begun.user)
            if begun.base is not None:
                self.answer_continued.emit(live)
            else:
                self.answer_begun.emit(begun.answer)
        request = None  # it does not begin: it was stopped, or is not what was stored
        if (
            not asked.stopped
            and self._pair.state is PairState.READY
            and self._pair.loaded == asked.begin.pair
        ):
            seen = turns[asked.left_out :] + ([begun.base] if begun.base else [])
            request = with_turns(asked.begin.request, seen)
        self._answering.begin(live, request)

    def _not_begun(self, error: AppError) -> None:
        self._asked = None
        self.noticed.emit(error_notice(error, topic=TOPIC))
        self.busy_changed.emit(False)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        """The answer is over, one way or another: show it, and say what happened."""
        live, end, error = ended.live, ended.end, ended.error
        if self._readings and live.conversation == self._wanted:
            self.open(live.conversation)  # what is being read of it does not have the end
        shown = live.conversation == self.current
        if shown and ended.taken_back:
            self._take_back(live)
        elif shown:
            self.turns.append(live.turn(end))
            self.answer_ended.emit(end)
        self.run_ended.emit(end.stats)
        self.busy_changed.emit(False)
        if isinstance(error, EngineDiedError):
            self._pair.died(error)
        elif error is not None:
            remedies = [Remedy.OPEN_LOGS] if ended.is_bug else []
            if ended.taken_back and shown and isinstance(error, PromptError):
                remedies += self._what_helps(live)
            self.noticed.emit(error_notice(error, *remedies, topic=TOPIC))

    def _what_helps(self, live: LiveAnswer) -> list[Remedy]:
        """Against a prompt that is too long."""
        if live.base is not None:
            return [Remedy.LEAVE_OUT_AND_CONTINUE] if len(self.in_prompt) > 2 else []
        if live.is_edit or not self.in_prompt:
            return []
        return [Remedy.LEAVE_OUT_OLDEST, Remedy.NEW_CONVERSATION]

    def _take_back(self, live: LiveAnswer) -> None:
        """The engine refused the prompt: give the text back, or leave the answer that was to go on as it was."""
        if live.base is not None:
            self.turns.append(live.base)
            self.answer_ended.emit(AnswerEnd(live.base.stats, live.base.interrupted))
            return
        assert live.user is not None
        self.turn_removed.emit(live.answer)
        self._remove_turns([live.user])
        self._unsent = unsent_again(live.user.content, self._unsent)  # as in the store
        self.text_returned.emit(live.user.content)
        if live.is_edit:
            self.open(live.conversation)  # the version that was there before
