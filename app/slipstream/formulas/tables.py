r"""The lines of tables: taken out of the LaTeX before it is parsed, to be drawn around what was laid out.

latex2mathml keeps `\hline` and the bars of an array's columns in a form that no longer tells where they were, and
ziamath draws none of them. A sum without its line, or an augmented matrix without its bar, would be wrong.
"""

import re
from dataclasses import dataclass, field

from slipstream.formulas.groups import read_groups

_TOKEN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}|\\end\{[A-Za-z]+\*?\}|\\substack|\\(?:hline|hdashline)(?![A-Za-z])"
                    r"|\\\\|\\cr(?![A-Za-z])|\\.|[{}]", re.DOTALL)  # fmt: skip


@dataclass
class Lines:
    """Of one table: above which rows, and left of which columns; numbers past the last are below and right."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)


@dataclass
class _Open:
    """A table that is being read."""

    lines: Lines
    depth: int  # of braces around it
    row: int = 0


def take_lines(tex: str) -> tuple[str, list[Lines]]:
    r"""Without lines, and the lines of each table in the order of their beginnings, `\substack` among them."""
    parts: list[str] = []
    tables: list[Lines] = []
    stack: list[_Open] = []
    depth = done = 0
    for match in _TOKEN.finditer(tex):
        if match.start() < done:
            continue
        token, end, kept = match[0], match.end(), match[0]
        inner = stack[-1] if stack and stack[-1].depth == depth else None
        if token.startswith(r"\begin"):
            tables.append(Lines())
            stack.append(_Open(tables[-1], depth))
            columns, after = read_groups(tex, end, 1) if match[1] == "array" else ([], end)
            if columns:
                plain, tables[-1].columns = _bars(columns[0])
                kept, end = rf"\begin{{array}}{{{plain}}}", after
        elif token.startswith(r"\end") and stack:
            stack.pop()
        elif token == r"\substack":
            tables.append(Lines())
        elif token in (r"\hline", r"\hdashline") and inner is not None:
            inner.lines.rows.append(inner.row)
            kept = ""
        elif token in (r"\\", r"\cr") and inner is not None:
            inner.row += 1
        elif token in "{}":
            depth += 1 if token == "{" else -1
        parts += [tex[done : match.start()], kept]
        done = end
    return "".join(parts) + tex[done:], tables


def _bars(columns: str) -> tuple[str, list[int]]:
    """`cc|c` without its bars, and where they are."""
    plain, bars = "", []
    for mark in columns:
        if mark == "|":
            bars.append(len(plain))
        else:
            plain += mark
    return plain or "c", sorted(set(bars))
