"""JSON for programs: everything that was measured, as it is kept. `resources/statistics.schema.json` describes it.

Written as it is read, a line a step; the figures of a run stand behind its steps, for those of one that did not
end are only known then. Token ids are part of what was measured: who has the model's
vocabulary can read a text from them.
"""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any, TextIO

from slipstream import __version__
from slipstream.core.benchmark.report import benchmark_json
from slipstream.core.events import StepDone
from slipstream.core.metrics import StepRecord
from slipstream.core.metrics_json import metrics_json
from slipstream.core.reports.comparison_json import comparison_json
from slipstream.core.reports.records import BenchmarkRecord, ComparisonRecord, RunRecord
from slipstream.core.reports.summary import Summary, Summing
from slipstream.core.transfer.codec import encoded

FORMAT = "slipstream-statistics"
SCHEMA = 1
STEP_COLUMNS = tuple(field.name for field in fields(StepRecord))
LISTS = ("runs", "benchmarks", "comparisons")  # in their order


class JsonReport:
    needs_overview = False

    def __init__(self, file: TextIO, now: datetime) -> None:
        self._file = file
        self._now = now
        self._run: RunRecord | None = None
        self._sum: Summing | None = None
        self._list = LISTS[0]
        self._is_first = self._is_first_step = True  # in that list, in the run

    def begin(self, about: str) -> None:
        top = {
            "format": FORMAT,
            "schema": SCHEMA,
            "exported": encoded(self._now),
            "program": f"slipstream {__version__}",
        }
        self._file.write(f'{_dumps(top)[:-1]},"runs":[')

    def overview(self, run: RunRecord) -> None:
        """Nothing stands above the runs."""

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        """Nothing stands above the runs."""

    def run(self, run: RunRecord) -> bool:
        self._run, self._sum = run, Summing(run)
        self._file.write("\n" if self._is_first else ",\n")
        self._is_first, self._is_first_step = False, True
        columns = _dumps([*STEP_COLUMNS, "note"])
        self._file.write(f'{_dumps(_head(run))[:-1]},"steps":{{"columns":{columns},"rows":[')
        return True

    def step(self, step: StepDone) -> None:
        assert self._sum is not None
        self._sum.add(step.record)
        row = [encoded(getattr(step.record, name)) for name in STEP_COLUMNS]
        self._file.write(("\n" if self._is_first_step else ",\n") + _dumps([*row, step.note]))
        self._is_first_step = False

    def end_run(self) -> None:
        assert self._run is not None
        assert self._sum is not None
        self._file.write(f"]}},{_dumps(_figures(self._run, self._sum.summary()))[1:]}")

    def benchmark(self, record: BenchmarkRecord) -> None:
        self._go_on_in("benchmarks")
        self._file.write("\n" if self._is_first else ",\n")
        self._is_first = False
        found = {"benchmark": record.id, **benchmark_json(record.benchmark)}
        del found["schema"]  # the file says its own
        del found["setup"]["system"]  # what was said
        pairs = found.pop("rows")
        self._file.write(f'{_dumps(found)[:-1]},"rows":[')
        for number, pair in enumerate(pairs):
            self._file.write(("\n" if number == 0 else ",\n") + _dumps(pair))
        self._file.write("]}")

    def comparison(self, record: ComparisonRecord) -> None:
        self._go_on_in("comparisons")
        self._file.write("\n" if self._is_first else ",\n")
        self._is_first = False
        self._file.write(_dumps(comparison_json(record)))

    def end(self) -> None:
        self._go_on_in(LISTS[-1])
        self._file.write("\n]}\n")

    def _go_on_in(self, name: str) -> None:
        """The list of this name; those before it are over."""
        for following in LISTS[LISTS.index(self._list) + 1 : LISTS.index(name) + 1]:
            self._list, self._is_first = following, True
            self._file.write(f'\n],"{following}":[')


def _head(run: RunRecord) -> dict[str, Any]:
    request = encoded(run.request)
    for name in ("messages", "raw"):  # what was said
        del request[name]
    return {
        "run": run.run,
        "conversation": None if run.conversation is None else {"id": run.conversation, "title": run.title},
        "message": run.message,
        "created": encoded(run.created),
        "state": str(run.end),
        "interruption": run.interruption,
        "build": run.build,
        "target": run.target,
        "draft": run.draft or None,
        "request": request,
        "pair": encoded(run.pair),
    }


def _figures(run: RunRecord, summary: Summary) -> dict[str, Any]:
    stats = run.stats
    return {
        "figures": metrics_json(summary.metrics),
        "phases": {str(phase): metrics_json(metrics) for phase, metrics in summary.phases.items()},
        "ttft_ms": summary.ttft_ms,
        "total_ms": summary.total_ms,
        "prompt_tokens": stats.prompt_tokens if stats else None,
        "reused_tokens": stats.reused_tokens if stats else None,
        "prefill_ms": stats.prefill_ms if stats else None,
        "draft_prefill_ms": stats.draft_prefill_ms if stats else None,
        "decode_ms": stats.decode_ms if stats else None,
        "stop_reason": str(stats.stop_reason) if stats else None,
        "thinking_closed": str(stats.thinking_closed) if stats and stats.thinking_closed else None,
        "seed": stats.seed if stats else run.request.seed,
        "notes": list(stats.notes) if stats else [],
    }


def _dumps(value: Any) -> str:
    """To be read by people too; only what UTF-8 cannot hold (a file's name may be no text) is escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text
