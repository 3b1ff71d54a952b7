"""Environments of LaTeX in those that latex2mathml knows: `align*`, `displaylines`, `cases`, `array`, matrices."""

import re

from slipstream.formulas.groups import read_groups

_ALIGNED = {"align", "aligned", "alignat", "alignedat", "flalign", "eqnarray", "split"}
_CENTRED = {"gather", "gathered", "multline", "multlined"}
_NOTHING = {"equation", "displaymath", "math", "subequations"}
_ARRAYS = {"array", "tabular", "subarray"}

_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)(\*?)\}")
_POSITION = re.compile(r"\s*\[[tcb]\]")
_FILLING = re.compile(r"[@!<>]\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")  # what an array puts between its columns
_THIRD_COLUMN = re.compile(
    r"&([^&\\]*|\s*\\[a-z]+\s*)&"
)  # an eqnarray has its relation in a column of its own
_PARAGRAPHS = re.compile(r"[pmb]\{[^{}]*\}")


def set_environments(tex: str) -> str:
    """`tex` with other names, and only such options as the parser knows."""
    if r"\begin{eqnarray" in tex:
        tex = _THIRD_COLUMN.sub(r"&\1", tex)
    parts, done = [], 0
    for match in _ENVIRONMENT.finditer(tex):
        verb, name, star = match.groups()
        end = match.end()
        if verb == "begin":
            if name in _ALIGNED | _CENTRED | _ARRAYS and (position := _POSITION.match(tex, end)):
                end = position.end()
            new, end = _begun(tex, name, star, end)
        else:
            new = _ended(name, star)
        parts += [tex[done : match.start()], new]
        done = end
    return "".join(parts) + tex[done:]


def _begun(tex: str, name: str, star: str, end: int) -> tuple[str, int]:
    r"""What stands for `\begin{name}`, and where its options end."""
    if name in _ARRAYS:
        columns, end = read_groups(tex, end, 1)
        return rf"\begin{{array}}{{{_columns(columns[0])}}}" if columns else r"\begin{array}{c}", end
    if name in ("alignat", "alignedat"):
        _, end = read_groups(tex, end, 1)  # how many columns it has
    if name in ("rcases", "drcases"):
        return r"\left.\begin{array}{l}", end
    known = _known(name, star)
    return rf"\begin{{{known}}}" if known else "", end


def _ended(name: str, star: str) -> str:
    if name in ("rcases", "drcases"):
        return r"\end{array}\right\}"
    known = "array" if name in _ARRAYS else _known(name, star)
    return rf"\end{{{known}}}" if known else ""


def _known(name: str, star: str) -> str:
    if name in _ALIGNED:
        return "align*"
    if name in _CENTRED:
        return "displaylines"
    if name in _NOTHING:
        return ""
    if name == "dcases":
        return "cases"
    return name + star if name.endswith("matrix") else name


def _columns(specification: str) -> str:
    """How the columns of an array are set, in what the parser knows: l, c, r and lines between them."""
    plain = _PARAGRAPHS.sub("l", _FILLING.sub("", specification))
    return "".join(mark for mark in plain if mark in "lcr|") or "c"
