r"""LaTeX as models write it, brought into the part of LaTeX that latex2mathml reads.

Pure functions over strings. What the parser lacks is said in what it has (`gather` as lines, `\binom` as a stack
in parentheses), what means nothing in a drawing is dropped (`\label`), and what models commonly get wrong is put
right (`&` without an environment, a bare `%`). None of this has to succeed: what comes out is either understood
by the parser, or the formula is shown as its source. Environments are `environments.py`'s.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from slipstream.formulas.environments import set_environments
from slipstream.formulas.groups import rewrite

_ALIASES = {
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "C": r"\mathbb{C}",
    "implies": r"\Longrightarrow",
    "impliedby": r"\Longleftarrow",
    "iff": r"\Longleftrightarrow",
    "land": r"\wedge",
    "lor": r"\vee",
    "lnot": r"\neg",
    "gets": r"\leftarrow",
    "owns": r"\ni",
    "degree": r"{}^{\circ}",
    "dotsm": r"\cdots",
    "dotsb": r"\cdots",
    "dotsi": r"\cdots",
    "hdots": r"\ldots",
    "medspace": r"\:",
    "hfill": r"\quad",
    "colon": r"\text{:}\;",
    "mathds": r"\mathbb",
    "mathbbm": r"\mathbb",
    "boldmath": r"\mathbf",
    "vv": r"\overrightarrow",
    "uline": r"\underline",
    "dag": r"\dagger",
    "ddag": r"\ddagger",
    "P": r"\text{¶}",
    "copyright": r"\text{©}",
    "vcentcolon": ":",
    "Reals": r"\mathbb{R}",
    "reals": r"\mathbb{R}",
    "natnums": r"\mathbb{N}",
}
_DELIMITED = {"abs": ("|", "|"), "norm": (r"\|", r"\|"), "set": (r"\{", r"\}")}
_DROPPED = {
    "nonumber", "notag", "displaylimits", "noindent", "centering", "allowbreak", "nobreak", "relax",
}  # fmt: skip
_OPERATORS = {
    "arccot", "arcsec", "arccsc", "sech", "csch", "sgn", "tr", "Tr", "rank", "lcm", "diag", "Var", "Cov", "erf",
    "span",
}  # fmt: skip
_TEXTS = (
    "text", "textrm", "textbf", "textit", "texttt", "textsf", "textup", "textnormal", "textmd", "mbox", "hbox",
    "emph",
)  # fmt: skip

_PAIR_OR_NAME = re.compile(r"\\\\|\\([A-Za-z]+)")
_PAIR_OR_PERCENT = re.compile(r"\\.|%", re.DOTALL)
_PAIR_OR_COLUMN = re.compile(r"\\.|&(?!amp;|lt;|gt;)", re.DOTALL)
_ROW_SPACE = re.compile(r"\\\\\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|px|in|mu|bp|pc)\s*\]")
_CHOOSE = re.compile(r"\{([^{}\\]*)\\choose(?![A-Za-z])([^{}\\]*)\}")
_LIMITS_OF_NOTHING = re.compile(r"\\limits(?![A-Za-z])(?!\s*[_^])")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ESCAPED = re.compile(r"\\([%_&#$ ])")
_SPACING = re.compile(r"\\(?:q?quad(?![A-Za-z])|[,;:!/])|~")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.", re.DOTALL)
_QUOTES = (("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"))
_MARKUP = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))  # the parser writes text into MathML as it is


@dataclass(frozen=True, slots=True)
class Prepared:
    """LaTeX for the parser, and the equation's number where there is one, as LaTeX too."""

    tex: str
    tag: str = ""


def prepare(tex: str) -> Prepared:
    """`tex`, a formula without its delimiters, as latex2mathml takes it."""
    # In LaTeX a bare % begins a comment; models mean the sign.
    tex = _PAIR_OR_PERCENT.sub(lambda match: r"\%" if match[0] == "%" else match[0], tex.strip())
    for name in ("label", "vspace", "require"):
        tex = rewrite(tex, name, 1, lambda _: "")
    tex, tag = _take_tag(tex)
    for name in _TEXTS:
        tex = rewrite(tex, name, 1, partial(_text, name))
    tex = _CHOOSE.sub(r"\\binom{\1}{\2}", tex)
    for name in ("binom", "dbinom", "tbinom"):
        tex = rewrite(tex, name, 2, lambda above, below: rf"\left({{{above} \atop {below}}}\right)")
    for name, (opener, closer) in _DELIMITED.items():
        tex = rewrite(tex, name, 1, lambda inside, o=opener, c=closer: rf"\left{o} {inside} \right{c}")
    tex = rewrite(tex, "cancelto", 2, lambda value, term: rf"{{\cancel{{{term}}}}}^{{{value}}}")
    tex = _ROW_SPACE.sub(r"\\\\ ", tex)
    tex = _operators_with_limits(tex)
    tex = set_environments(tex)
    tex = _PAIR_OR_NAME.sub(_alias, tex)
    return Prepared(_held(tex).strip(), tag)


def _take_tag(tex: str) -> tuple[str, str]:
    """Without its number, and the number. Where there are several, each stays behind its own line."""
    tex = tex.replace(r"\tag*", r"\baretag")
    numbers: list[str] = []

    def behind(number: str) -> str:
        numbers.append(number)
        return rf"\qquad\text{{{number}}}"

    def tags(make: Callable[[str], str]) -> str:
        return rewrite(rewrite(tex, "tag", 1, lambda words: make(f"({words})")), "baretag", 1, make)

    with_numbers = tags(behind)
    if len(numbers) != 1:
        return with_numbers, ""
    return tags(lambda _: ""), _text("text", numbers[0])


def _text(name: str, words: str) -> str:
    """Words within a formula, and the formulas within the words."""
    pieces = []
    for number, piece in enumerate(_DOLLAR.split(words)):
        if number % 2:
            pieces.append(f"{{{piece}}}" if piece.strip() else "")
        elif piece:
            pieces.append(rf"\{name}{{{_plain(piece)}}}")
    return "".join(pieces) or "{}"


def _plain(words: str) -> str:
    """Words as the parser takes them: no commands, no braces, nothing that is markup to it."""
    words = _ESCAPED.sub(r"\1", _SPACING.sub(" ", words))
    words = _COMMAND.sub("", words).replace("{", "").replace("}", "").replace("\n", " ")
    for written, meant in _QUOTES + _MARKUP:
        words = words.replace(written, meant)
    return words


def _name(words: str) -> str:
    """The words of an operator's name; the parser drops ordinary spaces."""
    return _plain(words).strip().replace(" ", "\u2009")


def _operators_with_limits(tex: str) -> str:
    r"""`\operatorname*`, whose limits stand above and below it."""
    tex = tex.replace(r"\operatorname*", r"\limitoperator")
    tex = rewrite(tex, "limitoperator", 1, lambda words: rf"\operatornamewithlimits{{{_name(words)}}}")
    return _LIMITS_OF_NOTHING.sub("", tex)


def _alias(match: re.Match[str]) -> str:
    name = match[1]
    if name in _DROPPED:
        return ""
    if name in _OPERATORS:
        return rf"\operatorname{{{name}}}"
    return _ALIASES.get(name, match[0])


def _held(tex: str) -> str:
    """Columns and lines that no environment holds: models leave it out where they align equations."""
    if r"\begin" in tex or r"\substack" in tex:
        return tex
    marks = {match[0] for match in _PAIR_OR_COLUMN.finditer(tex)}
    if "&" in marks:
        return rf"\begin{{align*}}{tex}\end{{align*}}"
    if r"\\" in marks:
        return rf"\begin{{displaylines}}{tex}\end{{displaylines}}"
    return tex
