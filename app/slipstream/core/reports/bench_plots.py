"""The plots of a benchmark: speed-up and tokens/s by kind of text, every prompt's speed-up, the gaps between chunks.

Places are pixels, as in `frame.py`. The first two have a row a kind and are as high as those need.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from slipstream.core.axes import round_up, ticks
from slipstream.core.benchmark.figures import ALL
from slipstream.core.benchmark.record import BenchAnswer
from slipstream.core.comparing import Comparison
from slipstream.core.metrics import percentile
from slipstream.core.reports.bench_figures import BenchFigures, BenchWords
from slipstream.core.reports.frame import (
    BOTTOM,
    DASHED,
    HEIGHT,
    TOP,
    WIDTH,
    Frame,
    Legend,
    heading,
    width_of,
)
from slipstream.core.reports.speech import NA, Speech
from slipstream.core.reports.svg import Look, element, label, line, rectangle
from slipstream.core.reports.track import Points

ROW = 34  # px, of one kind of text
NAMES = 112  # px, for what kinds are called
VALUES = 106  # px, for figures at the right
MOST_LETTERS = 18  # of a kind's name
QUANTILES = 200  # points of a distribution
MOST_DOTS = 2000
ONE = 1.0  # as fast as without drafting


@dataclass(frozen=True, slots=True)
class _Rows:
    """Names at the left, figures at the right, a scale between them."""

    look: Look
    low: float  # values at the edges
    high: float
    count: int

    @property
    def bottom(self) -> float:
        return TOP + ROW * self.count

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return NAMES + min(1.0, max(0.0, share)) * (WIDTH - VALUES - NAMES)

    def middle(self, row: int) -> float:
        return TOP + ROW * (row + 0.5)

    def name(self, row: int, words: str, weight: int) -> str:
        return label(0.5, self.middle(row) + 4, _short(words), self.look.text, weight=weight)

    def axis(self, values: Iterable[tuple[float, str]]) -> str:
        drawn = []
        for value, words in values:
            x = self.x(value)
            drawn.append(line(x, TOP, x, self.bottom, self.look.border))
            drawn.append(label(x, self.bottom + 16, words, self.look.muted, anchor="middle"))
        return "".join(drawn)


def rows_height(found: BenchFigures) -> float:
    """Of a plot with a row a kind."""
    return float(TOP + ROW * max(1, len(found.rows)) + BOTTOM)


def plain_height(_found: BenchFigures) -> float:
    return float(HEIGHT)


def speed_up(found: BenchFigures, speech: Speech, look: Look) -> str:
    """A dot a kind, in its interval: of decoding, and below it of the whole answer."""
    translate = speech.translate
    compared = [each.decode for each in found.rows] + [each.total for each in found.rows]
    low, high = _edges(value for one in compared for value in (one.low, one.ratio, one.high))
    rows = _Rows(look, low, high, len(found.rows))
    words = BenchWords(speech)
    drawn = [
        heading(
            look,
            translate("Report", "Speed-up by drafting"),
            (
                Legend(translate("Report", "decoding"), look.first, "box"),
                Legend(translate("Report", "whole answer"), look.second, "hollow"),
            ),
        ),
        rows.axis((value, _times(speech, value, high - low)) for value in ticks(low, high, 5)),
        line(rows.x(ONE), TOP - 4, rows.x(ONE), rows.bottom, look.muted, DASHED),
    ]
    for number, each in enumerate(found.rows):
        y = rows.middle(number)
        weight = 600 if each.kind == ALL else 400
        drawn += [
            rows.name(number, words.kind(each.kind), weight),
            _interval(rows, y - 6, each.decode, look.first, filled=True),
            _interval(rows, y + 7, each.total, look.second, filled=False),
            label(
                WIDTH - 0.5,
                y - 2,
                words.gained(each.decode),
                look.text,
                anchor="end",
                weight=weight,
            ),
            label(WIDTH - 0.5, y + 12, words.gained(each.total), look.muted, size=10, anchor="end"),
        ]
    return "".join(drawn)


def rates(found: BenchFigures, speech: Speech, look: Look) -> str:
    """Tokens/s of each kind, with drafting and without."""
    translate = speech.translate
    measured = [rate for each in found.rows for rate in (each.drafting_rate, each.plain_rate) if rate]
    high = round_up(max(measured, default=1.0))
    rows = _Rows(look, 0.0, high, len(found.rows))
    words = BenchWords(speech)
    drawn = [
        heading(
            look,
            translate("Report", "Decode tokens/s"),
            (
                Legend(translate("Report", "with drafting"), look.first, "box"),
                Legend(translate("Report", "without"), look.fourth, "hollow"),
            ),
        ),
        rows.axis((value, speech.number(value, 0 if high >= 4 else 1)) for value in ticks(0.0, high, 5)),
    ]
    for number, each in enumerate(found.rows):
        y, left = rows.middle(number), rows.x(0.0)
        drawn.append(rows.name(number, words.kind(each.kind), 600 if each.kind == ALL else 400))
        if each.drafting_rate:
            drawn.append(rectangle(left, y - 11, rows.x(each.drafting_rate) - left, 9, look.first))
        if each.plain_rate:
            width = rows.x(each.plain_rate) - left
            drawn.append(rectangle(left + 0.5, y + 2.5, width - 1, 8, "none", stroke=look.fourth))
        drawn += [
            label(WIDTH - 0.5, y - 3, speech.rate(each.drafting_rate), look.text, anchor="end"),
            label(WIDTH - 0.5, y + 11, speech.rate(each.plain_rate), look.muted, anchor="end"),
        ]
    return "".join(drawn)


def prompts(found: BenchFigures, speech: Speech, look: Look) -> str:
    """Every pair of answers as a dot, in the order in which they were measured."""
    translate = speech.translate
    words = BenchWords(speech)
    known = [
        (number, pair.kind, drafting / plain)
        for number, pair in enumerate(found.benchmark.pairs)
        for drafting, plain in [pair.rates]
        if drafting and plain
    ]
    low, high = _edges(gain for _, _, gain in known)
    frame = Frame(look, max(1.0, float(len(found.benchmark.pairs))), low, high)
    kinds = list(dict.fromkeys(kind for _, kind, _ in known))
    colours = dict(zip(kinds, _series(look), strict=False))
    legends = [Legend(_short(words.kind(kind)), colour, "box") for kind, colour in colours.items()]
    title = translate("Report", "Speed-up of each prompt")
    room = WIDTH - width_of(title, 13) - 20
    while legends and sum(width_of(legend.words) + 34 for legend in legends) > room:
        legends.pop()
    drawn = [
        heading(look, title, legends),
        frame.grid([(value, _times(speech, value, high - low)) for value in ticks(low, high, 5)]),
        frame.level(ONE, "", look.muted, DASHED, ()),
        frame.under(frame.x(frame.right), translate("Report", "{n} pairs of answers").format(n=len(known))),
        frame.under(frame.x(0.0), "1"),
    ]
    drawn += [
        _dot(frame.x(number + 0.5), frame.y(gain), colours.get(kind, look.muted))
        for number, kind, gain in known[-MOST_DOTS:]
    ]
    if not known:
        drawn.append(frame.note(translate("Report", "too few tokens were written to measure a speed")))
    return "".join(drawn)


def gaps(found: BenchFigures, speech: Speech, look: Look) -> str:
    """How many of the gaps between chunks are shorter than so long: with drafting, and without."""
    translate = speech.translate
    pairs = found.benchmark.pairs
    drafting = _sorted_gaps(pair.drafting for pair in pairs)
    plain = _sorted_gaps(pair.plain for pair in pairs)
    longest = max((percentile(own, 99) for own in (drafting, plain) if own), default=1.0)
    frame = Frame(look, round_up(1.05 * longest or 1.0), 0.0, 1.0)
    drawn = [
        heading(
            look,
            translate("Report", "Inter-chunk latency, share of gaps up to so many ms"),
            (
                Legend(translate("Report", "with drafting"), look.first),
                Legend(translate("Report", "without"), look.second, "dashed"),
            ),
        ),
        frame.grid([(share, speech.percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]),
    ]
    values = ticks(0.0, frame.right, 6)
    for value in values:
        text = speech.number(value, 0 if frame.right >= 4 else 1)
        drawn.append(frame.under(frame.x(value), f"{text} ms" if value == values[-1] else text))
    drawn += [
        frame.curve(_shares(drafting, frame.right), look.first),
        frame.curve(_shares(plain, frame.right), look.second, DASHED),
    ]
    if not drafting and not plain:
        drawn.append(frame.note(translate("Report", "fewer than two chunks")))
    return "".join(drawn)


def _dot(x: float, y: float, colour: str) -> str:
    return element("circle", cx=x, cy=y, r=3, fill=colour, fill_opacity=0.8)


def _interval(rows: _Rows, y: float, compared: Comparison, colour: str, *, filled: bool) -> str:
    if compared.ratio is None:
        return label(rows.x(ONE), y + 4, NA, colour, anchor="middle")
    x = rows.x(compared.ratio)
    drawn = ""
    if compared.low is not None and compared.high is not None:
        ends = {"x1": rows.x(compared.low), "x2": rows.x(compared.high), "y1": y, "y2": y}
        drawn = element("line", **ends, stroke=colour, stroke_width=2 if filled else 1.2)
    radius = 4.0 if filled else 3.2
    ground = colour if filled else rows.look.surface
    return drawn + element("circle", cx=x, cy=y, r=radius, fill=ground, stroke=colour, stroke_width=1.4)


def _edges(values: Iterable[float | None]) -> tuple[float, float]:
    """Of a scale of ratios: all of them, and 1, with some room."""
    known = [ONE, *(value for value in values if value is not None)]
    low, high = min(known), max(known)
    room = max(0.06 * (high - low), 0.04)
    return max(0.0, low - room), high + room


def _times(speech: Speech, value: float, span: float) -> str:
    return f"{speech.number(value, 1 if span >= 0.5 else 2)}×"


def _series(look: Look) -> tuple[str, ...]:
    return look.first, look.second, look.third, look.fourth


def _short(words: str) -> str:
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _sorted_gaps(answers: Iterable[BenchAnswer]) -> list[float]:
    return sorted(gap for answer in answers for gap in answer.gaps)


def _shares(own: list[float], right: float) -> Points:
    """(gap, share of the gaps that are no longer), up to the plot's edge."""
    if not own:
        return []
    points = [(percentile(own, 100 * n / QUANTILES), n / QUANTILES) for n in range(QUANTILES + 1)]
    return [point for point in points if point[0] <= right]
