"""The plots of a comparison: latencies over each other, as the window shows them, and tokens/s segment by segment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan

from slipstream.core.axes import round_up, ticks
from slipstream.core.gap_shares import BINS, FEWEST, axis_end, shares
from slipstream.core.reports.comparison_words import side_name
from slipstream.core.reports.frame import (
    DASHED,
    DOTTED,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Frame,
    heading,
    width_of,
)
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look, element, image, label
from slipstream.core.reports.track import Points

MARGIN = 12  # px around a picture that stands alone
LINE = 17  # px, of the legend
SAMPLE = 18  # px
DASHES = (None, None, DASHED, DOTTED)  # by side, as in the window

Draw = Callable[[ComparisonRecord, Speech, Look], str]


@dataclass(frozen=True, slots=True)
class ComparisonPlot:
    """`name` is that of its file."""

    name: str
    draw: Draw


def latency(record: ComparisonRecord, speech: Speech, look: Look) -> str:
    """The share of the gaps between chunks by their length, an outline a side."""
    translate = speech.translate
    gaps = [side.gaps if len(side.gaps) >= FEWEST else [] for side in record.kept.sides]
    end = axis_end(gaps)
    outlines = [_outline(shares(own, end), end) if own else [] for own in gaps]
    top = round_up(max((y for points in outlines for _, y in points), default=1.0) or 1.0)
    frame = Frame(look, end, 0.0, top)
    drawn = [
        heading(look, translate("Report", "Latency between chunks"), ()),
        *(
            frame.under(frame.x(value), speech.duration(value) if value else "0")
            for value in ticks(0, end, 6)
        ),
        frame.grid([(value, speech.percent(value)) for value in ticks(0, top, 3)]),
        *_curves(frame, outlines),
    ]
    if not any(gaps):
        drawn.append(frame.note(translate("Report", "too few chunks were written")))
    return "".join(drawn)


def rates(record: ComparisonRecord, speech: Speech, look: Look) -> str:
    """Decode tokens/s of every segment; those of one number were written by turns."""
    translate = speech.translate
    curves = [
        [
            (float(place), nan if (rate := each.tokens_per_second) is None else rate)
            for place, each in numbered
        ]
        for numbered in (list(enumerate(side.segments, 1)) for side in record.kept.sides)
    ]
    most = max((len(points) for points in curves), default=0)
    top = round_up(
        1.05 * max((y for points in curves for _, y in points if not isnan(y)), default=0.0) or 20.0
    )
    frame = Frame(look, float(max(most, 2)), 0.0, top)
    values = [value for value in ticks(0, frame.right, 6) if value == round(value)]
    decimals = 0 if all(value == round(value) for value in ticks(0, top, 5)) else 1
    drawn = [
        heading(look, translate("Report", "Tokens/s, segment by segment"), ()),
        *(frame.under(frame.x(value), speech.number(value)) for value in values),
        frame.grid([(value, speech.number(value, decimals)) for value in ticks(0, top, 5)]),
        *_curves(frame, curves),
    ]
    if not most:
        drawn.append(frame.note(translate("Report", "no segment was finished")))
    return "".join(drawn)


PLOTS = (ComparisonPlot("latency", latency), ComparisonPlot("tokens-per-second", rates))


def pictures(record: ComparisonRecord, speech: Speech, look: Look) -> Iterator[tuple[str, str]]:
    """Each plot as a file of its own: its name, and SVG."""
    for plot in PLOTS:
        drawn = f'<g transform="translate({MARGIN} {MARGIN})">{_whole(plot, record, speech, look)}</g>'
        size = WIDTH + 2 * MARGIN, _height(record) + 2 * MARGIN
        yield plot.name, image(*size, meaning(plot.name, speech), record.target, drawn, look) + "\n"


def in_page(plot: ComparisonPlot, record: ComparisonRecord, speech: Speech, look: Look) -> str:
    """As part of a page, which says the colours."""
    drawn = _whole(plot, record, speech, look)
    return image(WIDTH, _height(record), meaning(plot.name, speech), "", drawn, None)


def meaning(name: str, speech: Speech) -> str:
    """What a plot shows, in a sentence."""
    translate = speech.translate
    return {
        "latency": translate(
            "Report", "The share of the gaps between two chunks by their length, for each side"
        ),
        "tokens-per-second": translate("Report", "Decode tokens/s of every segment, for each side"),
    }[name]


def colours(look: Look) -> tuple[str, ...]:
    """By side: the one that the others are compared with is grey."""
    return look.fourth, look.first, look.second, look.third


def _whole(plot: ComparisonPlot, record: ComparisonRecord, speech: Speech, look: Look) -> str:
    """The plot, and below it which line is whose."""
    drawn = [plot.draw(record, speech, look)]
    room = WIDTH - LEFT - SAMPLE - RIGHT
    for place, side in enumerate(record.kept.sides):
        y = HEIGHT + 11.0 + LINE * place
        ends = {"x1": LEFT, "y1": y - 4, "x2": LEFT + SAMPLE, "y2": y - 4}
        style: dict[str, str | float | None] = {
            "stroke": colours(look)[place],
            "stroke_width": 1.8,
            "stroke_dasharray": DASHES[place],
        }
        drawn.append(element("line", **ends, **style))
        drawn.append(label(LEFT + SAMPLE + 8, y, _cut(side_name(side.spec, speech), room), look.muted))
    return "".join(drawn)


def _height(record: ComparisonRecord) -> float:
    return HEIGHT + 2 + LINE * len(record.kept.sides)


def _curves(frame: Frame, curves: Sequence[Points]) -> list[str]:
    """The first side last, so that it lies behind nothing: it is what is compared with."""
    order = [*range(1, len(curves)), 0] if curves else []
    return [
        frame.curve(curves[place], colours(frame.look)[place], DASHES[place])
        for place in order
        if curves[place]
    ]


def _outline(heights: Sequence[float], end: float) -> list[tuple[float, float]]:
    """Of a histogram: from the axis up, along its steps, and down."""
    width = end / BINS
    points = [(0.0, 0.0)]
    for place, height in enumerate(heights):
        points += [(place * width, height), ((place + 1) * width, height)]
    return [*points, (end, 0.0)]


def _cut(words: str, room: float) -> str:
    """As much of a name as there is room for."""
    if width_of(words) <= room:
        return words
    while words and width_of(f"{words}…") > room:
        words = words[:-1]
    return f"{words}…"
