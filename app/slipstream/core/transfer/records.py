"""What travels between the store and a file: frozen records, and their form in Slipstream's own JSON.

The names of the fields are the names in the file. A reader ignores names it does not know; a field added later gets
a default, so that older files stay readable. Numbers of a message mean something within its conversation only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.events import PairLoaded, StepDone, TextPiece
from slipstream.core.metrics import RunStats, StepRecord
from slipstream.core.transfer.codec import MisfitError, encoded, inside, read

FORMAT = "slipstream-conversations"
VERSION = 1
_STEP = tuple(field.name for field in fields(StepRecord))
_PIECE = tuple(field.name for field in fields(TextPiece))


@dataclass(frozen=True, slots=True)
class SavedRun:
    """One generation. Of `stats`, the tokens are in the steps, thinking and answer in the message."""

    created: datetime
    build: str  # of the engine
    request: GenerateRequest  # without its messages
    pair: PairLoaded
    stats: RunStats | None = None  # None where it was cut short
    interruption: str | None = None  # why, where that is known
    steps: tuple[StepDone, ...] = ()
    thinking_from: int = 0  # characters of the message's thinking and content that were there before it
    content_from: int = 0


@dataclass(frozen=True, slots=True)
class SavedMessage:
    """One turn; those it answers come before it."""

    id: int
    parent: int | None
    role: Role
    content: str
    created: datetime
    thinking: str = ""
    interrupted: bool = False  # an answer that was cut short
    runs: tuple[SavedRun, ...] = ()  # oldest first
    edited: bool = False  # an answer as a person rewrote it


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """All of a conversation but its messages; `current` is the last one of the branch that is shown."""

    title: str
    created: datetime
    updated: datetime
    folder: str = ""
    pinned: bool = False
    target: str | None = None
    draft: str | None = None
    unsent: str = ""
    settings: dict[str, Any] | None = None
    current: int | None = None


def message_to_json(message: SavedMessage) -> dict[str, Any]:
    data: dict[str, Any] = encoded(replace(message, runs=()))
    data["runs"] = [_run_to_json(run) for run in message.runs]
    return data


def _run_to_json(run: SavedRun) -> dict[str, Any]:
    stats = run.stats and replace(run.stats, tokens=(), thinking="", answer="")
    data: dict[str, Any] = encoded(replace(run, stats=stats, steps=()))
    data["steps"] = _steps_to_json(run.steps)
    return data


def message_from_json(data: object) -> SavedMessage:
    """Raises MisfitError."""
    message = read(SavedMessage, _without(data, "runs"))
    with inside("runs"):
        return replace(message, runs=tuple(map(_run_from_json, _listed(data, "runs"))))


def _run_from_json(data: object) -> SavedRun:
    run = read(SavedRun, _without(data, "steps"))
    with inside("steps"):
        steps = _steps_from_json(data.get("steps") if isinstance(data, dict) else None)
    return replace(run, steps=steps)


def _without(data: object, name: str) -> object:
    """Without a part that has a form of its own."""
    return {key: value for key, value in data.items() if key != name} if isinstance(data, dict) else data


def _listed(data: object, name: str) -> list[object]:
    value = data.get(name, []) if isinstance(data, dict) else None
    if not isinstance(value, list):
        raise MisfitError("a list")
    return value


def _steps_to_json(steps: Sequence[StepDone]) -> dict[str, Any]:
    """A table: an answer has hundreds of steps, and names need not be said again for each."""
    rows = []
    for step in steps:
        record = [encoded(getattr(step.record, name)) for name in _STEP]
        pieces = [[encoded(getattr(piece, name)) for name in _PIECE] for piece in step.pieces]
        rows.append([*record, step.note, pieces])
    return {"columns": [*_STEP, "note", "pieces"], "pieces": list(_PIECE), "rows": rows}


def _steps_from_json(data: object) -> tuple[StepDone, ...]:
    if data is None:
        return ()
    columns = [read(str, name) for name in _listed(data, "columns")]
    of_piece = [read(str, name) for name in _listed(data, "pieces")]
    steps: list[StepDone] = []
    for number, row in enumerate(_listed(data, "rows"), 1):
        with inside(f"row {number}"):
            values = _named(columns, row)
            with inside("pieces"):
                pieces = tuple(
                    read(TextPiece, _named(of_piece, piece)) for piece in _listed(values, "pieces")
                )
            step = StepDone(read(StepRecord, values), pieces, read(str, values.get("note", "")))
            if steps and step.record.index <= steps[-1].record.index:
                raise MisfitError("a step that comes later")
            steps.append(step)
    return tuple(steps)


def _named(columns: Sequence[str], row: object) -> dict[str, object]:
    if not isinstance(row, list) or len(row) != len(columns):
        raise MisfitError(f"a list of {len(columns)} values")
    return dict(zip(columns, row, strict=True))
