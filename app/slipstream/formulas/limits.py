"""What is turned away before it is tried: a formula is written by a model, and nothing vouches for it."""

import re

from slipstream.core.formulas import Formula, Refusal

LONGEST = 4000  # characters; a page of aligned equations has about 1500
DEEPEST = 40  # groups within groups; the parser's own recursion ends near 100

_LEVELS = re.compile(r"\\\\|\\[{}]|(?P<open>\{|\\left(?![A-Za-z])|\\begin(?![A-Za-z]))"
                     r"|(?P<close>\}|\\right(?![A-Za-z])|\\end(?![A-Za-z]))")  # fmt: skip


def refuse(formula: Formula) -> Refusal | None:
    """Why this one is not tried; None when it may be."""
    if not formula.tex.strip():
        return Refusal.EMPTY
    if len(formula.tex) > LONGEST:
        return Refusal.TOO_LONG
    if depth(formula.tex) > DEEPEST:
        return Refusal.TOO_DEEP
    return None


def depth(tex: str) -> int:
    r"""How deep groups, \\left … \\right and environments stand in each other."""
    deepest = level = 0
    for match in _LEVELS.finditer(tex):
        if match["open"]:
            level += 1
            deepest = max(deepest, level)
        elif match["close"]:
            level = max(0, level - 1)
    return deepest
