"""All plots of a run, by name, as pictures."""

from collections.abc import Callable
from dataclasses import dataclass

from slipstream.core.reports import plots, step_plots
from slipstream.core.reports.frame import HEIGHT, WIDTH
from slipstream.core.reports.levels import RunLevels
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look, image
from slipstream.core.reports.track import RunTrack

Draw = Callable[[RunTrack, RunLevels, Speech, Look], str]
MARGIN = 12  # px around a picture that stands alone


@dataclass(frozen=True, slots=True)
class Plot:
    """`name` is that of its file."""

    name: str
    draw: Draw


PLOTS = (
    Plot("tokens-per-second", plots.rate),
    Plot("acceptance-length", plots.tau),
    Plot("acceptance-rate", plots.acceptance),
    Plot("latency", plots.latency),
    Plot("tokens-per-chunk", step_plots.chunks),
    Plot("acceptance-by-position", step_plots.positions),
    Plot("step-times", step_plots.parts),
    Plot("last-steps", step_plots.timeline),
)


def in_page(plot: Plot, track: RunTrack, levels: RunLevels, speech: Speech, look: Look) -> str:
    """As part of a page, which says the colours."""
    title = meaning(plot.name, speech)
    return image(WIDTH, HEIGHT, title, "", plot.draw(track, levels, speech, look), None)


def alone(plot: Plot, track: RunTrack, levels: RunLevels, speech: Speech, look: Look, about: str) -> str:
    """As a file of its own; `about` tells whose figures these are."""
    drawn = plot.draw(track, levels, speech, look)
    content = f'<g transform="translate({MARGIN} {MARGIN})">{drawn}</g>'
    size = WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN
    return image(*size, meaning(plot.name, speech), about, content, look) + "\n"


def meaning(name: str, speech: Speech) -> str:
    """What a plot shows, in a sentence."""
    translate = speech.translate
    return {
        "tokens-per-second": translate(
            "Report", "Decode tokens/s over the tokens written, against the level without drafting"
        ),
        "acceptance-length": translate(
            "Report", "Acceptance length τ, the tokens a verify pass yields, against its break-even"
        ),
        "acceptance-rate": translate("Report", "Acceptance rate: accepted / drafted tokens"),
        "latency": translate(
            "Report", "Inter-chunk latency: the time before every chunk, with stalls marked"
        ),
        "tokens-per-chunk": translate("Report", "How many tokens came at once"),
        "acceptance-by-position": translate(
            "Report", "Conditional acceptance: how far drafts hold, by position in the draft"
        ),
        "step-times": translate("Report", "Mean time of a step by its parts, over the run"),
        "last-steps": translate("Report", "The last steps one by one: their time and their drafted tokens"),
    }[name]
