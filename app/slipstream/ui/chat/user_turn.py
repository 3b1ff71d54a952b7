"""What a person wrote: plain text in a bubble on the far side, with what can be done with it below."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from slipstream.ui.chat.control_rows import BUTTON, FoldRow
from slipstream.ui.chat.editing import Editable
from slipstream.ui.chat.leafrows import estimate_text
from slipstream.ui.chat.look import BUBBLE_SHARE, Look
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.sections import PlainRow, plain_chunks
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turn_rows import EditRow, UserFooterRow

BUBBLE_PAD_X, BUBBLE_PAD_Y, BUBBLE_RADIUS = 16, 10, 16
FOOTER_GAP = 3  # px between the bubble and the buttons below it
FOLD_OVER = 2400  # characters of a person's turn that are shown before it folds
FOLD_LINES = 30


class UserTurn(Editable, Turn):
    """What a person wrote, as plain text. Long text is folded."""

    def __init__(self, look: Look, message: ShownMessage) -> None:
        super().__init__(look, message.id)
        self._text = message.content
        self._versions = message.versions
        self.unfolded = False

    def build(self) -> None:
        super().build()
        if self.edit_row is not None:
            self.rows = [self.edit_row]
            return
        hidden = len(self._text) - len(self._start())
        shown = self._text if self.unfolded or not hidden else self._start() + " …"
        self.rows = [PlainRow(self.look, chunk) for chunk in plain_chunks(shown)]
        for row in self.rows[1:]:
            row.separator = "\n"
        if hidden:
            fold = FoldRow(self.look, self.id, unfolded=self.unfolded, hidden=hidden)
            fold.gap = self.look.px(4)
            self.rows.append(fold)
        self.rows.append(self._footer())

    def _footer(self) -> UserFooterRow:
        footer = UserFooterRow(self.look, self.id, self._versions, unanswered=self.is_last)
        footer.gap = self.look.px(BUBBLE_PAD_Y + FOOTER_GAP)
        return footer

    def relist(self) -> None:
        if self.built:
            self.build()

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        if self.rows and self.edit_row is None:
            footer = self._footer()
            footer.y = self.rows[-1].y
            self.rows[-1] = footer

    def text_to_edit(self) -> str:
        return self._text

    def _start(self) -> str:
        """What is shown while it is folded."""
        start = "\n".join(self._text[: FOLD_OVER + 1].split("\n", FOLD_LINES)[:FOLD_LINES])
        if len(start) <= FOLD_OVER:
            return start
        half = start[: FOLD_OVER // 2]
        return half[: half.rfind(" ") if " " in half[-80:] else None]

    def toggle(self) -> None:
        self.unfolded = not self.unfolded
        self.build()

    def is_folded(self, _part: int) -> bool:
        return not self.unfolded and len(self._text) > len(self._start())

    def unfold(self, part: int) -> None:
        if self.is_folded(part):
            self.toggle()

    def copy_text(self) -> str:
        return self._text

    def estimate(self, width: int) -> int:
        text = estimate_text(self.look, self._start(), self._most(width))
        return text + 2 * self.look.px(BUBBLE_PAD_Y) + self.look.px(FOOTER_GAP + BUTTON)

    def _most(self, width: int) -> int:
        """Widest the text may be."""
        return max(80, round(width * BUBBLE_SHARE) - 2 * self.look.px(BUBBLE_PAD_X))

    def _widest(self) -> int:
        widths = [row.natural for row in self.rows if isinstance(row, PlainRow) and row.ready]
        if any(isinstance(row, FoldRow) for row in self.rows):
            return self._most(self.width)
        return max(widths, default=self._most(self.width))

    def row_width(self, row: Row) -> int:
        return self.width if isinstance(row, (EditRow, UserFooterRow)) else self._most(self.width)

    def row_x(self, row: Row) -> int:
        if isinstance(row, (EditRow, UserFooterRow)):
            return 0
        left = self._bubble_x() + self.look.px(BUBBLE_PAD_X)
        if isinstance(row, PlainRow) and row.rtl and row.ready:
            return left + self._widest() - row.natural
        return left

    def _bubble_x(self) -> int:
        """Its left edge: it stands on the side where reading ends."""
        return 0 if self.look.rtl else self.width - self._widest() - 2 * self.look.px(BUBBLE_PAD_X)

    def _top(self) -> int:
        return 0 if self.edit_row is not None else self.look.px(BUBBLE_PAD_Y)

    def paint_behind(self, painter: QPainter) -> None:
        if self.edit_row is not None or not self.rows:
            return
        wide = self._widest() + 2 * self.look.px(BUBBLE_PAD_X)
        high = self.rows[-1].y - self.look.px(FOOTER_GAP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.theme.user_bubble))
        radius = min(self.look.px(BUBBLE_RADIUS), high / 2)
        painter.drawRoundedRect(QRectF(self._bubble_x(), 0, wide, high), radius, radius)
