"""What the parser's MathML lacks to be set as TeX sets it: spaces, signs, limits, room in tables and boxes.

Works on the tree between latex2mathml and ziamath, in place.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from slipstream.formulas.tables import Lines

_LARGE = set("∑∏∐⋃⋂⨁⨂⨀⋁⋀⨆⨄")
_BINARY = set("∪∩∖⧵∧∨⊕⊗⊖⊙×÷⋅∗∘∙±∓⊔⊓⋆⊎")
_RELATIONS = set("⊂⊃⊆⊇⊊⊋⊏⊐∼∽≃≅≈≡∝⟂⊥∥∈∉∋≪≫≺≻⪯⪰⊢⊨≜≔≐→←↔⇒⇐⇔↦⟶⟵⟷⟹⟸⟺⟼↪⇝⇌≠≤≥⩽⩾<>=∣:")
_SIGNS = set("−+±∓-")
_OPENING = set("([{⟨⌊⌈,;:/")
_BINARY_SPACE, _RELATION_SPACE = "0.222em", "0.278em"
_NAMED = {"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "lim sup", "lim inf", "limsup", "liminf"}
_MOVED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTS = set(_MOVED) | set(_MOVED.values())
_ROW_SPACE = {True: "0.4em", False: "0.22em"}  # of displayed equations, of matrices; besides the struts
BOX = "boxed"  # an attribute: a box is to be drawn around this
LINED = "lined"  # an attribute of tables: the number of its lines
_THIN_SPACE = "0.167em"
_BOX_ROOM = "0.25em"  # left and right in it


class NotWholeError(Exception):
    """The tables of the tree are not those of the LaTeX."""


def adjust(math: ET.Element, tables: Sequence[Lines]) -> None:
    """Set `math` right; tables that have lines are told by their number. Raises NotWholeError."""
    displayed = math.get("display") == "block"
    _adjust(math, displayed=displayed, assumed=displayed)
    if not any(tables):
        return
    found = list(math.iter("mtable"))
    if len(found) != len(tables):
        raise NotWholeError
    for number, (table, lines) in enumerate(zip(found, tables, strict=True)):
        if lines:
            table.set(LINED, str(number))
        if lines.columns:
            table.set("columnspacing", "0.9em")
        if lines.rows:
            table.set("rowspacing", "0.35em")


def _adjust(element: ET.Element, *, displayed: bool, assumed: bool) -> None:
    """`displayed`: whether TeX would set this in displayed style; `assumed`: whether ziamath will."""
    if style := element.get("displaystyle"):
        displayed = assumed = style == "true"
    elif element.tag == "mtable":
        displayed = False
    if element.tag == "mtable":
        _adjust_table(element, displayed=displayed)
    elif element.tag in ("mo", "mi", "mn"):
        _adjust_symbol(element, smaller=assumed and not displayed)
    elif element.tag == "menclose" and element.get("notation") == "box":
        _make_box(element)
    elif element.tag == "mover" and element.get("accent") == "true" and element[1].text == "\u0302":
        element[1].text = "ˆ"  # a hat that does not grow with what is under it
        element[1].set("stretchy", "false")
    for number, child in enumerate(element):
        below = element.tag == "mfrac" or (element.tag in _SCRIPTS and number > 0)
        _adjust(child, displayed=displayed and not below, assumed=assumed)
    if element.tag in _MOVED and displayed and _takes_limits(element[0]):
        element.tag = _MOVED[element.tag]
    _hold_fences(element)
    _adjust_row(element)


def _adjust_symbol(element: ET.Element, *, smaller: bool) -> None:
    if len(element):  # `\\mathop{…}`: ziamath would leave out an operator that is not mere text
        element.tag = "mrow"
        return
    text = (element.text or "").strip()
    if text == "~":
        text = element.text = "∼"
    if text in _LARGE or text == "∫":
        element.set("stretchy", "false")  # or it would have no height in parentheses, and they no end
        if smaller:
            element.set("largeop", "false")
    elif text in _BINARY or (text == "mod" and element.tag == "mo"):
        _space(element, _BINARY_SPACE)
    elif text in _RELATIONS:
        _space(element, _RELATION_SPACE)


def _space(element: ET.Element, space: str) -> None:
    element.tag = "mo"
    element.attrib.setdefault("lspace", space)
    element.attrib.setdefault("rspace", space)


def _takes_limits(base: ET.Element) -> bool:
    text = (base.text or "").replace("\u2009", " ").strip()
    return base.get("movablelimits") == "true" or (base.tag == "mo" and text in _LARGE | _NAMED)


def _adjust_table(table: ET.Element, *, displayed: bool) -> None:
    """Rows as high as a line of text at least, as in TeX: rows of mere letters would stand unevenly."""
    small = "rowspacing" in table.attrib and not displayed
    if not small:
        table.set("rowspacing", _ROW_SPACE[displayed])
    for row in table:
        if len(row) and not small:
            strut = ET.SubElement(ET.SubElement(row[0], "mpadded", width="0"), "mphantom")
            ET.SubElement(strut, "mi").text = "("


def _hold_fences(row: ET.Element) -> None:
    """A matrix and its own fences become a row: they are as high as it is, whatever stands beside it."""
    children = list(row)
    for number, table in enumerate(children):
        if table.tag != "mtable" or not number or len(children) < 3:
            continue
        fence = children[number - 1]
        after = children[number + 1] if number + 1 < len(children) else None
        if fence.tag != "mo" or fence not in list(row):
            continue
        matrix = not fence.attrib and after is not None and after.tag == "mo" and not after.attrib
        cases = fence.get("form") == "prefix" and (after is None or after.get("form") != "postfix")
        if matrix or cases:
            held = [fence, table, after] if matrix and after is not None else [fence, table]
            inner = ET.Element("mrow")
            row.insert(list(row).index(fence), inner)
            for part in held:
                row.remove(part)
            inner.extend(held)


def _adjust_row(row: ET.Element) -> None:
    """Signs that belong to what follows them have no spaces around them; names of operators have one behind.

    Such a sign stands behind a relation, an operator or an opening fence, or first; but not first in a cell:
    equations that go on in the next line begin with one.
    """
    before: ET.Element | None = None
    inside_bars = False
    for child in list(row):
        text = (child.text or "").strip()
        alone = row.tag == "mrow" and before is None
        if before is not None:
            alone = _awaits_a_term(before) or (inside_bars and _is_bar(before))
        if child.tag == "mo" and text in _SIGNS and alone:
            child.set("form", "prefix")
            child.set("lspace", "0em")
            child.set("rspace", "0em")
        if before is not None and _is_named(before) and child.tag != "mspace" and text not in _OPENING:
            row.insert(list(row).index(child), ET.Element("mspace", width=_THIN_SPACE))
        inside_bars ^= _is_bar(child)
        if child.tag != "mspace":
            before = child


def _is_bar(element: ET.Element) -> bool:
    return element.tag in ("mo", "mi") and (element.text or "").strip() in ("|", "‖")


def _is_named(element: ET.Element) -> bool:
    """`\\max` and the like with an index; ziamath sees to those without."""
    if element.tag not in _SCRIPTS or element[0].tag not in ("mo", "mi"):
        return False
    return len((element[0].text or "").strip()) > 1


def _awaits_a_term(element: ET.Element) -> bool:
    text = (element.text or "").strip()
    known = _BINARY | _RELATIONS | _SIGNS | _OPENING
    return element.tag in ("mo", "mi") and text in known and element.get("form") != "postfix"


def _make_box(element: ET.Element) -> None:
    """ziamath's own box is tight, and wrong about its size."""
    children = list(element)
    for child in children:
        element.remove(child)
    element.tag = "mrow"
    del element.attrib["notation"]
    element.set(BOX, "true")
    element.append(ET.Element("mspace", width=_BOX_ROOM))
    element.extend(children)
    element.append(ET.Element("mspace", width=_BOX_ROOM))
