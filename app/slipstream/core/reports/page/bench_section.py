"""One benchmark on the page: a sentence, tiles, plots, the table by kind of text, what it was measured with."""

from slipstream.core.benchmark.figures import KindFigures
from slipstream.core.benchmark.setup import BenchModel, BenchSetup
from slipstream.core.chat import Drafting
from slipstream.core.comparing import Comparison, Verdict
from slipstream.core.reports.bench_figures import BenchFigures, BenchWords
from slipstream.core.reports.bench_pictures import BENCH_PLOTS, bench_in_page
from slipstream.core.reports.page.markup import Markup, Tile, facts, table, tiles
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import IN_PAGE, written

MOST_SKIPS = 20  # named on the page


class BenchSection:
    """`is_only`: the page is about this benchmark alone, and its head names it."""

    def __init__(self, found: BenchFigures, speech: Speech) -> None:
        self._found = found
        self._speech = speech
        self._words = BenchWords(speech)

    def markup(self, *, is_only: bool) -> Markup:
        found, speech, translate = self._found, self._speech, self._speech.translate
        benchmark, setup = found.benchmark, found.benchmark.setup
        name = written(self._words.name(benchmark))
        plots = "".join(
            f"<figure>{bench_in_page(plot, found, speech, IN_PAGE)}</figure>\n"
            for plot in (BENCH_PLOTS if found.kinds else ())
        )
        body = "".join(
            (
                "" if is_only else f'<h2 id="benchmark-{found.record.id}">{name}</h2>',
                self._names(setup),
                f'<p class="lead">{written(self._words.verdict(found.overall))}</p>\n',
                self._asides(),
                tiles(self._tiles(found.overall)) if found.overall else "",
                f'<div class="plots">\n{plots}</div>\n' if plots else "",
                f"<h3>{written(translate('Report', 'By kind of text'))}</h3>{self._table()}"
                if found.rows
                else "",
                self._skipped(),
                f'<div class="pair"><div><h3>{written(translate("Report", "Settings"))}</h3>',
                f"{facts(self._settings(setup))}</div>",
                f"<div><h3>{written(translate('Report', 'Models and machine'))}</h3>",
                f"{facts(self._machine(setup))}</div></div>\n",
            )
        )
        return Markup(body if is_only else f"<section>{body}</section>\n")

    def _names(self, setup: BenchSetup) -> str:
        names = [setup.target.name, f"← {setup.draft.name if setup.draft else 'n-gram'}"]
        return f'<div class="names">{"".join(f"<span>{written(name)}</span>" for name in names)}</div>'

    def _asides(self) -> str:
        """What the sentence rests on, and what it leaves out."""
        found, translate = self._found, self._speech.translate
        benchmark, overall = found.benchmark, found.overall
        told = []
        if overall is not None:
            told.append(self._words.rests_on(overall))
            if benchmark.setup.greedy:
                same = translate("Report", "{n} of {all} pairs of answers are the same, token for token.")
                told.append(same.format(n=overall.same_text, all=overall.pairs))
            if overall.changes_output:
                told.append(translate("Report", "The acceptance rule changes the output."))
        if not benchmark.is_complete:
            left = translate("Report", "It was stopped: {n} of {all} prompts are not measured.")
            told.append(left.format(n=benchmark.left, all=benchmark.plan.size))
        return f'<p class="aside">{written(" ".join(told))}</p>\n' if told else ""

    def _tiles(self, overall: KindFigures) -> list[Tile]:
        speech, translate = self._speech, self._speech.translate
        icl = overall.drafting_icl
        against = translate("Report", "{rate} without").format(rate=speech.rate(overall.plain_rate))
        p95 = translate("Report", "p95 {p95}, p99 {p99}").format(
            p95=speech.duration(icl.p95), p99=speech.duration(icl.p99)
        )
        return [
            self._gain(translate("Report", "Speed-up in decoding"), overall.decode),
            self._gain(translate("Report", "Speed-up of the whole answer"), overall.total),
            Tile(translate("Report", "Tokens/s with drafting"), speech.rate(overall.drafting_rate), against),
            Tile(translate("Report", "Acceptance rate"), speech.percent(overall.acceptance_rate)),
            Tile(translate("Report", "τ, tokens/pass"), speech.length(overall.acceptance_length)),
            Tile(
                translate("Report", "ICL p50"), speech.duration(icl.p50), p95 if icl.p50 is not None else ""
            ),
            Tile(translate("Report", "Pairs of answers"), speech.number(overall.pairs)),
        ]

    def _gain(self, name: str, compared: Comparison) -> Tile:
        speech = self._speech
        interval = ""
        if compared.low is not None:
            interval = f"{speech.number(compared.low, 2)} – {speech.factor(compared.high)}"
        mood = {Verdict.FASTER: "up", Verdict.SLOWER: "down"}.get(compared.verdict, "")
        return Tile(name, speech.factor(compared.ratio), interval, mood)

    def _table(self) -> Markup:
        translate = self._speech.translate
        heads = [
            "",
            translate("Report", "Prompts"),
            translate("Report", "Tokens/s"),
            translate("Report", "without"),
            translate("Report", "Speed-up"),
            translate("Report", "whole answer"),
            translate("Report", "Acceptance"),
            "τ",
            "ICL p50",
            "p95",
            "p99",
        ]
        return table(heads, [self._row(each) for each in self._found.rows])

    def _row(self, each: KindFigures) -> list[str]:
        speech, icl = self._speech, each.drafting_icl
        return [
            self._words.kind(each.kind),
            speech.number(each.prompts),
            speech.rate(each.drafting_rate),
            speech.rate(each.plain_rate),
            self._words.gained(each.decode),
            self._words.gained(each.total),
            speech.percent(each.acceptance_rate),
            speech.length(each.acceptance_length),
            *(speech.duration(ms) for ms in (icl.p50, icl.p95, icl.p99)),
        ]

    def _skipped(self) -> str:
        skips = self._found.benchmark.skips
        if not skips:
            return ""
        heading = written(self._speech.translate("Report", "Not measured"))
        rows = facts((skip.prompt, skip.why) for skip in skips[:MOST_SKIPS])
        more = ""
        if len(skips) > MOST_SKIPS:
            words = self._speech.translate("Report", "and {n} more").format(n=len(skips) - MOST_SKIPS)
            more = f'<p class="aside">{written(words)}</p>\n'
        return f"<h3>{heading}</h3>{rows}{more}"

    def _settings(self, setup: BenchSetup) -> list[tuple[str, str]]:
        speech, translate = self._speech, self._speech.translate
        plan, speculation, sampling = self._found.benchmark.plan, setup.speculation, setup.sampling
        length = speculation.draft_max
        asked = translate("Report", "{n} prompts")
        if plan.repeats > 1:
            asked = translate("Report", "{n} prompts, {times} times each")
        drafting = (
            translate("Report", "n-gram lookup")
            if speculation.drafting is Drafting.NGRAM
            else translate("Report", "lookup first, then the draft model")
            if speculation.lookup_first
            else translate("Report", "the draft model")
        )
        return [
            (translate("Report", "Begun"), speech.moment(self._found.benchmark.created)),
            (
                translate("Report", "Asked"),
                asked.format(n=speech.number(len(plan.prompts)), times=plan.repeats),
            ),
            (translate("Report", "Drafting"), drafting),
            (
                translate("Report", "Draft length"),
                translate("Report", "automatic") if length is None else str(length),
            ),
            (translate("Report", "Acceptance rule"), str(speculation.accept)),
            (translate("Report", "Temperature"), f"{sampling.temperature:g}".replace(".", speech.point)),
            (
                "top-k · top-p · min-p",
                f"{sampling.top_k} · {sampling.top_p:g} · {sampling.min_p:g}".replace(".", speech.point),
            ),
            (
                translate("Report", "Repeat penalty"),
                f"{sampling.repeat_penalty:g}".replace(".", speech.point),
            ),
            (translate("Report", "Most tokens"), speech.number(setup.max_tokens)),
            (
                translate("Report", "Thinking budget"),
                "" if setup.thinking_budget is None else speech.number(setup.thinking_budget),
            ),
            (translate("Report", "Seed"), str(setup.seed)),
            (translate("Report", "Digest of all settings"), setup.digest),
        ]

    def _machine(self, setup: BenchSetup) -> list[tuple[str, str]]:
        speech, translate = self._speech, self._speech.translate
        rows = [
            (translate("Report", "Model"), setup.target.name),
            (translate("Report", "as loaded"), self._model(setup.target)),
            ("SHA-256", setup.target.sha256),
        ]
        if setup.draft is not None:
            rows += [
                (translate("Report", "Draft"), setup.draft.name),
                (translate("Report", "as loaded"), self._model(setup.draft)),
                ("SHA-256", setup.draft.sha256),
            ]
        return [
            *rows,
            (
                translate("Report", "Context"),
                translate("Report", "{n} tokens").format(n=speech.number(setup.context)),
            ),
            (translate("Report", "Threads"), str(setup.threads)),
            (translate("Report", "Machine"), setup.machine),
            (translate("Report", "Engine"), f"{setup.build} · Slipstream {setup.version}"),
            (translate("Report", "Processor features"), " ".join(setup.system_info.split())),
        ]

    def _model(self, model: BenchModel) -> str:
        layers = ""
        if model.gpu_layers:
            layers = self._speech.translate("Report", "{n} of {all} layers offloaded").format(
                n=model.gpu_layers, all=model.layers + 1
            )
        devices = ", ".join(model.devices)
        parts = (model.description, self._speech.size(model.size), devices, layers)
        return " · ".join(part for part in parts if part)
