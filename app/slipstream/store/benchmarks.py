"""Benchmarks beside the conversations: each with its setup and plan, and a row for each prompt answered both ways.

A row is kept as JSON, and what history is made of (log speed-ups, counts) in columns beside it, so that it need not
be read whole. One that was removed leaves its name behind, so that a file it came from does not bring it back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slipstream.core.benchmark.figures import decode_logs, total_logs
from slipstream.core.benchmark.history import MeasuredPrompt
from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.record import BenchPair, BenchRow, BenchSkip
from slipstream.core.benchmark.rows import Benchmark, row_from_json, row_to_json
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.errors import StoreError
from slipstream.core.reports.records import BenchmarkRecord, Scope, ScopeKind
from slipstream.core.transfer.codec import encoded, read
from slipstream.store.database import Database
from slipstream.store.text import clean_text

NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """A benchmark as a list shows it."""

    id: int
    uid: str
    name: str
    created: datetime  # UTC
    setup: BenchSetup
    planned: int  # pairs of answers
    done: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.planned


class BenchmarkShelf:
    """The part of `Store` that keeps benchmarks. Every method raises StoreError for what can be expected."""

    _db: Database

    @property
    def folder(self) -> Path:
        """Where the database lies."""
        return self._db.path.parent

    def keep_benchmark(self, benchmark: Benchmark) -> int:
        """Keep it, or what of it is new; its id. One that was removed stays so."""
        setup, plan = (json.dumps(encoded(part)) for part in (benchmark.setup, benchmark.plan))
        draft = benchmark.setup.draft
        with self._db.write(durable=True) as db:
            db.run(
                """INSERT INTO benchmark (uid, name, created_at, target, draft, setup, plan, planned)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (uid) DO UPDATE SET plan = excluded.plan, planned = excluded.planned""",
                *(benchmark.uid, clean_text(benchmark.name), benchmark.created.isoformat()),
                *(clean_text(benchmark.setup.target.name), clean_text(draft.name) if draft else None),
                *(setup, plan, benchmark.plan.size),
            )
            (found,) = db.rows("SELECT id, deleted_at FROM benchmark WHERE uid = ?", benchmark.uid)
            if found["deleted_at"] is None:
                _add_rows(db, found["id"], benchmark.rows)
        return int(found["id"])

    def keep_benchmark_rows(self, uid: str, rows: Iterable[BenchRow]) -> None:
        """Keep records as they come."""
        with self._db.write(durable=False) as db:
            found = db.row("SELECT id FROM benchmark WHERE uid = ? AND deleted_at IS NULL", uid)
            if found is None:
                raise StoreError("This benchmark was removed")
            _add_rows(db, found["id"], rows)

    def list_benchmarks(self) -> list[BenchmarkLine]:
        """The newest first."""
        rows = self._db.rows(
            """SELECT benchmark.*, (SELECT count(*) FROM benchmark_row WHERE benchmark_id = benchmark.id) AS done
               FROM benchmark WHERE deleted_at IS NULL ORDER BY id DESC"""
        )
        return [
            BenchmarkLine(
                id=row["id"],
                uid=row["uid"],
                name=row["name"],
                created=datetime.fromisoformat(row["created_at"]),
                setup=read(BenchSetup, json.loads(row["setup"])),
                planned=row["planned"],
                done=row["done"],
            )
            for row in rows
        ]

    def benchmark(self, benchmark_id: int) -> Benchmark:
        """One with all its records. Raises StoreError for an unknown id."""
        row = self._db.row("SELECT * FROM benchmark WHERE id = ? AND deleted_at IS NULL", benchmark_id)
        if row is None:
            raise StoreError(f"There is no benchmark {benchmark_id}")
        rows = self._db.rows("SELECT row FROM benchmark_row WHERE benchmark_id = ? ORDER BY id", benchmark_id)
        return Benchmark(
            uid=row["uid"],
            created=datetime.fromisoformat(row["created_at"]),
            setup=read(BenchSetup, json.loads(row["setup"])),
            plan=read(BenchPlan, json.loads(row["plan"])),
            rows=tuple(row_from_json(each["row"]) for each in rows),
            name=row["name"],
        )

    def report_benchmarks(self, scope: Scope) -> list[int]:
        """Ids of the benchmarks that a report is about, oldest first. Raises StoreError for an unknown id."""
        if scope.kind not in (ScopeKind.ALL, ScopeKind.BENCHMARK):
            return []
        rows = self._db.rows("SELECT id FROM benchmark WHERE deleted_at IS NULL ORDER BY id")
        ids = [row["id"] for row in rows]
        if scope.kind is ScopeKind.ALL or scope.id is None:
            return ids
        if scope.id not in ids:
            raise StoreError(f"There is no benchmark {scope.id}")
        return [scope.id]

    def report_benchmark(self, benchmark: int) -> BenchmarkRecord | None:
        """None for one that was removed meanwhile."""
        found = self._db.row("SELECT 1 FROM benchmark WHERE id = ? AND deleted_at IS NULL", benchmark)
        return BenchmarkRecord(benchmark, self.benchmark(benchmark)) if found else None

    def rename_benchmark(self, benchmark_id: int, name: str) -> None:
        """A name of a person's; "" for none."""
        with self._db.write(durable=True) as db:
            name = clean_text(" ".join(name.split()))[:NAME_LENGTH]
            db.run("UPDATE benchmark SET name = ? WHERE id = ?", name, benchmark_id)

    def remove_benchmark(self, benchmark_id: int) -> None:
        """Remove it and its records for good."""
        with self._db.write(durable=True) as db:
            db.run("DELETE FROM benchmark_row WHERE benchmark_id = ?", benchmark_id)
            db.run("UPDATE benchmark SET deleted_at = created_at WHERE id = ?", benchmark_id)

    def measured_prompts(self) -> list[MeasuredPrompt]:
        """What all benchmarks tell of pairs, the oldest first."""
        setups: dict[int, BenchSetup] = {}
        complete: dict[int, bool] = {}
        created: dict[int, datetime] = {}
        for line in self.list_benchmarks():
            setups[line.id], complete[line.id], created[line.id] = line.setup, line.is_complete, line.created
        rows = self._db.rows(
            """SELECT benchmark_id, prompt, digest, kind, decode_log, total_log, drafted, accepted, steps
               FROM benchmark_row WHERE total_log IS NOT NULL ORDER BY id"""
        )
        return [
            MeasuredPrompt(
                setup=setups[row["benchmark_id"]],
                created=created[row["benchmark_id"]],
                complete=complete[row["benchmark_id"]],
                kind=row["kind"],
                prompt=f"{row['prompt']} {row['digest']}",
                decode_log=row["decode_log"],
                total_log=row["total_log"],
                drafted=row["drafted"],
                accepted=row["accepted"],
                steps=row["steps"],
            )
            for row in rows
            if row["benchmark_id"] in setups
        ]


def _add_rows(database: Database, benchmark_id: int, rows: Iterable[BenchRow]) -> None:
    """Records that are there already stay as they are. Inside `write`."""
    database.run_many(
        """INSERT OR IGNORE INTO benchmark_row
           (benchmark_id, prompt, digest, repeat, kind, row, decode_log, total_log, drafted, accepted, steps)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (benchmark_id, row.prompt, row.digest, row.repeat, row.kind, row_to_json(row), *_columns(row))
            for row in rows
        ],
    )


def _columns(row: BenchRow) -> tuple[float | None, float | None, int | None, int | None, int | None]:
    if isinstance(row, BenchSkip):
        return None, None, None, None, None
    metrics = row.drafting.metrics
    return (
        next(iter(decode_logs([row])), None),
        _total_log(row),
        metrics.drafted,
        metrics.accepted,
        metrics.steps,
    )


def _total_log(pair: BenchPair) -> float:
    (found,) = total_logs([pair])
    return found
