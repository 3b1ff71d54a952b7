"""What a Markdown text is made of once its nesting is flattened: leaves, each shown as one row.

A list item or a quote is no box around its content: its leaves carry the frames they stand in. So a long
list is many small rows, and of a growing one only the last row changes.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from markdown_it.token import Token

LONG = 2400  # characters of one paragraph; longer ones are shown in several rows
SOFT = 2000  # where such a row ends, at the latest
TABLE_ROWS = 6  # of a table that are shown as one row of the window; its head comes on top in the first


class Kind(Enum):
    TEXT = auto()
    HEADING = auto()
    CODE = auto()
    TABLE = auto()
    RULE = auto()
    MATH = auto()


class Gap(Enum):
    """Room above a leaf."""

    JOINED = auto()  # the same paragraph goes on
    TIGHT = auto()  # the next item of a list without blank lines
    NORMAL = auto()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row's worth of Markdown.

    `text` is inline Markdown (TEXT, HEADING), code without its last line break (CODE) or LaTeX (MATH).
    """

    kind: Kind
    text: str = ""
    frames: str = ""  # from the outside in: "l" a list item, "q" a quote
    marker: str = ""  # of the list item this leaf opens, e.g. "3."
    gap: Gap = Gap.NORMAL
    level: int = 0  # of a heading
    language: str = ""
    cells: tuple[tuple[str, ...], ...] = ()  # of a table; the first row of its first part is its head
    aligns: tuple[str, ...] = ()  # "left" | "center" | "right" | "" a column
    part: int = 0  # of a table that is shown in several rows


_TASK = re.compile(r"\[([ xX])\]\s+")
_ALIGN = re.compile(r"text-align:(\w+)")
_SENTENCE = re.compile(r"(?<=[.!?。！？;])\s+(?=[^\W\d_])|(?<=[。！？])(?=[^\W\d_])")
_WORD = re.compile(r"\s(?=[^\W\d_])")


def soft_chunks(text: str) -> list[str]:
    """`text` cut into parts of at most LONG characters, at sentence ends where there are any.

    All parts but the last stay as they are when text is added at the end.
    """
    chunks = []
    start = 0
    while len(text) - start > LONG:
        window = text[start : start + SOFT]
        cut = _best_cut(window)
        chunks.append(window[:cut].rstrip())
        start += cut
        while text[start : start + 1].isspace():
            start += 1
    chunks.append(text[start:])
    return chunks


def _best_cut(window: str) -> int:
    for pattern in (_SENTENCE, _WORD):
        ends = [m.end() for m in pattern.finditer(window, len(window) // 2)]
        closed = [end for end in ends if _closed(window[:end])]
        if closed or ends:
            return (closed or ends)[-1]
    return len(window)


def _closed(text: str) -> bool:
    """Whether no code span, emphasis or formula is open at the end of `text`."""
    pairs = ((r"\(", r"\)"), (r"\[", r"\]"))
    return not (
        any(text.count(mark) % 2 for mark in ("`", "**", "$"))
        or any(text.count(opener) > text.count(closer) for opener, closer in pairs)
    )


BULLETS = ("•", "◦", "▪")
OPEN_TASK, DONE_TASK = "☐", "☑"


@dataclass
class _List:
    ordered: bool
    number: int  # of the next item
    depth: int  # unordered lists around it


class Flattener:
    """Walks the block tokens of `lines` and gives (line, leaf) for each leaf.

    `first_number` overrides the number of an ordered list on line 0 (a list that goes on); `blank_before`
    says whether a blank line stands before `lines`; `first_part` is that of a table on line 0 that goes on.
    """

    def __init__(
        self, lines: Sequence[str], first_number: int | None, blank_before: bool, first_part: int
    ) -> None:
        self._lines = lines
        self._first_number = first_number
        self._first_part = first_part
        self._blank_before = blank_before
        self._frames = ""
        self._lists: list[_List] = []
        self._marker = ""  # of an item whose first leaf has not come yet
        self._gap = Gap.NORMAL
        self._level = 0
        self._line = 0
        self._cells: list[list[str]] | None = None
        self._table_line = 0
        self._aligns: list[str] = []

    def walk(self, tokens: Iterable[Token]) -> Iterator[tuple[int, Leaf]]:
        for token in tokens:
            if token.map is not None:
                self._line = token.map[0]
            yield from self._token(token)

    def _token(self, token: Token) -> Iterator[tuple[int, Leaf]]:  # noqa: PLR0912  (one case a token type)
        match token.type:
            case "inline" if self._cells is not None:
                self._cells[-1].append(token.content)
            case "inline":
                yield from self._text(token.content)
            case "heading_open":
                self._level = int(token.tag[1])
            case "heading_close":
                self._level = 0
            case "fence" | "code_block":
                language = token.info.split()[0] if token.info.strip() else ""
                yield self._leaf(Kind.CODE, token.content.removesuffix("\n"), language=language)
            case "math_block":
                yield self._leaf(Kind.MATH, token.content)
            case "hr":
                yield self._leaf(Kind.RULE)
            case "bullet_list_open" | "ordered_list_open":
                yield from self._bare_marker()
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._open_item()
            case "list_item_close":
                yield from self._bare_marker()
                self._frames = self._frames[:-1]
            case "blockquote_open":
                yield from self._bare_marker()
                self._frames += "q"
            case "blockquote_close":
                self._frames = self._frames[:-1]
            case "table_open":
                self._cells, self._aligns, self._table_line = [], [], self._line
            case "tr_open" if self._cells is not None:
                self._cells.append([])
            case "th_open":
                found = _ALIGN.search(str(token.attrs.get("style", "")))
                self._aligns.append(found[1] if found else "")
            case "table_close" if self._cells is not None:
                cells, self._cells = self._cells, None
                yield from self._table([tuple(row) for row in cells])

    def _table(self, rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, Leaf]]:
        """A table in parts; each begins at the line of its first row."""
        start, first = self._table_line, self._first_part if self._table_line == 0 and not self._frames else 0
        count = math.ceil((len(rows) - 1) / TABLE_ROWS)
        for number in range(count if first else max(1, count)):
            part = first + number
            cells = rows[number * TABLE_ROWS + 1 : (number + 1) * TABLE_ROWS + 1]
            if part == 0:
                cells = [rows[0], *cells]
            else:
                self._gap = Gap.JOINED
            self._line = start + 2 + number * TABLE_ROWS if number else start
            yield self._leaf(Kind.TABLE, cells=tuple(cells), aligns=tuple(self._aligns), part=part)

    def _leaf(self, kind: Kind, text: str = "", **more: Any) -> tuple[int, Leaf]:
        leaf = Leaf(kind, text, self._frames, self._marker, self._gap, **more)
        self._marker, self._gap = "", Gap.NORMAL
        return self._line, leaf

    def _text(self, content: str) -> Iterator[tuple[int, Leaf]]:
        if self._level:
            yield self._leaf(Kind.HEADING, content, level=self._level)
            return
        if self._marker and (task := _TASK.match(content)):
            self._marker = OPEN_TASK if task[1] == " " else DONE_TASK
            content = content[task.end() :]
        for number, chunk in enumerate(soft_chunks(content)):
            if number:
                self._gap = Gap.JOINED
            yield self._leaf(Kind.TEXT, chunk)

    def _bare_marker(self) -> Iterator[tuple[int, Leaf]]:
        """An item that is empty, or opens with a list or a quote: its marker has a row to itself."""
        if self._marker:
            yield self._leaf(Kind.TEXT)

    def _open_list(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        number = int(token.attrs.get("start", 1)) if ordered else 0
        if ordered and not self._lists and self._line == 0 and self._first_number is not None:
            number = self._first_number
        self._lists.append(_List(ordered, number, sum(not outer.ordered for outer in self._lists)))

    def _open_item(self) -> None:
        own = self._lists[-1]
        self._marker = f"{own.number}." if own.ordered else BULLETS[own.depth % len(BULLETS)]
        own.number += 1
        blank = not self._lines[self._line - 1].strip() if self._line else self._blank_before
        self._gap = Gap.NORMAL if blank else Gap.TIGHT
        self._frames += "l"
