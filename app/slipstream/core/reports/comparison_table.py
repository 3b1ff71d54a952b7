"""Segments of comparisons as CSV, a row a segment: two rows of one pass and number were written by turns.

The form is that of `tables.py`.
"""

import csv
from typing import TextIO

from slipstream.core.compared import KeptSegment, KeptSide
from slipstream.core.events import StepDone
from slipstream.core.metrics import percentile
from slipstream.core.reports.records import BenchmarkRecord, ComparisonRecord, RunRecord
from slipstream.core.reports.tables import BYTE_ORDER_MARK, Cell, cell

SEGMENT_COLUMNS = (
    *("comparison", "conversation", "title", "created", "stage", "target", "temperature", "max_tokens"),
    *("side", "drafting", "draft_max", "lookup", "accept", "draft", "pass", "seed", "segment"),
    *("emitted", "began_ms", "ms", "ms_per_token", "decode_tokens", "tokens_per_second"),
    *("steps", "drafted", "accepted", "icl_p50_ms", "icl_max_ms", "switch_ms"),
)


class SegmentTable:
    """A row a segment; `side` counts from 1, the first one is what the others are compared with."""

    needs_overview = False

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._rows = csv.writer(file, lineterminator="\r\n")

    def begin(self, about: str) -> None:
        self._file.write(BYTE_ORDER_MARK)
        self._rows.writerow(SEGMENT_COLUMNS)

    def overview(self, run: RunRecord) -> None:
        """Runs have tables of their own."""

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        """Nothing stands above the rows."""

    def run(self, run: RunRecord) -> bool:
        return False

    def step(self, step: StepDone) -> None:
        """Nobody asks for steps."""

    def end_run(self) -> None:
        """Nothing stands here of a run."""

    def benchmark(self, record: BenchmarkRecord) -> None:
        """Benchmarks have a table of their own: `bench_table`."""

    def comparison(self, record: ComparisonRecord) -> None:
        kept = record.kept
        seeds = dict(enumerate(kept.seeds))
        for number, side in enumerate(kept.sides, 1):
            asked = (*_of_comparison(record), number, *_of_side(record, side))
            for turn, each in enumerate(side.passes):
                for segment in each.segments:
                    row = (*asked, turn + 1, seeds.get(turn), *_of_segment(segment))
                    self._rows.writerow([cell(value) for value in row])

    def end(self) -> None:
        """Nothing stands below the rows."""


def _of_comparison(record: ComparisonRecord) -> tuple[Cell, ...]:
    kept = record.kept
    return (
        *(record.comparison, kept.conversation, record.title, kept.created.isoformat(), str(kept.stage)),
        *(record.target, kept.request.sampling.temperature, kept.request.max_tokens),
    )


def _of_side(record: ComparisonRecord, side: KeptSide) -> tuple[Cell, ...]:
    speculation = side.spec.speculation
    by_model = side.spec.drafts_by_model
    return (
        str(speculation.drafting),
        "auto" if speculation.draft_max is None else speculation.draft_max,
        speculation.lookup_first if by_model else None,
        *(str(speculation.accept), side.drafter(record.kept.pair)),
    )


def _of_segment(kept: KeptSegment) -> tuple[Cell, ...]:
    segment, counts, gaps = kept.segment, kept.counts, sorted(kept.segment.gaps)
    return (
        *(segment.number, segment.emitted, kept.began_ms, segment.ms, segment.ms_per_token),
        *(segment.decode_tokens, segment.tokens_per_second),
        *(counts.steps, counts.drafted, counts.accepted),
        *((percentile(gaps, 50), gaps[-1]) if gaps else (None, None)),
        segment.switch_ms,
    )
