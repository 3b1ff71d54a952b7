"""The records of one benchmark in a file that grows: a line for what it is, then a line for each pair of answers.

Each line is handed to the system whole, and one that was cut off all the same counts as never written; so a benchmark
that was interrupted, in whatever way, goes on where it was.
"""

import json
import secrets
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.record import BenchPair, BenchRow, BenchSkip, key_of
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.errors import AppError
from slipstream.core.file_lock import try_lock
from slipstream.core.transfer.codec import MisfitError, encoded, read

SCHEMA = 1


@dataclass(frozen=True)
class Benchmark:
    """One benchmark and what was measured of it so far."""

    uid: str  # tells it from all others, on whatever machine
    created: datetime  # UTC
    setup: BenchSetup
    plan: BenchPlan
    rows: tuple[BenchRow, ...] = ()
    name: str = ""  # a person's

    @classmethod
    def begin(cls, setup: BenchSetup, plan: BenchPlan) -> "Benchmark":
        return cls(secrets.token_hex(8), datetime.now(UTC).replace(microsecond=0), setup, plan)

    @property
    def pairs(self) -> list[BenchPair]:
        return [row for row in self.rows if isinstance(row, BenchPair)]

    @property
    def skips(self) -> list[BenchSkip]:
        return [row for row in self.rows if isinstance(row, BenchSkip)]

    @property
    def left(self) -> int:
        """Pairs that are still to be measured."""
        return len(self.plan.tasks({key_of(row) for row in self.rows}))

    @property
    def is_complete(self) -> bool:
        return not self.left


@dataclass(frozen=True, slots=True)
class _Head:
    schema: int
    uid: str
    created: datetime
    setup: BenchSetup
    plan: BenchPlan


def row_to_json(row: BenchRow) -> str:
    kind = "pair" if isinstance(row, BenchPair) else "skip"
    return json.dumps({kind: encoded(row)})


def row_from_json(line: str) -> BenchRow:
    """Raises ValueError for what `row_to_json` cannot have written."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise MisfitError("an object")
    if "skip" in data:
        return read(BenchSkip, data["skip"])
    return read(BenchPair, data.get("pair"))


@dataclass
class RowFile(AbstractContextManager["RowFile"]):
    """A benchmark's file, locked as long as it is open: two processes would measure into each other.

    `open` raises AppError where it cannot be used; `add` where the disk refuses.
    """

    path: Path
    benchmark: Benchmark
    _file: IO[bytes] = field(repr=False)

    @classmethod
    def open(cls, path: Path, setup: BenchSetup, plan: BenchPlan, *, resume: bool) -> "RowFile":
        """Go on with what the file has of this setup, or with `resume` False begin anew.

        What the file has of other prompts stays in it and counts in nothing.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("ab+")
        except OSError as error:
            raise _unusable(path, error) from error
        try:
            if not try_lock(file.fileno()):
                raise AppError("This benchmark is already being measured", "Wait for it, or end it")
            found = _read(file) if resume else None
            if found is None or found.setup.digest != setup.digest:
                found = Benchmark.begin(setup, plan)
                _begin(file, found)
            else:
                _cut_off(file)
                wanted = {key_of(row) for row in found.rows} & _keys(plan)
                rows = tuple(row for row in found.rows if key_of(row) in wanted)
                found = Benchmark(found.uid, found.created, setup, plan, rows)
                _replan(file, found)
        except OSError as error:
            file.close()
            raise _unusable(path, error) from error
        except BaseException:
            file.close()
            raise
        return cls(path, found, file)

    def add(self, row: BenchRow) -> None:
        """Keep a record; a kill cannot take it away any more. Raises AppError."""
        try:
            self._file.write(row_to_json(row).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise _unusable(self.path, error) from error
        b = self.benchmark
        self.benchmark = Benchmark(b.uid, b.created, b.setup, b.plan, (*b.rows, row), b.name)

    def __exit__(self, *_why: object) -> None:
        with suppress(OSError):  # what could not be written was told by `add`
            self._file.close()


def read_rows(path: Path) -> Benchmark | None:
    """What a file holds, also while another process writes it; None where it is no benchmark. Raises OSError."""
    with path.open("rb") as file:
        return _read(file)


def _read(file: IO[bytes]) -> Benchmark | None:
    file.seek(0)
    *lines, _cut = file.read().split(b"\n")
    head: _Head | None = None
    rows: dict[tuple[str, str, int], BenchRow] = {}
    for line in lines:
        try:
            text = line.decode()
            if text.startswith('{"benchmark"'):
                head = read(_Head, json.loads(text)["benchmark"])
                if head.schema != SCHEMA:
                    return None
            else:
                row = row_from_json(text)
                rows[key_of(row)] = row
        except (ValueError, KeyError, RecursionError):
            if head is None:
                return None
    if head is None:
        return None
    kept = tuple(row for key, row in rows.items() if key in _keys(head.plan))
    return Benchmark(head.uid, head.created, head.setup, head.plan, kept)


def _keys(plan: BenchPlan) -> set[tuple[str, str, int]]:
    return {(prompt.id, prompt.digest, repeat) for prompt in plan.prompts for repeat in range(plan.repeats)}


def _begin(file: IO[bytes], benchmark: Benchmark) -> None:
    file.truncate(0)
    _replan(file, benchmark)


def _replan(file: IO[bytes], benchmark: Benchmark) -> None:
    """Write the head, or another one: the last that stands in the file holds."""
    head = _Head(SCHEMA, benchmark.uid, benchmark.created, benchmark.setup, benchmark.plan)
    file.write(json.dumps({"benchmark": encoded(head)}).encode() + b"\n")
    file.flush()


def _cut_off(file: IO[bytes]) -> None:
    """Take away a last line that was not written to its end."""
    file.seek(0)
    file.truncate(file.read().rfind(b"\n") + 1)


def _unusable(path: Path, error: OSError) -> AppError:
    return AppError(f"The measurements cannot be kept in {path}: {error.strerror or error}")
