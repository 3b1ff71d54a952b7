"""One comparison on the page: a verdict on each side, their figures, plots, texts side by side, and the settings."""

from collections.abc import Sequence

from slipstream.core.chat import Drafting
from slipstream.core.compared import KeptPass, KeptSide, Stage
from slipstream.core.metrics import Phase, percentile
from slipstream.core.reports.comparison_plots import PLOTS, in_page
from slipstream.core.reports.comparison_words import about_texts, draft_name, figures, side_name, verdict
from slipstream.core.reports.page.markup import Markup, facts, table
from slipstream.core.reports.page.settings import model_words
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.reports.speech import NA, Speech
from slipstream.core.reports.svg import IN_PAGE, written
from slipstream.core.side_by_side import Speedups

TITLE_LENGTH = 90  # characters of a prompt in a heading


def comparison_section(record: ComparisonRecord, speech: Speech) -> Markup:
    translate, kept = speech.translate, record.kept
    models = [record.target, *dict.fromkeys(f"← {name}" for name in _drafters(record))]
    names = "".join(f"<span>{written(name)}</span>" for name in models)
    speedups = kept.speedups()
    told = "".join(
        f'<p class="lead">{written(verdict(side.spec, each, speech).sentence)}</p>\n'
        for side, each in zip(kept.sides[1:], speedups, strict=True)
    )
    plots = "".join(f"<figure>{in_page(plot, record, speech, IN_PAGE)}</figure>\n" for plot in PLOTS)
    is_only = record.has_texts  # the page is about it alone, and its head names it
    head = f'<h2 id="comparison-{record.comparison}">{written(title(record, speech))}</h2>'
    return Markup(
        "".join(
            (
                "" if is_only else f"<section>{head}",
                f'<div class="names">{names}</div>',
                *(told, _trouble(record, speech), _about(record, speech)),
                _figures(record, speedups, speech),
                f'<div class="plots">\n{plots}</div>\n',
                *(_prompt(record, speech), _texts(record, speech)),
                f'<div class="pair"><div><h3>{written(translate("Report", "Settings"))}</h3>',
                f"{_settings(record, speech)}</div>",
                f"<div><h3>{written(translate('Report', 'Models and machine'))}</h3>",
                f"{_machine(record, speech)}</div></div>",
                "\n" if is_only else "</section>\n",
            )
        )
    )


def title(record: ComparisonRecord, speech: Speech) -> str:
    """What a comparison is called: by its prompt where that may be said, and its time."""
    prompt = " ".join(record.kept.prompt.split())
    if len(prompt) > TITLE_LENGTH:
        prompt = prompt[: TITLE_LENGTH - 1].rstrip() + "…"
    name = (
        prompt or " ".join(record.title.split()) or speech.translate("Report", "Comparison of ways to draft")
    )
    return f"{name} · {speech.moment(record.kept.created)}"


def comparison_terms(speech: Speech) -> tuple[tuple[str, str], ...]:
    """What the figures of a comparison mean."""
    translate = speech.translate
    return (
        (
            translate("Report", "Comparison by turns"),
            translate(
                "Report",
                "Each side writes a segment of the answer, then the next side, in one order and then in the other. "
                "Segments of one number are a pair; what slows the machine down slows both. Putting caches back "
                "between two turns is in no figure.",
            ),
        ),
        (
            translate("Report", "Speed-up in decoding"),
            translate(
                "Report",
                "The geometric mean, over pairs of segments, of the ratio of decode tokens/s. A segment's rate is "
                "from its first emission to its last. The 95 % interval holds however often one looks.",
            ),
        ),
        (
            translate("Report", "Speed-up in total latency"),
            translate(
                "Report",
                "The same of the whole time from the request to the last token: the writing of all segments, and "
                "both prefills as they were measured, once.",
            ),
        ),
    )


def _drafters(record: ComparisonRecord) -> list[str]:
    kept = record.kept
    return [name for side in kept.sides if (name := side.drafter(kept.pair))]


def _trouble(record: ComparisonRecord, speech: Speech) -> str:
    """Why it is not whole; "" where it is."""
    translate, kept = speech.translate, record.kept
    words = {
        Stage.RUNNING: translate("Report", "it was still being written"),
        Stage.STOPPED: translate("Report", "stopped by a person"),
        Stage.CUT_OFF: translate("Report", "it was cut off"),
        Stage.DRAFT_FAILED: kept.note,
        Stage.FAILED: kept.error,
    }.get(kept.stage, "")
    if not words:
        return ""
    ended = translate("Report", "Ended early: {0}").format(words)
    return f'<p class="warn">{written(ended)}</p>\n'


def _about(record: ComparisonRecord, speech: Speech) -> str:
    """Whether the texts are the same. Without what was said, not where they part."""
    kept = record.kept
    differ = any(at is not None for at in kept.differences())
    partings = kept.partings if record.has_texts else ()
    words = about_texts(kept.request, [side.spec for side in kept.sides], differ, partings, speech)
    return f'<p class="aside">{written(words)}</p>\n' if any(side.last.tokens for side in kept.sides) else ""


def _figures(record: ComparisonRecord, speedups: Sequence[Speedups], speech: Speech) -> Markup:
    translate = speech.translate
    heads = (
        "",
        *(translate("Report", "Tokens/s"), translate("Report", "Speed-up in decoding")),
        *(translate("Report", "Total latency"), translate("Report", "Speed-up in total latency")),
        *(translate("Report", "Acceptance"), "τ", "ICL p50", "p95", translate("Report", "Segments")),
    )
    faster: list[Speedups | None] = [None, *speedups]
    rows = [_row(side, own, speech) for side, own in zip(record.kept.sides, faster, strict=True)]
    return table(heads, rows)


def _row(side: KeptSide, faster: Speedups | None, speech: Speech) -> list[str]:
    metrics, gaps = side.metrics, sorted(side.gaps)
    return [
        side_name(side.spec, speech),
        speech.rate(side.tokens_per_second),
        figures(faster.decode, speech) if faster else NA,
        speech.duration(side.last.total_ms),
        figures(faster.total, speech) if faster else NA,
        speech.percent(metrics.acceptance_rate),
        speech.length(metrics.acceptance_length) if metrics.drafted else NA,
        *(speech.duration(percentile(gaps, q)) if gaps else NA for q in (50, 95)),
        speech.number(len(side.segments)),
    ]


def _prompt(record: ComparisonRecord, speech: Speech) -> str:
    if not record.kept.prompt:
        return ""
    words = written(speech.translate("Report", "Prompt"))
    return f'<h3>{words}</h3><div class="said">{written(record.kept.prompt)}</div>\n'


def _texts(record: ComparisonRecord, speech: Speech) -> str:
    """Side by side, the first difference marked."""
    kept = record.kept
    if not record.has_texts:
        return ""
    places = kept.differences()
    known = [at for at in places if at is not None]
    marks = [min(known) if known else None, *places]
    cells = "".join(
        f"<div><h4>{written(side_name(side.spec, speech))}</h4>"
        f'<div class="said">{_said(side.last, mark)}</div></div>'
        for side, mark in zip(kept.sides, marks, strict=True)
    )
    heading = written(speech.translate("Report", "Texts of the last pass"))
    return f'<h3>{heading}</h3><div class="texts">{cells}</div>\n'


def _said(last: KeptPass, mark: int | None) -> str:
    """The text as markup: thinking muted, the piece of the marked token marked."""
    marked = next((p for p in last.pieces if mark is not None and p.token >= mark and p.text), None)
    drawn, thinks = [], False
    for piece in last.pieces:
        is_thinking = piece.phase is Phase.THINK
        if is_thinking != thinks:
            drawn.append('<span class="thought">' if is_thinking else "</span>\n\n")
            thinks = is_thinking
        text = written(piece.text)
        drawn.append(f"<mark>{text}</mark>" if piece is marked else text)
    return "".join(drawn) + ("</span>" if thinks else "")


def _settings(record: ComparisonRecord, speech: Speech) -> Markup:
    translate, kept = speech.translate, record.kept
    request = kept.request
    sampling = request.sampling
    drafted = [side for side in kept.sides if side.spec.speculation.drafting is not Drafting.NONE]
    rules = dict.fromkeys(str(side.spec.speculation.accept) for side in drafted)
    passes = max((len(side.passes) for side in kept.sides), default=0)
    cuts = f"{sampling.top_k} · {sampling.top_p:g} · {sampling.min_p:g}"
    rows = [
        (translate("Report", "Temperature"), f"{sampling.temperature:g}".replace(".", speech.point)),
        ("top-k · top-p · min-p", cuts.replace(".", speech.point)),
        (translate("Report", "Repeat penalty"), f"{sampling.repeat_penalty:g}".replace(".", speech.point)),
        (translate("Report", "Most tokens"), speech.number(request.max_tokens)),
        (translate("Report", "Acceptance rule"), ", ".join(rules)),
        (translate("Report", "Segment"), translate("Report", "{n} tokens").format(n=kept.segment)),
        (translate("Report", "Passes"), speech.number(passes)),
        (translate("Report", "Seed"), ", ".join(map(str, kept.seeds))),
    ]
    return facts(rows)


def _machine(record: ComparisonRecord, speech: Speech) -> Markup:
    translate, kept = speech.translate, record.kept
    pair = kept.pair
    others = {side.draft.path: side.draft for side in kept.sides if side.draft}
    rows = [
        (translate("Report", "Model"), record.target),
        (translate("Report", "as loaded"), model_words(pair.target, speech)),
        (translate("Report", "Draft"), draft_name(pair.draft.path) if pair.draft else ""),
        (translate("Report", "as loaded"), model_words(pair.draft, speech) if pair.draft else ""),
        *(
            (translate("Report", "Other draft"), f"{draft_name(path)} · {model_words(model, speech)}")
            for path, model in others.items()
        ),
        (
            translate("Report", "Context"),
            translate("Report", "{n} tokens").format(n=speech.number(pair.n_ctx)),
        ),
        (translate("Report", "Threads"), str(pair.threads)),
        (translate("Report", "Machine"), kept.machine),
        (translate("Report", "Engine"), kept.build),
        (translate("Report", "Processor features"), " ".join(pair.system_info.split())),
    ]
    return facts(rows)
