"""The row of figures under an answer: what the run came to, each figure with its definition as tooltip."""

from PySide6.QtCore import QCoreApplication

from slipstream.core.metrics import Phase, RunStats, StopReason
from slipstream.ui.dashboard import figures


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunStrip", text)


def stop_reason_text(reason: StopReason) -> str:
    """Why a run ended, in two or three words."""
    return {
        StopReason.END_OF_TURN: _tr("complete"),
        StopReason.MAX_TOKENS: _tr("token limit"),
        StopReason.STOP_STRING: _tr("stop text"),
        StopReason.CONTEXT_FULL: _tr("context full"),
        StopReason.STOPPED: _tr("stopped"),
    }[reason]


def _stop_reason_help(reason: StopReason) -> str:
    return {
        StopReason.END_OF_TURN: _tr("The model ended its turn."),
        StopReason.MAX_TOKENS: _tr("The longest answer set in the settings was reached."),
        StopReason.STOP_STRING: _tr("A stop text was written."),
        StopReason.CONTEXT_FULL: _tr("The context has no room for more tokens."),
        StopReason.STOPPED: _tr("Stopped by you."),
    }[reason]


def _phase_lines(stats: RunStats) -> str:
    """Thinking and answer apart, where the run had both."""
    if len(stats.phases) < 2:
        return ""
    names = {Phase.THINK: _tr("Thinking"), Phase.ANSWER: _tr("Answer")}
    return "".join(
        "\n"
        + _tr("{phase}: {tokens} tokens, {rate} tokens/s, τ {tau}").format(
            phase=names[phase],
            tokens=part.emitted,
            rate=figures.rate(part.tokens_per_second),
            tau=figures.length(part.acceptance_length),
        )
        for phase, part in stats.phases.items()
    )


def strip_items(stats: RunStats) -> tuple[tuple[str, str, str], ...]:
    """(label, value, tooltip) of tokens/s, τ, acceptance, TTFT, tokens and why the answer ended."""
    m = stats.metrics
    kept = (
        _tr("{accepted} of {drafted} kept.").format(accepted=m.accepted, drafted=m.drafted)
        if m.drafted
        else _tr("Nothing was drafted.")
    )
    return (
        (
            _tr("tokens/s"),
            figures.rate(m.tokens_per_second),
            _tr("Decode speed: (emitted − 1) / (last emission − first emission).") + _phase_lines(stats),
        ),
        (
            _tr("τ"),
            figures.length(m.acceptance_length),
            _tr("Acceptance length: 1 + accepted / steps, the mean tokens a verify pass yields.")
            + "\n"
            + _tr("{steps} steps.").format(steps=m.steps),
        ),
        (
            _tr("acceptance"),
            figures.percent(m.acceptance_rate),
            _tr("Acceptance rate: accepted / drafted tokens.") + "\n" + kept,
        ),
        (
            _tr("TTFT"),
            figures.duration(stats.ttft_ms),
            _tr("Time to first token: from the request to the first emitted token.")
            + "\n"
            + _tr("Prompt: {total} tokens, {reused} of them reused from the cache.").format(
                total=stats.prompt_tokens, reused=stats.reused_tokens
            ),
        ),
        (
            _tr("tokens"),
            str(m.emitted),
            _tr("All tokens given out; the end-of-turn token counts.")
            + "\n"
            + _tr("Total time: {total}.").format(total=figures.duration(stats.total_ms)),
        ),
        (_tr("ended"), stop_reason_text(stats.stop_reason), _stop_reason_help(stats.stop_reason)),
    )
