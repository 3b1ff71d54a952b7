"""Formulas set as TeX sets them, where the parser and ziamath would not."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from slipstream.core.formulas import INK, Drawing, Formula
from slipstream.formulas.colours import shade
from slipstream.formulas.mathml import BOX, LINED, NotWholeError, adjust
from slipstream.formulas.process import FormulaProcess
from slipstream.formulas.tables import Lines


def adjusted(inner: str, *tables: Lines, display: str = "block") -> ET.Element:
    math = ET.fromstring(f'<math display="{display}"><mrow>{inner}</mrow></math>')
    adjust(math, tables)
    return math[0]


@pytest.fixture(scope="module")
def process() -> Iterator[FormulaProcess]:
    process = FormulaProcess(limit_s=20.0)
    yield process
    process.close()
    process.reap()


def draw(process: FormulaProcess, tex: str, *, display: bool = True) -> Drawing:
    drawing = process.draw(Formula(tex, display))
    assert isinstance(drawing, Drawing), f"{tex}: {drawing}"
    return drawing


def bars(drawing: Drawing, *, filled: bool) -> list[tuple[float, float]]:
    """Width and height of the rectangles: lines, or boxes."""
    svg = ET.fromstring(drawing.svg)
    rects = [part for part in svg.iter() if part.tag.endswith("rect")]
    return [
        (float(part.get("width", "0")), float(part.get("height", "0")))
        for part in rects
        if (part.get("fill") != "none") is filled
    ]


def test_a_sign_belongs_to_what_follows_it() -> None:
    row = adjusted("<mi>x</mi><mo>=</mo><mo>−</mo><mi>b</mi><mo>−</mo><mi>c</mi>")
    unary, binary = (child for child in row if child.text == "−")
    assert unary.get("rspace") == "0em"
    assert binary.get("form") is None
    bars_row = adjusted("<mo>|</mo><mo>−</mo><mi>x</mi><mo>|</mo><mo>−</mo><mn>1</mn>")
    inside, behind = (child for child in bars_row if child.text == "−")
    assert inside.get("form") == "prefix"
    assert behind.get("form") is None


def test_relations_and_operators_have_room() -> None:
    row = adjusted("<mi>A</mi><mo>∪</mo><mi>B</mi><mi>~</mi><mi>C</mi>")
    assert [(child.tag, child.text) for child in row] == [
        ("mi", "A"), ("mo", "∪"), ("mi", "B"), ("mo", "∼"), ("mi", "C"),
    ]  # fmt: skip
    assert all(child.get("lspace") for child in row if child.tag == "mo")


@pytest.mark.parametrize(
    ("display", "inside", "tag"),
    [("block", "{}", "munder"), ("inline", "{}", "msub"), ("block", "<mfrac>{}<mi>x</mi></mfrac>", "msub")],
)
def test_limits_stand_below_where_there_is_room(display: str, inside: str, tag: str) -> None:
    part = "<msub><mo>⋃</mo><mi>i</mi></msub>"
    row = adjusted(inside.format(part), display=display)
    assert [e.tag for e in row.iter() if len(e) and e[0].text == "⋃"] == [tag]


def test_operators_that_are_more_than_text_are_kept() -> None:
    row = adjusted("<munder><mo><mrow><mtext>arg max</mtext></mrow></mo><mi>x</mi></munder><mi>f</mi>")
    assert row[0][0].tag == "mrow"


def test_tables_that_do_not_match_their_lines_are_refused() -> None:
    with pytest.raises(NotWholeError):
        adjusted("<mi>x</mi>", Lines([1]))
    row = adjusted("<mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable>", Lines([1]))
    assert row[0].get(LINED) == "0"


def test_boxes_have_room_and_are_within_the_drawing(process: FormulaProcess) -> None:
    assert adjusted('<menclose notation="box"><mi>x</mi></menclose>')[0].get(BOX)
    plain, boxed = draw(process, "x"), draw(process, r"\boxed{x}")
    ((width, height),) = bars(boxed, filled=False)
    assert 1.3 * plain.width < width / 24 <= boxed.width
    assert 1.3 * plain.height < height / 24 <= boxed.height
    assert boxed.depth > 0.1
    colours = {part.get("stroke") for part in ET.fromstring(boxed.svg).iter()}
    assert colours == {None, INK}


def test_lines_of_tables_are_drawn(process: FormulaProcess) -> None:
    total = draw(process, r"\begin{array}{r} 123 \\ + 456 \\ \hline 579 \end{array}")
    ((width, height),) = bars(total, filled=True)
    assert width > 10 * height
    augmented = draw(process, r"\left[\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]")
    ((width, height),) = bars(augmented, filled=True)
    assert height > 10 * width
    grid = draw(process, r"\begin{array}{|c|c|} \hline x & y \\ \hline 0 & 1 \\ \hline \end{array}")
    assert len(bars(grid, filled=True)) == 6


@pytest.mark.parametrize("tex", [r"\sum_i x", r"\prod_{k=1}^n x", r"\bigcup_i x", r"\int_0^1 x"])
@pytest.mark.parametrize(
    "around", [r"\left( {} \right)", r"\left| {} \right|", r"\frac{{{}}}{{2}}", r"\sqrt{{{}}}"]
)
def test_large_operators_stretch_nothing_without_end(process: FormulaProcess, tex: str, around: str) -> None:
    for display in (True, False):
        assert draw(process, around.format(tex), display=display).height < 5


def test_fences_are_as_high_as_their_own_matrix(process: FormulaProcess) -> None:
    small = r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}"
    high = r"\begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \end{pmatrix}"
    alone = draw(process, small).height
    row = adjusted(
        "<mo>(</mo><mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable><mo>)</mo><mo>(</mo>"
        "<mtable><mtr><mtd><mi>y</mi></mtd></mtr></mtable><mo>)</mo>"
    )
    assert [child.tag for child in row] == ["mrow", "mrow"]
    assert alone < draw(process, high).height
    assert draw(process, small + high).height == pytest.approx(draw(process, high).height, rel=0.02)


def test_rows_of_letters_stand_evenly(process: FormulaProcess) -> None:
    flat, high = (r"\begin{matrix} a \\ c \\ e \end{matrix}", r"\begin{matrix} d \\ g \\ h \end{matrix}")
    assert draw(process, flat).height == pytest.approx(draw(process, high).height, rel=0.02)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "name", ["red", "blue", "green", "orange", "purple", "cyan", "yellow", "gray", "brown", "pink"]
)
def test_colours_can_be_read_on_both_windows(name: str) -> None:
    for window in ("#fbfbfa", "#17191c"):
        lighter, darker = sorted((luminance(shade(name)), luminance(window)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 3, window


@pytest.mark.parametrize("colour", ["black", "white", "#000000", "url(#x)", "javascript:x", "nosuch", ""])
def test_other_colours_are_the_texts_own(colour: str) -> None:
    assert shade(colour) == INK
