"""A small SVG writer: elements as text, colours by role, nothing that could be read as markup by mistake."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import isnan

from slipstream.core.text import clean_text

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours by role, as the dashboard names them; each any SVG paint."""

    surface: str
    text: str
    muted: str
    border: str
    band: str  # behind a stretch of thinking
    first: str  # series
    second: str
    third: str
    fourth: str
    bad: str


LIGHT = Look(
    "#f4f4f2",
    "#1d1e20",
    "#62656b",
    "#dededa",
    "#ebebe8",
    "#0b6e75",
    "#b0541a",
    "#5b55b8",
    "#62656b",
    "#b42a2a",
)
DARK = Look(
    "#1d2023",
    "#e8e9ea",
    "#a0a6ad",
    "#33383e",
    "#2c3136",
    "#4fc3c0",
    "#f0a36b",
    "#a9a4f5",
    "#a0a6ad",
    "#f28b82",
)
IN_PAGE = Look(
    *(f"var(--{role})" for role in ("surface", "text", "muted", "border", "band")),
    *(f"var(--{role})" for role in ("first", "second", "third", "fourth", "bad")),
)  # the page says what they are, in light and in dark


def written(text: str) -> str:
    """Text as XML and HTML may hold it, between elements or in an attribute."""
    return escape(_NOT_XML.sub("\ufffd", clean_text(text)))


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """`content` is markup. Of the attributes' names, `_` is `-`; one that is None is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _value(value: str | float) -> str:
    return written(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """As short as a tenth of a pixel allows."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def label(
    x: float, y: float, words: str, colour: str, size: float = 11, anchor: str = "start", weight: int = 400
) -> str:
    """A line of text; `anchor` is start, middle or end."""
    return element(
        "text",
        written(words),
        x=x,
        y=y,
        fill=colour,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        font_weight=None if weight == 400 else str(weight),
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str | None = None) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_dasharray=dashes)


def rectangle(
    x: float, y: float, width: float, height: float, colour: str, **more: str | float | None
) -> str:
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), fill=colour, **more)


def curve(
    points: Iterable[tuple[float, float]], colour: str, dashes: str | None = None, width: float = 1.5
) -> str:
    """A polyline in pixels; a NaN is a gap in it. A point between two gaps is drawn as a dot."""
    parts: list[str] = []
    dots: list[str] = []
    stretch: list[str] = []

    def end() -> None:
        if len(stretch) > 1:
            parts.append(f"M{'L'.join(stretch)}")
        elif stretch:
            x, y = stretch[0].split(" ")
            dots.append(element("circle", cx=float(x), cy=float(y), r=width, fill=colour))
        stretch.clear()

    for x, y in points:
        if isnan(y):
            end()
        else:
            stretch.append(f"{number(x)} {number(y)}")
    end()
    drawn = element(
        "path",
        d="".join(parts),
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=dashes,
        stroke_linejoin="round",
    )
    return (drawn if parts else "") + "".join(dots)


def image(width: float, height: float, title: str, description: str, content: str, look: Look | None) -> str:
    """The whole picture. `look`: with a ground of its own; None where it stands on a page's."""
    ground = "" if look is None else rectangle(0, 0, width, height, look.surface)
    told = element("title", written(title)) + (element("desc", written(description)) if description else "")
    return element(
        "svg",
        told + ground + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=None if look is None else width,
        height=None if look is None else height,
        role="img",
        font_family=FONT,
    )
