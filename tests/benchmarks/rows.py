"""What was measured: one answer is one row, one row is one line of a JSONL file, and a row is never measured twice.

A row keeps the answer itself and every step of ours, so that a figure thought of later can be computed from the
file. It knows nothing of figures.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """One propose-verify cycle of ours; a JSON list of its fields."""

    drafter: str  # "none" | "model" | "ngram"
    drafted: int
    accepted: int
    emitted: int
    draft_ms: float
    verify_ms: float
    rest_ms: float  # judging, recording, text


@dataclass(frozen=True)
class Answer:
    """One answer as timed by its reader. Times in ms since the request."""

    tokens: tuple[int, ...]
    first_chunk: int  # tokens that came with the first emission
    ttft_ms: float
    total_ms: float  # to the last emission
    prefill_ms: float  # the target's; of the peer, of both models
    draft_prefill_ms: float = 0.0
    drafted: int = 0
    accepted: int = 0
    outside_share: float | None = None  # of the steps' time, that outside llama_decode (ours only)
    steps: tuple[Step, ...] = ()  # ours only

    @property
    def tokens_per_second(self) -> float | None:
        """(emitted - first chunk) / (last - first emission), as in docs; None where nothing followed."""
        later = len(self.tokens) - self.first_chunk
        return later / (self.total_ms - self.ttft_ms) * 1000 if later > 0 else None

    def latency_ms(self, tokens: int) -> float:
        """Request to the emission of so many tokens, both prefills included, at this answer's mean pace.

        So answers of different length, as they come at a temperature, can be compared: at the shorter one's.
        """
        rate = self.tokens_per_second
        later = max(tokens - self.first_chunk, 0)
        return self.ttft_ms + (later / rate * 1000 if rate else 0.0)

    @property
    def lengths(self) -> dict[int, int]:
        """{tokens drafted: steps}; the first step, which never drafts, left out."""
        counts: dict[int, int] = {}
        for step in self.steps[1:]:
            counts[step.drafted] = counts.get(step.drafted, 0) + 1
        return dict(sorted(counts.items()))


@dataclass(frozen=True)
class Key:
    """What was asked, and of whom: equal keys are measurements of the same thing."""

    target: str  # file names
    draft: str
    id: str  # of the prompt
    kind: str
    temperature: float
    max_tokens: int
    setting: str  # a name of `plan`
    repeat: int = 0


@dataclass(frozen=True)
class Row:
    key: Key
    answer: Answer

    def to_json(self) -> str:
        """With the derived figures beside what they derive from, for other readers of the file."""
        derived = {
            "tokens_per_second": self.answer.tokens_per_second,
            "lengths": {str(length): count for length, count in self.answer.lengths.items()},
        }
        return json.dumps(asdict(self.key) | asdict(self.answer) | derived)

    @staticmethod
    def from_json(line: str) -> "Row":
        data = json.loads(line)
        key = Key(**{field.name: data[field.name] for field in fields(Key)})
        values = {field.name: data[field.name] for field in fields(Answer)}
        values["tokens"] = tuple(values["tokens"])
        values["steps"] = tuple(Step(*step) for step in values["steps"])
        return Row(key, Answer(**values))


class RowFile:
    """The rows of one file, read when opened; a row that is added is on the disk at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[Key, Row] = {}
        for line in whole_lines(path):
            row = Row.from_json(line)
            self._rows[row.key] = row

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def add(self, row: Row) -> None:
        append_line(self._path, row.to_json())
        self._rows[row.key] = row


def whole_lines(path: Path) -> Iterable[str]:
    """The lines of a file that may be missing; a last line without its end was cut off and does not count."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    return text[: text.rfind("\n") + 1].splitlines()


def append_line(path: Path, line: str) -> None:
    """Add a line, in place of a last one that was cut off."""
    with path.open("ab+") as file:
        end = file.seek(0, 2)
        if end:
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
        file.write(line.encode() + b"\n")
