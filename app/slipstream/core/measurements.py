"""All pair records of this machine, in one file: what the engine has learned survives a restart.

The file is a help, never a need: one that is damaged, of another machine or full of nonsense is left aside,
`problem` says why, and everything is measured again.
"""

import json
import os
import platform
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from slipstream.core.costs import BUCKET_EDGES, CostTable, PairRecord, RunningMean
from slipstream.core.files import read_own, write_own
from slipstream.core.habits import Habits

SCHEMA = 2
MOST_MS = 1e7  # a decode of three hours is nonsense
MOST_TOKENS = 1 << 16  # of one decode
MOST_THREADS = 1024
_TABLES = ("verify", "draft_decode", "plain_step", "drafting_step")


def this_machine() -> str:
    """What must be the same for costs to hold: processor, core count, system."""
    return f"{platform.system()} {platform.machine()} {_processor()} x{os.cpu_count()}"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()


@dataclass
class Measurements:
    """All pair records of this machine."""

    pairs: dict[tuple[str, str, str], PairRecord] = field(default_factory=dict)
    problem: str = ""  # why what was saved is not here, where that is worth saying

    def pair(self, target: str, draft: str, backend: str) -> PairRecord:
        """The record of a pair, made where there is none. Models are named by file name and size.

        What the target costs does not depend on the draft: all pairs of one target on one backend share it.
        """
        key = (target, draft, backend)
        if key not in self.pairs:
            self.put(PairRecord(*key))
        return self.pairs[key]

    def put(self, record: PairRecord) -> None:
        """Keep this record in place of the pair's former one, and its target's costs for the other pairs."""
        for other in self.pairs.values():
            if (other.target, other.backend) == (record.target, record.backend):
                record.plain_step.adopt(other.plain_step)
                record.verify.adopt(other.verify)
                other.plain_step, other.verify = record.plain_step, record.verify
        self.pairs[record.target, record.draft, record.backend] = record

    def save(self, path: Path) -> None:
        """Write atomically. Raises OSError."""
        rows = [_record_to_json(record) for record in self.pairs.values()]
        write_own(path, json.dumps({"schema": SCHEMA, "machine": this_machine(), "pairs": rows}))

    @classmethod
    def load(cls, path: Path) -> "Measurements":
        """Read what was saved; what cannot be used is left out, and `problem` says so."""
        try:
            data = json.loads(read_own(path))
            if data["schema"] != SCHEMA:
                return cls(problem="the saved measurements are of another version")
            if data["machine"] != this_machine():
                return cls(problem="the saved measurements are of another machine")
            found = cls()
            for row in data["pairs"]:
                found.put(_record_from_json(row))
            return found
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(problem="the saved measurements are damaged")


def model_key(path: str | Path) -> str:
    """How a model file is named in the records: file name and size in bytes."""
    return f"{Path(path).name}:{os.stat(path).st_size}"


def _record_to_json(record: PairRecord) -> dict[str, Any]:
    row: dict[str, Any] = {"target": record.target, "draft": record.draft, "backend": record.backend}
    row |= {name: _table_to_json(getattr(record, name)) for name in _TABLES}
    row["row_ms"] = [record.row_ms.mean, record.row_ms.count]
    row["draft_threads"] = record.draft_threads
    row["habits"] = {name: habits.to_json() for name, habits in record.habits.items()}
    return row


def _record_from_json(row: dict[str, Any]) -> PairRecord:
    record = PairRecord(str(row["target"]), str(row["draft"]), str(row["backend"]))
    for name in _TABLES:
        setattr(record, name, _table_from_json(row[name]))
    record.row_ms = _mean(*row["row_ms"])
    threads = row["draft_threads"]
    record.draft_threads = None if threads is None else _whole(threads, MOST_THREADS)
    record.habits = {str(name): Habits.from_json(habits) for name, habits in row["habits"].items()}
    return record


def _table_to_json(table: CostTable) -> list[list[float]]:
    return [[bucket, batch, cell.mean, cell.count] for (bucket, batch), cell in sorted(table.cells.items())]


def _table_from_json(rows: list[list[float]]) -> CostTable:
    return CostTable(
        {(_bucket(b), _whole(n, MOST_TOKENS)): _mean(mean, count, 0.0) for b, n, mean, count in rows}
    )


def _bucket(edge: float) -> int:
    if edge not in (0, *BUCKET_EDGES):
        raise ValueError(f"no context bucket begins at {edge}")
    return int(edge)


def _whole(number: float, most: int) -> int:
    if number != int(number) or not 1 <= number <= most:
        raise ValueError(f"{number} is not one of 1…{most}")
    return int(number)


def _mean(mean: float, count: float, above: float = -1.0) -> RunningMean:
    """Raises ValueError for what no clock can have measured."""
    if not (isfinite(mean) and above < mean < MOST_MS and 0 <= count < 1e12):
        raise ValueError(f"{mean} ms, {count} times")
    return RunningMean(float(mean), int(count))
