"""Runs and their steps on their way into a report, a page of steps at a time: a run may have a million.

No cursor stays open between two pages, so an answer that is being written is saved meanwhile.
"""

from collections.abc import Iterator
from dataclasses import replace

from slipstream.core.errors import StoreError
from slipstream.core.events import StepDone
from slipstream.core.reports import RunRecord, Scope, ScopeKind
from slipstream.core.reports.records import RunEnd
from slipstream.store import packing, runs
from slipstream.store.database import Database

PAGE = 256  # steps read at once

# What a person has deleted is not told of; runs outside conversations (a benchmark's) have no message.
_ALL = """
    SELECT run.id FROM run
    LEFT JOIN message ON message.id = run.message_id
    LEFT JOIN conversation ON conversation.id = message.conversation_id
    WHERE run.message_id IS NULL OR (message.removed_with IS NULL AND conversation.deleted_at IS NULL)
    ORDER BY run.id
"""
_OF_CONVERSATION = """
    SELECT run.id FROM message JOIN run ON run.message_id = message.id
    WHERE message.conversation_id = ? AND message.removed_with IS NULL ORDER BY run.id
"""


def run_ids(database: Database, scope: Scope) -> list[int]:
    """Oldest first. Raises StoreError for a conversation, message or run that is not there."""
    match scope.kind:
        case ScopeKind.ALL:
            rows = database.rows(_ALL)
        case ScopeKind.CONVERSATION:
            _require(
                database,
                "SELECT 1 FROM conversation WHERE id = ?",
                scope,
                f"There is no conversation {scope.id}",
            )
            rows = database.rows(_OF_CONVERSATION, scope.id)
        case ScopeKind.ANSWER:
            _require(database, "SELECT 1 FROM message WHERE id = ?", scope, f"There is no message {scope.id}")
            rows = database.rows("SELECT id FROM run WHERE message_id = ? ORDER BY id", scope.id)
        case ScopeKind.RUN:
            _require(database, "SELECT 1 FROM run WHERE id = ?", scope, f"There is no run {scope.id}")
            return [scope.id] if scope.id is not None else []
        case ScopeKind.BENCHMARK | ScopeKind.COMPARISON:
            return []
    return [row["id"] for row in rows]


def _require(database: Database, sql: str, scope: Scope, otherwise: str) -> None:
    if database.row(sql, scope.id) is None:
        raise StoreError(otherwise)


def run_record(database: Database, run_id: int) -> RunRecord | None:
    """None for one that was removed meanwhile."""
    found = runs.load_heads(database, [run_id])
    if not found:
        return None
    (run,) = found
    place = database.row(
        """SELECT conversation.id, conversation.title FROM message
           JOIN conversation ON conversation.id = message.conversation_id WHERE message.id = ?""",
        run.message_id,
    )
    last = database.row("SELECT max(number) AS number FROM step WHERE run_id = ?", run_id)
    assert last is not None  # an aggregate has a row
    return RunRecord(
        run=run.id,
        message=run.message_id,
        conversation=None if place is None else place["id"],
        title="" if place is None else place["title"],
        created=run.created,
        end=RunEnd(run.state),
        build=run.build,
        request=run.request,
        pair=run.pair,
        stats=run.stats and replace(run.stats, text="", thinking="", answer=""),
        interruption=run.interruption,
        steps=last["number"] or 0,
    )


def steps(database: Database, run: RunRecord) -> Iterator[StepDone]:
    """The steps up to number `run.steps`, without their text."""
    number = 0
    while number < run.steps:
        rows = database.rows(
            f"""SELECT {packing.RECORD_COLUMNS}, note FROM step
                WHERE run_id = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?""",
            *(run.run, number, run.steps, PAGE),
        )
        if not rows:  # they were removed meanwhile
            return
        for row in rows:
            yield StepDone(packing.record_from_row(row), (), row["note"])
        number = rows[-1]["number"]
