"""What a comparison comes to, in sentences of the window's language: `core.reports.comparison_words` says what."""

from collections.abc import Sequence

from slipstream.bridge.reports import window_speech
from slipstream.core.chat import GenerateRequest
from slipstream.core.comparing import Comparison
from slipstream.core.reports import comparison_words as words
from slipstream.core.reports.comparison_words import Told
from slipstream.core.side_by_side import Parting, SideSpec, Speedups


def side_name(side: SideSpec) -> str:
    """What a side is called, so that it can begin a sentence."""
    return words.side_name(side, window_speech())


def figures(comparison: Comparison) -> str:
    """A ratio with its interval; a dash without a pair."""
    return words.figures(comparison, window_speech())


def verdict(side: SideSpec, speedups: Speedups) -> Told:
    """Whether this side pays, judged on decoding and on total latency both."""
    return words.verdict(side, speedups, window_speech())


def about_texts(
    request: GenerateRequest, sides: Sequence[SideSpec], differ: bool, partings: Sequence[Parting]
) -> str:
    """Whether the texts are the same, and what it means where they are not. `differ`: two of them do."""
    return words.about_texts(request, sides, differ, partings, window_speech())
