"""The table of an answer's figures: all of it, and thinking and answer apart where it has both."""

from collections.abc import Callable

from slipstream.core.metrics import Metrics, Phase
from slipstream.core.reports.page.markup import Markup, table
from slipstream.core.reports.speech import NA, Speech
from slipstream.core.reports.summary import Summary

Read = Callable[[Metrics], str]


def figures_table(summary: Summary, speech: Speech) -> Markup:
    translate = speech.translate
    columns = [(translate("Report", "All"), summary.metrics)]
    if len(summary.phases) > 1:
        names = {Phase.THINK: translate("Report", "Thinking"), Phase.ANSWER: translate("Report", "Answer")}
        columns += [(names[phase], metrics) for phase, metrics in summary.phases.items()]
    rows = [[name, *(read(metrics) for _, metrics in columns)] for name, read in _rows(speech)]
    return table(["", *(name for name, _ in columns)], rows)


def _rows(speech: Speech) -> list[tuple[str, Read]]:
    translate, number, duration = speech.translate, speech.number, speech.duration
    icl = translate("Report", "ICL p50 · p95 · p99")
    rows: list[tuple[str, Read]] = [
        (translate("Report", "Tokens"), lambda m: number(m.emitted)),
        (translate("Report", "Tokens/s"), lambda m: speech.rate(m.tokens_per_second)),
        (translate("Report", "TPOT"), lambda m: duration(m.tpot_ms)),
        (translate("Report", "Steps"), lambda m: number(m.steps)),
        (translate("Report", "Drafted · accepted"), lambda m: f"{number(m.drafted)} · {number(m.accepted)}"),
        (translate("Report", "Acceptance rate"), lambda m: speech.percent(m.acceptance_rate, 1)),
        (translate("Report", "Acceptance length τ"), lambda m: speech.length(m.acceptance_length)),
        (icl, lambda m: " · ".join(duration(ms) for ms in (m.icl.p50, m.icl.p95, m.icl.p99))),
        (translate("Report", "ICL max"), lambda m: duration(m.icl.max)),
        (
            translate("Report", "Jitter · stalls"),
            lambda m: f"{speech.length(m.icl.jitter)} · {number(m.icl.stalls)}",
        ),
        (translate("Report", "Draft"), lambda m: _part(speech, m.draft_ms, m)),
        (translate("Report", "Verify"), lambda m: _part(speech, m.verify_ms, m)),
        (translate("Report", "Sample"), lambda m: _part(speech, m.sample_ms, m)),
        (translate("Report", "Other"), lambda m: _part(speech, m.other_ms, m)),
    ]
    return rows


def _part(speech: Speech, ms: float, metrics: Metrics) -> str:
    """A part of the steps' time, and its share of it."""
    whole = metrics.draft_ms + metrics.verify_ms + metrics.sample_ms + metrics.other_ms
    return f"{speech.duration(ms)} · {speech.percent(ms / whole)}" if whole else NA
