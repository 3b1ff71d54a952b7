"""What was measured, as files: tables, JSON, pictures, and a page that stands on its own.

A report is written from whoever keeps runs (`ReportSource`, in practice the store), one step at a time, so that its
length does not matter. Numbers, names and settings go into it, never what was said: the title of a conversation is
the only text of a person's. Every figure is `core.metrics`'.

    records.py    what travels: a run without its steps, which runs are meant, which form is wanted
    summary.py    a run's figures: those it ended with, else what its steps come to
    track.py      a run's steps as the plots need them, however many there are
    levels.py     what a run is compared with, as far as it was measured
    speech.py     how figures and words are written, in whose language
    svg.py, frame.py, plots.py, step_plots.py, pictures.py     the plots
    tables.py     CSV          json_form.py    JSON
    bench_figures.py, bench_plots.py, bench_pictures.py, bench_table.py     the same of saved benchmarks
    page/         the page     writing.py      all of it, into files that are whole or not there

A further kind of record (a comparison) becomes a module with a record of its own here, a method of that
name in `Writer`, a list of its own in the JSON and in `resources/statistics.schema.json`, and a section of the page.

Knows no Qt and no database.
"""

from slipstream.core.reports.records import (
    BenchmarkRecord,
    ReportForm,
    ReportSource,
    RunRecord,
    Scope,
    ScopeKind,
)
from slipstream.core.reports.speech import ENGLISH, Speech
from slipstream.core.reports.writing import Report, Written, report_name

__all__ = [
    "ENGLISH",
    "BenchmarkRecord",
    "Report",
    "ReportForm",
    "ReportSource",
    "RunRecord",
    "Scope",
    "ScopeKind",
    "Speech",
    "Written",
    "report_name",
]
