r"""Takes LaTeX out before Markdown reads it: markdown-it rules for \( \), \[ \], $ $ and $$ $$.

The source is kept as written (`math` tokens); whoever draws the tokens decides how. Without these rules
Markdown would eat the backslashes and make emphasis of the subscripts. That is also why a formula that is still
being written is told apart: it is shown as it is until it is closed.
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
UNFINISHED = "unfinished"  # in the parser's environment: more may come at the end of the text


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
        if _is_being_written(state, start, last, silent):
            last -= 1
            break
        if last >= end or not _line(state, last).strip():
            return False  # not closed before the next blank line
        text = _line(state, last).rstrip()
    if silent:
        return True
    state.line = last + 1
    token = state.push("math_block", "", 0)
    token.content = "\n".join(_line(state, i).rstrip() for i in range(start, last + 1))
    token.map = [start, state.line]
    return True


def _is_being_written(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether the lines from `start` to `end` are an open formula, and all there is so far.

    It ends no paragraph above it, since it may turn out to be none when a blank line comes.
    """
    at_the_end = end >= len(state.bMarks) - 1 and bool(state.env.get(UNFINISHED))
    return at_the_end and not silent and all(state.sCount[i] >= state.blkIndent for i in range(start, end))


def unclosed(text: str) -> int:
    r"""Where a \( or \[ begins that nothing closes; the length of `text` where there is none."""
    for opener, closer in ((r"\(", r"\)"), (r"\[", r"\]")):
        before, mark, inside = text.rpartition(opener)
        in_code = before.count("`") % 2
        if mark and closer not in inside and not before.endswith("\\") and not in_code:
            return len(before)
    return len(text)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
