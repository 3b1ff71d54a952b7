"""What `slipstream bench` writes beside its table: every step (`--events`), every answer's figures (`--stats`).

Both have what `generate` writes, once for each answer, and say which prompt it was for and whether it was drafted. A
benchmark that goes on (`--resume`) adds to what they hold of it.
"""

import argparse
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TextIO

from slipstream.cli.generate import save_text
from slipstream.cli.report import SCHEMA, circumstances_json, event_json, figures_json
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.running import WholeAnswer
from slipstream.core.errors import AppError
from slipstream.core.events import PairLoaded


class BenchRecords(AbstractContextManager["BenchRecords"]):
    """Open while the benchmark is measured; `--stats` is written at the end, Ctrl+C included. Raises AppError."""

    def __init__(
        self,
        options: argparse.Namespace,
        benchmark: Benchmark,
        loaded: PairLoaded,
        versions: dict[str, str],
    ) -> None:
        self._stats: Path | None = options.stats
        self._uid = benchmark.uid
        self._head = circumstances_json(options, loaded, versions, benchmark.setup.seed)
        goes_on = bool(benchmark.rows)
        self._answers = _answers_of(options.stats, benchmark.uid) if goes_on and options.stats else []
        self._events = _opened(options.events, goes_on=goes_on) if options.events else None

    def watch(self, whole: WholeAnswer) -> None:
        """Take an answer that counts."""
        prompt = whole.task.prompt
        about = {
            "prompt": prompt.id,
            "kind": prompt.kind,
            "repeat": whole.task.repeat,
            "drafting": whole.drafting,
        }
        if self._events is not None:
            try:
                for step in whole.steps:
                    self._events.write(event_json(step, {"benchmark": self._uid, **about}) + "\n")
                self._events.flush()
            except OSError as error:
                raise _unwritable(Path(self._events.name), error) from error
        if self._stats is not None:
            self._answers.append({**about, **figures_json(whole.stats)})

    def __exit__(self, *_why: object) -> None:
        if self._events is not None:
            self._events.close()
        if self._stats is not None:
            told = {"schema": SCHEMA, "benchmark": self._uid, **self._head, "answers": self._answers}
            save_text(self._stats, json.dumps(told, indent=1))


def _answers_of(path: Path, uid: str) -> list[dict[str, Any]]:
    """Those of this benchmark that the file has already; [] for any other file."""
    try:
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        return list(found["answers"]) if found.get("benchmark") == uid else []
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return []


def _opened(path: Path, *, goes_on: bool) -> TextIO:
    try:
        return path.open("a" if goes_on else "w", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> AppError:
    return AppError(f"Cannot write {path}: {error.strerror or error}")
