"""A row that is a table, or a part of a long one. A cell that did not change is not written again."""

import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from slipstream.ui.chat.columns import NOTHING, Columns, Want
from slipstream.ui.chat.documents import SealedDocument, block_format, cursor_over, plain_text
from slipstream.ui.chat.formula_text import formula_px
from slipstream.ui.chat.inline import InlineWriter, is_plain
from slipstream.ui.chat.leafrows import LeafRow, reads_rtl
from slipstream.ui.chat.leaves import Leaf
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Stretch

PAD = 8
_MARKUP = re.compile(r"[*_`\\$]|\]\([^)]*\)|\[")  # what of a cell's source is not shown, about
LINE_SCALE = 1.4
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
}


class TableRow(LeafRow):
    """A pipe table: bold head, hairlines between the rows."""

    def __init__(self, look: Look, leaf: Leaf, columns: Columns) -> None:
        """`columns` are those of the part above, or new ones."""
        super().__init__(look, leaf)
        self._table: QTextTable | None = None
        self._applied: tuple[int, ...] = ()  # widths of the columns in the document
        self._scratch: SealedDocument | None = None  # for measuring cells
        self._wants: list[Want] = []
        self.columns = columns
        self._read_direction()
        self._measure_rows(0)

    def _read_direction(self) -> None:
        if self.leaf.part == 0:
            self.columns.rtl = reads_rtl(" ".join(self.leaf.cells[0]))
        self.rtl = self.columns.rtl

    def update(self, leaf: Leaf, *, is_open: bool) -> bool:
        if leaf.kind is not self.leaf.kind or leaf.part != self.leaf.part:
            return False
        before, now = self.leaf.cells, leaf.cells
        same_shape = before[:1] == now[:1] and leaf.aligns == self.leaf.aligns and len(now) >= len(before)
        self.open = is_open
        if leaf == self.leaf:
            return True
        table = self._table if self.document is not None else None
        keeps = same_shape and before[:-1] == now[: len(before) - 1] and leaf.frames == self.leaf.frames
        self.leaf, self.ready = leaf, False
        if not same_shape and leaf.part == 0:
            self._read_direction()
        first = len(before) - (before[-1] != now[len(before) - 1]) if keeps else 0
        if table is None or not keeps:
            self.document = None
            self._measure_rows(first)
            return True
        edit = QTextCursor(table.document())
        edit.beginEditBlock()  # or the table would be laid out after every step
        if len(now) > len(before):
            table.appendRows(len(now) - len(before))
        for number in range(first, len(now)):
            self._write_row(table, number)
        edit.endEditBlock()
        self.columns.put(self, self._wants)
        return True

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self._scratch = None
        self._measure_rows(0)

    def _fill(self, document: QTextDocument) -> None:
        cells = self.leaf.cells
        self.waiting = frozenset()
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(0)
        form.setCellSpacing(0)
        form.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._table = cursor.insertTable(len(cells), self._count, form)
        self._applied = ()
        self._wants = [NOTHING] * self._count
        for number in range(len(cells)):
            self._write_row(self._table, number)
        self.columns.put(self, self._wants)
        self._shrink_edges(document)
        cursor.endEditBlock()

    @property
    def _count(self) -> int:
        """Columns."""
        return max(1, len(self.leaf.aligns))

    def _at(self, column: int) -> int:
        """Where a column stands, from the left. Qt has no tables that begin on the right."""
        return self._count - 1 - column if self.rtl else column

    def _shrink_edges(self, document: QTextDocument) -> None:
        """Qt keeps an empty paragraph before and after a table; leave them no height."""
        for block in (document.firstBlock(), document.lastBlock()):
            form = QTextBlockFormat()
            form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            QTextCursor(block).setBlockFormat(form)

    def _font(self, number: int) -> QFont:
        """Of a row of the table."""
        font = QFont(self.look.body)
        font.setPixelSize(max(1, self.look.body.pixelSize() - 1))
        if number == 0 and self.leaf.part == 0:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _pads(self, column: int) -> tuple[int, int]:
        """Room left and right of a cell's text: the first column stands on the edge of the text."""
        pad = self.look.px(PAD)
        start = 0 if column == 0 else pad
        return (pad, start) if self.rtl else (start, pad)

    def _write_row(self, table: QTextTable, number: int) -> None:
        writer = InlineWriter(self.look, self.references)
        font = self._font(number)
        pad = self.look.px(PAD) * 0.75
        for column, source in enumerate(self.leaf.cells[number][: table.columns()]):
            self._want(column, *self._measure_cell(source, font, writer))
            cell = table.cellAt(number, self._at(column))
            form = cell.format().toTableCellFormat()
            left, right = self._pads(column)
            form.setTopPadding(pad)
            form.setBottomPadding(pad)
            form.setLeftPadding(left)
            form.setRightPadding(right)
            form.setBottomBorder(1)
            form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBottomBorderBrush(QBrush(QColor(self.look.theme.border)))
            cell.setFormat(form)
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            block = block_format(round(font.pixelSize() * LINE_SCALE))
            block.setAlignment(self._alignment(column))
            cursor.setBlockFormat(block)
            writer.write(cursor, source, writer.base(font))
        self.waiting |= writer.waiting

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        told = self.leaf.aligns[column] if column < len(self.leaf.aligns) else ""
        return _ALIGN[told or ("right" if self.rtl else "left")]

    # Widths

    def _want(self, column: int, natural: float, least: float) -> None:
        had = self._wants[column]
        self._wants[column] = max(had[0], natural), max(had[1], least)

    def _measure_rows(self, first: int) -> None:
        """About what the cells want, from this row on: also far from sight, so that little moves later."""
        if first == 0:
            self._wants = [NOTHING] * self._count
        for number in range(first, len(self.leaf.cells)):
            font = self._font(number)
            for column, source in enumerate(self.leaf.cells[number][: self._count]):
                self._want(column, *_measure_plain(_MARKUP.sub("", source), font))
        self.columns.put(self, self._wants)

    def _measure_cell(self, source: str, font: QFont, writer: InlineWriter) -> Want:
        """What a cell wants."""
        if is_plain(source):
            return _measure_plain(source, font)
        if self._scratch is None:
            self._scratch = SealedDocument(self.look)
        self._scratch.clear()
        self._scratch.drawings.clear()
        writer.write(QTextCursor(self._scratch), source, writer.base(font))
        longest = max(self._scratch.toPlainText().split(), key=len, default="")
        least = QFontMetricsF(font).horizontalAdvance(longest) * 1.1  # it may stand in a wider font
        formula = max((drawing.width for drawing in self._scratch.drawings), default=0.0)
        return self._scratch.idealWidth() + 1, max(least, formula * formula_px(font) + 1)

    def lay_out(self, width: int) -> None:
        self.ensure()
        pads = [sum(self._pads(column)) for column in range(self._count)]
        widths = self.columns.widths(self.text_width(width), pads)
        if self._table is not None and widths != self._applied:
            form = self._table.format().toTableFormat()
            lengths = [QTextLength(QTextLength.Type.FixedLength, w) for w in widths]
            form.setColumnWidthConstraints(lengths[::-1] if self.rtl else lengths)
            self._table.setFormat(form)
            self._applied = widths
        super().lay_out(width)

    def origin(self) -> QPointF:
        if not self.rtl:
            return super().origin()
        return QPointF(max(0.0, self.text_width(self.width) - sum(self._applied)), 0)

    def estimate(self, _width: int) -> int:
        return self.height or round(len(self.leaf.cells) * self.look.line * 1.5)

    # Text

    def text(self, stretch: Stretch) -> str:
        """Cells parted by tabs."""
        document = self.ensure()
        table = self._table
        assert table is not None  # made with the document
        lines = []
        for number in range(table.rows()):
            cells = []
            for column in range(table.columns()):
                cell = table.cellAt(number, self._at(column))
                first, last = cell.firstCursorPosition().position(), cell.lastCursorPosition().position()
                start, end = max(first, stretch[0]), min(last, stretch[1])
                if start < end or (start == end == first == last):
                    cells.append(plain_text(cursor_over(document, (start, end))))
            if cells:
                lines.append("\t".join(cells))
        return "\n".join(lines)


def _measure_plain(text: str, font: QFont) -> Want:
    metrics = QFontMetricsF(font)
    longest = max(text.split(), key=len, default="")
    return metrics.horizontalAdvance(text) + 1, metrics.horizontalAdvance(longest) + 1
