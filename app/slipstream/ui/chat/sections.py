"""A stretch of a turn's text as rows of Markdown, or as plain text.

Only the last rows are ever touched when text is added.
"""

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument

from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.columns import Columns
from slipstream.ui.chat.documents import block_format, searchable_text
from slipstream.ui.chat.formularow import FormulaRow
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.leafrows import LeafRow, RuleRow, estimate_text, reads_rtl
from slipstream.ui.chat.leaves import Gap, Kind, Leaf
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.markdown import MarkdownStream
from slipstream.ui.chat.rows import DocumentRow, Row
from slipstream.ui.chat.tablerow import TableRow

CHUNK = 1500  # characters after which plain text goes on in a new row, at the next line break
CHUNK_MOST = 4000


class MarkdownSection:
    """Rows of a Markdown text that may still grow."""

    def __init__(self, look: Look) -> None:
        self.rows: list[Row] = []
        self._look = look
        self._stream = MarkdownStream()
        self._references: Mapping[str, Any] = {}

    def feed(self, text: str) -> int:
        """Add text; returns the index of the first row that changed."""
        return self._show(self._stream.feed(text), is_open=True)

    def finish(self) -> int:
        return self._show(self._stream.finish(), is_open=False)

    def restyle(self, look: Look) -> None:
        self._look = look
        leaves = self._stream.leaves
        for i, row in enumerate(self.rows):
            row.restyle(look)
            row.gap = _gap(look, leaves[i - 1] if i else None, leaves[i])

    def _show(self, first: int, *, is_open: bool) -> int:
        """Have the rows show the leaves from `first` on; returns the index of the first that looks otherwise."""
        leaves = self._stream.leaves
        last = len(leaves) - 1
        changed = len(leaves)
        for i in range(first, len(leaves)):
            leaf = leaves[i]
            row_open = is_open and i == last
            above = leaves[i - 1] if i else None
            row_above = self.rows[i - 1] if i else None
            row = self.rows[i] if i < len(self.rows) else None
            before = _standing(row) if row is not None and row.ready else None
            if row is None or not _goes_on(row_above, row) or not _update(row, leaf, is_open=row_open):
                row = _make_row(self._look, leaf, row_above, is_open=row_open)
                self.rows[i : i + 1] = [row]
            row.gap = _gap(self._look, above, leaf)
            row.separator = {Gap.JOINED: " ", Gap.TIGHT: "\n", Gap.NORMAL: "\n\n"}[leaf.gap]
            if leaf.part:
                row.separator = "\n"
            if isinstance(row, LeafRow):
                row.references = self._references
                row.shared = _shared(above, leaf)
                if row.shared and leaf.kind in (Kind.CODE, Kind.MATH) and isinstance(row_above, LeafRow):
                    row.rtl = row_above.rtl  # it stands in that item; its text runs from the left
            if not row.ready or _standing(row) != before:
                changed = min(changed, i)
        del self.rows[len(leaves) :]
        return min(changed, self._refer())

    def _refer(self) -> int:
        """Show links whose definitions have come since; returns the index of the first row that changed."""
        if self._stream.references == self._references:
            return len(self.rows)
        self._references = self._stream.references
        rows = enumerate(self.rows)
        changed = [i for i, row in rows if isinstance(row, LeafRow) and row.refer_to(self._references)]
        return min(changed, default=len(self.rows))


def _make_row(look: Look, leaf: Leaf, above: Row | None, *, is_open: bool) -> Row:
    if leaf.kind is Kind.RULE:
        return RuleRow(look)
    if leaf.kind is Kind.TABLE:
        shared = above.columns if leaf.part and isinstance(above, TableRow) else Columns()
        row: LeafRow = TableRow(look, leaf, shared)
    else:
        row = {Kind.CODE: CodeRow, Kind.MATH: FormulaRow}.get(leaf.kind, LeafRow)(look, leaf)
    row.open = is_open
    return row


def _standing(row: Row) -> tuple[Row, int, int, bool]:
    """What of a row's look is not in its document: which row it is, and how it stands under the one above."""
    leaf_row = row if isinstance(row, LeafRow) else None
    return row, row.gap, leaf_row.shared if leaf_row else 0, bool(leaf_row and leaf_row.rtl)


def _goes_on(above: Row | None, row: Row) -> bool:
    """Whether a part of a table still belongs to the part above it."""
    if not isinstance(row, TableRow) or not row.leaf.part:
        return True
    return isinstance(above, TableRow) and above.columns is row.columns


def _update(row: Row, leaf: Leaf, *, is_open: bool) -> bool:
    if isinstance(row, RuleRow):
        return leaf.kind is Kind.RULE
    return isinstance(row, LeafRow) and row.update(leaf, is_open=is_open)


def _shared(above: Leaf | None, leaf: Leaf) -> int:
    """How many outer frames both stand in."""
    count = 0
    for mine, theirs in zip(leaf.frames, above.frames if above else "", strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _gap(look: Look, above: Leaf | None, leaf: Leaf) -> int:
    if above is None or leaf.gap is Gap.JOINED:
        return 0
    if leaf.kind is Kind.HEADING:
        return look.px(26 if leaf.level <= 2 else 20)
    if Kind.RULE in (leaf.kind, above.kind):
        return look.px(20)
    if above.kind is Kind.HEADING:
        return look.px(8)
    if leaf.gap is Gap.TIGHT:
        return look.px(5)
    return look.px(12)


class PlainRow(DocumentRow):
    """Plain text, line breaks kept."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look)
        self._text = displayable(text).replace("\r\n", "\n")  # Qt would make one line break of both
        self.rtl = reads_rtl(text)
        self.natural = 0  # px the text needs, at most its width

    def lay_out(self, width: int) -> None:
        super().lay_out(width)
        document = self.ensure()
        self.natural = min(width, math.ceil(document.idealWidth()) + 1)
        document.setTextWidth(self.natural)  # so that right-to-left text does not stand at the far side

    def _fill(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.setBlockFormat(block_format(self.look.line))
        form = QTextCharFormat()
        form.setFont(self.look.body)
        form.setForeground(QColor(self.look.text))
        cursor.insertText(self._text, form)

    def searchable(self) -> str:
        return searchable_text(self._text)

    def estimate(self, width: int) -> int:
        return self.height or estimate_text(self.look, self._text, width)


def plain_chunks(text: str) -> list[str]:
    """Plain text in parts short enough to be laid out at once, cut at line breaks where there are any."""
    chunks = []
    start = 0
    while len(text) - start > CHUNK:
        cut = text.find("\n", start + CHUNK, start + CHUNK_MOST)
        if cut < 0:
            if len(text) - start <= CHUNK_MOST:
                break
            cut = text.rfind(" ", start + CHUNK, start + CHUNK_MOST)
        skip = 1
        if cut < 0:
            cut, skip = start + CHUNK_MOST, 0
        chunks.append(text[start:cut])
        start = cut + skip
    chunks.append(text[start:])
    return chunks
