"""All plots of a benchmark, by name, as pictures."""

from collections.abc import Callable
from dataclasses import dataclass

from slipstream.core.reports import bench_plots
from slipstream.core.reports.bench_figures import BenchFigures
from slipstream.core.reports.frame import WIDTH
from slipstream.core.reports.pictures import MARGIN
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look, image


@dataclass(frozen=True, slots=True)
class BenchPlot:
    """`name` is that of its file; `height` in px, of the benchmark it shows."""

    name: str
    draw: Callable[[BenchFigures, Speech, Look], str]
    height: Callable[[BenchFigures], float]


BENCH_PLOTS = (
    BenchPlot("speed-up", bench_plots.speed_up, bench_plots.rows_height),
    BenchPlot("tokens-per-second", bench_plots.rates, bench_plots.rows_height),
    BenchPlot("prompts", bench_plots.prompts, bench_plots.plain_height),
    BenchPlot("latency", bench_plots.gaps, bench_plots.plain_height),
)


def bench_in_page(plot: BenchPlot, found: BenchFigures, speech: Speech, look: Look) -> str:
    """As part of a page, which says the colours."""
    drawn = plot.draw(found, speech, look)
    return image(WIDTH, plot.height(found), bench_meaning(plot.name, speech), "", drawn, None)


def bench_alone(plot: BenchPlot, found: BenchFigures, speech: Speech, look: Look, about: str) -> str:
    """As a file of its own; `about` tells whose figures these are."""
    content = f'<g transform="translate({MARGIN} {MARGIN})">{plot.draw(found, speech, look)}</g>'
    size = WIDTH + 2 * MARGIN, plot.height(found) + 2 * MARGIN
    return image(*size, bench_meaning(plot.name, speech), about, content, look) + "\n"


def bench_meaning(name: str, speech: Speech) -> str:
    """What a plot shows, in a sentence."""
    translate = speech.translate
    return {
        "speed-up": translate(
            "Report", "How many times as fast with drafting, by kind of text, with 95 % intervals"
        ),
        "tokens-per-second": translate(
            "Report", "Decode tokens/s by kind of text, with drafting and without it"
        ),
        "prompts": translate("Report", "The speed-up of each pair of answers, in the order of measuring"),
        "latency": translate(
            "Report", "Inter-chunk latency: which share of the gaps is no longer than so many milliseconds"
        ),
    }[name]
