"""The store as the rest of the program sees it: conversations in and out, an answer kept while it is written.

What a person wrote and what was finished is on the disk when the call returns. An answer under way is committed in
batches (its owner calls `append_steps` every half second to a second); a kill keeps every batch, and at the next
start it is marked interrupted. Every method raises StoreError for what can be expected (a full disk, a damaged file,
an unknown id); then nothing of that call is kept, and it may be called again.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.errors import StoreError
from slipstream.core.events import PairLoaded, RunFinished, StepDone, TextPiece
from slipstream.core.known_pairs import KnownPairs
from slipstream.store import changes, comparisons, conversations, known, run_history, runs
from slipstream.store.backups import Backups
from slipstream.store.benchmarks import BenchmarkShelf
from slipstream.store.comparisons import ComparisonShelf
from slipstream.store.database import DamagedError, Database
from slipstream.store.lock import FolderLock
from slipstream.store.opening import open_sound
from slipstream.store.records import Message, MessageState, Run
from slipstream.store.shelf import Shelf


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store(Shelf, BenchmarkShelf, ComparisonShelf):
    """An open store, for the thread that opened it. `notices`: what a person should be told about the opening;
    `recovered`: how many answers were found cut short.
    """

    def __init__(
        self, database: Database, lock: FolderLock, backups: Backups, now: Callable[[], datetime]
    ) -> None:
        super().__init__(database, now)
        self._lock = lock
        self._backups = backups
        self.notices: tuple[str, ...] = ()
        self.recovered = 0

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] = utc_now, back_up: bool = True) -> Self:
        """Open the store at `path`, made where there is none, repaired where it is damaged.

        Makes the day's backup (half a second per 100 MB), unless `back_up` is False: then the owner calls
        `back_up_if_due` when it is idle. Raises StoreInUseError, NewerStoreError, StoreError.
        """
        lock = FolderLock(path.parent)
        try:
            backups = Backups(path.parent / "backups", now)
            database, notices = open_sound(path, backups, now, left_open=lock.left_open)
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError):
                raise StoreError(f"The conversations cannot be opened: {error.strerror}") from error
            raise
        store = cls(database, lock, backups, now)
        store.notices = tuple(notices)
        store._begin(back_up)
        return store

    def _begin(self, back_up: bool) -> None:
        """What an opened store does first. A full disk stops none of it: reading must go on."""
        try:
            self._db.settle()
            with self._db.write(durable=True) as db:
                self.recovered = runs.interrupt_all(db)
                comparisons.cut_off_all(db)
            self._db.start_log()
            self._lock.mark_open()
            with self._db.write(durable=False) as db:
                changes.purge(db)
            if back_up:
                self.back_up_if_due()
        except DamagedError:
            self.close()
            raise
        except StoreError as error:
            self.notices += (error.one_line(),)

    def close(self) -> None:
        """Close; may be called twice. Where damage was met, the next opening looks thoroughly."""
        with ExitStack() as last:
            last.callback(self._lock.release)
            last.callback(self._db.close)
            if not self._lock.held:
                return
            if self._db.damaged:
                self._lock.mark_open()
            else:
                self._lock.mark_closed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def back_up_if_due(self) -> bool:
        """Make a checked copy if the newest is older than a day; whether one was made. Raises StoreError."""
        if not self._backups.due():
            return False
        try:
            self._backups.make(self._db)
        except DamagedError:
            self._db.damaged = True
            raise
        return True

    # Messages

    def load_branch(self, conversation_id: int) -> tuple[Message, ...]:
        """The branch that is shown, oldest message first, with siblings and each answer's latest run.

        Those runs come without `stats.tokens`; `run` has them.
        """
        return conversations.load_branch(self._db, conversation_id)

    def message(self, message_id: int) -> Message:
        """One message, an answer with its latest run."""
        found = conversations.load_message(self._db, message_id)
        return replace(found, run=next(iter(runs.load_latest(self._db, [message_id])), None))

    def add_user_message(self, conversation_id: int, content: str) -> Message:
        """A person's next turn, at the end of the branch that is shown. On the disk when this returns."""
        return self._add_user_message(
            conversation_id, self.conversation(conversation_id).current_leaf, content
        )

    def edit_user_message(self, message_id: int, content: str) -> Message:
        """Another version of a turn: a sibling, which starts a branch of its own. The old one is kept."""
        old = conversations.load_message(self._db, message_id)
        return self._add_user_message(old.conversation_id, old.parent_id, content)

    def _add_user_message(self, conversation_id: int, parent_id: int | None, content: str) -> Message:
        with self._db.write(durable=True) as db:
            made = conversations.add_user_message(db, conversation_id, parent_id, content, self._stamp())
        return conversations.load_message(self._db, made)

    def show_branch(self, message_id: int) -> None:
        """Show the branch through this message, down to its newest end."""
        message = conversations.load_message(self._db, message_id)
        self._set(message.conversation_id, current_leaf=conversations.newest_leaf(self._db, message_id))

    def edit_answer(self, message_id: int, content: str) -> Message:
        """Another version of an answer, as a person wants it; no run. The old one is kept."""
        with self._db.write(durable=True) as db:
            made = changes.add_edited_answer(db, message_id, content, self._stamp())
        return conversations.load_message(self._db, made)

    def remove_message(self, message_id: int) -> None:
        """Take a message and all that follows it out of sight; `restore_message` brings them back until the store
        is opened anew. The version before it is shown, else the one after it, else what stands above.
        """
        with self._db.write(durable=True) as db:
            changes.remove(db, message_id)

    def restore_message(self, message_id: int) -> None:
        """Bring back what was removed with this message, and show it."""
        with self._db.write(durable=True) as db:
            changes.restore(db, message_id)

    def show_message(self, message_id: int) -> None:
        """See to it that the branch that is shown goes through this message; it stays where it does already."""
        message = conversations.load_message(self._db, message_id)
        if message_id not in conversations.branch_ids(self._db, message.conversation_id):
            self.show_branch(message_id)

    # Answers

    def begin_answer(self, parent_id: int, request: GenerateRequest, pair: PairLoaded, build: str) -> Message:
        """An empty answer under `parent_id` (a person's turn), and its run: `message.run.id` names it from here on.

        `build` names the engine, e.g. "llama-cpp-python 0.3.36". The request's messages are not kept again.
        """
        parent = conversations.load_message(self._db, parent_id)
        with self._db.write(durable=False) as db:
            run_id = self._add_answer(db, parent.conversation_id, parent_id, request, pair, build)
        return self._answer(run_id)

    def begin_turn(
        self,
        conversation_id: int | None,
        content: str,
        request: GenerateRequest,
        pair: PairLoaded,
        build: str,
    ) -> tuple[Message, Message]:
        """A person's next turn and the empty answer to it, both or neither; None makes the conversation too.

        What was typed and not sent is sent with it. On the disk when this returns.
        """
        stamp = self._stamp()
        parent = None if conversation_id is None else self.conversation(conversation_id).current_leaf
        with self._db.write(durable=True) as db:
            if conversation_id is None:
                draft = pair.draft.path if pair.draft else None
                conversation_id = conversations.add(db, "", pair.target.path, draft, stamp)
            user = conversations.add_user_message(db, conversation_id, parent, content, stamp)
            run_id = self._add_answer(db, conversation_id, user, request, pair, build)
            db.run("UPDATE conversation SET unsent = '' WHERE id = ?", conversation_id)
        return conversations.load_message(self._db, user), self._answer(run_id)

    def edit_turn(
        self, message_id: int, content: str, request: GenerateRequest, pair: PairLoaded, build: str
    ) -> tuple[Message, Message]:
        """Another version of a person's turn and the empty answer to it, both or neither. On the disk when this
        returns.
        """
        old = conversations.load_message(self._db, message_id)
        with self._db.write(durable=True) as db:
            user = conversations.add_user_message(
                db, old.conversation_id, old.parent_id, content, self._stamp()
            )
            run_id = self._add_answer(db, old.conversation_id, user, request, pair, build)
        return conversations.load_message(self._db, user), self._answer(run_id)

    def continue_answer(
        self, message_id: int, request: GenerateRequest, pair: PairLoaded, build: str
    ) -> Message:
        """A further run of an answer, which goes on with what there is of it: `message.run.id` names it."""
        stamp = self._stamp()
        with self._db.write(durable=False) as db:
            changes.reopen_answer(db, message_id, stamp)
            run_id = runs.insert(db, message_id, request, pair, build, stamp)
        return self._answer(run_id)

    def _add_answer(
        self,
        database: Database,
        conversation_id: int,
        parent_id: int,
        request: GenerateRequest,
        pair: PairLoaded,
        build: str,
    ) -> int:
        """The run of a new, empty answer."""
        stamp = self._stamp()
        made = conversations.add_message(
            *(database, conversation_id, parent_id, Role.ASSISTANT, "", MessageState.STREAMING, stamp)
        )
        return runs.insert(database, made, request, pair, build, stamp)

    def _answer(self, run_id: int) -> Message:
        """The message of a run, with that run."""
        run = runs.load(self._db, run_id)
        assert run.message_id is not None
        return replace(conversations.load_message(self._db, run.message_id), run=run)

    def append_steps(self, run_id: int, steps: Sequence[StepDone]) -> None:
        """Keep steps and their text: the streaming commit. All of them are kept, or none.

        Raises ValueError for a run that is over.
        """
        with self._db.write(durable=False) as db:
            runs.require_running(db, run_id)
            runs.append(db, run_id, steps)

    def finish_answer(self, run_id: int, finished: RunFinished, steps: Sequence[StepDone] = ()) -> None:
        """Keep the last steps and the result, and close the answer. On the disk when this returns."""
        with self._db.write(durable=True) as db:
            runs.require_running(db, run_id)
            runs.append(db, run_id, steps)
            runs.finish(db, run_id, finished)
            conversations.settle_title(db, run_id)

    def interrupt_answer(self, run_id: int, reason: str, steps: Sequence[StepDone] = ()) -> None:
        """Close an answer that the engine will not finish, with what there is of it."""
        with self._db.write(durable=True) as db:
            runs.require_running(db, run_id)
            runs.append(db, run_id, steps)
            runs.interrupt(db, run_id, reason)

    def take_back_turn(self, run_id: int) -> None:
        """Remove an answer that never began together with the turn it was for, whose text becomes unsent again; of an
        answer that was to go on, only the run.

        Raises ValueError for a run that is over.
        """
        with self._db.write(durable=True) as db:
            runs.require_running(db, run_id)
            if changes.goes_on(db, run_id):
                changes.take_back_run(db, run_id)
            else:
                conversations.take_back(db, run_id)

    def run(self, run_id: int) -> Run:
        """A run, its tokens among its statistics."""
        return runs.load(self._db, run_id)

    def run_steps(self, run_id: int) -> tuple[StepDone, ...]:
        """Every step of a run, with its text by token."""
        return runs.load_steps(self._db, run_id)

    def answer_steps(self, message_id: int, known: int = 0) -> list[tuple[Run, tuple[StepDone, ...]]]:
        """The steps of an answer's runs from number `known` on (from 0, over all runs), by run."""
        return runs.load_answer_steps(self._db, message_id, known)

    def run_pieces(self, run_id: int) -> tuple[TextPiece, ...]:
        """A run's text by token, for showing what was drafted."""
        return runs.load_pieces(self._db, run_id)

    def message_pieces(self, message_id: int) -> tuple[TextPiece, ...]:
        """The same of an answer, which may have several runs."""
        return runs.load_message_pieces(self._db, message_id)

    def tokens_of(self, message_id: int) -> int:
        """How many tokens all runs of an answer have emitted."""
        return runs.count_tokens(self._db, message_id)

    def run_history(self) -> list[run_history.RunLine]:
        """The figures of all finished runs, the oldest first."""
        return run_history.load(self._db)

    def known_pairs(self) -> KnownPairs:
        """What benchmarks and answers on this machine tell of pairs of models."""
        return known.known_pairs(self._db, self.measured_prompts())
