"""Reading conversations and their message trees, and the few writes that keep a tree whole.

A conversation shows one branch: from `current_leaf` up to the root. Functions over an open database; `Store` decides
what is one transaction.
"""

import sqlite3
from datetime import datetime

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError
from slipstream.core.titles import title_of
from slipstream.store import runs
from slipstream.store.database import Database
from slipstream.store.records import Conversation, Message, MessageState, Run
from slipstream.store.text import clean_path, clean_text, unsent_again

TITLE_TURNS = 3  # a title that three questions could not settle stays
TITLE_DEPTH = 2 * TITLE_TURNS
REMOVED_AT_ONCE = 300  # messages
UNSEEN = (
    "1970-01-01T00:00:00+00:00"  # deleted_at of what is being imported: the next purge takes what stays so
)

# By the small index of those: in the row the column comes after the text, which would have to be read.
_NOT_REMOVED = "id NOT IN (SELECT id FROM message WHERE removed_with IS NOT NULL)"


def load(database: Database, conversation_id: int) -> Conversation:
    """Raises StoreError for an unknown id."""
    if (row := database.row("SELECT * FROM conversation WHERE id = ?", conversation_id)) is None:
        raise StoreError(f"There is no conversation {conversation_id}")
    return _conversation(row)


def load_all(database: Database, *, deleted: bool) -> tuple[Conversation, ...]:
    """Pinned ones first, then by what was written last; the deleted ones by when they were deleted."""
    if deleted:
        which = f"deleted_at <> '{UNSEEN}' ORDER BY deleted_at DESC, activity DESC"
    else:
        which = "deleted_at IS NULL ORDER BY pinned DESC, activity DESC"
    rows = database.rows(f"SELECT * FROM conversation WHERE {which}")
    return tuple(_conversation(row) for row in rows)


def _conversation(row: sqlite3.Row) -> Conversation:
    return Conversation(
        id=row["id"],
        title=row["title"],
        target=row["target"],
        draft=row["draft"],
        unsent=row["unsent"],
        parameters=row["settings"],
        pinned=bool(row["pinned"]),
        folder=row["folder"],
        deleted=row["deleted_at"] is not None,
        current_leaf=row["current_leaf"],
        created=datetime.fromisoformat(row["created_at"]),
        updated=datetime.fromisoformat(row["updated_at"]),
    )


def load_message(database: Database, message_id: int) -> Message:
    """One message with its siblings, without its run. Raises StoreError for an unknown id."""
    if (row := database.row("SELECT * FROM message WHERE id = ?", message_id)) is None:
        raise StoreError(f"There is no message {message_id}")
    siblings = database.rows(
        f"SELECT id FROM message WHERE conversation_id = ? AND parent_id IS ? AND {_NOT_REMOVED} ORDER BY id",
        *(row["conversation_id"], row["parent_id"]),
    )
    return _message(row, tuple(sibling["id"] for sibling in siblings), None)


def load_branch(database: Database, conversation_id: int) -> tuple[Message, ...]:
    """The branch that is shown, oldest message first, with siblings and latest runs."""
    conversation = load(database, conversation_id)
    rows = database.rows(
        """WITH RECURSIVE branch (id, parent_id, depth) AS (
               SELECT id, parent_id, 0 FROM message WHERE id = ?
               UNION ALL
               SELECT message.id, message.parent_id, depth + 1
               FROM branch JOIN message ON message.id = branch.parent_id)
           SELECT message.* FROM branch JOIN message ON message.id = branch.id ORDER BY depth DESC""",
        conversation.current_leaf,
    )
    children: dict[int | None, list[int]] = {}
    for row in database.rows(
        f"SELECT id, parent_id FROM message WHERE conversation_id = ? AND {_NOT_REMOVED} ORDER BY id",
        conversation_id,
    ):
        children.setdefault(row["parent_id"], []).append(row["id"])
    answers = [row["id"] for row in rows if row["role"] == Role.ASSISTANT]
    latest = {run.message_id: run for run in runs.load_latest(database, answers)}
    return tuple(_message(row, tuple(children[row["parent_id"]]), latest.get(row["id"])) for row in rows)


def branch_ids(database: Database, conversation_id: int) -> list[int]:
    """The messages of the branch that is shown, oldest first."""
    rows = database.rows(
        """WITH RECURSIVE branch (id, parent_id, depth) AS (
               SELECT id, parent_id, 0 FROM message
               WHERE id = (SELECT current_leaf FROM conversation WHERE id = ?)
               UNION ALL
               SELECT message.id, message.parent_id, depth + 1
               FROM branch JOIN message ON message.id = branch.parent_id)
           SELECT id FROM branch ORDER BY depth DESC""",
        conversation_id,
    )
    return [row["id"] for row in rows]


def _message(row: sqlite3.Row, siblings: tuple[int, ...], run: Run | None) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        parent_id=row["parent_id"],
        role=Role(row["role"]),
        content=row["content"],
        thinking=row["thinking"],
        state=MessageState(row["state"]),
        created=datetime.fromisoformat(row["created_at"]),
        siblings=siblings,
        run=run,
        edited=bool(row["edited"]),
    )


def add(database: Database, title: str, target: str | None, draft: str | None, stamp: str) -> int:
    """A new, empty conversation; its id. Inside `write`."""
    cursor = database.run(
        """INSERT INTO conversation (title, titled, target, draft, activity, created_at, updated_at)
           VALUES (?, ?, ?, ?, (SELECT coalesce(max(activity), 0) + 1 FROM conversation), ?, ?)""",
        *(clean_text(title), int(bool(title)), clean_path(target), clean_path(draft), stamp, stamp),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def add_user_message(
    database: Database, conversation_id: int, parent_id: int | None, content: str, stamp: str
) -> int:
    """A person's turn, which names a conversation that has no title yet; its id. Inside `write`."""
    made = add_message(
        *(database, conversation_id, parent_id, Role.USER, content, MessageState.COMPLETE, stamp)
    )
    database.run(
        "UPDATE conversation SET title = ?, titled = 0 WHERE id = ? AND title = ''",
        *(title_of([clean_text(content)]).text, conversation_id),
    )
    return made


def settle_title(database: Database, run_id: int) -> None:
    """Make a provisional title better, now that this run's answer is finished. Inside `write`."""
    answer = database.row(
        """SELECT message.* FROM run JOIN message ON message.id = run.message_id
           JOIN conversation ON conversation.id = message.conversation_id
           WHERE run.id = ? AND NOT conversation.titled""",
        run_id,
    )
    if answer is None:
        return
    asked = database.rows(
        """WITH RECURSIVE branch (id, parent_id, depth) AS (
               SELECT id, parent_id, 0 FROM message WHERE id = ?
               UNION ALL
               SELECT message.id, message.parent_id, depth + 1
               FROM branch JOIN message ON message.id = branch.parent_id WHERE depth < ?)
           SELECT message.content FROM branch JOIN message ON message.id = branch.id
           WHERE message.role = 'user' ORDER BY depth DESC""",
        *(answer["id"], TITLE_DEPTH),
    )
    title = title_of([row["content"] for row in asked], answer["content"])
    database.run(
        "UPDATE conversation SET title = ?, titled = ? WHERE id = ?",
        *(title.text, int(title.is_settled or len(asked) >= TITLE_TURNS), answer["conversation_id"]),
    )


def add_message(
    database: Database,
    conversation_id: int,
    parent_id: int | None,
    role: Role,
    content: str,
    state: MessageState,
    stamp: str,
) -> int:
    """A new message, which its conversation then shows; its id. Inside `write`."""
    cursor = database.run(
        """INSERT INTO message (conversation_id, parent_id, role, content, state, created_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        *(conversation_id, parent_id, role, clean_text(content), state, stamp),
    )
    assert cursor.lastrowid is not None
    database.run("UPDATE conversation SET current_leaf = ? WHERE id = ?", cursor.lastrowid, conversation_id)
    touch(database, conversation_id, stamp)
    return cursor.lastrowid


def touch(database: Database, conversation_id: int, stamp: str) -> None:
    """Something was written in it: it comes first in the list. Inside `write`."""
    database.run(
        """UPDATE conversation SET updated_at = ?, activity = (SELECT max(activity) + 1 FROM conversation)
           WHERE id = ?""",
        *(stamp, conversation_id),
    )


def take_back(database: Database, run_id: int) -> None:
    """Remove a run's message and the turn above it; that turn's text is unsent again. Inside `write`.

    They are removed, not left beside the branch: nothing should count a refused prompt among a turn's versions.
    """
    (answer,) = database.rows("SELECT message_id FROM run WHERE id = ?", run_id)
    parent = load_message(database, answer["message_id"]).parent_id
    assert parent is not None  # an answer stands below what it answers
    turn = load_message(database, parent)
    show_beside(database, turn)
    unsent = unsent_again(turn.content, load(database, turn.conversation_id).unsent)
    database.run("UPDATE conversation SET unsent = ? WHERE id = ?", unsent, turn.conversation_id)
    database.run("DELETE FROM message WHERE id = ?", turn.id)


def show_beside(database: Database, message: Message) -> None:
    """A message goes: show the version before it, else the one after it, else what stands above. Inside `write`."""
    before = [sibling for sibling in message.siblings if sibling < message.id]
    after = [sibling for sibling in message.siblings if sibling > message.id]
    beside = next(iter((*before[-1:], *after[:1])), None)
    leaf = message.parent_id if beside is None else newest_leaf(database, beside)
    database.run("UPDATE conversation SET current_leaf = ? WHERE id = ?", leaf, message.conversation_id)


def remove_some(database: Database, conversation_id: int) -> bool:
    """Remove a few hundred messages of a conversation, in the end the conversation; whether that was it.

    From the newest on: a chain of a thousand and more answers is longer than SQLite follows when a parent goes.
    Inside `write`.
    """
    removed = database.run(
        """DELETE FROM message WHERE id IN
           (SELECT id FROM message WHERE conversation_id = ? ORDER BY id DESC LIMIT ?)""",
        *(conversation_id, REMOVED_AT_ONCE),
    ).rowcount
    if not removed:
        database.run("DELETE FROM conversation WHERE id = ?", conversation_id)
    return not removed


def newest_leaf(database: Database, message_id: int) -> int:
    """The end of the branch through this message: its youngest child's youngest child, and so on."""
    (row,) = database.rows(
        f"""WITH RECURSIVE branch (id, depth) AS (
               SELECT ?, 0
               UNION ALL
               SELECT (SELECT max(child.id) FROM message AS child
                       WHERE child.conversation_id = message.conversation_id AND child.parent_id = message.id
                       AND child.{_NOT_REMOVED}),
                      depth + 1
               FROM branch JOIN message ON message.id = branch.id)
           SELECT id FROM branch WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1""",
        message_id,
    )
    return int(row["id"])
