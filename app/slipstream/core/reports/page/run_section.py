"""One answer on the page: a sentence, tiles, plots, tables."""

from slipstream.core.events import StepDone
from slipstream.core.reports.levels import LevelsOfOthers, OwnLevels, RunLevels
from slipstream.core.reports.page.figures import figures_table
from slipstream.core.reports.page.markup import Markup, Tile, tiles
from slipstream.core.reports.page.overview import name_of
from slipstream.core.reports.page.settings import machine_table, settings_table
from slipstream.core.reports.pictures import PLOTS, in_page
from slipstream.core.reports.records import RunRecord
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.summary import Summary, Summing
from slipstream.core.reports.svg import IN_PAGE, written
from slipstream.core.reports.track import RunTrack

AS_FAST = 0.02  # nearer to 1 than this, a speed-up is called none: as the dashboard does


class RunSection:
    """Fed with the run's steps, then written."""

    def __init__(self, run: RunRecord, speech: Speech) -> None:
        self._run = run
        self._speech = speech
        self._own = OwnLevels()
        self._track = RunTrack()
        self._sum = Summing(run, self._track.history.meter)

    def add(self, step: StepDone) -> None:
        self._sum.add(step.record)
        self._own.add(step.record)
        self._track.add(step.record)

    def markup(self, others: LevelsOfOthers, *, is_only: bool) -> Markup:
        """`is_only`: the page is about this answer alone, and its head names it."""
        summary = self._sum.summary()
        levels = self._levels(summary, others)
        speech, translate = self._speech, self._speech.translate
        name = written(name_of(self._run, speech))
        title = "" if is_only else f'<h2 id="answer-{self._run.run}">{name}</h2>'
        plots = "".join(
            f"<figure>{in_page(plot, self._track, levels, speech, IN_PAGE)}</figure>\n" for plot in PLOTS
        )
        body = "".join(
            (
                title,
                self._names(),
                f'<p class="lead">{self._lead(summary, levels)}</p>\n',
                self._lossy(summary),
                tiles(self._tiles(summary, levels)),
                f'<div class="plots">\n{plots}</div>\n',
                f"<h3>{written(translate('Report', 'Figures'))}</h3>{figures_table(summary, speech)}",
                f'<div class="pair"><div><h3>{written(translate("Report", "Settings"))}</h3>',
                f"{settings_table(self._run, speech)}</div>",
                f"<div><h3>{written(translate('Report', 'Models and machine'))}</h3>",
                f"{machine_table(self._run, speech)}</div></div>\n",
            )
        )
        return Markup(body if is_only else f"<section>{body}</section>\n")

    def _levels(self, summary: Summary, others: LevelsOfOthers) -> RunLevels:
        """Nothing to compare a run with that drafted nothing: it is such a level itself."""
        return self._own.levels(others, self._run) if summary.metrics.drafted else RunLevels()

    def _names(self) -> str:
        names = [self._run.target] + ([f"← {self._run.draft}"] if self._run.draft else [])
        return f'<div class="names">{"".join(f"<span>{written(name)}</span>" for name in names)}</div>'

    def _lead(self, summary: Summary, levels: RunLevels) -> str:
        """The sentence, as markup."""
        translate, speech = self._speech.translate, self._speech
        metrics = summary.metrics
        rate = metrics.tokens_per_second
        if rate is None:
            return written(translate("Report", "Too few tokens were written to measure a speed."))
        if not metrics.drafted:
            words = (
                translate("Report", "{rate} tokens/s; drafting was on and drafted nothing.")
                if self._run.drafts
                else translate("Report", "{rate} tokens/s without drafting.")
            )
        elif levels.plain is None:
            words = translate(
                "Report", "{rate} tokens/s with drafting; what it is without was not measured in this answer."
            )
        elif levels.answers == 1:
            words = translate(
                "Report",
                "{rate} tokens/s with drafting: {factor} the {level} tokens/s of an answer without it.",
            )
        elif levels.answers:
            words = translate(
                "Report",
                "{rate} tokens/s with drafting: {factor} the {level} tokens/s of {n} answers without it.",
            )
        else:
            words = translate(
                "Report",
                "{rate} tokens/s with drafting: {factor} the {level} tokens/s of its own steps without it.",
            )
        factor = ""
        if levels.plain:
            factor = f'<b class="{_mood(rate / levels.plain)}">{speech.factor(rate / levels.plain)}</b>'
        return written(words).format(
            rate=f"<b>{speech.rate(rate)}</b>",
            factor=factor,
            level=speech.rate(levels.plain),
            n=levels.answers,
        )

    def _lossy(self, summary: Summary) -> str:
        metrics = summary.metrics
        if not metrics.changes_output:
            return ""
        words = self._speech.translate(
            "Report", "Changes the output: the exact rule would have refused {share} of the accepted tokens."
        ).format(share=self._speech.percent(metrics.refused_share, 1))
        return f'<p class="warn">{written(words)}</p>\n'

    def _tiles(self, summary: Summary, levels: RunLevels) -> list[Tile]:
        speech, translate = self._speech, self._speech.translate
        metrics = summary.metrics
        rate, icl = metrics.tokens_per_second, metrics.icl
        shown = [Tile(translate("Report", "Tokens/s"), speech.rate(rate), _tokens(speech, metrics.emitted))]
        if levels.plain and rate:
            against = translate("Report", "against {level} tokens/s").format(level=speech.rate(levels.plain))
            shown.append(
                Tile(
                    translate("Report", "Speed-up"),
                    speech.factor(rate / levels.plain),
                    against,
                    _mood(rate / levels.plain),
                )
            )
        kept = translate("Report", "{accepted} of {drafted} tokens").format(
            accepted=speech.number(metrics.accepted), drafted=speech.number(metrics.drafted)
        )
        pays = translate("Report", "pays above {tau}").format(tau=speech.length(levels.break_even))
        gaps = translate("Report", "p95 {p95}, p99 {p99}").format(
            p95=speech.duration(icl.p95), p99=speech.duration(icl.p99)
        )
        nothing = translate("Report", "nothing drafted")
        return [
            *shown,
            Tile(
                translate("Report", "Acceptance rate"),
                speech.percent(metrics.acceptance_rate),
                kept if metrics.drafted else nothing,
            ),
            Tile(
                translate("Report", "τ, tokens/pass"),
                speech.length(metrics.acceptance_length),
                pays if levels.break_even else "",
            ),
            Tile(translate("Report", "Time to first token"), speech.duration(summary.ttft_ms)),
            Tile(
                translate("Report", "ICL p50"), speech.duration(icl.p50), gaps if icl.p50 is not None else ""
            ),
            Tile(translate("Report", "Total time"), speech.duration(summary.total_ms)),
        ]


def _tokens(speech: Speech, emitted: int) -> str:
    return speech.translate("Report", "{n} tokens").format(n=speech.number(emitted))


def _mood(speedup: float) -> str:
    """The class that colours a speed-up."""
    if abs(speedup - 1) < AS_FAST:
        return ""
    return "up" if speedup > 1 else "down"
