"""How the cells of a table are set: fonts, room around the text, where it stands. Made once for many cells.

To make formats for each cell anew took more time than to write the cells.
"""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextTableCellFormat,
)

from slipstream.ui.chat.columns import Want
from slipstream.ui.chat.documents import block_format
from slipstream.ui.chat.inline import InlineWriter
from slipstream.ui.chat.look import Look

PAD = 8
LINE_SCALE = 1.4
HAIRLINE = 1  # px under each row, which the row draws itself: Qt takes longer for borders than for text
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
}


class CellStyle:
    """Of the head's cells, or of all others."""

    def __init__(self, look: Look, aligns: Sequence[str], *, head: bool, rtl: bool) -> None:
        """`aligns` as in `Leaf`. `rtl`: the first column stands on the right."""
        self._look = look
        self._aligns = aligns
        self._rtl = rtl
        self._wants: dict[str, Want] = {}
        self.font = QFont(look.body)
        self.font.setPixelSize(max(1, look.body.pixelSize() - 1))
        if head:
            self.font.setWeight(QFont.Weight.DemiBold)
        self.metrics = QFontMetricsF(self.font)

    @cached_property
    def running(self) -> QTextCharFormat:
        """Of plain text."""
        return InlineWriter(self._look).base(self.font)

    @property
    def pad(self) -> float:
        """Room above and below the text, px."""
        return self._look.px(PAD) * 0.75

    def pads(self, column: int) -> tuple[int, int]:
        """Room left and right of a cell's text: the first column stands on the edge of the text."""
        pad = self._look.px(PAD)
        start = 0 if column == 0 else pad
        return (pad, start) if self._rtl else (start, pad)

    @cached_property
    def cells(self) -> list[QTextTableCellFormat]:
        """By column."""
        return [self._cell(column) for column in range(max(1, len(self._aligns)))]

    def _cell(self, column: int) -> QTextTableCellFormat:
        form = QTextTableCellFormat()
        left, right = self.pads(column)
        form.setTopPadding(self.pad)
        form.setBottomPadding(self.pad + HAIRLINE)
        form.setLeftPadding(left)
        form.setRightPadding(right)
        return form

    @cached_property
    def blocks(self) -> list[QTextBlockFormat]:
        """By column."""
        return [self._block(column) for column in range(max(1, len(self._aligns)))]

    def _block(self, column: int) -> QTextBlockFormat:
        form = block_format(round(self.font.pixelSize() * LINE_SCALE))
        told = self._aligns[column] if column < len(self._aligns) else ""
        form.setAlignment(_ALIGN[told or ("right" if self._rtl else "left")])
        return form

    def want(self, text: str) -> Want:
        """What plain text wants."""
        if text not in self._wants:
            whole = self.metrics.horizontalAdvance(text) + 1
            longest = max(text.split(), key=len, default="")
            word = whole if longest == text else self.metrics.horizontalAdvance(longest) + 1
            self._wants[text] = whole, word
        return self._wants[text]
