"""Rows of Markdown: paragraphs, headings, list items, quotes, rules."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextCursor, QTextDocument

from slipstream.ui.chat.documents import block_format
from slipstream.ui.chat.inline import (
    END_ISOLATE,
    ISOLATE,
    InlineWriter,
    displayable,
    heal,
    is_whole,
    reads_on,
)
from slipstream.ui.chat.leaves import DONE_TASK, OPEN_TASK, Kind, Leaf
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.maths import unclosed
from slipstream.ui.chat.rows import DocumentRow, Row, Stretch

ITEM_INDENT = 26  # px a list level
QUOTE_INDENT = 18  # px a quote level
QUOTE_BAR = 3
BOX = 15  # px, side of the box of a task


def estimate_text(look: Look, text: str, width: int) -> int:
    """About how high running text will be, px, without laying it out."""
    per_line = max(8.0, width / look.digit)
    lines = sum(max(1, math.ceil(len(part) / per_line)) for part in text.split("\n"))
    return round(lines * look.line)


def reads_rtl(text: str) -> bool:
    """Whether the first letter is of a script written from right to left."""
    for char in text[:200]:
        match unicodedata.bidirectional(char):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False


class LeafRow(DocumentRow):
    """A row of Markdown: its leaf, the frames around it, and its list marker."""

    def __init__(self, look: Look, leaf: Leaf) -> None:
        super().__init__(look)
        self.leaf = leaf
        self.open = False  # still being written
        self.shared = 0  # outer frames that the row above stands in too; set by the section
        self.references: Mapping[str, Any] = {}  # definitions of links; set by the section
        self._running: QTextCharFormat | None = None  # of its plain words, in the document
        self.rtl = reads_rtl(leaf.text)

    def update(self, leaf: Leaf, *, is_open: bool) -> bool:
        """Show another state of the same leaf where this row can; False when a new row is needed."""
        if leaf.kind is not self.leaf.kind:
            return False
        before, was_open = self.leaf, self.open
        self.leaf, self.open = leaf, is_open
        if leaf == before and (is_open == was_open or self._reads_alike()):
            return True
        if not self._write_on(before):
            self.rtl = reads_rtl(leaf.text)
            self.renew()
        return True

    def _reads_alike(self) -> bool:
        """Whether it looks the same while it is written and when it is over."""
        return self.leaf.kind in (Kind.TEXT, Kind.HEADING) and is_whole(self.leaf.text)

    def _write_on(self, before: Leaf) -> bool:
        """Add what has come behind `before`, where all of it would read the same if it were written anew."""
        leaf, document = self.leaf, self.document
        if document is None or self._running is None or leaf != replace(before, text=leaf.text):
            return False
        if not leaf.text.startswith(before.text) or self.rtl != reads_rtl(leaf.text):
            return False
        added = leaf.text[len(before.text) :]
        if not reads_on(before.text, added):
            return False
        self.note_last_line(leaf.text)
        self.ready = False
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(displayable(added), self._running)
        return True

    def refer_to(self, references: Mapping[str, Any]) -> bool:
        """Take other definitions of links; whether that may change what is shown."""
        self.references = references
        leaf = self.leaf
        if leaf.kind is Kind.CODE or not (
            "[" in leaf.text or any("[" in c for row in leaf.cells for c in row)
        ):
            return False
        self.renew()
        return True

    def _fill(self, document: QTextDocument) -> None:
        look, leaf = self.look, self.leaf
        writer = InlineWriter(look, self.references, rtl=self.rtl)
        cursor = QTextCursor(document)
        shown = unclosed(leaf.text) if self.open else len(leaf.text)
        source, rest = leaf.text[:shown], leaf.text[shown:]
        source = heal(source) if self.open else source
        match leaf.kind:
            case Kind.HEADING:
                font = look.heading(leaf.level)
                cursor.setBlockFormat(block_format(round(font.pixelSize() * 1.3)))
                self._running = writer.base(font)
            case _:
                cursor.setBlockFormat(block_format(look.line))
                self._running = writer.base()
        writer.write(cursor, source, self._running)
        if rest:
            writer.write_source(cursor, rest, self._running)
        self.waiting = frozenset(writer.waiting)

    def indent(self) -> int:
        """Room the frames take, px."""
        return sum(self.look.px(ITEM_INDENT if f == "l" else QUOTE_INDENT) for f in self.leaf.frames)

    def origin(self) -> QPointF:
        return QPointF(0 if self.rtl else self.indent(), 0)

    def text_width(self, width: int) -> float:
        return max(40.0, width - self.indent())

    def estimate(self, width: int) -> int:
        return self.height or estimate_text(self.look, self.leaf.text, width)

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        self._paint_frames(painter)
        super().paint(painter, clip, selection)

    def _paint_frames(self, painter: QPainter) -> None:
        look, x = self.look, 0
        for depth, frame in enumerate(self.leaf.frames):
            if frame == "q":
                top = -self.gap if depth < self.shared else 0
                left = self.width - x - look.px(QUOTE_BAR) if self.rtl else x
                bar = QRectF(left, top, look.px(QUOTE_BAR), self.height - top)
                painter.fillRect(bar, QColor(look.theme.border))
                x += look.px(QUOTE_INDENT)
            else:
                x += look.px(ITEM_INDENT)
        if self.leaf.marker in (OPEN_TASK, DONE_TASK):
            self._paint_task(painter, x)
        elif self.leaf.marker:
            font = look.body
            painter.setFont(font)
            painter.setPen(QColor(look.theme.muted))
            room = look.px(6)
            baseline = self._first_baseline()
            width = QFontMetricsF(font).horizontalAdvance(self.leaf.marker)
            edge = float(self.width - x + room) if self.rtl else x - room - width
            directions = Qt.LayoutDirection  # the dot of a number stands behind it
            painter.setLayoutDirection(directions.RightToLeft if self.rtl else directions.LeftToRight)
            painter.drawText(QPointF(edge, baseline), self.leaf.marker)

    def _paint_task(self, painter: QPainter, x: int) -> None:
        """A box; ticked where the task is done."""
        look = self.look
        side, room = look.px(BOX), look.px(6)
        middle = self._first_baseline() - QFontMetricsF(look.body).capHeight() / 2
        left = self.width - x + room if self.rtl else x - room - side
        box = QRectF(left + 0.5, round(middle - side / 2) + 0.5, side - 1, side - 1)
        done = self.leaf.marker == DONE_TASK
        painter.setPen(QColor(look.theme.accent if done else look.theme.muted))
        painter.setBrush(QColor(look.theme.accent if done else look.theme.window))
        painter.drawRoundedRect(box, look.px(3), look.px(3))
        if done:
            pen = QPen(QColor(look.theme.on_accent), max(1.5, 0.12 * side))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            points = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
            painter.drawPolyline([box.topLeft() + QPointF(px * side, py * side) for px, py in points])

    def _first_baseline(self) -> float:
        layout = self.ensure().firstBlock().layout()
        if layout is None or layout.lineCount() == 0:
            return QFontMetricsF(self.look.body).ascent()
        line = layout.lineAt(0)
        return layout.position().y() + line.y() + line.ascent()

    @property
    def content(self) -> object:
        return self.leaf

    def letters(self) -> str:
        """All its text as it was written."""
        leaf = self.leaf
        cells = (cell for row in leaf.cells for cell in row)
        return "".join((leaf.marker, leaf.language, leaf.text, *cells))

    def text(self, stretch: Stretch) -> str:
        text = super().text(stretch)
        if self.rtl:
            text = text.replace(ISOLATE, "").replace(END_ISOLATE, "")
        return f"{self.leaf.marker} {text}" if self.leaf.marker and stretch[0] == 0 else text


class RuleRow(Row):
    """A thematic break."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.height = 1

    def paint(self, painter: QPainter, _clip: QRectF, _selection: Stretch | None) -> None:
        painter.fillRect(QRectF(0, 0, self.width, 1), QColor(self.look.theme.border))
