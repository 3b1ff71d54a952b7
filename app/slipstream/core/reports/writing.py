"""Writes a report, step by step: files that are whole under their name, or not there at all."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO

from slipstream.core.errors import TransferError
from slipstream.core.events import StepDone
from slipstream.core.file_names import safe_name
from slipstream.core.files import filling, replacing
from slipstream.core.reports import comparison_plots
from slipstream.core.reports.bench_figures import BenchFigures, BenchWords
from slipstream.core.reports.bench_pictures import BENCH_PLOTS, bench_alone
from slipstream.core.reports.bench_table import answer_table, chunk_table
from slipstream.core.reports.comparison_table import SegmentTable
from slipstream.core.reports.json_form import JsonReport
from slipstream.core.reports.levels import LevelsOfOthers, OwnLevels, RunLevels
from slipstream.core.reports.page import PageReport
from slipstream.core.reports.page.overview import name_of
from slipstream.core.reports.pictures import PLOTS, alone
from slipstream.core.reports.records import (
    BenchmarkRecord,
    ComparisonRecord,
    ReportForm,
    ReportSource,
    RunRecord,
    Scope,
    ScopeKind,
)
from slipstream.core.reports.speech import ENGLISH, Speech
from slipstream.core.reports.svg import DARK, LIGHT, Look
from slipstream.core.reports.tables import RunTable, StepTable
from slipstream.core.reports.track import RunTrack
from slipstream.core.text import clean_text

STEPS_A_TURN = 64  # until somebody may do something else
OVERVIEW_SHARE = 0.1  # of the progress

DrawPng = Callable[[str], bytes]  # from SVG
Doing = Generator[float, None, None]  # how much is done, 0…1


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be written. `path` is a file, or a folder where the form is one (pictures).

    `about` heads the page; "" says it by the runs. `draw_png` is needed for PNG alone.
    """

    scope: Scope
    form: ReportForm
    path: Path
    speech: Speech = ENGLISH
    about: str = ""
    is_dark: bool = False  # pictures
    draw_png: DrawPng | None = None

    def write(self, source: ReportSource, now: datetime) -> Generator[float, None, "Written"]:
        """Yields how much is done, 0…1, after a few milliseconds each; closing it leaves nothing behind.

        Raises TransferError where it cannot be written, and what the source raises.
        """
        ids = source.report_runs(self.scope)
        benchmarks = source.report_benchmarks(self.scope)
        compared = source.report_comparisons(self.scope)
        try:
            if self.form.is_folder:
                yield from self._pictures(source, ids, benchmarks, compared)
            else:
                with replacing(self.path) as file:
                    records = self._comparisons(source, compared)
                    yield from _written(self._writer(file, now), source, ids, benchmarks, records, self.about)
        except OSError as error:
            raise TransferError(
                f"{clean_text(self.path.name)} cannot be written: {error.strerror or error}",
                "Choose another folder, or free some space",
            ) from error
        return Written(self.path, self._counted(len(ids), len(compared)), len(benchmarks))

    def _counted(self, runs: int, comparisons: int) -> int:
        """How many of them this form has."""
        if self.form is ReportForm.SEGMENTS:
            return comparisons
        return runs if self.form in (ReportForm.RUNS, ReportForm.STEPS) else runs + comparisons

    def _comparisons(self, source: ReportSource, ids: list[int]) -> Iterator[ComparisonRecord]:
        """With what was said in one only where it alone is meant."""
        for number in ids:
            if (record := source.report_comparison(number)) is not None:
                alone = self.scope.kind is ScopeKind.COMPARISON
                yield record if alone else record.without_texts()

    def _writer(self, file: TextIO, now: datetime) -> "Writer":
        of_benchmarks = self.scope.kind is ScopeKind.BENCHMARK
        match self.form:
            case ReportForm.RUNS:
                return answer_table(file) if of_benchmarks else RunTable(file)
            case ReportForm.STEPS:
                return chunk_table(file) if of_benchmarks else StepTable(file)
            case ReportForm.SEGMENTS:
                return SegmentTable(file)
            case ReportForm.JSON:
                return JsonReport(file, now)
        return PageReport(file, now, self.speech)

    def _pictures(
        self, source: ReportSource, ids: list[int], benchmarks: list[int], compared: list[int]
    ) -> Doing:
        look = DARK if self.is_dark else LIGHT
        whole = len(ids) + len(benchmarks)
        others = LevelsOfOthers()
        for number, run_id in enumerate(ids):
            if (run := source.report_run(run_id)) is not None:
                others.add(run)
            yield OVERVIEW_SHARE * number / whole
        with filling(self.path) as folder:
            for number, run_id in enumerate(ids):
                if (run := source.report_run(run_id)) is None:
                    continue
                track, own = RunTrack(), OwnLevels()
                for done, step in _counted(source, run):
                    track.add(step.record)
                    own.add(step.record)
                    if done is not None:
                        yield OVERVIEW_SHARE + (1 - OVERVIEW_SHARE) * (number + done) / whole
                levels = own.levels(others, run) if track.history.meter.drafted else RunLevels()
                about = f"{name_of(run, self.speech)}: {run.target}" + (
                    f" ← {run.draft}" if run.draft else ""
                )
                for plot in PLOTS:
                    svg = alone(plot, track, levels, self.speech, look, about)
                    self._picture(folder / f"run-{run.run}-{plot.name}.{self.form}", svg)
                    yield OVERVIEW_SHARE + (1 - OVERVIEW_SHARE) * (number + 1) / whole
            for number, benchmark in enumerate(benchmarks, len(ids)):
                if (record := source.report_benchmark(benchmark)) is not None:
                    self._benchmark_pictures(folder, record, look)
                yield OVERVIEW_SHARE + (1 - OVERVIEW_SHARE) * (number + 1) / whole
            for comparison in self._comparisons(source, compared):
                for name, svg in comparison_plots.pictures(comparison, self.speech, look):
                    self._picture(folder / f"comparison-{comparison.comparison}-{name}.{self.form}", svg)
                    yield 1.0

    def _benchmark_pictures(self, folder: Path, record: BenchmarkRecord, look: Look) -> None:
        found = BenchFigures(record)
        words = BenchWords(self.speech)
        about = f"{words.name(record.benchmark)} · {self.speech.moment(record.benchmark.created)}"
        for plot in BENCH_PLOTS:
            svg = bench_alone(plot, found, self.speech, look, about)
            self._picture(folder / f"benchmark-{record.id}-{plot.name}.{self.form}", svg)

    def _picture(self, path: Path, svg: str) -> None:
        if self.form is ReportForm.SVG:
            path.write_text(svg, "utf-8")
            return
        assert self.draw_png is not None  # whoever asks for PNG can draw it
        path.write_bytes(self.draw_png(svg))


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    runs: int  # and comparisons, where the form has them
    benchmarks: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured of what was meant."""
        return not self.runs and not self.benchmarks


class Writer(Protocol):
    """One form. Called in this order: `begin`; `overview` for every run and `overview_benchmark` for every benchmark,
    where `needs_overview`; then for every run `run`, and where that says that its steps are wanted `step` for each of
    them, and `end_run`; then `benchmark` for every benchmark and `comparison` for every comparison; at last `end`.

    A further kind of record has a method of its own here.
    """

    needs_overview: bool

    def begin(self, about: str) -> None: ...
    def overview(self, run: RunRecord) -> None: ...
    def overview_benchmark(self, record: BenchmarkRecord) -> None: ...
    def run(self, run: RunRecord) -> bool: ...
    def step(self, step: StepDone) -> None: ...
    def end_run(self) -> None: ...
    def benchmark(self, record: BenchmarkRecord) -> None: ...
    def comparison(self, record: ComparisonRecord) -> None: ...
    def end(self) -> None: ...


def _written(
    writer: Writer,
    source: ReportSource,
    ids: list[int],
    benchmarks: list[int],
    comparisons: Iterable[ComparisonRecord],
    about: str,
) -> Doing:
    writer.begin(about)
    before, whole = 0.0, len(ids) + len(benchmarks)
    if writer.needs_overview:
        before = OVERVIEW_SHARE
        for told in _overviewed(writer, source, ids, benchmarks):
            yield OVERVIEW_SHARE * told / whole
    for number, run_id in enumerate(ids):
        if (run := source.report_run(run_id)) is None:
            continue
        if writer.run(run):
            for done, step in _counted(source, run):
                writer.step(step)
                if done is not None:
                    yield before + (1 - before) * (number + done) / whole
        writer.end_run()
        yield before + (1 - before) * (number + 1) / whole
    for number, benchmark in enumerate(benchmarks, len(ids)):
        if (record := source.report_benchmark(benchmark)) is not None:
            writer.benchmark(record)
        yield before + (1 - before) * (number + 1) / whole
    for comparison in comparisons:
        writer.comparison(comparison)
        yield 1.0
    writer.end()


def _overviewed(writer: Writer, source: ReportSource, ids: list[int], benchmarks: list[int]) -> Iterator[int]:
    """Yields how many were told to it."""
    for number, run_id in enumerate(ids):
        if (run := source.report_run(run_id)) is not None:
            writer.overview(run)
        yield number
    for number, benchmark in enumerate(benchmarks, len(ids)):
        if (record := source.report_benchmark(benchmark)) is not None:
            writer.overview_benchmark(record)
        yield number


def _counted(source: ReportSource, run: RunRecord) -> Iterator[tuple[float | None, StepDone]]:
    """The run's steps; now and then with how much of them that was."""
    for step in source.report_steps(run):
        number = step.record.index
        yield (number / max(1, run.steps) if number % STEPS_A_TURN == 0 else None), step


def report_name(title: str, form: ReportForm) -> str:
    """A file's name that every file system takes."""
    return safe_name(title, "statistics") + form.suffix
