"""Changing what is there: answers edited, messages removed and brought back, answers gone on with.

An edit is another version of a message, and a removed message is only out of sight until the next start, so that it
can come back. Functions inside `write`; `Store` decides what is one transaction.
"""

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError
from slipstream.store import conversations
from slipstream.store.database import Database
from slipstream.store.records import MessageState, RunState
from slipstream.store.text import clean_text


def add_edited_answer(database: Database, message_id: int, content: str, stamp: str) -> int:
    """Another version of an answer, as a person wrote it; its id. What was thought before it is kept."""
    old = conversations.load_message(database, message_id)
    if old.role is not Role.ASSISTANT:
        raise ValueError(f"message {message_id} is no answer")
    made = conversations.add_message(
        *(database, old.conversation_id, old.parent_id, Role.ASSISTANT, content, MessageState.COMPLETE, stamp)
    )
    database.run("UPDATE message SET edited = 1, thinking = ? WHERE id = ?", clean_text(old.thinking), made)
    return made


def reopen_answer(database: Database, message_id: int, stamp: str) -> None:
    """An answer goes on: it is under way again."""
    old = conversations.load_message(database, message_id)
    if old.role is not Role.ASSISTANT or old.state is MessageState.STREAMING:
        raise ValueError(f"message {message_id} is no answer that could go on")
    database.run("UPDATE message SET state = ? WHERE id = ?", MessageState.STREAMING, message_id)
    conversations.touch(database, old.conversation_id, stamp)


def goes_on(database: Database, run_id: int) -> bool:
    """Whether a run goes on with a message that was there before it."""
    row = database.row(
        """SELECT run.thinking_from + run.content_from > 0
                  OR EXISTS (SELECT 1 FROM run AS other WHERE other.message_id = run.message_id AND other.id < run.id)
                  AS found FROM run WHERE run.id = ?""",
        run_id,
    )
    return row is not None and bool(row["found"])


def take_back_run(database: Database, run_id: int) -> None:
    """Remove a run that wrote nothing; its message is as it was before."""
    (run,) = database.rows("SELECT message_id FROM run WHERE id = ?", run_id)
    database.run("DELETE FROM run WHERE id = ?", run_id)
    before = database.row(
        "SELECT state FROM run WHERE message_id = ? ORDER BY id DESC LIMIT 1", run["message_id"]
    )
    cut_short = before is not None and before["state"] == RunState.INTERRUPTED
    state = MessageState.INTERRUPTED if cut_short else MessageState.COMPLETE
    database.run("UPDATE message SET state = ? WHERE id = ?", state, run["message_id"])


def remove(database: Database, message_id: int) -> None:
    """Take a message and all that follows it out of sight; a version beside it is shown, or what stands above it."""
    message = conversations.load_message(database, message_id)
    if message_id not in message.siblings:
        raise StoreError("This message was removed already")
    conversations.show_beside(database, message)
    database.run(
        """WITH RECURSIVE below (id) AS (
               SELECT ?
               UNION ALL
               SELECT child.id FROM below JOIN message AS child
               ON child.conversation_id = ? AND child.parent_id = below.id)
           UPDATE message SET removed_with = ? WHERE removed_with IS NULL AND id IN (SELECT id FROM below)""",
        *(message_id, message.conversation_id, message_id),
    )


def restore(database: Database, message_id: int) -> None:
    """Bring back a message and what went with it, and show it. Raises StoreError where it is gone for good."""
    back = database.run("UPDATE message SET removed_with = NULL WHERE removed_with = ?", message_id).rowcount
    if not back:
        raise StoreError("This message cannot be brought back any more")
    message = conversations.load_message(database, message_id)
    leaf = conversations.newest_leaf(database, message_id)
    database.run("UPDATE conversation SET current_leaf = ? WHERE id = ?", leaf, message.conversation_id)


def purge(database: Database) -> None:
    """Delete for good what was removed.

    Newest first: a message goes after all that follows it, so that no long chain is deleted by cascade, which
    SQLite does to a depth of 1,000 only.
    """
    removed = database.rows("SELECT id FROM message WHERE removed_with IS NOT NULL ORDER BY id DESC")
    database.run_many("DELETE FROM message WHERE id = ?", [(row["id"],) for row in removed])
