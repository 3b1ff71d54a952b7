"""A row that is a table. Growing tables get rows appended; a cell that did not change is not written again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from slipstream.ui.chat.documents import block_format
from slipstream.ui.chat.inline import InlineWriter
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.leaves import Leaf
from slipstream.ui.chat.rows import Stretch

PAD = 8
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "": Qt.AlignmentFlag.AlignLeft,
}


class TableRow(LeafRow):
    """A pipe table: bold head, hairlines between the rows."""

    _table: QTextTable | None = None

    def update(self, leaf: Leaf, *, is_open: bool) -> bool:
        if leaf.kind is not self.leaf.kind:
            return False
        before, now = self.leaf.cells, leaf.cells
        same_shape = before[:1] == now[:1] and leaf.aligns == self.leaf.aligns and len(now) >= len(before)
        self.open = is_open
        if leaf == self.leaf:
            return True
        table = self._table if self.document is not None else None
        keeps = same_shape and before[:-1] == now[: len(before) - 1] and leaf.frames == self.leaf.frames
        self.leaf, self.ready = leaf, False
        if table is None or not keeps:
            self.document = None
            return True
        edit = QTextCursor(table.document())
        edit.beginEditBlock()  # or the table would be laid out after every step
        if len(now) > len(before):
            table.appendRows(len(now) - len(before))
        for number in range(len(before) - (before[-1] != now[len(before) - 1]), len(now)):
            self._write_row(table, number)
        edit.endEditBlock()
        return True

    def _fill(self, document: QTextDocument) -> None:
        cells = self.leaf.cells
        self.waiting = frozenset()
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(0)
        form.setCellSpacing(0)
        form.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
        form.setHeaderRowCount(1)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._table = cursor.insertTable(len(cells), max(1, len(cells[0])), form)
        for number in range(len(cells)):
            self._write_row(self._table, number)
        self._shrink_edges(document)
        cursor.endEditBlock()

    def _shrink_edges(self, document: QTextDocument) -> None:
        """Qt keeps an empty paragraph before and after a table; leave them no height."""
        for block in (document.firstBlock(), document.lastBlock()):
            form = QTextBlockFormat()
            form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            QTextCursor(block).setBlockFormat(form)

    def _write_row(self, table: QTextTable, number: int) -> None:
        writer = InlineWriter(self.look)
        font = QFont(self.look.body)
        font.setPixelSize(max(1, self.look.body.pixelSize() - 1))
        if number == 0:
            font.setWeight(QFont.Weight.DemiBold)
        for column, source in enumerate(self.leaf.cells[number][: table.columns()]):
            cell = table.cellAt(number, column)
            form = cell.format().toTableCellFormat()
            pad = self.look.px(PAD)
            form.setTopPadding(pad * 0.75)
            form.setBottomPadding(pad * 0.75)
            form.setLeftPadding(0 if column == 0 else pad)
            form.setRightPadding(pad)
            form.setBottomBorder(1)
            form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBottomBorderBrush(QBrush(QColor(self.look.theme.border)))
            cell.setFormat(form)
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            block = block_format(round(font.pixelSize() * 1.4))
            align = self.leaf.aligns[column] if column < len(self.leaf.aligns) else ""
            block.setAlignment(_ALIGN[align])
            cursor.setBlockFormat(block)
            writer.write(cursor, source, writer.base(font))
        self.waiting |= writer.waiting

    def estimate(self, _width: int) -> int:
        return self.height or round(len(self.leaf.cells) * self.look.line * 1.5)

    def text(self, stretch: Stretch) -> str:
        """Cells parted by tabs when the whole table is meant, else what is selected of it."""
        if stretch[0] <= 1 and stretch[1] >= self.length - 1:
            return "\n".join("\t".join(row) for row in self.leaf.cells)
        return super().text(stretch)
