"""LaTeX as models write it, brought into what the parser reads."""

import pytest

from slipstream.core.formulas import Formula, Refusal
from slipstream.formulas.groups import read_groups, rewrite
from slipstream.formulas.latex import prepare
from slipstream.formulas.limits import DEEPEST, LONGEST, depth, refuse
from slipstream.formulas.tables import take_lines


def tex(source: str) -> str:
    return prepare(source).tex


def test_commands_are_rewritten_from_the_inside_out() -> None:
    made = rewrite(r"\f{a}{\f{b}{c}} \fx \\f{d}{e} \f {g} {h}", "f", 2, lambda x, y: f"<{x}|{y}>")
    assert made == r"<a|<b|c>> \fx \\f{d}{e} <g|h>"


@pytest.mark.parametrize("broken", [r"\f", r"\f{a}", r"\f{a}{b", r"\f{a}b", "\\f{a}{b\\"])
def test_commands_without_their_arguments_stay(broken: str) -> None:
    assert rewrite(broken, "f", 2, lambda _x, _y: "!") == broken


def test_groups_end_where_their_brace_does() -> None:
    assert read_groups(r" {a{b}c} {\}} {", 0, 3) == (["a{b}c", r"\}"], 13)
    assert read_groups("x{a}", 0, 1) == ([], 0)


def test_numbers_of_equations_are_taken_out() -> None:
    one = prepare(r"a = b \tag{1.2}")
    assert (one.tex, one.tag) == ("a = b", r"\text{(1.2)}")
    assert prepare(r"a \tag*{*}").tag == r"\text{*}"
    assert prepare(r"a \tag{$\star$}").tag == r"\text{(}{\star}\text{)}"
    two = prepare(r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}")
    assert two.tag == ""
    assert r"\text{(1)}" in two.tex
    assert r"\text{(2)}" in two.tex


@pytest.mark.parametrize(
    ("source", "prepared"),
    [
        (r"\text{50\% \& more}", r"\text{50% &amp; more}"),
        (r"\text{a < b}", r"\text{a &lt; b}"),
        (r"\text{20%}", r"\text{20%}"),
        (r"\text{where $x_1$ is}", r"\text{where }{x_1}\text{ is}"),
        (r"\text{a \textbf{b} {c}}", r"\text{a b c}"),
        (r"\text{}", "{}"),
        (r"\text{``so''}", r"\text{“so”}"),
        (r"\mbox{if }", r"\mbox{if }"),
    ],
)
def test_words_are_plain(source: str, prepared: str) -> None:
    assert tex(source) == prepared


@pytest.mark.parametrize(
    ("source", "prepared"),
    [
        (r"\begin{aligned}[t] a &= b \end{aligned}", r"\begin{align*} a &= b \end{align*}"),
        (r"\begin{alignat}{2} a &= b \end{alignat}", r"\begin{align*} a &= b \end{align*}"),
        (r"\begin{gather*} a \\ b \end{gather*}", r"\begin{displaylines} a \\ b \end{displaylines}"),
        (r"\begin{equation} a \end{equation}", "a"),
        (r"\begin{dcases} a \end{dcases}", r"\begin{cases} a \end{cases}"),
        (r"\begin{rcases} a \end{rcases}", r"\left.\begin{array}{l} a \end{array}\right\}"),
        (r"\begin{pmatrix} 1 \end{pmatrix}", r"\begin{pmatrix} 1 \end{pmatrix}"),
        (r"\begin{array}{@{}l@{\quad}c|r} a \end{array}", r"\begin{array}{lc|r} a \end{array}"),
        (r"\begin{array}{p{3cm}} a \end{array}", r"\begin{array}{l} a \end{array}"),
        (r"\begin{array} a \end{array}", r"\begin{array}{c} a \end{array}"),
        (r"a \\[4pt] b \substack{}", r"a \\  b \substack{}"),
        (r"a \\ [b]", r"\begin{displaylines}a \\ [b]\end{displaylines}"),
        (r"a &= b \\ c &= d", r"\begin{align*}a &= b \\ c &= d\end{align*}"),
        (r"a \& b", r"a \& b"),
        ("50%", r"50\%"),
        (r"50\%", r"50\%"),
        (r"a \label{x} \nonumber", "a"),
        (r"\binom{n}{\frac{k}{2}}", r"\left({n \atop \frac{k}{2}}\right)"),
        (r"\R \implies \Rho", r"\mathbb{R} \Longrightarrow \Rho"),
        (r"a \\implies", r"\begin{displaylines}a \\implies\end{displaylines}"),
        (r"\operatorname*{arg\,max}_x", "\\operatornamewithlimits{arg\u2009max}_x"),
        (r"{n \choose k}", r"\left({n  \atop  k}\right)"),
        (r"\sum\limits x", r"\sum x"),
        (r"\norm{x}", r"\left\| x \right\|"),
        (r"\cancelto{0}{x}", r"{\cancel{x}}^{0}"),
        (r"\int\limits_0^1", r"\int\limits_0^1"),
    ],
)
def test_what_the_parser_lacks_is_said_in_what_it_has(source: str, prepared: str) -> None:
    assert tex(source) == prepared


@pytest.mark.parametrize(
    "odd", ["{" * 50, "}" * 50, "\\", "\\begin{", r"\text{", "$" * 9, "&" * 20, "\\" * 33]
)
def test_odd_input_is_prepared_as_well(odd: str) -> None:
    assert isinstance(tex(odd), str)


def test_depth_counts_what_nests() -> None:
    assert depth("x") == 0
    assert depth(r"\frac{a}{\sqrt{b}}") == 2
    assert depth(r"\left( \begin{matrix} {x} \end{matrix} \right)") == 3
    assert depth(r"\{ \{ \leftarrow \\{x}") == 1


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("", Refusal.EMPTY),
        (" \n ", Refusal.EMPTY),
        ("x" * LONGEST, None),
        ("x" * (LONGEST + 1), Refusal.TOO_LONG),
        ("x" * 100_000, Refusal.TOO_LONG),
        ("{" * DEEPEST + "x" + "}" * DEEPEST, None),
        ("{" * 200 + "x" + "}" * 200, Refusal.TOO_DEEP),
        (r"\left(" * 200 + r"\right)" * 200, Refusal.TOO_DEEP),
    ],
)
def test_what_is_not_worth_trying_is_turned_away(source: str, refusal: Refusal | None) -> None:
    assert refuse(Formula(source)) is refusal


def test_lines_of_tables_are_taken_out_and_remembered() -> None:
    plain, tables = take_lines(r"\begin{array}{|r|c} \hline a & b \\ \hline c & d \\ \hline \end{array}")
    assert plain.replace(" ", "") == r"\begin{array}{rc}a&b\\c&d\\\end{array}"
    (lines,) = tables
    assert (lines.rows, lines.columns) == ([0, 1, 2], [0, 1])


def test_lines_belong_to_the_table_they_stand_in() -> None:
    inner = r"\begin{array}{c|c} x \\ \hline y \end{array}"
    _, tables = take_lines(
        rf"\begin{{pmatrix}} {{a \\ b}} & {inner} \\ \substack{{k \\ l}} \end{{pmatrix}} \hline"
    )
    assert [(lines.rows, lines.columns) for lines in tables] == [([], []), ([1], [1]), ([], [])]


@pytest.mark.parametrize(
    "odd", [r"\end{array}", r"\begin{array}{", r"\begin{array}{|", r"\\ \hline", "}" * 5]
)
def test_odd_tables_are_read_as_well(odd: str) -> None:
    assert take_lines(odd)[0].replace(" ", "").startswith(odd[:1].replace("|", ""))
