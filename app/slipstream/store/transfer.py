"""Conversations on their way out of the store, and into it, as the records of `core.transfer`.

What comes in stays out of sight until all of it is there: an import that is cut short, by a person, a full disk or
the power, shows nothing. What is left of it goes with the next purge of deleted conversations.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from slipstream.core.chat import Role
from slipstream.core.errors import TransferError
from slipstream.core.transfer import SavedConversation, SavedMessage, SavedRun
from slipstream.store import conversations, runs
from slipstream.store.database import Database
from slipstream.store.records import MessageState
from slipstream.store.text import clean_path, clean_text


def ids(database: Database) -> list[int]:
    """Every conversation that is not deleted, the one that was written last at the end."""
    return [
        row["id"]
        for row in database.rows("SELECT id FROM conversation WHERE deleted_at IS NULL ORDER BY activity")
    ]


def conversation(database: Database, conversation_id: int) -> SavedConversation:
    """Raises StoreError for an unknown id."""
    kept = conversations.load(database, conversation_id)
    (settings,) = database.rows("SELECT settings FROM conversation WHERE id = ?", conversation_id)
    return SavedConversation(
        title=kept.title,
        created=kept.created,
        updated=kept.updated,
        folder=kept.folder,
        pinned=kept.pinned,
        target=kept.target,
        draft=kept.draft,
        unsent=kept.unsent,
        settings=json.loads(settings["settings"]),
        current=kept.current_leaf,
    )


def messages(database: Database, conversation_id: int, *, whole_tree: bool) -> Iterator[SavedMessage]:
    """Parents before children. Not `whole_tree`: the branch that is shown, without steps.

    An answer under way comes as one that was cut short, with what there is of it.
    """
    for message_id in _message_ids(database, conversation_id, whole_tree=whole_tree):
        row = database.row("SELECT * FROM message WHERE id = ?", message_id)
        if row is None:  # it was removed meanwhile: it had no children yet
            continue
        yield SavedMessage(
            id=message_id,
            parent=row["parent_id"],
            role=Role(row["role"]),
            content=row["content"],
            created=datetime.fromisoformat(row["created_at"]),
            thinking=row["thinking"],
            interrupted=row["state"] != MessageState.COMPLETE,
            edited=bool(row["edited"]),
            runs=tuple(_runs(database, message_id, with_steps=whole_tree)),
        )


def _message_ids(database: Database, conversation_id: int, *, whole_tree: bool) -> list[int]:
    if whole_tree:
        every = database.rows(
            "SELECT id FROM message WHERE conversation_id = ? AND removed_with IS NULL ORDER BY id",
            conversation_id,
        )
        return [row["id"] for row in every]
    return conversations.branch_ids(database, conversation_id)


def _runs(database: Database, message_id: int, *, with_steps: bool) -> Iterator[SavedRun]:
    for row in database.rows("SELECT id FROM run WHERE message_id = ? ORDER BY id", message_id):
        run = runs.load(database, row["id"])
        yield SavedRun(
            created=run.created,
            build=run.build,
            request=run.request,
            pair=run.pair,
            stats=run.stats,
            interruption=run.interruption,
            thinking_from=run.thinking_from,
            content_from=run.content_from,
            steps=runs.load_steps(database, run.id) if with_steps else (),
        )


class Incoming:
    """An import under way. Give it what a `Reading` gives, a few items at a time, and `reveal` it at the end."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._db = database
        self._stamp = _stamp(now)
        self._made: list[int] = []
        self._open: int | None = None  # the conversation whose messages are coming
        self._ids: dict[int, int] = {}  # of its messages: theirs to ours

    def take(self, items: Sequence[SavedMessage | SavedConversation]) -> None:
        """Keep these, all or none. Raises StoreError; TransferError for what no store could keep."""
        made, opened = len(self._made), self._open
        try:
            with self._db.write(durable=False) as db:
                for item in items:
                    if isinstance(item, SavedMessage):
                        self._message(db, item)
                    else:
                        self._conversation(db, item)
        except BaseException as error:
            del self._made[made:]
            self._open = opened
            if isinstance(error, OverflowError | UnicodeEncodeError | struct.error):
                raise TransferError(
                    "The file holds a number or a name that cannot be kept", str(error)
                ) from error
            raise

    def reveal(self) -> tuple[int, ...]:
        """Show all of it in the list; the ids. On the disk when this returns."""
        with self._db.write(durable=True) as db:
            for made in self._made:
                db.run("UPDATE conversation SET deleted_at = NULL WHERE id = ?", made)
        return tuple(self._made)

    def _begun(self, db: Database) -> int:
        if self._open is None:
            self._open = conversations.add(db, "", None, None, self._stamp)
            db.run("UPDATE conversation SET deleted_at = ? WHERE id = ?", conversations.UNSEEN, self._open)
            self._ids = {}
        return self._open

    def _conversation(self, db: Database, saved: SavedConversation) -> None:
        made = self._begun(db)
        db.run(
            """UPDATE conversation SET title = ?, titled = 1, folder = ?, pinned = ?, target = ?, draft = ?,
               unsent = ?, settings = ?, current_leaf = ?, created_at = ?, updated_at = ? WHERE id = ?""",
            *(clean_text(saved.title), clean_text(saved.folder), int(saved.pinned)),
            *(clean_path(saved.target), clean_path(saved.draft), clean_text(saved.unsent)),
            json.dumps(saved.settings or {}),
            max(self._ids.values(), default=None) if saved.current is None else self._ids[saved.current],
            *(_stamp(saved.created), _stamp(saved.updated), made),
        )
        self._made.append(made)
        self._open = None

    def _message(self, db: Database, saved: SavedMessage) -> None:
        state = MessageState.INTERRUPTED if saved.interrupted else MessageState.COMPLETE
        cursor = db.run(
            """INSERT INTO message (conversation_id, parent_id, role, content, thinking, state, edited, created_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            self._begun(db),
            None if saved.parent is None else self._ids[saved.parent],
            *(saved.role, clean_text(saved.content), clean_text(saved.thinking), state, int(saved.edited)),
            _stamp(saved.created),
        )
        assert cursor.lastrowid is not None
        self._ids[saved.id] = cursor.lastrowid
        for run in saved.runs:
            self._run(db, cursor.lastrowid, run)

    def _run(self, db: Database, message_id: int, saved: SavedRun) -> None:
        build = clean_text(saved.build)
        run_id = runs.insert(db, message_id, saved.request, saved.pair, build, _stamp(saved.created))
        db.run(
            "UPDATE run SET thinking_from = ?, content_from = ? WHERE id = ?",
            *(max(0, saved.thinking_from), max(0, saved.content_from), run_id),
        )
        runs.keep_steps(db, run_id, saved.steps)
        if saved.stats is not None:
            runs.keep_result(db, run_id, saved.stats)
        else:
            runs.keep_interruption(db, run_id, saved.interruption or "")


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")
