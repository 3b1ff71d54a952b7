r"""What is selected, as Markdown; and whole turns as plain text.

What is selected whole comes out as it was written, with the lists and quotes it stands in; of a row that is selected
in part the emphasis is written anew from what the row shows.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QTextCharFormat

from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.documents import cursor_over, plain_text
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.leafrows import LeafRow, RuleRow
from slipstream.ui.chat.leaves import BULLETS, DONE_TASK, OPEN_TASK, Gap, Kind, Leaf
from slipstream.ui.chat.markdown import PARSER
from slipstream.ui.chat.rows import DocumentRow, Row, Stretch
from slipstream.ui.chat.sections import MarkdownSection
from slipstream.ui.chat.selection import Place, Selection
from slipstream.ui.chat.tablerow import TableRow
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import AnswerTurn


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


_DELIMITER = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
_FORMULA = re.compile(r"\s*(?:\\\(|\\\[|\$)")
_ACTIVE = re.compile(r"([\\`*_\[\]<>$~])")
_TICKS = re.compile("`+")


def selection_markdown(selection: Selection, turns: Sequence[Turn]) -> str:
    """What is selected, as Markdown; "" where nothing is."""
    if selection.is_empty:
        return ""
    first, last = selection.span
    written = _Written()
    for number in range(first.turn, min(last.turn, len(turns) - 1) + 1):
        turn = turns[number]
        if not turn.built:
            turn.build()
            turn.place(turn.width)
        written.begin_turn()
        for index, row in enumerate(turn.rows):
            here = Place(number, index, 0)
            if here[:2] > last[:2]:
                break
            stretch = selection.stretch(number, index, row)
            inside = first[:2] < here[:2] < last[:2]
            if stretch is not None or (inside and isinstance(row, RuleRow)):
                written.add(turn.rows, index, stretch or (0, 0))
            elif _is_bare_marker(row) and here[:2] >= first[:2]:
                written.add(turn.rows, index, (0, 0))
            elif isinstance(row, LeafRow):
                written.pass_over(row.leaf)  # it may open the list that is selected from
    return written.text()


class _Written:
    """Markdown of one row after the other, with the marks of the lists and quotes they stand in."""

    def __init__(self) -> None:
        self._text = ""
        self._indents: list[str] = []  # of the frames that are open, outermost first
        self._frames = ""
        self._bare = False  # an item was opened that has no text of its own

    def text(self) -> str:
        return self._text

    def begin_turn(self) -> None:
        self._indents, self._frames = [], ""

    def pass_over(self, leaf: Leaf) -> None:
        self._open(leaf)

    def add(self, rows: Sequence[Row], index: int, stretch: Stretch) -> None:
        row = rows[index]
        if isinstance(row, RuleRow):
            self._put("---", Gap.NORMAL, "", "")
            return
        if not isinstance(row, LeafRow):
            between = Gap.TIGHT if row.separator == "\n" else Gap.NORMAL
            self._put(row.text(stretch), between, "", "")
            return
        before = self._frames
        head, rest = self._open(row.leaf)
        whole = stretch[0] <= _start(row) and stretch[1] >= row.length - _start(row)
        source = leaf_markdown(row.leaf) if whole else part_markdown(row, stretch, alone=not self._text)
        if row.leaf.part and (whole or "|" in source):
            source = _part_of_table(rows, index, row, source, begins=not self._text)
        if not self._text and stretch[0] > _start(row):
            head = rest = ""  # it begins in the middle of something
        kept = zip(self._indents, before, row.leaf.frames, strict=False)
        shared = "".join(indent for indent, old, new in kept if old == new)
        self._put(source, row.leaf.gap, head, rest, shared.rstrip())

    def _open(self, leaf: Leaf) -> tuple[str, str]:
        """What stands before the first line of a leaf, and before its others."""
        same = 0
        while same < min(len(leaf.frames), len(self._frames)) and leaf.frames[same] == self._frames[same]:
            same += 1
        depth = len(leaf.frames) - 1
        if leaf.marker:
            same = min(same, depth)  # another item of that list
        indents = self._indents[:same]
        for frame in leaf.frames[same:]:
            indents.append("> " if frame == "q" else "  ")
        head = "".join(indents)
        if leaf.marker:
            marker = _marker(leaf.marker)
            indents[depth] = " " * (len(marker) + 1 if not marker.endswith("]") else 2)
            head = "".join(indents[:depth]) + marker + " "
        self._indents, self._frames = indents, leaf.frames
        return head, "".join(indents)

    def _put(self, source: str, gap: Gap, head: str, rest: str, between: str = "") -> None:
        block = head + ("\n" + rest).join(source.split("\n")) if source else head.rstrip()
        if self._text:
            # What follows an empty item after a blank line is not in it.
            self._text += f"\n{between}\n" if gap is Gap.NORMAL and not self._bare else "\n"
        self._text += block
        self._bare = bool(head) and not source


def _is_bare_marker(row: Row) -> bool:
    return isinstance(row, LeafRow) and bool(row.leaf.marker) and not row.length


def _start(row: LeafRow) -> int:
    """Positions before the text: Qt keeps an empty paragraph around a table."""
    return 1 if isinstance(row, TableRow) else 0


def _marker(marker: str) -> str:
    if marker in BULLETS:
        return "-"
    return {OPEN_TASK: "- [ ]", DONE_TASK: "- [x]"}.get(marker, marker)


def leaf_markdown(leaf: Leaf) -> str:
    """A leaf as Markdown, without the frames it stands in."""
    match leaf.kind:
        case Kind.HEADING:
            return "#" * leaf.level + " " + leaf.text.replace("\n", " ")
        case Kind.CODE:
            longest = max(map(len, _TICKS.findall(leaf.text)), default=0)
            fence = "`" * max(3, longest + 1)
            return f"{fence}{leaf.language}\n{leaf.text}\n{fence}"
        case Kind.TABLE:
            rows = [_table_line(row) for row in leaf.cells]
            if leaf.part == 0:
                rows.insert(1, _table_line([_DELIMITER[align] for align in leaf.aligns]))
            return "\n".join(rows)
        case Kind.RULE:
            return "---"
    return leaf.text


def _table_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _part_of_table(rows: Sequence[Row], index: int, row: LeafRow, source: str, *, begins: bool) -> str:
    """A part that the selection begins with gets the head of its table."""
    if not begins:
        return source
    above = rows[index - row.leaf.part] if index >= row.leaf.part else row
    head = above.leaf if isinstance(above, LeafRow) and above.leaf.cells else row.leaf
    names = _table_line(head.cells[0])
    return f"{names}\n{_table_line([_DELIMITER[align] for align in row.leaf.aligns])}\n{source}"


def part_markdown(row: LeafRow, stretch: Stretch, *, alone: bool) -> str:
    """Some characters of a row; code stays bare where nothing else is selected before it."""
    if isinstance(row, CodeRow):
        text = row.text(stretch)
        return text if alone else leaf_markdown(Leaf(Kind.CODE, text, language=row.leaf.language))
    if isinstance(row, TableRow):
        lines = row.text(stretch).split("\n")
        if len(lines) == 1:
            return lines[0]
        return "\n".join(_table_line(line.split("\t")) for line in lines)
    return "".join(_fragments(row, stretch))


def _fragments(row: DocumentRow, stretch: Stretch) -> Iterator[str]:
    document = row.ensure()
    block = document.findBlock(stretch[0])
    while block.isValid() and block.position() < stretch[1]:
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            start = max(stretch[0], fragment.position())
            end = min(stretch[1], fragment.position() + fragment.length())
            if start < end:
                text = plain_text(cursor_over(document, (start, end)))
                yield _styled(text, fragment.charFormat(), row)
            fragments += 1
        block = block.next()


def _styled(text: str, form: QTextCharFormat, row: DocumentRow) -> str:
    """Text of one look as Markdown. White space stays outside of the marks, or they would mean nothing."""
    core = text.strip()
    if not core or _FORMULA.match(core):
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    is_code = (
        form.background().style() != Qt.BrushStyle.NoBrush and form.font().family() == row.look.mono.family()
    )
    if is_code:
        ticks = "`" * (max(map(len, _TICKS.findall(core)), default=0) + 1)
        core = f"{ticks} {core} {ticks}" if "`" in core else f"`{core}`"
    else:
        core = _escaped(core)
    if form.fontWeight() > QFont.Weight.Normal and not _is_heading(row):
        core = f"**{core}**"
    if form.fontItalic():
        core = f"*{core}*"
    if form.fontStrikeOut():
        core = f"~~{core}~~"
    if form.isAnchor() and form.anchorHref() != text:
        core = f"[{core}]({form.anchorHref()})"
    return lead + core + trail


def _is_heading(row: DocumentRow) -> bool:
    return isinstance(row, LeafRow) and row.leaf.kind is Kind.HEADING


def _escaped(text: str) -> str:
    """Marked as plain text where it would be read as something else."""
    tokens: list[Token] = []
    PARSER.inline.parse(displayable(text), PARSER, {}, tokens)
    if all(token.type in ("text", "softbreak") for token in tokens):
        return text
    return _ACTIVE.sub(r"\\\1", text)


def turn_text(turn: Turn) -> str:
    """A whole turn as plain text: an answer without its marks."""
    text = turn.copy_text()
    if not isinstance(turn, AnswerTurn):
        return text.strip()
    section = MarkdownSection(turn.look)
    section.feed(text)
    section.finish()
    return rows_text(section.rows).strip()


def conversation_text(turns: Sequence[Turn], *, as_markdown: bool) -> str:
    """All turns, each under who wrote it; answers without their thinking."""
    parts = []
    for turn in turns:
        is_answer = isinstance(turn, AnswerTurn)
        who = tr("Answer") if is_answer else tr("You")
        text = turn.copy_text().strip() if as_markdown else turn_text(turn)
        parts.append(f"## {who}\n\n{text}" if as_markdown else f"{who}:\n{text}")
    return "\n\n".join(parts) + "\n" if parts else ""


def rows_text(rows: Sequence[Row]) -> str:
    """All text of rows, as it is shown."""
    parts: list[str] = []
    for row in rows:
        length = row.length
        if length:
            parts += [row.separator] if parts else []
            parts.append(row.text((0, length)))
    return "".join(parts)
