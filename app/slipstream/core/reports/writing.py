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
from slipstream.core.reports.comparison_table import SegmentTable
from slipstream.core.reports.json_form import JsonReport
from slipstream.core.reports.levels import LevelsOfOthers, OwnLevels, RunLevels
from slipstream.core.reports.page import PageReport
from slipstream.core.reports.page.overview import name_of
from slipstream.core.reports.pictures import PLOTS, alone
from slipstream.core.reports.records import (
    ComparisonRecord,
    ReportForm,
    ReportSource,
    RunRecord,
    Scope,
    ScopeKind,
)
from slipstream.core.reports.speech import ENGLISH, Speech
from slipstream.core.reports.svg import DARK, LIGHT
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
        compared = source.report_comparisons(self.scope)
        try:
            if self.form.is_folder:
                yield from self._pictures(source, ids, compared)
            else:
                with replacing(self.path) as file:
                    yield from _written(
                        self._writer(file, now), source, ids, self.about, self._comparisons(source, compared)
                    )
        except OSError as error:
            raise TransferError(
                f"{clean_text(self.path.name)} cannot be written: {error.strerror or error}",
                "Choose another folder, or free some space",
            ) from error
        return Written(self.path, self._counted(len(ids), len(compared)))

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
        match self.form:
            case ReportForm.RUNS:
                return RunTable(file)
            case ReportForm.STEPS:
                return StepTable(file)
            case ReportForm.SEGMENTS:
                return SegmentTable(file)
            case ReportForm.JSON:
                return JsonReport(file, now)
        return PageReport(file, now, self.speech)

    def _pictures(self, source: ReportSource, ids: list[int], compared: list[int]) -> Doing:
        look = DARK if self.is_dark else LIGHT
        others = LevelsOfOthers()
        for number, run_id in enumerate(ids):
            if (run := source.report_run(run_id)) is not None:
                others.add(run)
            yield OVERVIEW_SHARE * number / len(ids)
        with filling(self.path) as folder:
            for number, run_id in enumerate(ids):
                if (run := source.report_run(run_id)) is None:
                    continue
                track, own = RunTrack(), OwnLevels()
                for done, step in _counted(source, run):
                    track.add(step.record)
                    own.add(step.record)
                    if done is not None:
                        yield OVERVIEW_SHARE + (1 - OVERVIEW_SHARE) * (number + done) / len(ids)
                levels = own.levels(others, run) if track.history.meter.drafted else RunLevels()
                about = f"{name_of(run, self.speech)}: {run.target}" + (
                    f" ← {run.draft}" if run.draft else ""
                )
                for plot in PLOTS:
                    svg = alone(plot, track, levels, self.speech, look, about)
                    self._picture(folder / f"run-{run.run}-{plot.name}.{self.form}", svg)
                    yield OVERVIEW_SHARE + (1 - OVERVIEW_SHARE) * (number + 1) / len(ids)
            for record in self._comparisons(source, compared):
                for name, svg in comparison_plots.pictures(record, self.speech, look):
                    self._picture(folder / f"comparison-{record.comparison}-{name}.{self.form}", svg)
                    yield 1.0

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


class Writer(Protocol):
    """One form. Called in this order: `begin`; `overview` for every run, where `needs_overview`; then for every run
    `run`, and where that says that its steps are wanted `step` for each of them, and `end_run`; then `comparison` for
    every comparison; at last `end`.

    A further kind of record has a method of its own here.
    """

    needs_overview: bool

    def begin(self, about: str) -> None: ...
    def overview(self, run: RunRecord) -> None: ...
    def run(self, run: RunRecord) -> bool: ...
    def step(self, step: StepDone) -> None: ...
    def end_run(self) -> None: ...
    def comparison(self, record: ComparisonRecord) -> None: ...
    def end(self) -> None: ...


def _written(
    writer: Writer,
    source: ReportSource,
    ids: list[int],
    about: str,
    comparisons: Iterable[ComparisonRecord],
) -> Doing:
    writer.begin(about)
    before = 0.0
    if writer.needs_overview:
        before = OVERVIEW_SHARE
        for number, run_id in enumerate(ids):
            if (run := source.report_run(run_id)) is not None:
                writer.overview(run)
            yield OVERVIEW_SHARE * number / len(ids)
    for number, run_id in enumerate(ids):
        if (run := source.report_run(run_id)) is None:
            continue
        if writer.run(run):
            for done, step in _counted(source, run):
                writer.step(step)
                if done is not None:
                    yield before + (1 - before) * (number + done) / len(ids)
        writer.end_run()
        yield before + (1 - before) * (number + 1) / len(ids)
    for record in comparisons:
        writer.comparison(record)
        yield 1.0
    writer.end()


def _counted(source: ReportSource, run: RunRecord) -> Iterator[tuple[float | None, StepDone]]:
    """The run's steps; now and then with how much of them that was."""
    for step in source.report_steps(run):
        number = step.record.index
        yield (number / max(1, run.steps) if number % STEPS_A_TURN == 0 else None), step


def report_name(title: str, form: ReportForm) -> str:
    """A file's name that every file system takes."""
    return safe_name(title, "statistics") + form.suffix
