"""`slipstream export`: what was measured of kept runs, as a file.

The store belongs to one process at a time: while the window is open it exports from there. A second connection that
only reads would be no way out: the window's has the file to itself, for SQLite's races between two connections.
"""

import argparse
import os
import sys
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from slipstream.cli.export_arguments import form, scope
from slipstream.cli.progress import Progress
from slipstream.core.errors import AppError, StoreInUseError, UsageError
from slipstream.core.paths import AppPaths
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind, Written
from slipstream.core.reports.writing import DrawPng
from slipstream.models.untrusted import printable
from slipstream.store import Store
from slipstream.store.benchmark_files import BenchmarkFiles

TOLD_AFTER_S = 3.0  # how long there is left: sooner it is a wild guess
NAMED = 12  # benchmarks that an error names
EVERY = "all"


def run_export(options: argparse.Namespace, paths: AppPaths) -> int:
    """Write the report. Raises AppError."""
    wanted = form(options)
    if options.rows and options.format != "csv":
        raise UsageError("--rows goes with --format csv only")
    if options.comparison is not None and options.rows in ("steps", "runs"):
        raise UsageError("a comparison has rows of segments: --rows segments")
    if options.benchmark is not None and options.rows == "segments":
        raise UsageError("a benchmark has rows of steps or of runs")
    if options.dark and not wanted.is_folder:
        raise UsageError("--dark goes with --format png or svg only")
    if not paths.database.exists():
        raise AppError(
            f"Nothing is kept in {paths.data} yet", "Answers that are written in the window are kept"
        )
    meant = scope(options)
    report = Report(
        meant,
        wanted,
        options.out,
        is_dark=options.dark,
        draw_png=_png_drawer() if wanted is ReportForm.PNG else None,
    )
    progress = Progress(sys.stderr, quiet=False)
    with _opened(paths) as store:
        for notice in store.notices:
            progress.line(notice)
        if meant.kind is ScopeKind.BENCHMARK:
            report = replace(report, scope=_benchmark(store, options.benchmark))
        with closing(report.write(store, datetime.now(UTC))) as writing:
            written = _followed(writing, progress)
    if written.is_empty:
        progress.line("nothing was measured there yet: the report is empty")
    if written.path.is_file() or written.path.is_dir():  # no pipe
        print(written.path)
    return 0


def _opened(paths: AppPaths) -> Store:
    try:
        return Store.open(paths.database, back_up=False)
    except StoreInUseError as error:
        hint = "Export from its window (File, Export statistics), or close it first"
        raise StoreInUseError(error.message, hint) from error


def _benchmark(store: Store, name: str) -> Scope:
    """The one of this number, or of this id as `bench` writes it; `all` of them. Raises AppError."""
    BenchmarkFiles().take_over(store)
    if name == EVERY:
        return Scope(ScopeKind.BENCHMARK)
    lines = store.list_benchmarks()
    for line in lines:
        if name in (str(line.id), line.uid):
            return Scope(ScopeKind.BENCHMARK, line.id)
    known = ", ".join(f"{line.id} ({line.name or line.setup.pair})" for line in lines[:NAMED])
    raise AppError(
        f"There is no benchmark {printable(name, 40)}",
        f"There are {known}" if known else "slipstream bench, or the window, measures one",
    )


def _followed(writing: Generator[float, None, Written], progress: Progress) -> Written:
    """Write all of it, with progress."""
    began = time.monotonic()
    try:
        while True:
            done = next(writing)
            elapsed = time.monotonic() - began
            left = f", {elapsed / done - elapsed:.0f} s left" if done and elapsed > TOLD_AFTER_S else ""
            progress.show(f"Exporting {done:.0%}{left}")
    except StopIteration as end:
        written: Written = end.value
        return written
    finally:
        progress.clear()


def _png_drawer() -> DrawPng:
    """Qt draws the pictures; it needs an application, and no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from slipstream.ui.svg_png import headless_drawer  # noqa: PLC0415  # Qt: for this form alone

    return headless_drawer()
