r"""Takes LaTeX out before Markdown reads it: markdown-it rules for \( \), \[ \], $ $ and $$ $$.

The source is kept as written (`math` tokens); whoever draws the tokens decides how. Without these rules
Markdown would eat the backslashes and make emphasis of the subscripts.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_INLINE = (
    re.compile(r"\\\((.+?)\\\)", re.DOTALL),
    re.compile(r"\\\[(.+?)\\\]", re.DOTALL),
    re.compile(r"\$\$(.+?)\$\$", re.DOTALL),
    # As pandoc reads it: no space inside the dollars, no digit behind them, so that "$5 and $6" stays text.
    re.compile(r"\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)"),
)
_OPEN = {r"\[": r"\]", "$$": "$$"}


def add_maths(parser: MarkdownIt) -> None:
    """Teach `parser` the four delimiters."""
    parser.inline.ruler.before("escape", "math", _inline)
    parser.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "\\$":
        return False
    for pattern in _INLINE:
        if match := pattern.match(state.src, state.pos, state.posMax):
            if not silent:
                token = state.push("math", "", 0)
                token.content = match[0]
            state.pos = match.end()
            return True
    return False


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A display formula from a line that opens with \\[ or $$ to the line that ends with its closer."""
    if state.is_code_block(start):
        return False
    first = _line(state, start)
    closer = _OPEN.get(first[:2])
    if closer is None:
        return False
    last = start
    text = first[2:].rstrip()
    while not text.endswith(closer):
        if closer in text:
            return False  # closed in mid-line: inline, with text around it
        last += 1
        if last >= end or not _line(state, last).strip():
            return False  # not closed (yet) before the next blank line
        text = _line(state, last).rstrip()
    if silent:
        return True
    state.line = last + 1
    token = state.push("math_block", "", 0)
    token.content = "\n".join(_line(state, i).rstrip() for i in range(start, last + 1))
    token.map = [start, state.line]
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
