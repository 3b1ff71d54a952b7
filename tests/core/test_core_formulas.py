"""Formulas as they stand in text."""

import pytest

from slipstream.core.formulas import Formula


@pytest.mark.parametrize(
    ("source", "formula"),
    [
        (r"\(x\)", Formula("x")),
        ("$x$", Formula("x")),
        (r"\[ x \]", Formula("x", display=True)),
        ("$$\nx\n$$", Formula("x", display=True)),
        ("$$$$", Formula("", display=True)),
        (r"\(\)", Formula("")),
        (r"$\$5$", Formula(r"\$5")),
    ],
)
def test_delimiters_are_read(source: str, formula: Formula) -> None:
    assert Formula.read(source) == formula


@pytest.mark.parametrize("source", ["", "x", "$", "$$", r"\(x", r"\[x\)", "$$x$"])
def test_what_is_no_formula_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="no delimiters"):
        Formula.read(source)
