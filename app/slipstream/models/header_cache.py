"""Model cards kept across runs, so that a library of thousands of files is listed without reading it again.

A card is good as long as its file, or each part of a split one, has the same size and time of change. The cache is a
help, never a need: one that is damaged or of another version is empty, and everything is read anew.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.files import read_own, write_own
from slipstream.models.card import ModelCard
from slipstream.models.plain_json import Json, from_json, to_json

SCHEMA = 1  # raised whenever a card's fields, or what they mean, change
MAX_BYTES = 256 << 20  # of the file; far beyond what 10,000 models take


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells that a file is the one it was."""

    name: str
    size: int  # bytes
    changed: int  # ns


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a model's headers brought: a card, or why there is none."""

    stamps: tuple[FileStamp, ...]
    card: ModelCard | None
    problem: str | None


class HeaderCache:
    """Readings by path."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stored = _load(file)
        self._used: dict[str, Reading] = {}
        self._asked: set[str] = set()
        self._changed = False

    def get(self, path: Path, stamps: tuple[FileStamp, ...]) -> Reading | None:
        """The reading of a file that has not changed."""
        key = str(path)
        self._asked.add(key)
        known = self._used.get(key) or self._decoded(key)
        if known is None or known.stamps != stamps:
            return None
        self._used[key] = known
        return known

    def put(self, path: Path, reading: Reading) -> None:
        self._asked.add(str(path))
        self._used[str(path)] = reading
        self._changed = True

    def forget_others(self) -> None:
        """Keep only what was asked for since the last time: after a look through everything, the others are gone."""
        gone = (self._stored.keys() | self._used.keys()) - self._asked
        for key in gone:
            self._stored.pop(key, None)
            self._used.pop(key, None)
        self._changed = self._changed or bool(gone)
        self._asked.clear()

    def save(self) -> None:
        """Write it, where anything changed. Raises OSError."""
        if not self._changed:
            return
        rows = self._stored | {path: to_json(reading) for path, reading in self._used.items()}
        write_own(self._file, json.dumps({"schema": SCHEMA, "models": rows}, separators=(",", ":")))
        self._stored, self._changed = rows, False

    def _decoded(self, key: str) -> Reading | None:
        try:
            return from_json(Reading, self._stored[key]) if key in self._stored else None
        except ValueError:
            return None


def _load(file: Path) -> dict[str, Json]:
    """The rows as they are; each is checked when it is asked for."""
    try:
        data = json.loads(read_own(file, MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("models"), dict):
        return {}
    return dict(data["models"])
