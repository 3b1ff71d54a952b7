"""What the figures of the page mean: the definitions of `core.metrics`, in words."""

from slipstream.core.reports.page.markup import Markup
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import written


def definitions(speech: Speech, more: tuple[tuple[str, str], ...] = ()) -> Markup:
    """`more`: further terms and their meanings."""
    translate = speech.translate
    terms = "".join(
        f"<div><dt>{written(term)}</dt><dd>{written(meaning)}</dd></div>"
        for term, meaning in (*_terms(speech), *more)
    )
    title = written(translate("Report", "What the figures mean"))
    return Markup(f'<section><h2>{title}</h2><dl class="terms">{terms}</dl></section>\n')


def _terms(speech: Speech) -> tuple[tuple[str, str], ...]:
    translate = speech.translate
    return (
        (
            translate("Report", "Step"),
            translate(
                "Report",
                "One cycle of proposing and verifying. It gives out the accepted tokens and one more of the target's "
                "own. Step 1 is the token that comes from reading the prompt; it drafts nothing.",
            ),
        ),
        (
            translate("Report", "Tokens/s"),
            translate(
                "Report",
                "Decode speed: (emitted − 1) / (last emission − first emission). Reading the prompt is not in it.",
            ),
        ),
        (
            translate("Report", "Level without drafting"),
            translate(
                "Report",
                "What the same run's steps without a draft come to, where it has 16 of them or more; else the "
                "median of those answers in this report that were written without drafting by the same model on the "
                "same devices.",
            ),
        ),
        (
            translate("Report", "Acceptance rate"),
            translate("Report", "Accepted / drafted tokens. Not known where nothing was drafted."),
        ),
        (
            translate("Report", "Acceptance length τ"),
            translate("Report", "1 + accepted / steps: the mean tokens a verify pass yields; 1 is no gain."),
        ),
        (
            translate("Report", "Break-even τ"),
            translate(
                "Report",
                "Mean time of a drafting step / mean time of a plain step at the same context: what τ must exceed "
                "for drafting to pay.",
            ),
        ),
        (
            translate("Report", "Acceptance by position"),
            translate(
                "Report",
                "Conditional: of the steps in which all draft tokens before this one were kept, the share that kept "
                "this one too.",
            ),
        ),
        (
            translate("Report", "TTFT"),
            translate(
                "Report", "Time to first token: from the request to the first emission, reading included."
            ),
        ),
        (
            translate("Report", "TPOT"),
            translate("Report", "Time per output token: (last emission − first emission) / (emitted − 1)."),
        ),
        (
            translate("Report", "Inter-chunk latency (ICL)"),
            translate(
                "Report",
                "The gap between two emissions. p95: 95 % of the gaps are shorter. Jitter: p95 / p50. A stall is a "
                "gap above 3 times the median of those before it.",
            ),
        ),
        (
            translate("Report", "Draft, verify, sample, other"),
            translate("Report", "Wall time of the parts of a step; they add up to the step."),
        ),
        (
            translate("Report", "Changes the output"),
            translate(
                "Report",
                "A lossy rule judged some drafts, so the text may differ from what the model would have written "
                "alone. The share that the exact rule would have refused: Σ (1 − min(1, p/q)) / accepted.",
            ),
        ),
    )


def benchmark_terms(speech: Speech) -> tuple[tuple[str, str], ...]:
    translate = speech.translate
    return (
        (
            translate("Report", "Benchmark"),
            translate(
                "Report",
                "Each prompt answered with drafting and without, one right after the other on one loaded pair; the "
                "two take turns in being first, and in between caches and lookups are emptied.",
            ),
        ),
        (
            translate("Report", "Speed-up"),
            translate(
                "Report",
                "The ratio of the two answers to a prompt, averaged as logarithms: over prompts, then over kinds of "
                "text, so that none counts for more because it has more prompts. Of decoding, and of the whole "
                "answer, prompt included, at the length of the shorter one.",
            ),
        ),
        (
            translate("Report", "95 % interval"),
            translate(
                "Report",
                "The paired bootstrap over prompts; of a benchmark that was stopped, one that holds however early it "
                "is looked at. Where it leaves out 1, drafting makes a difference; for fewer than five prompts there "
                "is none.",
            ),
        ),
    )
