"""What is said about a turn beside its text: figures under an answer, how it came about, what its thinking took."""

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.store_messages import Turn
from slipstream.core.metrics import Metrics, Phase, RunMeter, RunStats
from slipstream.ui.chat.messages import StripText, ThoughtFigures
from slipstream.ui.dashboard.strip import seen_items, strip_items


def tr(text: str) -> str:
    return QCoreApplication.translate("TurnWords", text)


def turn_strip(turn: Turn, seen: RunMeter | None = None) -> StripText | None:
    """The figures of an answer; of one that was cut off before they were summed up, what was `seen` of it."""
    items: list[tuple[str, str, str]] = []
    if turn.stats is not None:
        items += strip_items(turn.stats)
    elif seen is not None and seen.steps:
        items += seen_items(seen.metrics())
    if turn.continued and items:
        tip = tr("This answer was continued. The figures are those of its last part.")
        items.insert(0, (tr("last part:"), "", tip))
    if turn.edited:
        tip = tr("You changed this answer. What the model wrote is its other version.")
        items.append((tr("by you"), tr("edited"), tip))
    return StripText(tuple(items)) if items else None


def thought(stats: RunStats | None) -> ThoughtFigures | None:
    """What the thinking of a run came to; None where there was none."""
    if stats is None or Phase.THINK not in stats.phases:
        return None
    figures = thought_so_far(stats.phases[Phase.THINK])
    return ThoughtFigures(
        figures.tokens, figures.seconds, figures.tokens_per_second, closed=stats.thinking_closed
    )


def thought_so_far(thinking: Metrics) -> ThoughtFigures:
    """By the run's own clock: the parts of the steps add up to the time they took."""
    ms = thinking.draft_ms + thinking.verify_ms + thinking.sample_ms + thinking.other_ms
    return ThoughtFigures(thinking.emitted, ms / 1000, thinking.tokens_per_second)
