"""A row that is a table, or a part of a long one. A cell that did not change is not written again."""

import re

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QPainter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from slipstream.ui.chat.cellstyle import HAIRLINE, CellStyle
from slipstream.ui.chat.columns import NOTHING, Columns, Want
from slipstream.ui.chat.documents import SealedDocument, cursor_over, plain_text
from slipstream.ui.chat.formula_text import formula_px
from slipstream.ui.chat.inline import InlineWriter, is_plain
from slipstream.ui.chat.leafrows import LeafRow, reads_rtl
from slipstream.ui.chat.leaves import Leaf
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Stretch

_MARKUP = re.compile(r"[*_`\\$]|\]\([^)]*\)|\[")  # what of a cell's source is not shown, about


class TableRow(LeafRow):
    """A pipe table: bold head, hairlines between the rows."""

    def __init__(self, look: Look, leaf: Leaf, columns: Columns) -> None:
        """`columns` are those of the part above, or new ones."""
        super().__init__(look, leaf)
        self._table: QTextTable | None = None
        self._applied: tuple[int, ...] = ()  # widths of the columns in the document
        self._scratch: SealedDocument | None = None  # for measuring cells
        self._wants: list[Want] = []
        self._styles: dict[bool, CellStyle] = {}  # of the head, and of what is below it
        self._edges: list[float] = []  # where each row of the table ends, px from the document's top
        self.columns = columns
        self._read_direction()
        self._measure_rows(0)

    def _read_direction(self) -> None:
        if self.leaf.part == 0:
            self.columns.rtl = reads_rtl(" ".join(self.leaf.cells[0]))
        self.rtl = self.columns.rtl
        self._styles.clear()

    def update(self, leaf: Leaf, *, is_open: bool) -> bool:
        if leaf.kind is not self.leaf.kind or leaf.part != self.leaf.part:
            return False
        before, now = self.leaf.cells, leaf.cells
        same_shape = before[:1] == now[:1] and leaf.aligns == self.leaf.aligns and len(now) >= len(before)
        self.open = is_open
        if leaf == self.leaf:
            return True
        table = self._table if self.document is not None else None
        was_ready = self.ready
        keeps = same_shape and before[:-1] == now[: len(before) - 1] and leaf.frames == self.leaf.frames
        self.leaf, self.ready = leaf, False
        if not same_shape and leaf.part == 0:
            self._read_direction()
        first = len(before) - (before[-1] != now[len(before) - 1]) if keeps else 0
        if table is None or not keeps:
            self.renew()
            self._measure_rows(first)
            return True
        edit = QTextCursor(table.document())
        edit.beginEditBlock()  # or the table would be laid out after every step
        if len(now) > len(before):
            table.appendRows(len(now) - len(before))
        for number in range(first, len(now)):
            self._write_row(table, number, fresh=number >= len(before))
        edit.endEditBlock()
        self.columns.put(self, self._wants)
        same = was_ready and first > 0 and self._widths(self.width) == self._applied
        self.same_above = round(self._edges[first - 1]) if same else 0
        return True

    def renew(self) -> None:
        super().renew()
        self._styles.clear()

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self._scratch = None
        self._styles.clear()
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
            self._write_row(self._table, number, fresh=True)
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

    def _style(self, number: int) -> CellStyle:
        """Of a row of the table."""
        head = number == 0 and self.leaf.part == 0
        if head not in self._styles:
            self._styles[head] = CellStyle(self.look, self.leaf.aligns, head=head, rtl=self.rtl)
        return self._styles[head]

    def _write_row(self, table: QTextTable, number: int, *, fresh: bool) -> None:
        """`fresh`: its cells are empty."""
        writer = InlineWriter(self.look, self.references)
        style = self._style(number)
        for column, source in enumerate(self.leaf.cells[number][: table.columns()]):
            self._want(column, *self._measure_cell(source, style, writer))
            cell = table.cellAt(number, self._at(column))
            cursor = cell.firstCursorPosition()
            if not fresh:
                cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
            cell.setFormat(style.cells[column])
            cursor.setBlockFormat(style.blocks[column])
            writer.write(cursor, source, style.running)
        self.waiting |= writer.waiting

    # Widths

    def _want(self, column: int, natural: float, least: float) -> None:
        had = self._wants[column]
        self._wants[column] = max(had[0], natural), max(had[1], least)

    def _measure_rows(self, first: int) -> None:
        """About what the cells want, from this row on: also far from sight, so that little moves later."""
        if first == 0:
            self._wants = [NOTHING] * self._count
        for number in range(first, len(self.leaf.cells)):
            style = self._style(number)
            for column, source in enumerate(self.leaf.cells[number][: self._count]):
                self._want(column, *style.want(source if is_plain(source) else _MARKUP.sub("", source)))
        self.columns.put(self, self._wants)

    def _measure_cell(self, source: str, style: CellStyle, writer: InlineWriter) -> Want:
        """What a cell wants."""
        if is_plain(source):
            return style.want(source)
        if self._scratch is None:
            self._scratch = SealedDocument(self.look)
        self._scratch.clear()
        self._scratch.drawings.clear()
        writer.write(QTextCursor(self._scratch), source, style.running)
        longest = max(self._scratch.toPlainText().split(), key=len, default="")
        least = style.metrics.horizontalAdvance(longest) * 1.1  # it may stand in a wider font
        formula = max((drawing.width for drawing in self._scratch.drawings), default=0.0)
        return self._scratch.idealWidth() + 1, max(least, formula * formula_px(style.font) + 1)

    def _widths(self, width: int) -> tuple[int, ...]:
        """Of the columns, in a row this wide."""
        pads = [sum(self._style(1).pads(column)) for column in range(self._count)]
        return self.columns.widths(self.text_width(width), pads)

    def lay_out(self, width: int) -> None:
        self.ensure()
        widths = self._widths(width)
        if self._table is not None and widths != self._applied:
            form = self._table.format().toTableFormat()
            lengths = [QTextLength(QTextLength.Type.FixedLength, w) for w in widths]
            form.setColumnWidthConstraints(lengths[::-1] if self.rtl else lengths)
            self._table.setFormat(form)
            self._applied = widths
        super().lay_out(width)
        self._find_edges()

    def _find_edges(self) -> None:
        """A row of the table ends where the text of the next one begins, but for the room around it."""
        table, document = self._table, self.ensure()
        assert table is not None  # made with the document
        layout = document.documentLayout()
        firsts = (table.cellAt(n, 0).firstCursorPosition().block() for n in range(1, table.rows()))
        self._edges = [layout.blockBoundingRect(block).top() - self._style(1).pad for block in firsts]
        self._edges.append(document.size().height())

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        super().paint(painter, clip, selection)
        left, wide = self.origin().x(), sum(self._applied)
        for edge in self._edges:
            if clip.top() <= edge <= clip.bottom() + HAIRLINE:
                line = QRectF(left, round(edge) - HAIRLINE, wide, HAIRLINE)
                painter.fillRect(line, QColor(self.look.theme.border))

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
