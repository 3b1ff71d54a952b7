"""A benchmark as CSV: a row an answer, or a row a chunk of text. What the files have in common stands in `tables`."""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from slipstream.core.benchmark.record import BenchAnswer, BenchPair, BenchSkip
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.chat import Drafting
from slipstream.core.events import StepDone
from slipstream.core.reports.records import BenchmarkRecord, ComparisonRecord, RunRecord
from slipstream.core.reports.tables import BYTE_ORDER_MARK, Cell, cell

Rows = Callable[[BenchmarkRecord], Iterator[tuple[Cell, ...]]]

ANSWER_COLUMNS = (
    *("benchmark", "id", "name", "created", "prompt", "kind", "repeat", "drafting", "first", "same_text"),
    *("tokens_per_second", "tpot_ms", "ttft_ms", "total_ms", "compared_ms"),
    *("emitted", "steps", "drafted", "accepted", "acceptance_rate", "acceptance_length", "refused"),
    *("changes_output", "prompt_tokens", "prefill_ms", "draft_prefill_ms"),
    *("icl_p50_ms", "icl_p95_ms", "icl_p99_ms", "icl_max_ms", "icl_jitter", "stalls"),
    *("draft_ms", "verify_ms", "sample_ms", "other_ms", "stop_reason", "seed", "not_measured"),
    *(
        "target",
        "draft",
        "drafter",
        "draft_max",
        "lookup",
        "accept",
        "temperature",
        "top_p",
        "top_k",
        "min_p",
    ),
    *("repeat_penalty", "max_tokens", "thinking_budget", "ctx_size", "threads", "gpu_layers", "devices"),
    *("machine", "build", "version", "target_sha256", "draft_sha256"),
)
CHUNK_COLUMNS = (*("benchmark", "prompt", "kind", "repeat", "drafting", "chunk", "tokens", "t_ms", "icl_ms"),)


class BenchTable:
    """A table with a row for each of `rows` of a benchmark; runs of conversations have no place in it."""

    needs_overview = False

    def __init__(self, file: TextIO, columns: Sequence[str], rows: Rows) -> None:
        self._file = file
        self._columns = columns
        self._rows = rows
        self._table = csv.writer(file, lineterminator="\r\n")

    def begin(self, about: str) -> None:
        self._file.write(BYTE_ORDER_MARK)
        self._table.writerow(self._columns)

    def overview(self, run: RunRecord) -> None:
        """Nothing stands above the rows."""

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        """Nothing stands above the rows."""

    def run(self, run: RunRecord) -> bool:
        return False

    def step(self, step: StepDone) -> None:
        """No run is asked for its steps."""

    def end_run(self) -> None:
        """Nothing stands below a run."""

    def benchmark(self, record: BenchmarkRecord) -> None:
        for values in self._rows(record):
            self._table.writerow([cell(value) for value in values])

    def comparison(self, record: ComparisonRecord) -> None:
        """They have a table of their own: `comparison_table`."""

    def end(self) -> None:
        """Nothing stands below the rows."""


def answer_table(file: TextIO) -> BenchTable:
    """A row an answer; one for a prompt that could not be measured, which says why."""
    return BenchTable(file, ANSWER_COLUMNS, _answers)


def chunk_table(file: TextIO) -> BenchTable:
    """A row a chunk: so many tokens at once, so long after the request, and after the chunk before."""
    return BenchTable(file, CHUNK_COLUMNS, _chunks)


def _answers(record: BenchmarkRecord) -> Iterator[tuple[Cell, ...]]:
    benchmark = record.benchmark
    setup = _setup(benchmark.setup)
    for row in benchmark.rows:
        about = *_about(record.id, benchmark), row.prompt, row.kind, row.repeat
        if isinstance(row, BenchSkip):
            nothing = (None,) * (len(ANSWER_COLUMNS) - len(about) - len(setup) - 1)
            yield (*about, *nothing, row.why, *setup)
            continue
        for drafting in (row.drafting_first, not row.drafting_first):
            yield (*about, *_answer(row, drafting=drafting), None, *setup)


def _chunks(record: BenchmarkRecord) -> Iterator[tuple[Cell, ...]]:
    for pair in record.benchmark.pairs:
        for drafting in (pair.drafting_first, not pair.drafting_first):
            answer = pair.drafting if drafting else pair.plain
            before: float | None = None
            for number, (tokens, t_ms) in enumerate(zip(answer.counts, answer.times, strict=True), 1):
                gap = None if before is None else t_ms - before
                before = t_ms
                yield record.id, pair.prompt, pair.kind, pair.repeat, drafting, number, tokens, t_ms, gap


def _about(number: int, benchmark: Benchmark) -> tuple[Cell, ...]:
    return number, benchmark.uid, benchmark.name, benchmark.created.isoformat()


def _answer(pair: BenchPair, *, drafting: bool) -> tuple[Cell, ...]:
    answer: BenchAnswer = pair.drafting if drafting else pair.plain
    metrics = answer.metrics
    icl = metrics.icl
    compared = pair.latencies[0 if drafting else 1]
    return (
        *(drafting, drafting is pair.drafting_first, pair.same_text),
        *(metrics.tokens_per_second, metrics.tpot_ms, answer.times[0], answer.times[-1], compared),
        *(metrics.emitted, metrics.steps, metrics.drafted, metrics.accepted, metrics.acceptance_rate),
        *(metrics.acceptance_length, metrics.refused, metrics.changes_output),
        *(answer.prompt_tokens, answer.prefill_ms, answer.draft_prefill_ms),
        *(icl.p50, icl.p95, icl.p99, icl.max, icl.jitter, icl.stalls),
        *(metrics.draft_ms, metrics.verify_ms, metrics.sample_ms, metrics.other_ms),
        *(answer.stop_reason, answer.seed),
    )


def _setup(setup: BenchSetup) -> tuple[Cell, ...]:
    speculation, sampling, target = setup.speculation, setup.sampling, setup.target
    draft = setup.draft
    return (
        *(target.name, draft.name if draft else None, str(speculation.drafting)),
        "auto" if speculation.draft_max is None else speculation.draft_max,
        speculation.lookup_first if speculation.drafting is Drafting.MODEL else None,
        *(str(speculation.accept), sampling.temperature, sampling.top_p, sampling.top_k, sampling.min_p),
        *(sampling.repeat_penalty, setup.max_tokens, setup.thinking_budget, setup.context, setup.threads),
        *(target.gpu_layers, "; ".join(target.devices), setup.machine, setup.build, setup.version),
        *(target.sha256, draft.sha256 if draft else None),
    )
