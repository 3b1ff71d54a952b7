"""A row that is one displayed formula: centred, with its number at the edge of the column.

One that is too wide is shrunk a little; where that is not enough it is scrolled sideways.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlockFormat, QTextCursor, QTextDocument

from slipstream.core.formulas import Drawing
from slipstream.ui.chat.documents import SealedDocument, block_format
from slipstream.ui.chat.formula_object import draw
from slipstream.ui.chat.formula_text import formula_px, write_formula
from slipstream.ui.chat.inline import InlineWriter, displayable
from slipstream.ui.chat.rows import DocumentRow, Stretch
from slipstream.ui.chat.sideways import BAR, SidewaysRow

SHRUNK = 0.75  # of its size: the smallest a formula is made to fit
ROOM = 4  # px above and below
NUMBER_GAP = 20  # px between a formula and its number


class FormulaRow(SidewaysRow):
    """LaTeX in \\[ \\] or $$ $$."""

    def _fill(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.setBlockFormat(block_format(self.look.line))
        source = displayable(self.leaf.text)
        written = write_formula(cursor, source, InlineWriter(self.look).base(), self.look)
        self.waiting = frozenset() if written.waiting is None else frozenset({written.waiting})
        if _drawing(document) is not None:
            middle = QTextBlockFormat()
            middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            cursor.setBlockFormat(middle)

    # Geometry

    def origin(self) -> QPointF:
        return QPointF(super().origin().x() - self.sideways, self.look.px(ROOM))

    def text_width(self, width: int) -> float:
        """Also learns how wide the content is, where it does not fit."""
        room = super().text_width(width)
        self.widest = 0.0
        drawing = _drawing(self.ensure())
        if drawing is None:
            return room
        natural, aside = drawing.width * self._px, self._number_room(drawing)
        if natural + 2 * aside > room:  # in the middle of what its number leaves, then
            room -= aside
        if SHRUNK * natural <= room:
            return room
        self.widest = natural + aside  # to be scrolled, and then at its full size
        return natural

    def _number_room(self, drawing: Drawing) -> float:
        return drawing.tag.width * self._px + self.look.px(NUMBER_GAP) if drawing.tag is not None else 0.0

    @property
    def _px(self) -> float:
        return formula_px(self.look.body)

    def _measure(self, document: QTextDocument) -> int:
        self._stay_inside()
        bar = self.look.px(BAR) + self.look.px(ROOM) if self._overflow() else 0
        return super()._measure(document) + 2 * self.look.px(ROOM) + bar

    def estimate(self, _width: int) -> int:
        lines = 1 + self.leaf.text.count(r"\\")
        return self.height or round(self.look.line * (1 + lines))

    def _first_baseline(self) -> float:
        return super()._first_baseline() + self.origin().y()

    # Drawing

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        self._paint_frames(painter)
        painter.save()
        if self._overflow():
            inner = QRectF(self._left(), 0, self._room(), self.height)
            painter.setClipRect(inner, Qt.ClipOperation.IntersectClip)
        DocumentRow.paint(self, painter, clip, selection)
        self._paint_number(painter)
        painter.restore()
        self._paint_bar(painter)

    def _paint_number(self, painter: QPainter) -> None:
        drawing = _drawing(self.ensure())
        if drawing is None or drawing.tag is None or self.look.formulas is None:
            return
        right = self._left() + max(self._room(), self.widest) - self.sideways
        start = QPointF(right - drawing.tag.width * self._px, self._first_baseline())
        draw(painter, self.look.formulas.pictures, drawing.tag, start, self._px, self.look.text)


def _drawing(document: QTextDocument) -> Drawing | None:
    assert isinstance(document, SealedDocument)
    return document.drawings[0] if document.drawings else None
