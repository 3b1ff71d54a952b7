"""What several answers come to: a sentence, tiles, and a row for each."""

from statistics import median

from slipstream.core.reports.page.markup import Markup, Tile, tiles
from slipstream.core.reports.records import RunRecord
from slipstream.core.reports.speech import NA, Speech
from slipstream.core.reports.svg import written


class Overview:
    """Told of every run once, before any run's section. Keeps sums and one row of text a run."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._rows: dict[int, str] = {}  # by run, in their order
        self._drafting: list[float] = []  # tokens/s of the answers in which something was drafted
        self._plain: list[float] = []  # of those in which nothing was
        self._tokens = self._drafted = self._accepted = self._drafting_steps = 0
        self._is_lossy = False

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, run: RunRecord) -> None:
        self._rows[run.run] = self._row(run)
        if run.stats is None:
            return
        metrics = run.stats.metrics
        self._tokens += metrics.emitted
        self._drafted += metrics.drafted
        self._accepted += metrics.accepted
        self._is_lossy |= metrics.changes_output
        if metrics.drafted:
            self._drafting_steps += metrics.steps
        if metrics.tokens_per_second is not None:
            (self._drafting if metrics.drafted else self._plain).append(metrics.tokens_per_second)

    def lead(self) -> str:
        """The sentence at the top, as text."""
        translate, rate = self._speech.translate, self._speech.rate
        if not self._rows:
            return translate("Report", "Nothing was measured here yet.")
        if self._drafting and self._plain:
            words = translate(
                "Report",
                "{n} answers: with drafting a median of {with_it} tokens/s, without {without} tokens/s.",
            )
        elif self._drafting:
            words = translate("Report", "{n} answers, with drafting a median of {with_it} tokens/s.")
        elif self._plain:
            words = translate("Report", "{n} answers, without drafting a median of {without} tokens/s.")
        else:
            words = translate("Report", "{n} answers.")
        return words.format(
            n=self._speech.number(len(self._rows)),
            with_it=rate(median(self._drafting)) if self._drafting else NA,
            without=rate(median(self._plain)) if self._plain else NA,
        )

    def caution(self) -> str:
        """What the sentence does not say; "" where it says all."""
        if self._drafting and self._plain:
            return self._speech.translate(
                "Report",
                "These answered different prompts, so the two medians are a hint and no comparison: for that, run "
                "the same prompts both ways.",
            )
        return ""

    def tiles(self) -> Markup:
        speech, translate = self._speech, self._speech.translate
        rate = self._accepted / self._drafted if self._drafted else None
        tau = 1 + self._accepted / self._drafting_steps if self._drafting_steps else None
        kept = translate("Report", "{accepted} of {drafted} tokens").format(
            accepted=speech.number(self._accepted), drafted=speech.number(self._drafted)
        )
        shown = [
            Tile(translate("Report", "Answers"), speech.number(len(self._rows))),
            Tile(translate("Report", "Tokens"), speech.number(self._tokens)),
            Tile(
                translate("Report", "Tokens/s with drafting"),
                speech.rate(median(self._drafting) if self._drafting else None),
                translate("Report", "median of {n}").format(n=len(self._drafting)) if self._drafting else "",
            ),
            Tile(
                translate("Report", "Tokens/s without"),
                speech.rate(median(self._plain) if self._plain else None),
                translate("Report", "median of {n}").format(n=len(self._plain)) if self._plain else "",
            ),
            Tile(translate("Report", "Acceptance rate"), speech.percent(rate), kept if self._drafted else ""),
            Tile(
                translate("Report", "τ, tokens/pass"),
                speech.length(tau),
                translate("Report", "answers with drafting") if tau else "",
            ),
        ]
        return tiles(shown)

    @property
    def is_lossy(self) -> bool:
        """Whether a rule that changes the output had a part in any answer."""
        return self._is_lossy

    def latest(self, count: int) -> frozenset[int]:
        """The runs that were begun last."""
        return frozenset(list(self._rows)[-count:])

    def table(self, linked: frozenset[int]) -> str:
        """All answers; the `linked` runs have a section to go to."""
        translate = self._speech.translate
        heads = (
            (translate("Report", "Answer"), ""),
            (translate("Report", "Models"), ""),
            (translate("Report", "Tokens"), "n"),
            (translate("Report", "Tokens/s"), "n"),
            (translate("Report", "Acceptance"), "n"),
            ("τ", "n"),
            (translate("Report", "TTFT"), "n"),
            ("ICL p50", "n"),
            ("p95", "n"),
        )
        head = "".join(f'<th scope="col" class="{kind}">{written(words)}</th>' for words, kind in heads)
        body = "".join(
            row.replace("<a>", f'<a href="#answer-{run}">', 1) if run in linked else row
            for run, row in self._rows.items()
        )
        return f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n'

    def _row(self, run: RunRecord) -> str:
        speech = self._speech
        models = f"{run.target} ← {run.draft}" if run.draft else run.target
        name = written(name_of(run, speech))
        names = f'<td class="name"><a>{name}</a></td><td class="models">{written(models)}</td>'
        if run.stats is None:
            words = written(speech.translate("Report", "cut off; what there is of it stands in its section"))
            return f'<tr>{names}<td colspan="7">{words}</td></tr>\n'
        metrics = run.stats.metrics
        values = (
            speech.number(metrics.emitted),
            speech.rate(metrics.tokens_per_second),
            speech.percent(metrics.acceptance_rate),
            speech.length(metrics.acceptance_length) if metrics.drafted else NA,
            speech.duration(run.stats.ttft_ms),
            speech.duration(metrics.icl.p50),
            speech.duration(metrics.icl.p95),
        )
        cells = "".join(f'<td class="n">{written(value)}</td>' for value in values)
        return f"<tr>{names}{cells}</tr>\n"


def name_of(run: RunRecord, speech: Speech) -> str:
    """What an answer is called: by its conversation and its time."""
    title = " ".join(run.title.split()) or speech.translate("Report", "Untitled")
    where = title if run.conversation is not None else speech.translate("Report", "Outside conversations")
    return f"{where} · {speech.moment(run.created)}"
