"""Markdown that grows: text goes in, leaves come out, and what is finished is never parsed again.

Only the source of the last open block is kept (`_tail`): a paragraph, the last item of a list, the last rows of a
table under its head.
An open code fence is not parsed at all, its lines are taken as they come. A last line that may still turn
out to be something else ("-" can become a bullet, a rule or an underline) is held back until it is clear.

No HTML; what links and pictures become is up to whoever draws the inline text.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from slipstream.ui.chat.leaves import LONG, TABLE_ROWS, Flattener, Gap, Kind, Leaf
from slipstream.ui.chat.maths import UNFINISHED, add_maths

_UNDECIDED = re.compile(
    r"""[\s>]*(?:
        [-=*_+\#:~`\s]*                                            # rules, underlines, bullets, headings
      | (?:[-*+]\s+|\d{1,9}[.)]?\s*)(?:\[[ xX]?\]?\s*)?            # list markers, task boxes
      | [`~]{3}[^\n]*                                              # a fence's language
      | \|[^\n]*                                                   # a row of a table
      | \\\[? | \$+
    )""",
    re.VERBOSE,
)
_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})")
_FENCE_BEGUN = re.compile(r" {0,3}(`+|~+)?[ \t]*")


def make_parser() -> MarkdownIt:
    """CommonMark without HTML, with tables, strikethrough and maths."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    add_maths(parser)
    return parser


PARSER = make_parser()


@dataclass
class _Fence:
    """A top-level code fence that is open."""

    indent: int
    mark: str
    language: str
    code: str = ""  # complete lines, each with its line break

    def closes(self, line: str) -> bool:
        match = _FENCE.match(line)
        return match is not None and match[2].startswith(self.mark) and not line[match.end() :].strip()

    def dedent(self, line: str) -> str:
        return line[min(self.indent, len(line) - len(line.lstrip(" "))) :]


class MarkdownStream:
    """Leaves of a text that grows at its end.

    `feed` and `finish` return the index of the first leaf that may have changed. Once finished, the leaves
    do not depend on how the text was cut into pieces.
    """

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self._frozen = 0  # leaves that will not change
        self._tail = ""  # source that is not frozen
        self.references: dict[str, Any] = {}  # the definitions of links that are complete, by label
        self._frozen_references: dict[str, Any] = {}  # of those, the ones above the tail
        self._number: int | None = None  # of the item the tail opens with, in a list that goes on
        self._blank_before = True  # whether a blank line stands before the tail
        self._joined = False  # the tail goes on with a paragraph that was cut
        self._table_part = 0  # of a table that was cut: the tail goes on with this part
        self._fence: _Fence | None = None

    def feed(self, text: str) -> int:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        first = self._frozen
        if self._fence is None and self._lengthen_last_line(text):
            return len(self.leaves) - 1
        self._tail += text
        self._read(final=False)
        return first

    def finish(self) -> int:
        """Nothing more comes: what was held back is read."""
        first = self._frozen
        self._read(final=True)
        return first

    def _read(self, *, final: bool) -> None:
        del self.leaves[self._frozen :]
        while self._fence is None or self._read_fence(self._fence, final=final):
            if not self._read_blocks(final=final):
                return

    def _lengthen_last_line(self, text: str) -> bool:
        """The common case, without parsing: more words on a line that is surely running text."""
        if "\n" in text or len(self.leaves) == self._frozen or len(self._tail) + len(text) > LONG:
            return False
        last = self.leaves[-1]
        line = self._tail[self._tail.rfind("\n") + 1 :]
        shown = last.text[last.text.rfind("\n") + 1 :]
        if (
            last.kind is not Kind.TEXT
            or not shown
            or not line.rstrip().endswith(shown.rstrip())
            or line.lstrip().startswith("[")  # a link definition shows nothing
            or shown.startswith((r"\[", "$$"))  # may close as a display formula
            or _UNDECIDED.fullmatch(shown)
        ):
            return False
        blanks = line[len(line.rstrip()) :]
        self._tail += text
        self.leaves[-1] = replace(last, text=last.text.rstrip(" \t") + blanks + text)
        return True

    def _read_blocks(self, *, final: bool) -> bool:
        """Parse the tail. True when it ends in an open fence, which is to be read next."""
        source, held = (self._tail, "") if final else _hold_back(self._tail)
        tokens: list[Token] = []
        references = _parse(source, self._frozen_references, tokens, unfinished=not final)
        if not final and len(references) > len(self.references):  # the address in the last line may go on
            complete = source[: source.rfind("\n") + 1]
            references = _parse(complete, self._frozen_references, [], unfinished=True)
        self.references = references
        lines = source.split("\n")
        found = list(Flattener(lines, self._number, self._blank_before, self._table_part).walk(tokens))
        leaves = [leaf for _, leaf in found]
        if self._joined and leaves and leaves[0].kind is Kind.TEXT:
            leaves[0] = replace(leaves[0], gap=Gap.JOINED)
        self.leaves += leaves
        if final:
            self._frozen, self._tail = len(self.leaves), ""
            return False
        openers = [i for i, t in enumerate(tokens) if t.level == 0 and t.nesting >= 0 and t.map]
        if not openers:
            return False
        last = tokens[openers[-1]]
        above = tokens[openers[-2]].map if len(openers) > 1 else None
        cut = self._freeze(
            tokens[openers[-1] :], lines, [line for line, _ in found], held, above[1] if above else 0
        )
        if last.type == "fence":
            return self._enter_fence(lines[cut:], held)
        if last.type == "paragraph_open" and sum(line >= cut for line, _ in found) > 1:
            self._frozen = len(self.leaves) - 1
            self._tail = self.leaves[-1].text + source[len(source.rstrip()) :] + held
            self._joined = True
        return False

    def _freeze(
        self, block: list[Token], lines: list[str], starts: list[int], held: str, block_above: int
    ) -> int:
        """Keep as source the last top-level block only, or the last item of the list it is, or part of the table.

        `block`: its tokens; `starts`: the line of each leaf just read; `block_above`: the line behind the block
        before it. Returns the line it was cut at.
        """
        opener = block[0]
        assert opener.map is not None
        cut = opener.map[0]
        number = None
        if opener.type in ("ordered_list_open", "bullet_list_open"):
            items = [t for t in block if t.type == "list_item_open" and t.level == 1]
            assert items[-1].map is not None
            if opener.type == "ordered_list_open":
                goes_on = cut == 0 and self._number is not None
                number = (self._number or 0) if goes_on else int(opener.attrs.get("start", 1))
                number += len(items) - 1
            cut = items[-1].map[0]
        if opener.type in ("paragraph_open", "code_block"):
            while cut > block_above and lines[cut - 1].strip():
                cut -= 1  # a link's definition, of which this may turn out to be the title
        head: list[str] = []
        part = self._table_part if cut == 0 else 0
        parts = sum(start >= cut for start in starts)
        if opener.type == "table_open" and parts > 1:
            head = lines[cut : cut + 2]
            part += parts - 1
            cut += 2 + (parts - 1) * TABLE_ROWS
        if cut > 0:
            if len(self.references) > len(self._frozen_references):
                self._frozen_references = _parse("\n".join(lines[:cut]), self._frozen_references, [])
            self._frozen += sum(start < cut for start in starts)
            self._blank_before = not lines[cut - 1].strip()
            self._number = number
            self._joined = False
            self._table_part = part
            self._tail = "\n".join([*head, *lines[cut:]]) + held
        return cut

    def _enter_fence(self, lines: list[str], held: str) -> bool:
        """Read the block of `lines`, a fence, line by line from now on, if it is still open."""
        match = _FENCE.match(lines[0])
        if match is None or len(lines) < 2:
            return False
        info = lines[0][match.end() :].split()
        fence = _Fence(len(match[1]), match[2], self.leaves[-1].language if info else "")
        if any(fence.closes(line) for line in lines[1:]):
            return False
        self.leaves.pop()
        self._tail = "\n".join(lines[1:]) + held
        self._fence = fence
        self._number, self._joined, self._table_part = None, False, 0
        return True

    def _read_fence(self, fence: _Fence, *, final: bool) -> bool:
        """Take lines off the tail. True when the fence was closed and more is to be read."""
        closed = False
        while not closed and "\n" in self._tail:
            line, _, self._tail = self._tail.partition("\n")
            closed = fence.closes(line)
            if not closed:
                fence.code += fence.dedent(line) + "\n"
        code = fence.code
        partial = self._tail
        sure = partial and (final or not _FENCE_BEGUN.fullmatch(partial))
        if sure and not closed and not fence.closes(partial):
            code += fence.dedent(partial)
        self.leaves.append(Leaf(Kind.CODE, code.removesuffix("\n"), language=fence.language))
        if closed or final:
            self._frozen = len(self.leaves)
            self._fence = None
            self._blank_before = False
        if final and not closed:
            self._tail = ""
        return closed


def _parse(
    source: str, references: dict[str, Any], tokens: list[Token], *, unfinished: bool = False
) -> dict[str, Any]:
    """Put the block tokens into `tokens`; the references with those defined in `source`. The first one counts.

    `unfinished`: more may come behind `source`.
    """
    env: dict[str, Any] = {"references": dict(references), UNFINISHED: unfinished}
    PARSER.block.parse(source, PARSER, env, tokens)
    found: dict[str, Any] = env["references"]
    return found


def _hold_back(source: str) -> tuple[str, str]:
    """`source` without what cannot be judged yet, and that."""
    cut = source.rfind("\n") + 1
    if _UNDECIDED.fullmatch(source, cut):
        before = source[:cut].removesuffix("\n")
        head = before.rfind("\n") + 1
        above = before[before.rfind("\n", 0, max(head - 1, 0)) + 1 : head]
        # The first line of what may become a table waits for the line under it.
        if before[head:].lstrip().startswith("|") and not above.lstrip().startswith("|"):
            cut = head
        return source[:cut], source[cut:]
    return source, ""


def read_markdown(text: str) -> list[Leaf]:
    """The leaves of a whole text."""
    stream = MarkdownStream()
    stream.feed(text)
    stream.finish()
    return stream.leaves
