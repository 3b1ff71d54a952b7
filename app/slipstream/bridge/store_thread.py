"""The store's own thread: requests in, replies out, in their order. One thread, one connection.

Knows what the store can do, and nothing of what a person sees.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, Signal, Slot

from slipstream.bridge.answer import all_told, why_not_whole
from slipstream.bridge.bench_messages import BenchRequest
from slipstream.bridge.change_messages import (
    BeginContinuation,
    BeginEditedTurn,
    Change,
    EditAnswer,
    RemoveMessage,
    RestoreMessage,
)
from slipstream.bridge.comparison_messages import ComparisonRequest
from slipstream.bridge.faults import fault
from slipstream.bridge.late_writes import LateWrites
from slipstream.bridge.library_messages import LibraryRequest
from slipstream.bridge.steps_reading import StepsReading
from slipstream.bridge.store_benchmarks import BenchmarkKeeping
from slipstream.bridge.store_comparisons import answer_comparison
from slipstream.bridge.store_jobs import StoreJobs
from slipstream.bridge.store_library import answer
from slipstream.bridge.store_messages import (
    Begin,
    BeginAnotherAnswer,
    BeginTurn,
    ConversationOpened,
    KeepParameters,
    KeepUnsent,
    OpenConversation,
    ReadSteps,
    Reply,
    Request,
    ShowVersion,
    StoreFailed,
    StoreOpened,
    Turn,
    TurnBegun,
    Write,
)
from slipstream.core.chat import Role
from slipstream.core.errors import AppError, StoreError
from slipstream.core.events import TextPiece
from slipstream.core.presets import OwnParameters
from slipstream.store.records import Message, MessageState
from slipstream.store.store import Store

log = logging.getLogger(__name__)
RETRY_MS = 3000  # until what could not be written is tried again
TOKENS_KNOWN = 40  # newest messages of a branch that come with their tokens: all of them would take long


def tr(text: str) -> str:
    return QCoreApplication.translate("StoreThread", text)


class StoreWorker(QObject):
    """Lives on the store's thread. Signal `replied(Reply)`."""

    replied = Signal(object)

    def __init__(self, open_store: Callable[[], Store], build: str) -> None:
        super().__init__()
        self._open_store = open_store
        self._build = build
        self._store: Store | None = None
        self._why_closed = StoreError("The conversations are not open")
        self._late = LateWrites()
        self._jobs = StoreJobs(self)
        self._jobs.replied.connect(self.replied)
        self._steps = StepsReading()
        self._benchmarks = BenchmarkKeeping()
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.on_retry)

    @Slot()
    def on_open(self) -> None:
        failure: AppError | None = fault()
        try:
            self._store = self._open_store()
            failure = None
        except AppError as error:
            log.error("the store cannot be opened: %s", error.one_line())
            failure = error
        finally:  # a bug is told, too, and goes on to the exception hook
            if failure is not None:
                self._why_closed = (
                    failure if isinstance(failure, StoreError) else StoreError(failure.message, failure.hint)
                )
                self.replied.emit(StoreFailed(None, failure))
        if self._store is None:
            return
        self._jobs.begin(self._store)
        self.replied.emit(StoreOpened(self._store.notices, self._store.recovered))

    @Slot(object)
    def on_request(self, request: Request) -> None:
        """Do it and reply, whatever happens: the chat waits for that. A bug goes on to the exception hook."""
        reply: Reply | None = StoreFailed(request, fault())
        try:
            if self._store is None:
                raise self._why_closed
            if isinstance(request, Write):
                self._late.add(request)
                self._write(self._store)
                reply = None
            elif isinstance(request, LibraryRequest):
                reply = answer(self._store, self._jobs, request)
            elif isinstance(request, BenchRequest):
                reply = self._benchmarks.answer(self._store, request)
            elif isinstance(request, ComparisonRequest):
                reply = answer_comparison(self._store, request, self._build)
            else:
                reply = self._do(self._store, request)
        except AppError as error:
            log.error("%s: %s", type(request).__name__, error.one_line())
            reply = StoreFailed(request, error)
        finally:
            if reply is not None:
                self.replied.emit(reply)

    @Slot()
    def on_retry(self) -> None:
        """Try again what could not be written."""
        if self._store is not None:
            self._write(self._store)

    @Slot()
    def on_close(self) -> None:
        """Close the store and end the thread."""
        try:
            self._jobs.end()
            if self._store is not None:
                try:
                    self._write(self._store)
                finally:
                    self._store.close()
        finally:
            self._store = None
            self._retry.stop()
            self.thread().quit()

    def _write(self, store: Store) -> None:
        """Write what waits, and see to it that the rest is tried again."""
        for reply in self._late.write(store):
            self.replied.emit(reply)
        if not self._late:
            self._retry.stop()
        elif not self._retry.isActive():
            self._retry.start()

    def _do(self, store: Store, request: Request) -> Reply | None:
        match request:
            case OpenConversation(conversation, through):
                if through is not None:
                    store.show_message(through)
                return self._opened(store, conversation)
            case ShowVersion(conversation, message):
                store.show_branch(message)
                return self._opened(store, conversation)
            case EditAnswer() | RemoveMessage() | RestoreMessage():
                return self._change(store, request)
            case BeginTurn() | BeginAnotherAnswer() | BeginEditedTurn() | BeginContinuation():
                return self._begin(store, request)
            case ReadSteps(answer, known):
                return self._steps.read(store, answer, known)
            case KeepUnsent(conversation, text):
                store.set_unsent(conversation, text)
            case KeepParameters(conversation, own):
                store.set_parameters(conversation, own.to_json())
        return None

    def _opened(self, store: Store, conversation: int) -> ConversationOpened:
        branch = store.load_branch(conversation)
        fresh = len(branch) - TOKENS_KNOWN
        turns = (
            _turn(store, message, self._late, with_tokens=i >= fresh) for i, message in enumerate(branch)
        )
        kept = store.conversation(conversation)
        own = OwnParameters.from_json(kept.parameters)
        return ConversationOpened(conversation, tuple(turns), kept.unsent, own)

    def _change(self, store: Store, change: Change) -> ConversationOpened:
        match change:
            case EditAnswer(message=message, text=text):
                store.edit_answer(message, text)
            case RemoveMessage(message=message):
                store.remove_message(message)
            case RestoreMessage(message=message):
                store.restore_message(message)
        return replace(self._opened(store, change.conversation), change=change)

    def _begin(self, store: Store, ask: Begin) -> TurnBegun:
        """Store the turn and an empty answer; of an answer that goes on, only its run."""
        match ask:
            case BeginAnotherAnswer(user=user):
                return _begun(None, store.begin_answer(user, ask.request, ask.pair, self._build))
            case BeginContinuation(answer=answer):
                return self._go_on(store, ask, store.message(answer))
            case BeginEditedTurn(message=message, text=text):
                edited = store.edit_turn(message, text, ask.request, ask.pair, self._build)
                return _begun(*edited)
        return _begun(*store.begin_turn(ask.conversation, ask.text, ask.request, ask.pair, self._build))

    def _go_on(self, store: Store, ask: BeginContinuation, before: Message) -> TurnBegun:
        if before.run is not None and self._late.waits(before.run.id):
            raise StoreError(
                tr("What is written of this answer could not be kept yet"),
                tr("It is tried again every few seconds; then the answer can go on"),
            )
        base = _turn(store, before, self._late, with_tokens=True)
        tokens = store.tokens_of(before.id)
        begun = _begun(None, store.continue_answer(before.id, ask.request, ask.pair, self._build))
        return replace(begun, base=base, tokens_before=tokens)


def _begun(user: Message | None, answer: Message) -> TurnBegun:
    assert answer.run is not None  # the store makes both
    turn = None if user is None else Turn(user.id, Role.USER, user.content, siblings=user.siblings)
    return TurnBegun(answer.conversation_id, turn, answer.id, answer.run.id, answer.siblings)


def _turn(store: Store, message: Message, late: LateWrites, *, with_tokens: bool) -> Turn:
    """A stored message as it is shown."""
    if message.role is not Role.ASSISTANT:
        return Turn(message.id, message.role, message.content, siblings=message.siblings)
    run = message.run
    interrupted = why_not_whole(run.stats.stop_reason) if run and run.stats else None
    if message.state is not MessageState.COMPLETE:
        interrupted = (run.interruption if run else None) or why_not_whole(None)
    pieces: tuple[TextPiece, ...] = ()
    if run and with_tokens:
        pieces = store.message_pieces(message.id)
    turn = Turn(
        message.id,
        message.role,
        message.content,
        message.thinking,
        run.stats if run else None,
        interrupted,
        pieces,
        message.siblings,
        message.edited,
        continued=run is not None and run.thinking_from + run.content_from > 0,
    )
    turn = late.whole(turn, run) if run else turn
    return replace(turn, pieces=all_told(turn)) if turn.pieces else turn


class StoreThread(QObject):
    """What the window's thread holds. Signal `replied(Reply)`, on the window's thread."""

    replied = Signal(object)
    _open = Signal()
    _request = Signal(object)
    _close = Signal()

    def __init__(self, open_store: Callable[[], Store], build: str, parent: QObject | None = None) -> None:
        """`open_store` is called on the store's thread. `build` names the engine in the records."""
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("store")
        self._worker = StoreWorker(open_store, build)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._open.connect(self._worker.on_open, queued)
        self._request.connect(self._worker.on_request, queued)
        self._close.connect(self._worker.on_close, queued)
        self._worker.replied.connect(self.replied, queued)
        self._thread.start()

    def open(self) -> None:
        """Open the store; `StoreOpened` or `StoreFailed` follows."""
        self._open.emit()

    def ask(self, request: Request) -> None:
        self._request.emit(request)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Do what was asked, close the store and end the thread. False where that took too long."""
        self._close.emit()
        return self._thread.wait(timeout_ms)
