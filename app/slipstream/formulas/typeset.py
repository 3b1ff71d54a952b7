"""One formula to one SVG: what the child process does. The only module that imports ziamath.

Lengths come out in em and the text's colour as `INK`, so that one drawing serves every size and theme.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import ziafont
import ziamath
from ziamath.tex import tex2mml

from slipstream.core.formulas import INK, Answer, Drawing, Formula, Refusal
from slipstream.formulas.colours import settle
from slipstream.formulas.latex import prepare
from slipstream.formulas.marks import Extent, draw_marks
from slipstream.formulas.mathml import adjust
from slipstream.formulas.tables import take_lines

EM = 24.0  # units of the drawing an em; ziamath's own default size
WIDEST, HIGHEST = 200.0, 80.0  # em
LARGEST = 1 << 20  # bytes of SVG
_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
_SHAPES = {"svg", "g", "path", "rect", "ellipse", "line", "polygon", "polyline"}
_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]")
_NO_GLYPH_NEEDED = {"\u200b", "\u2061", "\u2062", "\u2063", "\u2064", "\u00ad", "\ufeff"}  # they draw nothing


class Typesetter:
    """Sets formulas with ziamath, in its STIX Two Math."""

    def __init__(self) -> None:
        # As SVG 2 the glyphs would be symbols that are referred to; Qt draws them at the wrong places.
        ziafont.config.svg2 = False
        ziamath.config.svg2 = False
        self.draw(Formula(r"\frac{1}{2}"))  # whatever is still to be loaded is loaded now

    def draw(self, formula: Formula) -> Answer:
        """The drawing, or why there is none. Whatever is wrong with a formula is told by its answer."""
        try:
            prepared = prepare(formula.tex)
            if not prepared.tex:
                return Refusal.EMPTY
            main = self._set(prepared.tex, display=formula.display)
            tag = self._set(prepared.tag, display=False) if prepared.tag else None
        except RefusedError as refused:
            return refused.refusal
        except Exception:  # noqa: BLE001  # the libraries raise what Python happens to raise where they lose the thread
            return Refusal.NOT_UNDERSTOOD
        if tag is None:
            return main
        return Drawing(main.svg, main.width, main.height, main.depth, tag)

    def _set(self, tex: str, *, display: bool) -> Drawing:
        """Raises RefusedError, and anything else."""
        plain, tables = take_lines(tex)
        math = ET.fromstring(tex2mml(plain, inline=not display).replace(_NAMESPACE, "", 1))
        math.set("mathcolor", INK)
        adjust(math, tables)
        laid_out = ziamath.Math(math, size=EM)
        _check_text(laid_out.element, laid_out.font)
        svg = ET.Element("svg", xmlns="http://www.w3.org/2000/svg")
        laid_out.drawon(svg, 0, 0)
        box = laid_out.node.bbox
        extent = Extent(min(box.xmin, 0.0), box.xmax, min(box.ymin, 0.0), max(box.ymax, 0.0))
        draw_marks(laid_out.node, svg, tables, extent)
        return _drawing(svg, extent)


def _drawing(svg: ET.Element, extent: Extent) -> Drawing:
    """Raises RefusedError for what is too large, or more than shapes."""
    width, height = extent.right - extent.left, extent.top - extent.bottom
    if not (0 < width <= WIDEST * EM and 0 < height <= HIGHEST * EM):  # false for NaN too
        raise RefusedError(Refusal.TOO_LARGE)
    _check_shapes(svg)
    settle(svg)
    svg.set("width", f"{width:.3f}")
    svg.set("height", f"{height:.3f}")
    svg.set("viewBox", f"{extent.left:.3f} {-extent.top:.3f} {width:.3f} {height:.3f}")
    text = ET.tostring(svg, encoding="utf-8")
    if len(text) > LARGEST:
        raise RefusedError(Refusal.TOO_LARGE)
    return Drawing(text, width / EM, height / EM, -extent.bottom / EM)


class RefusedError(Exception):
    """A formula that is not to be drawn."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def _check_text(element: ET.Element, font: Any) -> None:
    """Commands that the parser did not know stand in its result as text; a wrong formula is worse than its source."""
    for tag, text in _texts(element):
        if tag != "mtext" and _UNKNOWN_COMMAND.search(text):
            raise RefusedError(Refusal.NOT_UNDERSTOOD)
        for char in text:
            if not char.isspace() and char not in _NO_GLYPH_NEEDED and not font.glyphindex(char):
                raise RefusedError(Refusal.NO_GLYPH)


def _texts(element: ET.Element) -> Iterator[tuple[str, str]]:
    for part in element.iter():
        if part.text and part.text.strip():
            yield part.tag, part.text


def _check_shapes(svg: ET.Element) -> None:
    """Shapes only, and none that refers to anything: nothing is ever loaded or run to show a formula."""
    for part in svg.iter():
        refers = any("href" in name or "url(" in value for name, value in part.attrib.items())
        if part.tag not in _SHAPES or refers:
            raise RefusedError(Refusal.NOT_UNDERSTOOD)
