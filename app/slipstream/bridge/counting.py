"""How many tokens a text has, and how full the context is, asked of the engine while it has nothing else to do.

Counting is the model's own business (its template, its vocabulary), so it is asked and not guessed. What is typed is
counted once typing pauses. While an answer is written, each step tells. Until the first count of what is shown there
is an estimate by its length, which says that it is one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from slipstream.bridge.chat import Chat
from slipstream.bridge.engine_messages import Counted, EngineEvent, JobEnd
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.pair import Pair, PairState
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.prompt import request_for, with_turns
from slipstream.core.chat import ChatMessage, GenerateRequest, Role
from slipstream.core.events import PairLoaded, StepDone

PAUSE_MS = 300  # of typing
TELL_MS = 500  # while an answer is written: figures that change faster cannot be read
MOST_PER_TOKEN = (
    16  # characters; text longer than so many per token of the context is too long, whatever it says
)
PER_TOKEN = 4.0  # characters, about, until something was counted
TELLING = 200  # characters from which a count tells how many they are per token


class TokenCounter(QObject):
    """Asks the engine; each answer goes to whoever asked. Where the count fails, no answer comes."""

    def __init__(self, engine: EngineThread, pair: Pair, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._pair = pair
        self._asked: dict[int, Callable[[int], None]] = {}

    def ask(self, request: GenerateRequest, tell: Callable[[int], None]) -> bool:
        """Count the tokens of a request's prompt; `tell` is called on this thread. False where nothing is loaded."""
        if self._pair.state is not PairState.READY:
            return False
        self._asked[self._engine.count(request)] = tell
        return True

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of a count; False where it belongs to something else."""
        if job not in self._asked:
            return False
        if isinstance(event, Counted):
            self._asked[job](event.tokens)
        elif isinstance(event, JobEnd):
            del self._asked[job]
        return True


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How full the context is. Tokens."""

    used: int  # by the conversation and what is typed
    size: int
    answer: int  # the longest answer that is asked for
    left_out: int = 0  # of the oldest messages, how many the model is not given
    is_estimate: bool = False

    @property
    def room(self) -> int:
        """What is left for the answer; below 1 the prompt is too long."""
        return self.size - self.used

    @property
    def too_long_by(self) -> int:
        """An estimate is too rough to say so."""
        return 0 if self.is_estimate else max(0, 1 - self.room)


class ContextMeter(QObject):
    """Signal: `changed(ContextUse | None)`; None while nothing is loaded. What the steps of an answer add is in
    `use` at once, and told twice a second.
    """

    changed = Signal(object)

    def __init__(
        self,
        counter: TokenCounter,
        pair: Pair,
        chat: Chat,
        parameters: Parameters,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter = counter
        self._pair = pair
        self._chat = chat
        self._parameters = parameters
        self._typed = ""
        self._shown = chat.current
        self._loaded = pair.loaded
        self._per_token = PER_TOKEN
        self._asking = 0  # counts what was asked: only the last answer is of now
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TELL_MS)
        self._tell.timeout.connect(self._on_tell)
        self.use: ContextUse | None = None
        for signal in (chat.turn_added, chat.turn_removed, chat.answer_ended):
            signal.connect(self._on_other)
        pair.changed.connect(self._on_pair)
        chat.busy_changed.connect(self._on_busy)
        chat.opened.connect(self._on_opened)
        chat.left_out_changed.connect(self._soon)
        chat.stepped.connect(self._on_stepped)
        parameters.changed.connect(self._soon)

    def typed(self, text: str) -> None:
        """What is in the field now."""
        if text != self._typed:
            self._typed = text
            self._timer.start()

    def _set(self, use: ContextUse | None) -> None:
        if use != self.use or self._tell.isActive():
            self._tell.stop()
            self.use = use
            self.changed.emit(use)

    @Slot()
    def _on_tell(self) -> None:
        self.changed.emit(self.use)

    @Slot()
    def _soon(self) -> None:
        self._timer.start()

    @Slot(object)
    def _on_other(self, _what: object) -> None:
        self._timer.start()

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._timer.start()

    @Slot(object, object, str)
    def _on_opened(self, _turns: object, _live: object, unsent: str) -> None:
        if self._chat.current == self._shown:
            self._timer.start()  # another branch: what was counted is near enough until then
        else:
            self._shown = self._chat.current
            self._estimate(unsent)

    @Slot()
    def _on_pair(self) -> None:
        if self._pair.loaded is not self._loaded:  # another model counts otherwise
            self._loaded = self._pair.loaded
            self._per_token = PER_TOKEN
            self._estimate(self._typed)

    def _estimate(self, typed: str) -> None:
        """Tell about how full it is with this in the field, and have it counted."""
        loaded = self._pair.loaded
        self._asking += 1  # what is being counted is of before
        self._timer.start()
        if loaded is None:
            self._set(None)
            return
        request, use = self._now(loaded, typed)
        about = _two_digits(_characters(request) / self._per_token)
        self._set(replace(use, used=about, is_estimate=bool(request.messages)))

    def _now(self, loaded: PairLoaded, typed: str) -> tuple[GenerateRequest, ContextUse]:
        """What would be sent with this in the field, and the use as far as it needs no count."""
        settings = self._parameters.settings
        request = with_turns(request_for(settings, loaded), self._chat.in_prompt)
        if typed.strip():
            text = typed[: MOST_PER_TOKEN * loaded.n_ctx]
            request = replace(request, messages=(*request.messages, ChatMessage(Role.USER, text)))
        return request, ContextUse(0, loaded.n_ctx, settings.max_tokens, self._chat.left_out)

    @Slot()
    def _on_pause(self) -> None:
        loaded = self._pair.loaded
        if loaded is None:
            self._set(None)
            return
        if self._chat.busy or self._pair.state is not PairState.READY:
            return  # the end of that starts the timer again
        request, use = self._now(loaded, self._typed)
        self._asking += 1
        if not request.messages:
            self._set(use)
            return
        asking = self._asking

        def tell(tokens: int) -> None:
            if asking == self._asking:
                self._set(replace(use, used=tokens))
                if tokens and (characters := _characters(request)) >= TELLING:
                    self._per_token = characters / tokens

        self._counter.ask(request, tell)

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        """The answer under way fills the context as it goes."""
        if self.use is None or self._chat.answering != self._chat.current:
            return
        last = steps[-1].record
        self._asking += 1
        self.use = replace(self.use, used=last.position + len(last.emitted), is_estimate=False)
        if not self._tell.isActive():
            self._tell.start()


def _characters(request: GenerateRequest) -> int:
    """Of the text of its messages; what was thought before is not sent again."""
    return sum(len(message.content) for message in request.messages)


def _two_digits(number: float) -> int:
    """A whole number that promises no more than it knows."""
    whole = round(number)
    return round(whole, 2 - len(str(whole)))
