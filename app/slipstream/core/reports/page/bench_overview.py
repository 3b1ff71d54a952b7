"""The benchmarks of a page that has several, or answers as well: a row for each, with a link to its section."""

from slipstream.core.reports.bench_figures import BenchFigures, BenchWords
from slipstream.core.reports.records import BenchmarkRecord
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import written


class BenchOverview:
    """Told of every benchmark once, before any section. Keeps one row of text for each."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._words = BenchWords(speech)
        self._rows: dict[int, str] = {}  # by id, in their order
        self.only = ""  # the name of the only one

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, record: BenchmarkRecord) -> None:
        self.only = "" if self._rows else self._words.name(record.benchmark)
        self._rows[record.id] = self._row(BenchFigures(record))

    def latest(self, count: int) -> frozenset[int]:
        """Those that were begun last."""
        return frozenset(list(self._rows)[-count:])

    def table(self, linked: frozenset[int]) -> str:
        """All of them; the `linked` ones have a section to go to."""
        translate = self._speech.translate
        heads = (
            (translate("Report", "Benchmark"), ""),
            (translate("Report", "Pairs of answers"), "n"),
            (translate("Report", "Tokens/s"), "n"),
            (translate("Report", "without"), "n"),
            (translate("Report", "Speed-up"), "n"),
            (translate("Report", "whole answer"), "n"),
            ("τ", "n"),
        )
        head = "".join(f'<th scope="col" class="{kind}">{written(words)}</th>' for words, kind in heads)
        body = "".join(
            row.replace("<a>", f'<a href="#benchmark-{number}">', 1) if number in linked else row
            for number, row in self._rows.items()
        )
        return f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n'

    def _row(self, found: BenchFigures) -> str:
        speech, benchmark, overall = self._speech, found.benchmark, found.overall
        name = f"{self._words.name(benchmark)} · {speech.moment(benchmark.created)}"
        head = f'<td class="name"><a>{written(name)}</a></td>'
        if overall is None:
            words = written(speech.translate("Report", "Nothing was measured here yet."))
            return f'<tr>{head}<td colspan="6">{words}</td></tr>\n'
        values = (
            f"{overall.pairs} / {benchmark.plan.size}",
            speech.rate(overall.drafting_rate),
            speech.rate(overall.plain_rate),
            self._words.gained(overall.decode),
            self._words.gained(overall.total),
            speech.length(overall.acceptance_length),
        )
        cells = "".join(f'<td class="n">{written(value)}</td>' for value in values)
        return f"<tr>{head}{cells}</tr>\n"
