"""The index of words: brought up to date with the texts, and made anew from them where it is damaged.

Triggers note in `stale_words` which rows have changed and what the index holds of them. Texts go in, and are taken
out again, as `core.searching.spaced` gives them, which SQL calls `spaced`.
"""

import sqlite3
from collections.abc import Iterable

from slipstream.core.searching import spaced


def catch_up(connection: sqlite3.Connection) -> None:
    """Index what has changed, inside the transaction that changed it."""
    if connection.execute("SELECT 1 FROM stale_words LIMIT 1").fetchone() is not None:
        _run(connection, _CATCH_UP)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make it anew, inside a transaction: tens of seconds per 100 MB of text."""
    _run(connection, _REBUILD)


def serious(problems: Iterable[str]) -> str:
    """The first of `PRAGMA quick_check`'s lines that is about more than an index of words; "" where none is.

    From SQLite 3.44 on the check looks into these indexes too. No conversation is lost with one.
    """
    return next((problem for problem in problems if problem != "ok" and "FTS5 table" not in problem), "")


def _run(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    connection.create_function("spaced", 1, spaced, deterministic=True)
    for statement in statements:
        connection.execute(statement)


_CATCH_UP = (
    """
    INSERT INTO word_index (word_index, rowid, content, thinking)
    SELECT 'delete', id, spaced(content), spaced(thinking) FROM stale_words WHERE content IS NOT NULL
    """,
    """
    INSERT INTO word_index (rowid, content, thinking)
    SELECT message.id, spaced(message.content), spaced(message.thinking)
    FROM stale_words CROSS JOIN message USING (id) WHERE state <> 'streaming'
    """,
    """
    INSERT INTO word_index (rowid, content, thinking)
    SELECT -conversation.id, spaced(title), ''
    FROM stale_words CROSS JOIN conversation ON conversation.id = -stale_words.id
    """,
    "DELETE FROM stale_words",
)
_REBUILD = (
    # Where its own records are damaged it cannot even be opened: first they get the content of an empty one.
    "CREATE VIRTUAL TABLE temp.blank_index USING fts5 (content, thinking, content = '', columnsize = 0)",
    "DELETE FROM word_index_idx",
    "DELETE FROM word_index_data",
    "INSERT INTO word_index_data SELECT * FROM temp.blank_index_data",
    "DROP TABLE temp.blank_index",
    "INSERT INTO word_index (word_index) VALUES ('delete-all')",
    "INSERT INTO word_index (rowid, content, thinking) SELECT -id, spaced(title), '' FROM conversation",
    """
    INSERT INTO word_index (rowid, content, thinking)
    SELECT id, spaced(content), spaced(thinking) FROM message WHERE state <> 'streaming'
    """,
    "DELETE FROM stale_words",
)
