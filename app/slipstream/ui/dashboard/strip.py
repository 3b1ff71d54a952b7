"""The row of figures under an answer: what the run came to, each figure with its definition as tooltip."""

from PySide6.QtCore import QCoreApplication

from slipstream.core.metrics import Metrics, Phase, RunStats, StopReason
from slipstream.ui.dashboard import figures

Item = tuple[str, str, str]
translate = QCoreApplication.translate


def stop_reason_text(reason: StopReason) -> str:
    """Why a run ended before its turn was over, in two or three words."""
    return {
        StopReason.MAX_TOKENS: translate("RunStrip", "token limit"),
        StopReason.STOP_STRING: translate("RunStrip", "stop text"),
        StopReason.CONTEXT_FULL: translate("RunStrip", "context full"),
        StopReason.STOPPED: translate("RunStrip", "stopped"),
    }[reason]


def _stop_reason_help(reason: StopReason) -> str:
    return {
        StopReason.END_OF_TURN: translate("RunStrip", "The model ended its turn."),
        StopReason.MAX_TOKENS: translate(
            "RunStrip", "The longest answer set for this conversation was reached."
        ),
        StopReason.STOP_STRING: translate("RunStrip", "A stop text was written."),
        StopReason.CONTEXT_FULL: translate("RunStrip", "The context has no room for more tokens."),
        StopReason.STOPPED: translate("RunStrip", "Stopped by you."),
    }[reason]


def _phase_lines(stats: RunStats) -> str:
    """Thinking and answer apart, where the run had both."""
    if len(stats.phases) < 2:
        return ""
    names = {Phase.THINK: translate("RunStrip", "Thinking"), Phase.ANSWER: translate("RunStrip", "Answer")}
    return "".join(
        "\n"
        + translate("RunStrip", "{phase}: {tokens} tokens, {rate} tokens/s, τ {tau}").format(
            phase=names[phase],
            tokens=part.emitted,
            rate=figures.rate(part.tokens_per_second),
            tau=figures.length(part.acceptance_length),
        )
        for phase, part in stats.phases.items()
    )


def metrics_items(m: Metrics, phase_lines: str = "") -> tuple[Item, ...]:
    """(label, value, tooltip) of tokens/s, τ and acceptance, and the label of a lossy rule."""
    kept = (
        translate("RunStrip", "{accepted} of {drafted} kept.").format(accepted=m.accepted, drafted=m.drafted)
        if m.drafted
        else translate("RunStrip", "Nothing was drafted.")
    )
    return (
        (
            translate("RunStrip", "tokens/s"),
            figures.rate(m.tokens_per_second),
            translate("RunStrip", "Decode speed: (emitted − 1) / (last emission − first emission).")
            + phase_lines,
        ),
        (
            translate("RunStrip", "τ"),
            figures.length(m.acceptance_length),
            translate(
                "RunStrip", "Acceptance length: 1 + accepted / steps, the mean tokens a verify pass yields."
            )
            + "\n"
            + translate("RunStrip", "{steps} steps.").format(steps=m.steps),
        ),
        (
            translate("RunStrip", "acceptance"),
            figures.percent(m.acceptance_rate),
            translate("RunStrip", "Acceptance rate: accepted / drafted tokens.") + "\n" + kept,
        ),
        *_lossy_items(m),
    )


def _lossy_items(m: Metrics) -> tuple[Item, ...]:
    """What must be said of an answer that a lossy rule had a part in; nothing of others."""
    if not m.changes_output:
        return ()
    share = translate("RunStrip", "exact rule refuses {share}").format(
        share=figures.percent(m.refused_share, 1)
    )
    return (
        (
            share,
            translate("RunStrip", "changes the output"),
            translate(
                "RunStrip",
                "The acceptance rule kept drafted tokens that the exact rule would have refused, so this is not\n"
                "what the model would have written alone. Of the accepted tokens the exact rule would have\n"
                "refused this share, in expectation: Σ (1 − min(1, p/q)) / accepted.",
            ),
        ),
    )


def seen_items(m: Metrics) -> tuple[Item, ...]:
    """The same and the tokens, of an answer that was cut off before it could be summed up."""
    tokens = translate("RunStrip", "All tokens given out until the answer was cut off.")
    return (*metrics_items(m), (translate("RunStrip", "tokens"), str(m.emitted), tokens))


def strip_items(stats: RunStats) -> tuple[Item, ...]:
    """(label, value, tooltip) of tokens/s, τ, acceptance, TTFT, tokens; and why an answer that is not whole ended."""
    whole = stats.stop_reason is StopReason.END_OF_TURN
    ended = _stop_reason_help(stats.stop_reason)
    return (
        *metrics_items(stats.metrics, _phase_lines(stats)),
        (
            translate("RunStrip", "TTFT"),
            figures.duration(stats.ttft_ms),
            translate("RunStrip", "Time to first token: from the request to the first emitted token.")
            + "\n"
            + translate("RunStrip", "Prompt: {total} tokens, {reused} of them reused from the cache.").format(
                total=stats.prompt_tokens, reused=stats.reused_tokens
            ),
        ),
        (
            translate("RunStrip", "tokens"),
            str(stats.metrics.emitted),
            translate("RunStrip", "All tokens given out; the end-of-turn token counts.")
            + "\n"
            + translate("RunStrip", "Total time: {total}.").format(total=figures.duration(stats.total_ms))
            + "\n"
            + ended,
        ),
        *(() if whole else ((translate("RunStrip", "ended"), stop_reason_text(stats.stop_reason), ended),)),
    )
