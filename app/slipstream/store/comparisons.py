"""Comparisons beside the conversations they were begun in: kept while they are written, a row a segment.

What was asked, and of what, is JSON; token ids and text pieces are packed as those of an answer's steps are. A
comparison goes with its conversation: it holds what was said there.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from slipstream.core.chat import GenerateRequest
from slipstream.core.compared import (
    Counts,
    KeptComparison,
    KeptPass,
    KeptSegment,
    KeptSide,
    PassEnd,
    Stage,
)
from slipstream.core.errors import StoreError
from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.metrics import StopReason
from slipstream.core.reports import Scope, ScopeKind
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.side_by_side import Parting, Segment, SideSpec
from slipstream.core.transfer.codec import MisfitError, encoded, read
from slipstream.store.database import Database
from slipstream.store.packing import pack_tokens, pieces_from_json, pieces_to_json, unpack_tokens
from slipstream.store.text import clean_text

_PLACES = "comparison_id, side, pass"
_SHOWN = """
    FROM comparison LEFT JOIN conversation ON conversation.id = comparison.conversation_id
    WHERE conversation.deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A comparison as a list shows it."""

    id: int
    uid: str
    created: datetime  # UTC
    prompt: str
    stage: Stage
    sides: tuple[SideSpec, ...]
    conversation: int | None


@dataclass(frozen=True, slots=True)
class _Setup:
    """What does not change while it is written."""

    request: GenerateRequest
    pair: PairLoaded
    build: str
    machine: str
    version: str
    segment: int


@dataclass(frozen=True, slots=True)
class _State:
    """What does."""

    drafts: tuple[ModelInfo | None, ...] = ()  # the other ones, by side
    passes: int = 0  # that were begun
    seeds: tuple[int, ...] = ()
    partings: tuple[Parting, ...] = ()
    note: str = ""
    error: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A segment without what was written in it."""

    segment: Segment
    began_ms: float
    counts: Counts


@dataclass(frozen=True, slots=True)
class _End:
    """`PassEnd` without what was written."""

    stop_reason: StopReason
    prompt_tokens: int
    prefill_ms: float
    draft_prefill_ms: float
    ttft_ms: float | None
    total_ms: float | None
    counts: Counts
    notes: tuple[str, ...] = ()


class ComparisonShelf:
    """The part of `Store` that keeps comparisons. Every method raises StoreError for what can be expected."""

    _db: Database

    def keep_comparison(self, comparison: KeptComparison) -> int:
        """Keep it as it is now; its id. Segments that are there already stay as they are."""
        with self._db.write(durable=comparison.stage is not Stage.RUNNING) as db:
            db.run(
                """INSERT INTO comparison
                   (uid, conversation_id, message_id, created_at, prompt, sides, stage, setup, state)
                   VALUES (?, (SELECT id FROM conversation WHERE id = ?), (SELECT id FROM message WHERE id = ?),
                           ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (uid) DO UPDATE SET stage = excluded.stage, state = excluded.state""",
                *(
                    comparison.uid,
                    comparison.conversation,
                    comparison.message,
                    comparison.created.isoformat(),
                ),
                *(
                    clean_text(comparison.prompt),
                    _dumps([side.spec for side in comparison.sides]),
                    comparison.stage,
                ),
                *(_setup(comparison), _state(comparison)),
            )
            number = _id_of(db, comparison.uid)
            for side, kept in enumerate(comparison.sides):
                for turn, each in enumerate(kept.passes, 1):
                    _add_segments(db, number, side, turn, each.segments)
                    if each.end is not None:
                        _add_end(db, number, side, turn, each.end)
        return number

    def keep_comparison_segment(self, uid: str, side: int, number: int, segment: KeptSegment) -> None:
        """Keep a segment of pass `number` as it comes; a kill cannot take it away any more."""
        with self._db.write(durable=False) as db:
            _add_segments(db, _id_of(db, uid), side, number, [segment])

    def list_comparisons(self) -> list[ComparisonLine]:
        """The newest first; those of deleted conversations are not among them."""
        rows = self._db.rows(
            f"""SELECT comparison.id, uid, comparison.created_at, prompt, stage, sides, conversation_id
                {_SHOWN} ORDER BY comparison.id DESC"""
        )
        return [
            ComparisonLine(
                id=row["id"],
                uid=row["uid"],
                created=datetime.fromisoformat(row["created_at"]),
                prompt=row["prompt"],
                stage=_stage(row["stage"]),
                sides=_sides(row["sides"]),
                conversation=row["conversation_id"],
            )
            for row in rows
        ]

    def comparison(self, comparison_id: int) -> KeptComparison:
        """One with all that was written. Raises StoreError for an unknown id."""
        row = self._db.row("SELECT * FROM comparison WHERE id = ?", comparison_id)
        if row is None:
            raise StoreError(f"There is no comparison {comparison_id}")
        setup, state = _read(_Setup, row["setup"]), _read(_State, row["state"])
        specs = _sides(row["sides"])
        drafts = (*state.drafts, *[None] * len(specs))
        passes = _Passes(self._db, comparison_id)
        return KeptComparison(
            uid=row["uid"],
            created=datetime.fromisoformat(row["created_at"]),
            prompt=row["prompt"],
            request=setup.request,
            pair=setup.pair,
            build=setup.build,
            sides=tuple(
                KeptSide(spec, draft, passes.of(side, state.passes))
                for side, (spec, draft) in enumerate(zip(specs, drafts, strict=False))
            ),
            stage=_stage(row["stage"]),
            seeds=state.seeds,
            partings=state.partings,
            note=state.note,
            error=state.error,
            hint=state.hint,
            conversation=row["conversation_id"],
            message=row["message_id"],
            segment=setup.segment,
            machine=setup.machine,
            version=setup.version,
        )

    def remove_comparison(self, comparison_id: int) -> None:
        """Remove it with all that was written, for good."""
        with self._db.write(durable=True) as db:
            db.run("DELETE FROM comparison WHERE id = ?", comparison_id)

    def report_comparisons(self, scope: Scope) -> list[int]:
        """Ids of the comparisons that are meant, oldest first."""
        match scope.kind:
            case ScopeKind.ALL:
                rows = self._db.rows(f"SELECT comparison.id {_SHOWN} ORDER BY comparison.id")
            case ScopeKind.CONVERSATION:
                rows = self._db.rows(
                    "SELECT id FROM comparison WHERE conversation_id = ? ORDER BY id", scope.id
                )
            case ScopeKind.COMPARISON:
                rows = self._db.rows("SELECT id FROM comparison WHERE id = ?", scope.id)
                if not rows:
                    raise StoreError(f"There is no comparison {scope.id}")
            case _:
                rows = []
        return [row["id"] for row in rows]

    def report_comparison(self, comparison_id: int) -> ComparisonRecord | None:
        """One with its texts; None where it was removed meanwhile."""
        found = self._db.row(
            """SELECT conversation.title FROM comparison
               LEFT JOIN conversation ON conversation.id = comparison.conversation_id
               WHERE comparison.id = ?""",
            comparison_id,
        )
        if found is None:
            return None
        return ComparisonRecord(comparison_id, found["title"] or "", self.comparison(comparison_id), True)


def cut_off_all(database: Database) -> None:
    """Those that a program left unfinished are that from here on. Inside `write`."""
    database.run("UPDATE comparison SET stage = ? WHERE stage = ?", Stage.CUT_OFF, Stage.RUNNING)


class _Passes:
    """What was written of one comparison, by side and pass."""

    def __init__(self, database: Database, comparison: int) -> None:
        self._segments: dict[tuple[int, int], list[KeptSegment]] = {}
        self._ends: dict[tuple[int, int], PassEnd] = {}
        for row in database.rows(
            "SELECT * FROM comparison_segment WHERE comparison_id = ? ORDER BY side, pass, number", comparison
        ):
            numbers = _read(_Numbers, row["numbers"])
            kept = KeptSegment(
                numbers.segment,
                numbers.began_ms,
                numbers.counts,
                unpack_tokens(row["tokens"]),
                pieces_from_json(row["pieces"]),
            )
            self._segments.setdefault((row["side"], row["pass"]), []).append(kept)
        for row in database.rows("SELECT * FROM comparison_end WHERE comparison_id = ?", comparison):
            end = _read(_End, row["numbers"])
            self._ends[row["side"], row["pass"]] = PassEnd(
                **{field.name: getattr(end, field.name) for field in fields(_End)},
                tokens=unpack_tokens(row["tokens"]),
                pieces=pieces_from_json(row["pieces"]),
            )

    def of(self, side: int, count: int) -> tuple[KeptPass, ...]:
        return tuple(
            KeptPass(tuple(self._segments.get((side, turn), ())), self._ends.get((side, turn)))
            for turn in range(1, count + 1)
        )


def _id_of(database: Database, uid: str) -> int:
    found = database.row("SELECT id FROM comparison WHERE uid = ?", uid)
    if found is None:
        raise StoreError("This comparison was removed")
    return int(found["id"])


def _add_segments(
    database: Database, comparison: int, side: int, turn: int, segments: Iterable[KeptSegment]
) -> None:
    database.run_many(
        f"""INSERT OR IGNORE INTO comparison_segment ({_PLACES}, number, numbers, tokens, pieces)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                *(comparison, side, turn, kept.segment.number),
                _dumps(_Numbers(kept.segment, kept.began_ms, kept.counts)),
                *(pack_tokens(kept.tokens), pieces_to_json(kept.pieces)),
            )
            for kept in segments
        ],
    )


def _add_end(database: Database, comparison: int, side: int, turn: int, end: PassEnd) -> None:
    numbers = _End(**{field.name: getattr(end, field.name) for field in fields(_End)})
    database.run(
        f"INSERT OR IGNORE INTO comparison_end ({_PLACES}, numbers, tokens, pieces) VALUES (?, ?, ?, ?, ?, ?)",
        *(comparison, side, turn, _dumps(numbers), pack_tokens(end.tokens), pieces_to_json(end.pieces)),
    )


def _setup(kept: KeptComparison) -> str:
    pair = replace(kept.pair, placement=None)
    return _dumps(_Setup(kept.request, pair, kept.build, kept.machine, kept.version, kept.segment))


def _state(kept: KeptComparison) -> str:
    drafts = tuple(side.draft for side in kept.sides)
    passes = max((len(side.passes) for side in kept.sides), default=0)
    return _dumps(_State(drafts, passes, kept.seeds, kept.partings, kept.note, kept.error, kept.hint))


def _sides(text: str) -> tuple[SideSpec, ...]:
    return _read(tuple[SideSpec, ...], text)


def _dumps(value: object) -> str:
    return json.dumps(encoded(value), separators=(",", ":"))  # ASCII: a file's name need not be text


def _read[Kind](kind: type[Kind], text: str) -> Kind:
    """Raises StoreError for what a later version may have written."""
    try:
        data: Any = json.loads(text)
        return read(kind, data)
    except MisfitError as error:
        raise StoreError(
            f"A comparison cannot be read: {error}", "A later version of Slipstream may have written it"
        ) from error


def _stage(value: str) -> Stage:
    return Stage(value) if value in Stage else Stage.CUT_OFF
