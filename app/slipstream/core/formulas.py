"""A formula of an answer, and what becomes of it: plain data that crosses processes and threads.

Knows how a formula is delimited in text, and nothing of how it is drawn.
"""

from dataclasses import dataclass
from enum import StrEnum

# What the running text's colour is called in a drawing; it is put in where the drawing is painted.
INK = "#010203"

# Opener: closer, and whether it is displayed. `$$` is looked for before `$`.
_DELIMITERS = {r"\(": (r"\)", False), r"\[": (r"\]", True), "$$": ("$$", True), "$": ("$", False)}


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX without its delimiters, and whether it stands on its own (in displayed style)."""

    tex: str
    display: bool = False

    @classmethod
    def read(cls, source: str) -> "Formula":
        r"""The formula that `source` is, with one of the delimiters \\( \\), \\[ \\], $ $, $$ $$ around it.

        Raises ValueError where there are none.
        """
        opener = next((mark for mark in _DELIMITERS if source.startswith(mark)), "")
        closer, display = _DELIMITERS.get(opener, ("", False))
        end = len(source) - len(closer)
        if opener and source.endswith(closer) and end >= len(opener):
            return cls(source[len(opener) : end].strip(), display)
        raise ValueError(f"no delimiters around {source[:80]!r}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG, in the colour `INK`. Lengths are in em: they scale with the type."""

    svg: bytes
    width: float
    height: float
    depth: float  # how far it reaches below the baseline; part of the height
    tag: "Drawing | None" = None  # the equation's number, to be set at the edge of the column


class Refusal(StrEnum):
    """Why a formula is shown as its source."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_DEEP = "nested too deep"
    TOO_LARGE = "too large a drawing"
    NOT_UNDERSTOOD = "not understood"
    NO_GLYPH = "a character that the font lacks"
    TOO_SLOW = "took too long"
    DIED = "the process died of it"
    UNAVAILABLE = "nothing draws formulas here"


type Answer = Drawing | Refusal
