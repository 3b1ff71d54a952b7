"""What the plots have in common: a heading with a legend, two axes with few ticks, and what a curve is compared with.

Places are pixels of a picture that is WIDTH wide; values are turned into places by the frame alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

from slipstream.core.axes import ticks
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look, curve, element, label, line, rectangle
from slipstream.core.reports.track import Points

WIDTH, HEIGHT = 520, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 36, 26  # margins of the plot itself
DASHED, DOTTED = "5 4", "1.5 3"
NARROW, WIDE = (
    frozenset(" .,:;'|!iIjlrtf()[]·\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"),
    frozenset("mwMW%—≈"),
)
FEWEST_TOKENS = 8.0  # the x axis never ends before

Ticks = Sequence[tuple[float, str]]


def width_of(words: str, size: float = 11) -> float:
    """About how wide a label is, in px: no font is asked, so it is on the wide side."""
    return size * sum(
        0.32 if c in NARROW else 0.9 if c in WIDE else 0.7 if c.isupper() else 0.6 for c in words
    )


@dataclass(frozen=True, slots=True)
class Legend:
    """A sample and what it stands for."""

    words: str
    colour: str
    mark: str = "line"  # line | dashed | dotted | box | hollow | triangle


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle and its scales. `bottom` and `top` are the values at its edges."""

    look: Look
    right: float  # x at the right edge; the left one is 0
    bottom: float
    top: float
    height: float = HEIGHT

    def x(self, value: float) -> float:
        return LEFT + value / self.right * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """What is above the plot is drawn at its edge."""
        low = self.height - BOTTOM
        share = (min(value, self.top) - self.bottom) / (self.top - self.bottom)
        return low - max(0.0, share) * (low - TOP)

    def curve(self, points: Points, colour: str, dashes: str | None = None) -> str:
        placed = ((self.x(x), nan if isnan(y) else self.y(y)) for x, y in points)
        return curve(placed, colour, dashes)

    def grid(self, y_ticks: Ticks) -> str:
        """Horizontal lines and their values."""
        drawn = []
        for value, words in y_ticks:
            y = self.y(value)
            drawn.append(line(LEFT, y, WIDTH - RIGHT, y, self.look.border))
            drawn.append(label(LEFT - 7, y + 3.8, words, self.look.muted, anchor="end"))
        return "".join(drawn)

    def tokens(self, speech: Speech, bands: Sequence[tuple[float, float]]) -> str:
        """The x axis: tokens written; thinking shaded behind it."""
        drawn = [
            rectangle(
                self.x(start), TOP, self.x(min(end, self.right)) - self.x(start), self._tall, self.look.band
            )
            for start, end in bands
        ]
        thinking = speech.translate("Report", "thinking")
        room = width_of(thinking) + 10
        wide = [start for start, end in bands if self.x(end) - self.x(start) > room]
        if wide:
            drawn.append(
                label(self.x(wide[0]) + 5, self.height - BOTTOM - 6, thinking, self.look.muted, size=10)
            )
        values = ticks(0, self.right, 6)
        for value in values:
            words = speech.number(value)
            if value == values[-1]:
                words = speech.translate("Report", "{n} tokens").format(n=words)
            drawn.append(self.under(self.x(value), words))
        return "".join(drawn)

    def under(self, x: float, words: str) -> str:
        """A label below the plot, kept inside the picture."""
        half = width_of(words) / 2
        anchor = "end" if x + half > WIDTH - 2 else "middle"
        return label(min(x, WIDTH - 2.0), self.height - BOTTOM + 16, words, self.look.muted, anchor=anchor)

    def level(
        self, value: float | None, words: str, colour: str, dashes: str, curves: Sequence[Points]
    ) -> str:
        """A line across the plot that says what it is, where it hides least of the curves."""
        if value is None or not self.bottom <= value <= self.top:
            return ""
        y = self.y(value)
        drawn = line(LEFT, y, WIDTH - RIGHT, y, colour, dashes)
        if not words:
            return drawn
        room = width_of(words)
        places = [
            (x, at)
            for at in (y - 5, y + 13)
            for x in (WIDTH - RIGHT - room, LEFT + 4.0)
            if TOP + 8 <= at <= self.height - BOTTOM - 2
        ]
        if not places:
            return drawn
        x, at = min(places, key=lambda place: self._hidden(place, room, curves))
        return drawn + self.halo(x, at, words, self.look.text)

    def halo(self, x: float, y: float, words: str, colour: str) -> str:
        """A label that can be read over any curve."""
        behind = element(
            "g",
            label(x, y, words, self.look.surface),
            stroke=self.look.surface,
            stroke_width=4,
            stroke_linejoin="round",
        )
        return behind + label(x, y, words, colour)

    def note(self, words: str) -> str:
        """Words in the middle of an empty plot."""
        middle = TOP + self._tall / 2
        return label((LEFT + WIDTH - RIGHT) / 2, middle, words, self.look.muted, anchor="middle")

    @property
    def _tall(self) -> float:
        return self.height - BOTTOM - TOP

    def _hidden(self, place: tuple[float, float], room: float, curves: Sequence[Points]) -> int:
        """How many points of the curves a label there would hide."""
        left, low = place
        return sum(
            left <= self.x(x) <= left + room and low - 11 <= self.y(y) <= low + 4
            for points in curves
            for x, y in points
            if not isnan(y)
        )


def heading(look: Look, title: str, legends: Sequence[Legend]) -> str:
    """The title at the left, the legends at the right."""
    return label(0.5, 16, title, look.text, size=13, weight=600) + legend_row(look, legends, 16)


def legend_row(look: Look, legends: Sequence[Legend], y: float) -> str:
    """Legends from the right edge on, the last one there."""
    drawn = []
    right = float(WIDTH)
    for legend in reversed(legends):
        x = right - width_of(legend.words)
        drawn.append(label(right, y, legend.words, look.muted, anchor="end"))
        drawn.append(_sample(legend, x - 20, y))
        right = x - 34
    return "".join(drawn)


def _sample(legend: Legend, x: float, y: float) -> str:
    colour = legend.colour
    match legend.mark:
        case "box":
            return rectangle(x + 5, y - 8.5, 9, 9, colour, rx=1.5)
        case "hollow":
            return rectangle(x + 5.5, y - 8, 8, 8, "none", stroke=colour, rx=1.5)
        case "triangle":
            return triangle(x + 10, y, colour)
        case mark:
            dashes = {"dashed": DASHED, "dotted": DOTTED}.get(mark)
            ends = {"x1": x, "y1": y - 4, "x2": x + 14, "y2": y - 4}
            return element("line", **ends, stroke=colour, stroke_width=1.8, stroke_dasharray=dashes)


def triangle(x: float, y: float, colour: str) -> str:
    """A mark that points up; its base is at y."""
    at = " ".join(f"{px:.1f},{py:.1f}" for px, py in ((x - 4, y), (x, y - 7.5), (x + 4, y)))
    return element("polygon", points=at, fill=colour)
