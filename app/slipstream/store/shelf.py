"""The conversations as things on a shelf: listed, named, put into folders, searched, taken down, carried in and out.

The part of `Store` that knows nothing of turns and answers.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from slipstream.core.errors import StoreError
from slipstream.core.events import StepDone
from slipstream.core.reports import RunRecord, Scope
from slipstream.core.transfer import SavedConversation, SavedMessage
from slipstream.store import conversations, reports, search, transfer
from slipstream.store.database import Database
from slipstream.store.records import Conversation
from slipstream.store.text import clean_path, clean_text

KEPT_DELETED = timedelta(days=30)


class Shelf:
    """All conversations of an open database. Every method raises StoreError for what can be expected."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._db = database
        self._now = now

    def list_conversations(self, *, deleted: bool = False) -> tuple[Conversation, ...]:
        """Pinned ones first, then by what was written last; or those that were deleted."""
        return conversations.load_all(self._db, deleted=deleted)

    def conversation(self, conversation_id: int) -> Conversation:
        return conversations.load(self._db, conversation_id)

    def create_conversation(
        self, title: str = "", *, target: str | None = None, draft: str | None = None
    ) -> Conversation:
        """A new, empty conversation. Without a title it takes its first message's first line."""
        with self._db.write(durable=True) as db:
            made = conversations.add(db, title, target, draft, self._stamp())
        return self.conversation(made)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """From here on it keeps this title."""
        self._set(conversation_id, title=clean_text(title), titled=1)

    def pin_conversation(self, conversation_id: int, pinned: bool) -> None:
        self._set(conversation_id, pinned=int(pinned))

    def move_conversation(self, conversation_id: int, folder: str) -> None:
        """Put it into a folder, which is there as long as something is in it; "" takes it out of its folder."""
        self._set(conversation_id, folder=clean_text(folder))

    def rename_folder(self, folder: str, name: str) -> None:
        """Move everything in a folder to another one; "" takes it out."""
        with self._db.write(durable=True) as db:
            db.run("UPDATE conversation SET folder = ? WHERE folder = ?", clean_text(name), folder)

    def set_unsent(self, conversation_id: int, text: str) -> None:
        """Keep what is typed and not sent yet."""
        self._set(conversation_id, unsent=clean_text(text))

    def set_parameters(self, conversation_id: int, parameters: str) -> None:
        """Keep what the conversation's answers are written with (JSON)."""
        self._set(conversation_id, settings=clean_text(parameters))

    def set_models(self, conversation_id: int, target: str | None, draft: str | None) -> None:
        """Remember the model files the conversation is used with."""
        self._set(conversation_id, target=clean_path(target), draft=clean_path(draft))

    def delete_conversation(self, conversation_id: int) -> None:
        """Take it out of the list; `restore_conversation` brings it back whole, until it is purged."""
        self._set(conversation_id, deleted_at=self._stamp())

    def restore_conversation(self, conversation_id: int) -> None:
        self._set(conversation_id, deleted_at=None)

    def purge_some(self) -> bool:
        """Remove for good a part of what was deleted 30 days ago; whether there may be more. Takes milliseconds."""
        limit = (self._now().astimezone(UTC) - KEPT_DELETED).isoformat(timespec="seconds")
        due = self._db.row("SELECT id FROM conversation WHERE deleted_at < ? LIMIT 1", limit)
        if due is None:
            return False
        with self._db.write(durable=False) as db:
            conversations.remove_some(db, due["id"])
        return True

    def search(self, text: str) -> search.Found:
        """Conversations and messages that have all the words of what a person typed; `store.search` says how."""
        return search.find(self._db, text)

    def _set(self, conversation_id: int, **columns: str | int | None) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._db.write(durable=True) as db:
            changed = db.run(
                f"UPDATE conversation SET {assignments} WHERE id = ?", *columns.values(), conversation_id
            ).rowcount
            if not changed:
                raise StoreError(f"There is no conversation {conversation_id}")

    # Files

    def saved_ids(self) -> list[int]:
        """Every conversation for a file, the one that was written last at the end."""
        return transfer.ids(self._db)

    def saved(self, conversation_id: int) -> SavedConversation:
        return transfer.conversation(self._db, conversation_id)

    def saved_messages(self, conversation_id: int, *, whole_tree: bool) -> Iterator[SavedMessage]:
        """Its messages one at a time; not `whole_tree`: of the branch that is shown, without steps."""
        return transfer.messages(self._db, conversation_id, whole_tree=whole_tree)

    def report_runs(self, scope: Scope) -> list[int]:
        """Ids of the runs that are meant, oldest first."""
        return reports.run_ids(self._db, scope)

    def report_run(self, run: int) -> RunRecord | None:
        """A run without its steps; None for one that was removed meanwhile."""
        return reports.run_record(self._db, run)

    def report_steps(self, run: RunRecord) -> Iterator[StepDone]:
        """Its steps up to number `run.steps`, without their text."""
        return reports.steps(self._db, run)

    def incoming(self) -> transfer.Incoming:
        """An import, out of sight until it is revealed."""
        return transfer.Incoming(self._db, self._now())

    def _stamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="seconds")
