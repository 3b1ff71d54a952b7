"""Full-text search over all conversations: their titles, what people wrote, answers and thinking.

Newest first, not best first: people look for what they remember having talked about lately, a relevance score says
little about texts of such different lengths, and the index gives out its newest entries at once, however common the
word is, where a score would have to be worked out for every message that has it.

Deleted conversations and answers under way are left out.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slipstream.core.chat import Role
from slipstream.core.searching import Part, Query
from slipstream.store.database import DamagedIndexError, Database

MOST_TITLES = 50
MOST_MESSAGES = 60
MOST_OF_ONE = 5  # messages of one conversation
LOOKED_AT = 1_000  # newest messages with the words; those shown are chosen from them
ROOM = 120  # characters of a snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A message with all the words, or a conversation whose title has them (`message` is None)."""

    conversation: int
    title: str
    updated: datetime
    snippet: tuple[Part, ...]
    message: int | None = None
    role: Role | None = None
    in_thinking: bool = False  # the words stand in what was thought, not in the answer


@dataclass(frozen=True, slots=True)
class Found:
    """Titles first, then messages, both newest first. `more`: not all that was found is here."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


def find(database: Database, text: str) -> Found:
    """What matches a person's words. Any text may be given; where no word is in it nothing is found."""
    query = Query.read(text)
    if not query:
        return Found()
    try:
        return _find(database, query)
    except DamagedIndexError:
        database.mend_index()
        return _find(database, query)


def _find(database: Database, query: Query) -> Found:
    titles = _titles(database, query)
    candidates = _candidates(database, query)
    shown = _spread(candidates)[:MOST_MESSAGES]
    more = len(titles) > MOST_TITLES or len(candidates) > len(shown)
    hits = [_title_hit(row, query) for row in titles[:MOST_TITLES]]
    hits += _message_hits(database, shown, query)
    return Found(tuple(hits), more)


def expression(query: Query) -> str:
    """The query in the language of FTS5, in which everything a person typed is quoted."""
    return " ".join(f'"{" ".join(word.tokens)}"{" *" if word.is_prefix else ""}' for word in query.words)


def _titles(database: Database, query: Query) -> list[sqlite3.Row]:
    return database.rows(
        """SELECT conversation.id, conversation.title, updated_at
           FROM word_index CROSS JOIN conversation ON conversation.id = -word_index.rowid
           WHERE word_index MATCH ? AND word_index.rowid < 0 AND deleted_at IS NULL
           ORDER BY activity DESC LIMIT ?""",
        *(expression(query), MOST_TITLES + 1),
    )


def _candidates(database: Database, query: Query) -> list[tuple[int, int]]:
    """(message, conversation) of the newest messages with the words, newest first."""
    rows = database.rows(
        """SELECT message.id, conversation_id
           FROM word_index CROSS JOIN message ON message.id = word_index.rowid
           CROSS JOIN conversation ON conversation.id = conversation_id
           WHERE word_index MATCH ? AND word_index.rowid > 0 AND deleted_at IS NULL AND role <> 'system'
           AND removed_with IS NULL
           ORDER BY word_index.rowid DESC LIMIT ?""",
        *(expression(query), LOOKED_AT),
    )
    return [(row["id"], row["conversation_id"]) for row in rows]


def _spread(candidates: Iterable[tuple[int, int]]) -> list[int]:
    """The messages to show: of each conversation its newest few, so that one does not fill the list."""
    of_one: dict[int, int] = {}
    chosen = []
    for message, conversation in candidates:
        of_one[conversation] = of_one.get(conversation, 0) + 1
        if of_one[conversation] <= MOST_OF_ONE:
            chosen.append(message)
    return chosen


def _title_hit(row: sqlite3.Row, query: Query) -> Hit:
    title = row["title"]
    return Hit(row["id"], title, datetime.fromisoformat(row["updated_at"]), query.parts(title))


def _message_hits(database: Database, messages: Sequence[int], query: Query) -> list[Hit]:
    rows = database.rows(
        """SELECT message.id, conversation_id, role, content, thinking, message.created_at, title
           FROM message JOIN conversation ON conversation.id = conversation_id
           WHERE message.id IN (SELECT value FROM json_each(?)) ORDER BY message.id DESC""",
        json.dumps(messages),
    )
    return [_message_hit(row, query) for row in rows]


def _message_hit(row: sqlite3.Row, query: Query) -> Hit:
    snippet = query.snippet(row["content"], ROOM)
    in_thinking = False
    if row["thinking"] and not any(part.is_hit for part in snippet):
        thought = query.snippet(row["thinking"], ROOM)
        in_thinking = any(part.is_hit for part in thought)
        snippet = thought if in_thinking else snippet
    return Hit(
        conversation=row["conversation_id"],
        title=row["title"],
        updated=datetime.fromisoformat(row["created_at"]),
        snippet=snippet,
        message=row["id"],
        role=Role(row["role"]),
        in_thinking=in_thinking,
    )
