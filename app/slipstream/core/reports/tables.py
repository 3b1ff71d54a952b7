"""CSV for spreadsheets and for programs: RFC 4180 in UTF-8, decimals with a dot whatever the language.

It begins with a byte order mark: without one, spreadsheets take UTF-8 for the letters of some other code page;
programs that read "utf-8-sig" or pandas do not see it. Text that a spreadsheet would take for a formula gets an
apostrophe in front, which shows it as text. A cell that is not known is empty.
"""

import csv
from collections.abc import Sequence
from typing import TextIO

from slipstream.core.chat import Drafting
from slipstream.core.events import StepDone
from slipstream.core.metrics import Metrics, Phase
from slipstream.core.reports.records import BenchmarkRecord, ComparisonRecord, RunRecord
from slipstream.core.reports.summary import Summary, Summing
from slipstream.core.text import clean_text

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # also as wide letters, which some spreadsheets read alike

Cell = str | int | float | bool | None


def cell(value: Cell) -> str:
    """A value as it stands in the file, before the quotes that RFC 4180 asks for."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = clean_text(value)
        return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
    return repr(value)


STEP_COLUMNS = (
    *("run", "conversation", "step", "phase", "drafter", "rule", "position", "limit"),
    *("drafted", "accepted", "emitted", "inserted", "refused"),
    *("draft_ms", "verify_ms", "sample_ms", "other_ms", "t_ms", "icl_ms", "stop_reason", "note"),
)


class StepTable:
    """A row a step."""

    needs_overview = False

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._rows = csv.writer(file, lineterminator="\r\n")
        self._run: RunRecord | None = None
        self._index: int | None = None  # of the step before
        self._t_ms: float | None = None  # of the emission before

    def begin(self, about: str) -> None:
        self._file.write(BYTE_ORDER_MARK)
        self._rows.writerow(STEP_COLUMNS)

    def overview(self, run: RunRecord) -> None:
        """Nothing stands above the rows."""

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        """Nothing stands above the rows."""

    def run(self, run: RunRecord) -> bool:
        self._run, self._index, self._t_ms = run, None, None
        return True

    def step(self, step: StepDone) -> None:
        assert self._run is not None
        record = step.record
        gap = None
        if record.emitted:
            if self._t_ms is not None and self._index == record.index - 1:
                gap = record.t_ms - self._t_ms
            self._t_ms = record.t_ms
        self._index = record.index
        self._write(
            *(self._run.run, self._run.conversation, record.index, str(record.phase), record.drafter),
            *(record.rule, record.position, record.limit, len(record.drafted), record.accepted),
            *(len(record.emitted), len(record.inserted), record.refused, record.draft_ms, record.verify_ms),
            *(record.sample_ms, record.other_ms, record.t_ms, gap),
            *(str(record.stop_reason) if record.stop_reason else None, step.note),
        )

    def end_run(self) -> None:
        """Nothing stands below a run."""

    def benchmark(self, record: BenchmarkRecord) -> None:
        """Benchmarks have a table of their own: `bench_table`."""

    def comparison(self, record: ComparisonRecord) -> None:
        """They have a table of their own: `comparison_table`."""

    def end(self) -> None:
        """Nothing stands below the rows."""

    def _write(self, *values: Cell) -> None:
        self._rows.writerow([cell(value) for value in values])


RUN_COLUMNS = (
    *(
        "run",
        "conversation",
        "title",
        "created",
        "state",
        "target",
        "draft",
        "drafting",
        "draft_max",
        "lookup",
    ),
    *("accept", "temperature", "top_p", "top_k", "min_p", "repeat_penalty", "max_tokens", "thinking_budget"),
    *("seed", "ctx_size", "threads", "devices", "gpu_layers", "prompt_tokens", "reused_tokens"),
    *("steps", "emitted", "drafted", "accepted", "acceptance_rate", "acceptance_length", "refused"),
    *(
        "changes_output",
        "tokens_per_second",
        "tpot_ms",
        "prefill_ms",
        "draft_prefill_ms",
        "ttft_ms",
        "total_ms",
    ),
    *("icl_p50_ms", "icl_p95_ms", "icl_p99_ms", "icl_max_ms", "icl_jitter", "stalls"),
    *("draft_ms", "verify_ms", "sample_ms", "other_ms", "decode_ms"),
    *("think_tokens", "think_tokens_per_second", "answer_tokens", "answer_tokens_per_second"),
    *("stop_reason", "thinking_closed", "interruption", "draft_problem", "notes", "build"),
)


class RunTable:
    """A row a run. Of a run that did not end, what its steps come to."""

    needs_overview = False

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._rows = csv.writer(file, lineterminator="\r\n")
        self._run: RunRecord | None = None
        self._sum: Summing | None = None

    def begin(self, about: str) -> None:
        self._file.write(BYTE_ORDER_MARK)
        self._rows.writerow(RUN_COLUMNS)

    def overview(self, run: RunRecord) -> None:
        """Nothing stands above the rows."""

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        """Nothing stands above the rows."""

    def run(self, run: RunRecord) -> bool:
        self._run, self._sum = run, Summing(run)
        return self._sum.wants_steps

    def step(self, step: StepDone) -> None:
        assert self._sum is not None
        self._sum.add(step.record)

    def end_run(self) -> None:
        assert self._run is not None
        assert self._sum is not None
        values = [*_asked(self._run), *_measured(self._run, self._sum.summary()), *_ended(self._run)]
        self._rows.writerow([cell(value) for value in values])

    def benchmark(self, record: BenchmarkRecord) -> None:
        """Benchmarks have a table of their own: `bench_table`."""

    def comparison(self, record: ComparisonRecord) -> None:
        """They have a table of their own: `comparison_table`."""

    def end(self) -> None:
        """Nothing stands below the rows."""


def _asked(run: RunRecord) -> Sequence[Cell]:
    request, target = run.request, run.pair.target
    sampling, speculation, stats = request.sampling, request.speculation, run.stats
    return (
        *(run.run, run.conversation, run.title, run.created.isoformat(), str(run.end), run.target, run.draft),
        str(speculation.drafting),
        "auto" if speculation.draft_max is None else speculation.draft_max,
        speculation.lookup_first if speculation.drafting is Drafting.MODEL else None,
        *(str(request.accept), sampling.temperature, sampling.top_p, sampling.top_k, sampling.min_p),
        *(sampling.repeat_penalty, request.max_tokens, request.thinking_budget),
        *(stats.seed if stats else request.seed, run.pair.n_ctx, run.pair.threads),
        *("; ".join(target.devices), target.gpu_layers),
    )


def _measured(run: RunRecord, summary: Summary) -> Sequence[Cell]:
    stats, metrics = run.stats, summary.metrics
    icl, phases = metrics.icl, summary.phases

    def of(phase: Phase) -> tuple[Cell, Cell]:
        own: Metrics | None = phases.get(phase)
        return (own.emitted, own.tokens_per_second) if own else (0, None)

    return (
        *((stats.prompt_tokens, stats.reused_tokens) if stats else (None, None)),
        *(metrics.steps, metrics.emitted, metrics.drafted, metrics.accepted, metrics.acceptance_rate),
        *(metrics.acceptance_length, metrics.refused, metrics.changes_output, metrics.tokens_per_second),
        metrics.tpot_ms,
        *((stats.prefill_ms, stats.draft_prefill_ms) if stats else (None, None)),
        *(summary.ttft_ms, summary.total_ms, icl.p50, icl.p95, icl.p99, icl.max, icl.jitter, icl.stalls),
        *(metrics.draft_ms, metrics.verify_ms, metrics.sample_ms, metrics.other_ms),
        stats.decode_ms if stats else None,
        *of(Phase.THINK),
        *of(Phase.ANSWER),
    )


def _ended(run: RunRecord) -> Sequence[Cell]:
    stats = run.stats
    return (
        str(stats.stop_reason) if stats else None,
        str(stats.thinking_closed) if stats and stats.thinking_closed else None,
        *(run.interruption, run.pair.draft_problem),
        "; ".join(stats.notes) if stats else None,
        run.build,
    )
