"""The conversation that is shown, and the answer under way: what a person does, in the order it happens.

A turn goes: the text is stored, the engine is asked, pieces stream in, the store is brought up to date twice
a second, the answer is finished. The window only shows what the signals say. An answer goes on being written
while another conversation is looked at.
"""

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.answer import Asked, LiveAnswer, failure, outcome
from slipstream.bridge.engine_messages import (
    EngineEvent,
    JobCancelled,
    JobCrashed,
    JobDone,
    JobFailed,
)
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.keeper import AnswerKeeper
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.pair import Pair, PairState
from slipstream.bridge.preferences import Preferences
from slipstream.bridge.prompt import request_for, why_not_sent, with_turns
from slipstream.bridge.store_messages import (
    AnswersKept,
    Begin,
    BeginAnotherAnswer,
    BeginTurn,
    ConversationOpened,
    FinishAnswer,
    KeepUnsent,
    OpenConversation,
    Reply,
    SaveAnswer,
    ShowVersion,
    StoreFailed,
    TakeBackTurn,
    Turn,
    TurnBegun,
)
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import AppError, EngineDiedError, PromptError
from slipstream.core.events import PairLoaded, PrefillProgress, RunFinished, StepDone
from slipstream.store.text import unsent_again

TOPIC = "turn"
STORE = "store"
LEFT_OUT = "left_out"


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


class Chat(QObject):
    """Signals, all about the shown conversation unless said otherwise:

    `leaving()`, the last moment for `keep_unsent` before another branch is shown ·
    `opened(tuple[Turn], LiveAnswer | None, unsent text)` · `turn_added(Turn)` · `turn_removed(id)` ·
    `answer_begun(id)` · `prefilled(PrefillProgress)` · `written(tuple[TextPiece])` · `answer_ended(AnswerEnd)` ·
    `text_returned(str)`, a prompt that could not be sent · `noticed(Notice)` · `resolved(topic)` ·
    `busy_changed(bool)`, `run_begun(GenerateRequest)`, `stepped(tuple[StepDone])`,
    `run_ended(RunStats | None)` of whichever conversation is being answered · `current_changed(id | None)` ·
    `trouble_changed(str)`, what went wrong with drafting in the last answer.
    """

    leaving = Signal()
    opened = Signal(object, object, str)
    turn_added = Signal(object)
    turn_removed = Signal(object)
    answer_begun = Signal(object)
    prefilled = Signal(object)
    written = Signal(object)
    answer_ended = Signal(object)
    text_returned = Signal(str)
    noticed = Signal(object)
    resolved = Signal(str)
    busy_changed = Signal(bool)
    run_begun = Signal(object)
    stepped = Signal(object)
    run_ended = Signal(object)
    current_changed = Signal(object)
    trouble_changed = Signal(str)

    def __init__(
        self,
        engine: EngineThread,
        store: StoreThread,
        pair: Pair,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._store = store
        self._pair = pair
        self._preferences = preferences
        self._wanted: int | None = None  # the conversation that was asked for last
        self._readings = 0  # branches that were asked for and are not here yet; only the last one is shown
        self._asked: Asked | None = None
        self._view = 0  # counts what was shown, to know whether the same is shown still
        self._live: LiveAnswer | None = None
        self._fresh: list[StepDone] = []  # taken, not yet shown
        self._keeper = AnswerKeeper(store, self)
        self._left_out = 0  # how many of the oldest turns the model is not given
        self._unsent = ""  # what is kept as typed and not sent in the shown conversation
        self._unsent_new = ""  # the same of the conversation that has no message yet
        self.current: int | None = None
        self.turns: list[Turn] = []
        self.trouble = ""  # what went wrong with drafting in the last answer

    @property
    def busy(self) -> bool:
        """Whether an answer is asked for or being written, in any conversation."""
        return self._asked is not None or self._live is not None

    @property
    def answering(self) -> int | None:
        """The conversation that is being answered, or will be."""
        if self._asked is not None:
            return self._asked.begin.conversation
        return self._live.conversation if self._live else None

    @property
    def unsent_new(self) -> str:
        """What is kept as typed and not sent in the conversation that has no message yet."""
        return self._unsent_new

    def new(self) -> None:
        """Show an empty conversation; it is kept from its first message on."""
        self._wanted = None
        self._show(None, [])

    def open(self, conversation: int) -> None:
        self._read(OpenConversation(conversation))

    def keep_unsent(self, text: str) -> None:
        """Remember what is typed in the shown conversation, before another is shown or the window closes."""
        if self.current is None:
            self._unsent_new = text
        elif text != self._unsent:
            self._unsent = text
            self._store.ask(KeepUnsent(self.current, text))

    def send(self, text: str) -> None:
        """Send what a person wrote; gives it back by `text_returned` where that cannot be done."""
        problem = why_not_sent(text, self._pair.state, busy=self.busy)
        if problem or self._changing:
            problem = problem or tr("The conversation is still being read. Try again in a moment.")
            self.noticed.emit(Notice(Level.WARNING, problem, topic=TOPIC, seconds=8))
            self.text_returned.emit(text)
            return
        self._begin(BeginTurn(self.current, text, *self._order()))

    def regenerate(self, answer: int) -> None:
        """Write another answer beside this one."""
        place = next((i for i, turn in enumerate(self.turns) if turn.id == answer), 0)
        if (
            self.busy
            or self._changing
            or place == 0
            or self.current is None
            or self._pair.state is not PairState.READY
        ):
            return
        for turn in self.turns[place:]:
            self.turn_removed.emit(turn.id)
        self.turns = self.turns[:place]
        self._left_out = min(self._left_out, place - 1)  # the model is given what it is to answer
        self._begin(BeginAnotherAnswer(self.current, self.turns[-1].id, *self._order()))

    def show_version(self, message: int) -> None:
        """Show the branch through another version of a turn (one of its `siblings`), down to its newest end."""
        if self.current is None:
            return
        if self.busy:
            text = tr("An answer is still being written. Stop it, or wait for it.")
            self.noticed.emit(Notice(Level.WARNING, text, topic=TOPIC, seconds=8))
            return
        self._read(ShowVersion(self.current, message))

    def leave_out_oldest(self) -> None:
        """Keep the older half of what the model still sees of this conversation from the next prompts."""
        seen = self._in_prompt()
        pairs = max(1, len(seen) // 4)  # a question and its answer go together
        self._left_out += min(2 * pairs, len(seen))
        text = tr("The model no longer sees the oldest {0} messages of this conversation.")
        self.noticed.emit(Notice(Level.INFO, text.format(self._left_out), topic=LEFT_OUT, seconds=12))

    def stop(self) -> None:
        """End the answer under way; what is written stays."""
        if self._live is not None and self._live.job is not None:
            self._engine.stop(self._live.job)
        elif self._asked is not None:
            self._asked.stopped = True

    def set_trouble(self, trouble: str) -> None:
        """What went wrong with drafting; "" once that says nothing about the next answer any more."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit(trouble)

    @Slot(object)
    def forget(self, conversation: int) -> None:
        """A conversation has left the list: end the answer under way in it, and show it no longer."""
        if conversation == self.answering:
            self.stop()
        if conversation in (self.current, self._wanted):
            self.new()

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the run under way; False where it belongs to something else."""
        live = self._live
        if live is None or job != live.job:
            return False
        shown = live.conversation == self.current
        match event:
            case PrefillProgress():
                if shown:
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
                if shown and event.pieces:
                    self.written.emit(event.pieces)
                self._pair.survived()
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
        if pieces and self._live is not None and self._live.conversation == self.current:
            self.written.emit(pieces)
        if steps:
            self.stepped.emit(steps)

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ConversationOpened(conversation, turns, unsent):
                self._readings -= 1
                if conversation == self._wanted and not self._readings:
                    self._show(conversation, list(turns), unsent)
            case TurnBegun():
                self._start(reply)
            case StoreFailed(BeginTurn(text=text), error):
                self._not_begun(error)
                self.text_returned.emit(text)
            case StoreFailed(BeginAnotherAnswer(conversation=conversation), error):
                self._not_begun(error)
                self.open(conversation)
            case StoreFailed(SaveAnswer() | FinishAnswer() | TakeBackTurn(), error):
                hint = tr("The answer is kept here and written once that is possible. {0}").format(error.hint)
                self.noticed.emit(Notice(Level.ERROR, error.message, hint.strip(), topic=STORE))
            case StoreFailed(OpenConversation() | ShowVersion(), error):
                self._readings -= 1
                self.noticed.emit(error_notice(error, topic=STORE))
            case StoreFailed(KeepUnsent(), error):
                self.noticed.emit(error_notice(error, topic=STORE))
            case AnswersKept():
                self.resolved.emit(STORE)
            case _:
                return False
        return True

    def _read(self, request: OpenConversation | ShowVersion) -> None:
        self._wanted = request.conversation
        self._readings += 1
        self._store.ask(request)

    @property
    def _changing(self) -> bool:
        """Whether another branch of the shown conversation is on its way."""
        return self._readings > 0 and self.current is not None and self._wanted == self.current

    def _in_prompt(self) -> list[Turn]:
        """The turns the model is given."""
        return self.turns[self._left_out :]

    def _order(self) -> tuple[GenerateRequest, PairLoaded]:
        loaded = self._pair.loaded
        assert loaded is not None  # both callers have seen the pair ready
        return request_for(self._preferences.settings, loaded), loaded

    def _begin(self, ask: Begin) -> None:
        self._asked = Asked(ask, list(self.turns), self._left_out, self._view)
        self.set_trouble("")
        if isinstance(ask, BeginTurn):
            self._unsent = ""  # as in the store
        self.resolved.emit(TOPIC)
        self.busy_changed.emit(True)
        self._store.ask(ask)

    def _start(self, begun: TurnBegun) -> None:
        """The turn is stored: ask the engine."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        self._live = live = LiveAnswer(
            begun.conversation, begun.user, begun.answer, begun.run, begun.siblings
        )
        turns = asked.turns + ([begun.user] if begun.user else [])
        if self._view == asked.view:
            self.turns = turns
            self._set_current(begun.conversation)
            if begun.user is not None:
                self.turn_added.emit(begun.user)
            self.answer_begun.emit(begun.answer)
        if asked.stopped or self._pair.state is not PairState.READY or self._pair.loaded != asked.begin.pair:
            self._end(live, JobCancelled())
            return
        request = with_turns(asked.begin.request, turns[asked.left_out :])  # what is stored is what runs
        live.job = self._engine.generate(request)
        self._keeper.begin(live)
        self.run_begun.emit(request)

    def _not_begun(self, error: AppError) -> None:
        self._asked = None
        self.noticed.emit(error_notice(error, topic=TOPIC))
        self.busy_changed.emit(False)

    def _end(self, live: LiveAnswer, event: EngineEvent) -> None:
        """The run is over, one way or another: keep the answer, and say what happened."""
        self._live = None
        error = failure(event)
        end = outcome(live, error.message if error else None)
        refused = isinstance(error, PromptError) and live.user is not None and not live.pieces
        if refused:
            self._keeper.take_back(live)
        else:
            self._keeper.finish(live, end)
        if self._readings and live.conversation == self._wanted:
            self.open(live.conversation)  # what is being read of it does not have the end
        shown = live.conversation == self.current
        if shown:
            if refused:
                self._take_back(live)
            else:
                self.turns.append(live.turn(end))
                self.answer_ended.emit(end)
        self.run_ended.emit(end.stats)
        self.busy_changed.emit(False)
        if isinstance(error, EngineDiedError):
            self._pair.died(error)
        elif error is not None:
            remedies = [Remedy.OPEN_LOGS] if isinstance(event, JobCrashed) else []
            if refused and shown and self._in_prompt():
                remedies += [Remedy.LEAVE_OUT_OLDEST, Remedy.NEW_CONVERSATION]
            self.noticed.emit(error_notice(error, *remedies, topic=TOPIC))

    def _take_back(self, live: LiveAnswer) -> None:
        """The engine refused the prompt: give the text back."""
        assert live.user is not None
        self.turn_removed.emit(live.answer)
        self.turn_removed.emit(live.user.id)
        self.turns = [turn for turn in self.turns if turn.id != live.user.id]
        self._unsent = unsent_again(live.user.content, self._unsent)  # as in the store
        self.text_returned.emit(live.user.content)

    def _show(self, conversation: int | None, turns: list[Turn], unsent: str = "") -> None:
        self.leaving.emit()
        if conversation is None:
            unsent, self._unsent_new = self._unsent_new, ""
        elif conversation == self.current:
            unsent = self._unsent  # the store's may be older
        live = self._live if self._live and self._live.conversation == conversation else None
        if live is not None:
            turns = [turn for turn in turns if turn.id != live.answer]
        self.turns = turns
        self._view += 1
        self._left_out = 0
        self._unsent = unsent
        if conversation != self.current:
            self.resolved.emit(TOPIC)  # what was told of a turn is not about this conversation
        self._set_current(conversation)
        self.opened.emit(tuple(turns), live, unsent)

    def _set_current(self, conversation: int | None) -> None:
        if conversation != self.current:
            self.current = conversation
            if not self._readings:  # else another one is on its way
                self._wanted = conversation
            self.current_changed.emit(conversation)
