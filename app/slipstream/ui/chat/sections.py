"""A stretch of a turn's text as rows: Markdown, or plain text told apart by where its tokens came from.

Both only ever touch their last rows when text is added.
"""

import math
from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextDocument

from slipstream.core.events import Origin, TextPiece
from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.documents import block_format
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

    def feed(self, text: str) -> int:
        """Add text; returns the index of the first row that changed."""
        return self._show(self._stream.feed(text), is_open=True)

    def finish(self) -> int:
        return self._show(self._stream.finish(), is_open=False)

    def restyle(self, look: Look) -> None:
        self._look = look
        for row in self.rows:
            row.restyle(look)

    def _show(self, first: int, *, is_open: bool) -> int:
        leaves = self._stream.leaves
        last = len(leaves) - 1
        for i in range(first, len(leaves)):
            leaf = leaves[i]
            row_open = is_open and i == last
            above = leaves[i - 1] if i else None
            row = self.rows[i] if i < len(self.rows) else None
            if row is None or not _update(row, leaf, is_open=row_open):
                row = _make_row(self._look, leaf, is_open=row_open)
                self.rows[i : i + 1] = [row]
            row.gap = _gap(self._look, above, leaf)
            row.separator = {Gap.JOINED: " ", Gap.TIGHT: "\n", Gap.NORMAL: "\n\n"}[leaf.gap]
            if isinstance(row, LeafRow):
                row.shared = _shared(above, leaf)
        del self.rows[len(leaves) :]
        return first


def _make_row(look: Look, leaf: Leaf, *, is_open: bool) -> Row:
    if leaf.kind is Kind.RULE:
        return RuleRow(look)
    classes = {Kind.CODE: CodeRow, Kind.TABLE: TableRow, Kind.MATH: FormulaRow}
    row = classes.get(leaf.kind, LeafRow)(look, leaf)
    row.open = is_open
    return row


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
        self._text = text
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
        cursor.insertText(displayable(self._text), form)

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


def origin_format(look: Look, origin: Origin, font: QFont) -> QTextCharFormat:
    """How text of this origin looks; never by colour alone."""
    form = QTextCharFormat()
    form.setFont(font)  # first: a font brings an underline setting of its own
    form.setForeground(QColor(look.text))
    theme = look.theme
    match origin:
        case Origin.ACCEPTED:
            form.setForeground(QColor(theme.text))
            form.setBackground(QColor(theme.drafted))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(QColor(theme.accent))
        case Origin.RECOVERED:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(QColor(theme.warning))
        case Origin.BONUS:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            form.setUnderlineColor(QColor(theme.muted))
    return form


class TokensRow(DocumentRow):
    """Pieces of plain text, each in the look of its origin."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._pieces: list[tuple[str, Origin]] = []
        self._formats = {origin: origin_format(look, origin, look.body) for origin in Origin}
        self._length = 0

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self._formats = {origin: origin_format(look, origin, look.body) for origin in Origin}

    def add(self, text: str, origin: Origin) -> None:
        self._pieces.append((text, origin))
        self._length += len(text)
        self.ready = False
        if self.document is not None:
            self._write(self.document, text, origin)

    @property
    def is_full(self) -> bool:
        return self._length > CHUNK

    @property
    def is_overfull(self) -> bool:
        return self._length > CHUNK_MOST

    def _fill(self, document: QTextDocument) -> None:
        QTextCursor(document).setBlockFormat(block_format(round(self.look.line * 1.1)))
        for text, origin in self._pieces:
            self._write(document, text, origin)

    def _write(self, document: QTextDocument, text: str, origin: Origin) -> None:
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(displayable(text), self._formats[origin])

    def estimate(self, width: int) -> int:
        return self.height or round(self._length * self.look.digit / max(1, width) + 1) * round(
            self.look.line
        )


class TokensSection:
    """Rows of pieces; a new row begins at a line break once a row is long."""

    def __init__(self, look: Look) -> None:
        self.rows: list[Row] = []
        self._look = look

    def feed(self, pieces: Sequence[TextPiece]) -> int:
        """Add pieces; returns the index of the first row that changed."""
        first = max(0, len(self.rows) - 1)
        for piece in pieces:
            text = piece.text if self.rows else piece.text.lstrip("\n")
            if not text:
                continue
            row = self.rows[-1] if self.rows else None
            if not isinstance(row, TokensRow):
                row = self._new_row()
            if row.is_full and ("\n" in text or row.is_overfull):
                head, _, text = text.partition("\n") if "\n" in text else ("", "", text)
                if head:
                    row.add(head, piece.origin)
                row = self._new_row()
            if text:
                row.add(text, piece.origin)
        return first

    def finish(self) -> int:
        """Nothing is held back."""
        return len(self.rows)

    def restyle(self, look: Look) -> None:
        self._look = look
        for row in self.rows:
            row.restyle(look)

    def _new_row(self) -> TokensRow:
        row = TokensRow(self._look)
        row.separator = "\n" if self.rows else "\n\n"
        self.rows.append(row)
        return row
