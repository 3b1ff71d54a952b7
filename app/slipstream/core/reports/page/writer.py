"""Puts the page together, in the order in which it is read, so that it can be written as it is made.

All answers stand in the table; the latest ones have a section with plots. More would make a page that no browser
opens.
"""

from datetime import datetime
from typing import TextIO

from slipstream import __version__
from slipstream.core.events import StepDone
from slipstream.core.reports.bench_figures import BenchFigures
from slipstream.core.reports.levels import LevelsOfOthers
from slipstream.core.reports.page.bench_overview import BenchOverview
from slipstream.core.reports.page.bench_section import BenchSection
from slipstream.core.reports.page.comparison_section import comparison_section, comparison_terms, title
from slipstream.core.reports.page.definitions import benchmark_terms, definitions
from slipstream.core.reports.page.overview import Overview, name_of
from slipstream.core.reports.page.run_section import RunSection
from slipstream.core.reports.page.style import STYLE
from slipstream.core.reports.records import BenchmarkRecord, ComparisonRecord, RunRecord
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import written

MOST_SECTIONS = 24
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# The application's icon, in one colour.
_MARK = (
    '<svg viewBox="0 0 256 256" aria-hidden="true" fill="none" stroke-linecap="round" stroke-linejoin="round">'
    '<rect x="8" y="8" width="240" height="240" rx="58" fill="#0b6e75"/><path d="M62 66l62 62-62 62" stroke="#fff" '
    'stroke-width="34"/><path d="M164 95l33 33-33 33" stroke="#7fe6dc" stroke-width="26"/></svg>'
)


class PageReport:
    needs_overview = True

    def __init__(self, file: TextIO, now: datetime, speech: Speech) -> None:
        self._file = file
        self._now = now
        self._speech = speech
        self._about = ""
        self._overview = Overview(speech)
        self._benchmarks = BenchOverview(speech)
        self._others = LevelsOfOthers()
        self._only: RunRecord | None = None  # the page's run, where there is but one
        self._has_top = False
        self._latest: frozenset[int] = frozenset()  # the runs that have a section
        self._latest_benchmarks: frozenset[int] = frozenset()
        self._section: RunSection | None = None
        self._compares = False  # there is a comparison on it

    def begin(self, about: str) -> None:
        self._about = about

    def overview(self, run: RunRecord) -> None:
        self._overview.add(run)
        self._others.add(run)
        self._only = run if len(self._overview) == 1 else None

    def overview_benchmark(self, record: BenchmarkRecord) -> None:
        self._benchmarks.add(record)

    def run(self, run: RunRecord) -> bool:
        self._write_top()
        wanted = run.run in self._latest
        self._section = RunSection(run, self._speech) if wanted else None
        return wanted

    def step(self, step: StepDone) -> None:
        assert self._section is not None
        self._section.add(step)

    def end_run(self) -> None:
        if self._section is not None:
            self._file.write(self._section.markup(self._others, is_only=self._only is not None))
            self._section = None

    def benchmark(self, record: BenchmarkRecord) -> None:
        self._write_top()
        if record.id in self._latest_benchmarks:
            section = BenchSection(BenchFigures(record), self._speech)
            self._file.write(section.markup(is_only=bool(self._only_benchmark)))

    def comparison(self, record: ComparisonRecord) -> None:
        if not self._has_top and not len(self._overview) and not len(self._benchmarks):
            usual = self._speech.translate("Report", "Comparisons of ways to draft")
            self._about = self._about or (title(record, self._speech) if record.has_texts else usual)
        self._compares = True
        self._write_top()
        self._file.write(comparison_section(record, self._speech))

    def end(self) -> None:
        self._write_top()
        translate = self._speech.translate
        words = translate("Report", "Made by Slipstream {version}. This page loads nothing from anywhere.")
        footer = written(words.format(version=__version__))
        terms = benchmark_terms(self._speech) if len(self._benchmarks) else ()
        if self._compares:
            terms += comparison_terms(self._speech)
        self._file.write(
            f"{definitions(self._speech, terms)}<footer>{footer}</footer>\n</main>\n</body>\n</html>\n"
        )

    def _write_top(self) -> None:
        """All that stands above the first answer; once, when all of them are known."""
        if self._has_top:
            return
        self._has_top = True
        self._latest = self._overview.latest(MOST_SECTIONS)
        self._latest_benchmarks = self._benchmarks.latest(MOST_SECTIONS)
        if len(self._benchmarks):
            self._only = None  # an answer among benchmarks is one of several
        translate = self._speech.translate
        only = self._only
        name = self._about or self._only_benchmark or self._name()
        made = translate("Report", "Written on {time}").format(time=self._speech.moment(self._now))
        self._file.write(
            f'<!doctype html>\n<html lang="{self._speech.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            f"<title>{written(name)} – {written(translate('Report', 'Slipstream statistics'))}</title>\n"
            f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<header>"
            f'<p class="brand">{_MARK}{written(translate("Report", "Slipstream statistics"))}</p>'
            f'<h1>{written(name)}</h1><p class="meta">{written(made)}</p></header>\n'
        )
        if only is None and (len(self._overview) or not (len(self._benchmarks) or self._compares)):
            self._write_overview()
        if len(self._benchmarks) and not self._only_benchmark:
            self._write_benchmarks()

    @property
    def _only_benchmark(self) -> str:
        """The name of the benchmark that the page is about alone; "" where it is about more."""
        return "" if len(self._overview) else self._benchmarks.only

    def _name(self) -> str:
        translate = self._speech.translate
        if self._only is not None:
            return name_of(self._only, self._speech)
        if len(self._benchmarks):
            return (
                translate("Report", "All answers and benchmarks")
                if len(self._overview)
                else translate("Report", "All benchmarks")
            )
        return translate("Report", "All answers")

    def _write_benchmarks(self) -> None:
        translate = self._speech.translate
        self._file.write(f"<h3>{written(translate('Report', 'All benchmarks'))}</h3>")
        self._file.write(self._benchmarks.table(self._latest_benchmarks))

    def _write_overview(self) -> None:
        overview, translate = self._overview, self._speech.translate
        self._file.write(f'<p class="lead">{written(overview.lead())}</p>\n')
        if caution := overview.caution():
            self._file.write(f'<p class="aside">{written(caution)}</p>\n')
        if overview.is_lossy:
            words = translate(
                "Report", "Some of these answers were judged by a rule that changes the output."
            )
            self._file.write(f'<p class="warn">{written(words)}</p>\n')
        if not len(overview):
            return
        self._file.write(overview.tiles())
        self._file.write(f"<h3>{written(translate('Report', 'All answers'))}</h3>")
        self._file.write(overview.table(self._latest))
        if len(overview) > MOST_SECTIONS:
            words = translate(
                "Report",
                "The latest {n} answers are shown with their plots below; the table has all of them.",
            )
            self._file.write(f'<p class="aside">{written(words.format(n=MOST_SECTIONS))}</p>\n')
