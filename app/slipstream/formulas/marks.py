"""Boxes and the lines of tables, drawn around what ziamath has laid out: its own are wrong or lacking.

Goes through its nodes by what they have in common: `nodes`, where each stands (`nodexy`, y downwards), and `bbox`
(y upwards from the baseline). Lengths are in the units of the drawing.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slipstream.core.formulas import INK
from slipstream.formulas.mathml import BOX, LINED
from slipstream.formulas.tables import Lines

RULE = 1.2  # thickness, of a drawing of 24 an em
BOX_ROOM = 5.0  # above and below in a box
LINE_ROOM = 4.0  # how far lines reach over their table


@dataclass
class Extent:
    """What a drawing covers; y upwards."""

    left: float
    right: float
    bottom: float
    top: float

    def add(self, left: float, right: float, bottom: float, top: float) -> None:
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)


def draw_marks(root: Any, svg: ET.Element, tables: Sequence[Lines], extent: Extent) -> None:
    """Draw all of them into `svg`, whose baseline is y = 0, and let `extent` cover them."""
    for node, x, y in _walk(root, 0.0, 0.0):
        element = getattr(node, "element", None)
        if element is None:
            continue
        if element.get(BOX):
            _box(node, x, y, svg, extent)
        if number := element.get(LINED):
            _lines(node, x, y, tables[int(number)], svg, extent)


def _walk(node: Any, x: float, y: float) -> Iterator[tuple[Any, float, float]]:
    yield node, x, y
    for (dx, dy), inner in zip(getattr(node, "nodexy", ()), getattr(node, "nodes", ()), strict=False):
        yield from _walk(inner, x + dx, y + dy)


def _box(node: Any, x: float, y: float, svg: ET.Element, extent: Extent) -> None:
    box = node.bbox
    left, right = x + min(0.0, box.xmin) + RULE / 2, x + box.xmax - RULE / 2
    top, bottom = -y + box.ymax + BOX_ROOM, -y + box.ymin - BOX_ROOM
    shape = ET.SubElement(svg, "rect", fill="none", stroke=str(node.style.mathcolor or INK))
    shape.set("stroke-width", f"{RULE}")
    _place(shape, left, -top, right - left, top - bottom)
    extent.add(left - RULE / 2, right + RULE / 2, bottom - RULE / 2, top + RULE / 2)


def _lines(node: Any, x: float, y: float, lines: Lines, svg: ET.Element, extent: Extent) -> None:
    """`node` is a table; its nodes are the cells, row by row."""
    rows: list[tuple[float, float]] = []  # top and bottom of each, y downwards
    edges: list[tuple[float, float]] = []  # left and right of each column
    cells = iter(zip(node.nodexy, node.nodes, strict=True))
    for row in node.element:
        placed = [next(cells) for _ in row]
        rows.append((min(cy - cell.bbox.ymax for (_, cy), cell in placed),
                     max(cy - cell.bbox.ymin for (_, cy), cell in placed)))  # fmt: skip
        for number, ((cx, _), cell) in enumerate(placed):
            if number == len(edges):
                edges.append((cx, cx + cell.bbox.xmax))
            edges[number] = min(edges[number][0], cx), max(edges[number][1], cx + cell.bbox.xmax)
    left, right = edges[0][0] - LINE_ROOM, edges[-1][1] + LINE_ROOM
    top, bottom = rows[0][0] - LINE_ROOM, rows[-1][1] + LINE_ROOM
    for number in lines.rows:
        at = y + _between(rows, number, LINE_ROOM)
        _place(ET.SubElement(svg, "rect", fill=INK), x + left, at - RULE / 2, right - left, RULE)
        extent.add(x + left, x + right, -at - RULE / 2, -at + RULE / 2)
    for number in lines.columns:
        at = x + _between(edges, number, LINE_ROOM)
        _place(ET.SubElement(svg, "rect", fill=INK), at - RULE / 2, y + top, RULE, bottom - top)
        extent.add(at - RULE / 2, at + RULE / 2, -y - bottom, -y - top)


def _between(spans: Sequence[tuple[float, float]], number: int, room: float) -> float:
    """The middle between two of them, or a little before the first and behind the last."""
    if number <= 0:
        return spans[0][0] - room
    if number >= len(spans):
        return spans[-1][1] + room
    return (spans[number - 1][1] + spans[number][0]) / 2


def _place(shape: ET.Element, x: float, y: float, width: float, height: float) -> None:
    for name, value in (("x", x), ("y", y), ("width", width), ("height", height)):
        shape.set(name, f"{value:.3f}")
