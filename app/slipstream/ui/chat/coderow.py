"""A row of code: its language, a copy button, and lines that are coloured once and never wrapped.

Growing code is only ever appended to. Lines wider than the row are scrolled sideways, all together.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from slipstream.ui.chat.documents import block_format, searchable_text
from slipstream.ui.chat.highlight import LineHighlighter, language_name
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.leaves import Leaf
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import ControlPlace, DocumentRow, Stretch
from slipstream.ui.chat.sideways import SidewaysRow
from slipstream.ui.theme import RADIUS

HEAD = 34  # px for language and button
PAD = 14
LONGEST_LINE = 4000  # characters; longer ones are broken, or laying them out would freeze the window


class CodeRow(SidewaysRow):
    """Code of one fence or of an indented block."""

    pad = PAD

    def __init__(self, look: Look, leaf: Leaf) -> None:
        super().__init__(look, leaf)
        self.rtl = False  # unless the item it stands in is
        self._reset()

    def _reset(self) -> None:
        self._highlighter = LineHighlighter(self.leaf.language)
        self._written = ""  # code in the document, complete lines only
        self._line_start = 0  # where the incomplete last line starts in the document
        self._forms: dict[str | None, QTextCharFormat] = {}  # by the name of a colour
        self.widest = 0.0
        self.lines_coloured = 0

    def update(self, leaf: Leaf, *, is_open: bool) -> bool:
        if leaf.kind is not self.leaf.kind:
            return False
        same = leaf.language == self.leaf.language and leaf.frames == self.leaf.frames
        grown = same and leaf.text.startswith(self._written)
        changed = leaf.text != self.leaf.text or is_open != self.open
        self.leaf, self.open = leaf, is_open
        if not grown:
            self.document, self.ready = None, False
        elif changed:
            self.ready = False
            if self.document is not None:
                self.same_above = self.look.px(HEAD) + round(self.lines_coloured * self.look.code_line)
                self._append(self.document)
        return True

    def _fill(self, document: QTextDocument) -> None:
        document.setDefaultFont(self.look.mono)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * self.look.px(8))
        document.setDefaultTextOption(option)
        self._reset()
        self._append(document)

    def _append(self, document: QTextDocument) -> None:
        """Colour the lines that are complete now; the last one stays plain until it is."""
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.setPosition(self._line_start)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        *complete, last = self.leaf.text[len(self._written) :].split("\n")
        cursor.setBlockFormat(block_format(self.look.code_line))
        for line in complete:
            for run, colour in self._highlighter.line(displayable(line)):
                self._insert(cursor, run, colour)
            cursor.insertBlock()
            self._written += line + "\n"
            self.lines_coloured += 1
        self._line_start = cursor.position()
        if self.open:
            self._insert(cursor, displayable(last), None)
        else:
            for run, colour in self._highlighter.line(displayable(last)):
                self._insert(cursor, run, colour)
        cursor.endEditBlock()

    def _insert(self, cursor: QTextCursor, run: str, colour: str | None) -> None:
        if colour not in self._forms:
            form = self._forms[colour] = QTextCharFormat()
            form.setFont(self.look.mono)
            form.setForeground(QColor(getattr(self.look.theme.code, colour) if colour else self.look.text))
            if colour == "comment":
                form.setFontItalic(True)
        cursor.insertText(_broken(run), self._forms[colour])

    # Geometry

    def origin(self) -> QPointF:
        pad = self.look.px(PAD)
        return QPointF(self._left() + pad - self.sideways, self.look.px(HEAD))

    def text_width(self, _width: int) -> float:
        return -1

    def estimate(self, _width: int) -> int:
        lines = self.leaf.text.count("\n") + 1
        return self.height or round(lines * self.look.code_line) + self.look.px(HEAD) + self.look.px(PAD)

    def _measure(self, document: QTextDocument) -> int:
        size = document.size()
        self.widest = document.idealWidth()
        self._stay_inside()
        return round(size.height()) + self.look.px(HEAD) + self.look.px(PAD)

    def control(self) -> ControlPlace:
        side = self.look.px(HEAD)
        return ControlPlace("code", QRect(self._left(), 0, self.width - self.indent(), side))

    def _first_baseline(self) -> float:
        metrics = QFontMetricsF(self.look.body)
        return (self.look.px(HEAD) + metrics.ascent() - metrics.descent()) / 2

    def text(self, stretch: Stretch) -> str:
        return DocumentRow.text(self, stretch)

    def searchable(self) -> str:
        """Without a document: to colour a long program only to search it would take long."""
        if self.document is not None:
            return super().searchable()
        return searchable_text("\n".join(_broken(displayable(line)) for line in self.leaf.text.split("\n")))

    @property
    def language(self) -> str:
        return language_name(self.leaf.language)

    # Drawing

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        self._paint_frames(painter)
        box = QRectF(self._left() + 0.5, 0.5, self.width - self.indent() - 1, self.height - 1)
        painter.setPen(QColor(self.look.theme.border))
        painter.setBrush(QColor(self.look.theme.code_background))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        inner = box.adjusted(self.look.px(PAD) - 4, self.look.px(HEAD), -self.look.px(PAD) + 4, -1)
        painter.save()
        painter.setClipRect(inner, Qt.ClipOperation.IntersectClip)
        DocumentRow.paint(self, painter, clip.intersected(inner), selection)
        painter.restore()
        self._paint_bar(painter)


def _broken(run: str) -> str:
    """`run` in pieces that can be laid out at once."""
    if len(run) <= LONGEST_LINE:
        return run
    return "\u2028".join(run[i : i + LONGEST_LINE] for i in range(0, len(run), LONGEST_LINE))
