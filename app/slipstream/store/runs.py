"""Runs and their steps: how an answer under way gets into the database, and how it comes back.

Functions over an open transaction (`write`) or for reading; `Store` decides what is one transaction.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import StoreError
from slipstream.core.events import PairLoaded, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import ClosedBy, Phase, RunStats, StopReason
from slipstream.store import packing
from slipstream.store.database import Database
from slipstream.store.packing import known
from slipstream.store.records import Run, RunState
from slipstream.store.text import clean_text


def insert(
    database: Database, message_id: int, request: GenerateRequest, pair: PairLoaded, build: str, created: str
) -> int:
    """A new run for a message, which goes on with what the message holds; its id. Inside `write`."""
    cursor = database.run(
        """INSERT INTO run (message_id, state, target, draft, pair, build, request, seed, created_at,
                            thinking_from, content_from)
           SELECT id, 'running', ?, ?, ?, ?, ?, ?, ?, length(thinking), length(content) FROM message WHERE id = ?""",
        clean_text(Path(pair.target.path).name),
        clean_text(Path(pair.draft.path).name) if pair.draft else None,
        packing.pair_to_json(pair),
        build,
        packing.request_to_json(request),
        None if request.seed is None else str(request.seed),
        created,
        message_id,
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def keep_steps(database: Database, run_id: int, steps: Sequence[StepDone]) -> None:
    """Keep steps alone. Inside `write`."""
    database.run_many(packing.STEP_INSERT, [packing.step_to_row(run_id, step) for step in steps])


def append(database: Database, run_id: int, steps: Sequence[StepDone]) -> None:
    """Keep steps and add their text to the message. Inside `write`."""
    keep_steps(database, run_id, steps)
    parts: dict[Phase, list[str]] = {Phase.THINK: [], Phase.ANSWER: []}
    for step in steps:
        for piece in step.pieces:
            parts[piece.phase].append(clean_text(piece.text))
    database.run(
        """UPDATE message SET thinking = thinking || ?, content = content || ?
           WHERE id = (SELECT message_id FROM run WHERE id = ?)""",
        "".join(parts[Phase.THINK]),
        "".join(parts[Phase.ANSWER]),
        run_id,
    )


def finish(database: Database, run_id: int, finished: RunFinished) -> None:
    """Keep the result and close the message. Inside `write`, after the last steps.

    The text let out at the end belongs to the last step: that is where it became certain.
    """
    stats = finished.stats
    if finished.pieces:
        last = "WHERE run_id = ? AND number = (SELECT max(number) FROM step WHERE run_id = ?)"
        for row in database.rows(f"SELECT pieces FROM step {last}", run_id, run_id):
            pieces = packing.pieces_from_json(row["pieces"]) + finished.pieces
            database.run(f"UPDATE step SET pieces = ? {last}", packing.pieces_to_json(pieces), run_id, run_id)
    keep_result(database, run_id, stats)
    database.run(
        """UPDATE message SET state = 'complete',
           thinking = substr(thinking, 1, (SELECT thinking_from FROM run WHERE id = ?)) || ?,
           content = substr(content, 1, (SELECT content_from FROM run WHERE id = ?)) || ?
           WHERE id = (SELECT message_id FROM run WHERE id = ?)""",
        *(run_id, clean_text(stats.thinking), run_id, clean_text(stats.answer), run_id),
    )


def keep_result(database: Database, run_id: int, stats: RunStats) -> None:
    """Close a run with its result, and leave the message alone. Inside `write`."""
    database.run(
        """UPDATE run SET state = 'finished', seed = ?, prompt_tokens = ?, reused_tokens = ?, prefill_ms = ?,
           draft_prefill_ms = ?, ttft_ms = ?, total_ms = ?, decode_ms = ?, stop_reason = ?, text = ?,
           metrics = ?, notes = ?, thinking_closed = ? WHERE id = ?""",
        *(str(stats.seed), stats.prompt_tokens, stats.reused_tokens, stats.prefill_ms),
        *(stats.draft_prefill_ms, stats.ttft_ms, stats.total_ms, stats.decode_ms, stats.stop_reason),
        *(clean_text(stats.text), packing.metrics_to_json(stats.metrics, stats.phases)),
        *(json.dumps(stats.notes), stats.thinking_closed, run_id),
    )


def interrupt(database: Database, run_id: int, reason: str) -> None:
    """Close run and message as cut short, with what they have. Inside `write`."""
    keep_interruption(database, run_id, reason)
    database.run(
        "UPDATE message SET state = 'interrupted' WHERE id = (SELECT message_id FROM run WHERE id = ?)",
        run_id,
    )


def keep_interruption(database: Database, run_id: int, reason: str) -> None:
    """Close a run as cut short, and leave the message alone. Inside `write`."""
    database.run(
        "UPDATE run SET state = 'interrupted', interruption = ? WHERE id = ?",
        clean_text(reason) or None,
        run_id,
    )


def interrupt_all(database: Database) -> int:
    """Close what a dead process left under way; how many runs that were. Inside `write`."""
    database.run("UPDATE message SET state = 'interrupted' WHERE state = 'streaming'")
    return database.run("UPDATE run SET state = 'interrupted' WHERE state = 'running'").rowcount


def require_running(database: Database, run_id: int) -> None:
    """Raises ValueError for a run that is over: what comes after it would falsify the record."""
    row = database.row("SELECT state FROM run WHERE id = ?", run_id)
    if row is None:
        raise StoreError(f"There is no run {run_id}")
    if row["state"] != RunState.RUNNING:
        raise ValueError(f"run {run_id} is {row['state']}")


def load_steps(database: Database, run_id: int) -> tuple[StepDone, ...]:
    """The run's steps in their order."""
    rows = database.rows(f"SELECT {packing.STEP_COLUMNS} FROM step WHERE run_id = ? ORDER BY number", run_id)
    return tuple(packing.step_from_row(row) for row in rows)


def load_pieces(database: Database, run_id: int) -> tuple[TextPiece, ...]:
    """The run's text by token: a quarter of the time that whole steps take."""
    rows = database.rows("SELECT pieces FROM step WHERE run_id = ? ORDER BY number", run_id)
    return packing.pieces_from_json(*(row["pieces"] for row in rows))


def load_message_pieces(database: Database, message_id: int) -> tuple[TextPiece, ...]:
    """The same of a whole message: its runs one after the other, their tokens counted through."""
    rows = database.rows(
        """SELECT step.run_id, step.pieces, length(step.emitted) / 4 AS emitted
           FROM run JOIN step ON step.run_id = run.id WHERE run.message_id = ? ORDER BY run.id, step.number""",
        message_id,
    )
    pieces: tuple[TextPiece, ...] = ()
    before = 0
    for _, steps in groupby(rows, key=lambda row: row["run_id"]):
        own = list(steps)
        told = packing.pieces_from_json(*(row["pieces"] for row in own))
        pieces += told if not before else tuple(replace(piece, token=piece.token + before) for piece in told)
        before += sum(row["emitted"] for row in own)
    return pieces


def count_tokens(database: Database, message_id: int) -> int:
    """Emitted by all runs of a message."""
    (row,) = database.rows(
        """SELECT coalesce(sum(length(step.emitted)), 0) / 4 AS tokens
           FROM run JOIN step ON step.run_id = run.id WHERE run.message_id = ?""",
        message_id,
    )
    return int(row["tokens"])


def load_answer_steps(
    database: Database, message_id: int, known: int
) -> list[tuple[Run, tuple[StepDone, ...]]]:
    """The steps of an answer's runs from number `known` on (from 0, over all runs), by run."""
    rows = database.rows(
        f"""SELECT {packing.STEP_COLUMNS} FROM step WHERE run_id IN (SELECT id FROM run WHERE message_id = ?)
            ORDER BY run_id, number LIMIT -1 OFFSET ?""",
        *(message_id, known),
    )
    steps: dict[int, list[StepDone]] = {}
    for row in rows:
        steps.setdefault(row["run_id"], []).append(packing.step_from_row(row))
    found = {row["id"]: _run(row, ()) for row in _rows(database, list(steps))}
    return [(found[run_id], tuple(own)) for run_id, own in steps.items()]


def load(database: Database, run_id: int) -> Run:
    """Raises StoreError for an unknown id."""
    rows = _rows(database, [run_id])
    if not rows:
        raise StoreError(f"There is no run {run_id}")
    steps = database.rows("SELECT emitted FROM step WHERE run_id = ? ORDER BY number", run_id)
    (following,) = database.rows(
        """SELECT min(thinking_from) AS thinking, min(content_from) AS content FROM run
           WHERE message_id = ? AND id > ?""",
        *(rows[0]["message_id"], run_id),
    )
    tokens = tuple(token for row in steps for token in packing.unpack_tokens(row["emitted"]))
    return _run(rows[0], tokens, (following["thinking"], following["content"]))


def load_latest(database: Database, message_ids: Sequence[int]) -> list[Run]:
    """The latest run of each of these messages that has one, without its tokens: they take a scan of its steps."""
    rows = database.rows(
        """SELECT max(id) AS id FROM run WHERE message_id IN (SELECT value FROM json_each(?))
           GROUP BY message_id""",
        json.dumps(message_ids),
    )
    return [_run(row, ()) for row in _rows(database, [row["id"] for row in rows])]


def load_heads(database: Database, run_ids: Sequence[int]) -> list[Run]:
    """Those of these runs that are there, without their tokens: they take a scan of the steps."""
    return [_run(row, ()) for row in _rows(database, run_ids)]


def _rows(database: Database, run_ids: Sequence[int]) -> list[sqlite3.Row]:
    return database.rows(
        """SELECT run.*, message.thinking AS message_thinking, message.content AS message_content
           FROM run LEFT JOIN message ON message.id = run.message_id
           WHERE run.id IN (SELECT value FROM json_each(?)) ORDER BY run.id""",
        json.dumps(run_ids),
    )


def _run(
    row: sqlite3.Row, tokens: tuple[int, ...], ends: tuple[int | None, int | None] = (None, None)
) -> Run:
    """`ends`: where its part of the message's thinking and content ends, if a later run went on with them."""
    return Run(
        id=row["id"],
        message_id=row["message_id"],
        state=RunState(row["state"]),
        request=packing.request_from_json(row["request"], int(row["seed"]) if row["seed"] else None),
        pair=packing.pair_from_json(row["pair"]),
        build=row["build"],
        stats=_stats(row, tokens, ends) if row["state"] == RunState.FINISHED else None,
        interruption=row["interruption"],
        created=datetime.fromisoformat(row["created_at"]),
        thinking_from=row["thinking_from"],
        content_from=row["content_from"],
    )


def _stats(row: sqlite3.Row, tokens: tuple[int, ...], ends: tuple[int | None, int | None]) -> RunStats:
    metrics, phases = packing.metrics_from_json(row["metrics"])
    return RunStats(
        metrics=metrics,
        phases=phases,
        text=row["text"],
        thinking=(row["message_thinking"] or "")[row["thinking_from"] : ends[0]],
        answer=(row["message_content"] or "")[row["content_from"] : ends[1]],
        tokens=tokens,
        prompt_tokens=row["prompt_tokens"],
        reused_tokens=row["reused_tokens"],
        prefill_ms=row["prefill_ms"],
        draft_prefill_ms=row["draft_prefill_ms"],
        ttft_ms=row["ttft_ms"],
        total_ms=row["total_ms"],
        stop_reason=known(StopReason, row["stop_reason"], StopReason.END_OF_TURN),
        seed=int(row["seed"]),
        decode_ms=row["decode_ms"],
        notes=tuple(json.loads(row["notes"])),
        thinking_closed=known(ClosedBy, row["thinking_closed"], None),
    )
