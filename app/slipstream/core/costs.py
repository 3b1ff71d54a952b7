"""What steps cost on this machine, as measured: the data the pace controller and the window start from.

A `CostTable` holds running means of `llama_decode` times by batch size and context bucket; a `PairRecord`
holds the tables of one model pair on one backend, and what its plain steps took as a whole. `Measurements`
keeps all pair records; `build.py` loads it, hands it around and saves it.
"""

import json
import os
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slipstream.core.files import write_atomically
from slipstream.core.metrics import StepRecord, break_even_tau

SCHEMA = 1
BUCKET_EDGES = (512, 1024, 2048, 4096, 8192, 16384, 32768)  # context positions; the last bucket is open
MEMORY = 64  # observations: the time constant of the forgetting, for machines warm up and contexts drift


def context_bucket(position: int) -> int:
    """The bucket's lower edge, for a context of `position` tokens."""
    return max((edge for edge in BUCKET_EDGES if position >= edge), default=0)


@dataclass
class RunningMean:
    """A mean that slowly forgets: plain at first, exponential later."""

    mean: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        self.count += 1
        self.mean += (value - self.mean) / min(self.count, MEMORY)


@dataclass
class CostTable:
    """Mean milliseconds by (context bucket, batch size)."""

    cells: dict[tuple[int, int], RunningMean] = field(default_factory=dict)

    def add(self, position: int, batch: int, ms: float) -> None:
        self.cells.setdefault((context_bucket(position), batch), RunningMean()).add(ms)

    def get(self, position: int, batch: int) -> float | None:
        """The mean for this batch size at this context, or None where it was never measured."""
        cell = self.cells.get((context_bucket(position), batch))
        return cell.mean if cell else None

    def adopt(self, other: "CostTable") -> None:
        """Take over the cells that `other` knows better: those with more observations."""
        for key, cell in other.cells.items():
            if key not in self.cells or cell.count > self.cells[key].count:
                self.cells[key] = cell

    def nearest(self, position: int, batch: int) -> float | None:
        """The mean in the measured bucket nearest to this context; None where none was measured."""
        measured = self.buckets(batch)
        return self.get(_nearest(position, measured), batch) if measured else None

    def buckets(self, batch: int) -> set[int]:
        """The context buckets in which this batch size was measured."""
        return {bucket for bucket, size in self.cells if size == batch}


def _nearest(position: int, buckets: set[int]) -> int:
    """The bucket the fewest edges away from this context's; of two, the one of the longer context."""
    here = bisect_right(BUCKET_EDGES, position)
    return min(buckets, key=lambda bucket: (abs(bisect_right(BUCKET_EDGES, bucket) - here), -bucket))


@dataclass
class PairRecord:
    """What is known about a pair (draft may be "") on one backend of this machine."""

    target: str
    draft: str
    backend: str
    verify: CostTable = field(default_factory=CostTable)  # the target's decode, by batch size
    draft_decode: CostTable = field(default_factory=CostTable)  # the draft's decode, by batch size
    plain_step: CostTable = field(
        default_factory=CostTable
    )  # whole steps without a draft, batch 1; the target's
    drafting_step: CostTable = field(default_factory=CostTable)  # whole steps with a draft, batch 1

    def observe(self, step: StepRecord) -> None:
        """Learn from one step; the first of a run decodes nothing and says nothing."""
        if step.index == 1 or step.stop_reason is not None:
            return
        drafted = len(step.drafted)
        self.verify.add(step.position, drafted + 1, step.verify_ms)
        if step.drafter == "model" and drafted:
            self.draft_decode.add(step.position, 1, step.draft_ms / drafted)
        (self.drafting_step if drafted else self.plain_step).add(step.position, 1, step.duration_ms)

    def break_even_tau(self, position: int) -> float | None:
        """What tau must exceed for drafting to pay; None until both kinds of step were seen.

        Compared at one context as near to this one as both were seen at, else each at its nearest.
        """
        both = self.drafting_step.buckets(1) & self.plain_step.buckets(1)
        at = _nearest(position, both) if both else position
        return break_even_tau(self.drafting_step.nearest(at, 1), self.plain_step.nearest(at, 1))

    def plain_tokens_per_second(self, position: int) -> float | None:
        """The no-drafting level measured nearest to this context; None until a plain step was seen."""
        ms = self.plain_step.nearest(position, 1)
        return 1000 / ms if ms else None


def _table_to_json(table: CostTable) -> list[list[float]]:
    return [[bucket, batch, cell.mean, cell.count] for (bucket, batch), cell in sorted(table.cells.items())]


def _table_from_json(rows: list[list[float]]) -> CostTable:
    return CostTable({(int(b), int(n)): RunningMean(float(mean), int(count)) for b, n, mean, count in rows})


_TABLES = ("verify", "draft_decode", "plain_step", "drafting_step")


@dataclass
class Measurements:
    """All pair records of this machine."""

    pairs: dict[tuple[str, str, str], PairRecord] = field(default_factory=dict)

    def pair(self, target: str, draft: str, backend: str) -> PairRecord:
        """The record of a pair, made where there is none. Models are named by file name and size.

        Plain steps do not depend on the draft: all pairs of one target on one backend share their table.
        """
        key = (target, draft, backend)
        if key not in self.pairs:
            record = PairRecord(*key)
            for other in self.pairs.values():
                if (other.target, other.backend) == (target, backend):
                    record.plain_step = other.plain_step
                    break
            self.pairs[key] = record
        return self.pairs[key]

    def save(self, path: Path) -> None:
        """Write atomically. Raises OSError."""
        rows: list[dict[str, Any]] = []
        for record in self.pairs.values():
            row: dict[str, Any] = {"target": record.target, "draft": record.draft, "backend": record.backend}
            row |= {name: _table_to_json(getattr(record, name)) for name in _TABLES}
            rows.append(row)
        write_atomically(path, json.dumps({"schema": SCHEMA, "pairs": rows}))

    @classmethod
    def load(cls, path: Path) -> "Measurements":
        """Read what was saved; nothing, another schema or damage starts empty: it can be measured again."""
        try:
            data = json.loads(path.read_text("utf-8"))
            if data["schema"] != SCHEMA:
                return cls()
            found = cls()
            for row in data["pairs"]:
                record = found.pair(row["target"], row["draft"], row["backend"])
                for name in _TABLES:
                    getattr(record, name).adopt(_table_from_json(row[name]))
            return found
        except (OSError, ValueError, OverflowError, KeyError, TypeError):
            return cls()


def model_key(path: str | Path) -> str:
    """How a model file is named in the records: file name and size in bytes."""
    return f"{Path(path).name}:{os.stat(path).st_size}"
