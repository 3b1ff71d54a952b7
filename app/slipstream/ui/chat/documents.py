"""A text document that loads nothing, and the small helpers every row needs around it.

A drawn formula is one character in a document, `OBJECT`, that carries what it stands for; whoever asks for text gets
that.
"""

import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLine,
    QTextOption,
)

from slipstream.core.formulas import Drawing
from slipstream.ui.chat.look import Look

SELECTION_TINT = 0.3  # of the accent colour; text keeps its own colour on it
MOST_MARKS = 400  # of one row that are drawn: more say nothing, and cost time
_OBJECT_MARKS = dict.fromkeys(map(ord, "\ufdd0\ufdd1\ufffc"))  # Qt's own marks for frames and objects
LINE_BREAK = "\u2028"  # within a paragraph
OBJECT = "\ufffc"
FORMULA = QTextFormat.ObjectTypes.UserObject + 1  # the type of a drawn formula
SOURCE = (
    QTextFormat.Property.UserProperty + 1
)  # a property of formulas, drawn or not: LaTeX with its delimiters
STANDS_FOR = SOURCE + 1  # a property of drawn ones: the text in whose place it stands
_SPACES = dict.fromkeys(map(ord, "\u2028\u2029\xa0\n\t"), " ")
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"  # without a mark of the byte order


@dataclass(frozen=True, slots=True)
class Marks:
    """What a search found in a row: stretches of characters, and the one the reader was led to."""

    found: tuple[tuple[int, int], ...] = ()
    current: tuple[int, int] | None = None


NO_MARKS = Marks()


class SealedDocument(QTextDocument):
    """A document whose resources are all refused: no file, no share, no server is ever asked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.drawings: list[Drawing] = []  # of its formulas, in the order they were written
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(look.body)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)

    def loadResource(self, _type: int, _name: QUrl | str) -> Any:
        return None


def block_format(line_height: float) -> QTextBlockFormat:
    """A paragraph whose lines are at least this high, px; taller scripts keep their own height."""
    form = QTextBlockFormat()
    form.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return form


def paint_document(
    document: QTextDocument,
    painter: QPainter,
    clip: QRectF,
    selection: tuple[int, int] | None,
    look: Look,
    marks: Marks = NO_MARKS,
) -> None:
    """Draw what lies in `clip` (document coordinates), with a stretch selected and what was found marked."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = clip
    context.palette.setColor(QPalette.ColorRole.Text, QColor(look.text))
    selections = [
        _stretch(document, stretch, QColor(look.theme.found), look) for stretch in marks.found[:MOST_MARKS]
    ]
    if marks.current is not None:
        selections.append(_stretch(document, marks.current, QColor(look.theme.found_now), look))
    if selection is not None:
        tint = QColor(look.theme.accent)
        tint.setAlphaF(SELECTION_TINT)
        selections.append(_stretch(document, selection, tint, look))
    if selections:
        context.selections = selections
    document.documentLayout().draw(painter, context)


def _stretch(
    document: QTextDocument, stretch: tuple[int, int], colour: QColor, look: Look
) -> QAbstractTextDocumentLayout.Selection:
    form = QTextCharFormat()
    if isinstance(document, SealedDocument) and document.drawings:
        colour = _over(colour, QColor(look.theme.window))  # Qt fills behind an object more than once
    form.setBackground(colour)
    selection = QAbstractTextDocumentLayout.Selection()
    selection.cursor = cursor_over(document, stretch)
    selection.format = form
    return selection


def _over(tint: QColor, ground: QColor) -> QColor:
    """What a transparent colour looks like on an opaque one."""
    share = tint.alphaF()
    mixed = (
        share * t + (1 - share) * g for t, g in zip(tint.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    )
    return QColor.fromRgbF(*mixed)


def stretch_rects(document: QTextDocument, stretch: tuple[int, int]) -> list[QRectF]:
    """Where these characters stand, a rectangle a line (document coordinates). The document is laid out."""
    rects = []
    block = document.findBlock(stretch[0])
    while block.isValid() and block.position() < stretch[1]:
        start, end = stretch[0] - block.position(), stretch[1] - block.position()
        top = document.documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        for number in range(layout.lineCount() if layout is not None else 0):
            line = layout.lineAt(number)
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                edges = sorted((_x(line, first), _x(line, last)))
                rects.append(
                    QRectF(top.x() + edges[0], top.y() + line.y(), edges[1] - edges[0], line.height())
                )
        block = block.next()
    return rects


def caret_rect(document: QTextDocument, position: int) -> QRectF:
    """Where a caret before this character stands: no width, the height of its line."""
    block = document.findBlock(position)
    top: QPointF = document.documentLayout().blockBoundingRect(block).topLeft()
    line = _line_at(block, position - block.position())
    if line is None:
        return QRectF(top.x(), top.y(), 0, 0)
    return QRectF(top.x() + _x(line, position - block.position()), top.y() + line.y(), 0, line.height())


def _line_at(block: QTextBlock, offset: int) -> QTextLine | None:
    layout = block.layout()
    if layout is None or layout.lineCount() == 0:
        return None
    line = layout.lineForTextPosition(offset)
    return line if line.isValid() else layout.lineAt(layout.lineCount() - 1)


def _x(line: QTextLine, offset: int) -> float:
    """PySide gives the place and the character it is before."""
    found: Any = line.cursorToX(offset)
    return float(found[0])


def cursor_over(document: QTextDocument, stretch: tuple[int, int]) -> QTextCursor:
    """A cursor that selects these characters, cut to what there is."""
    last = max(0, document.characterCount() - 1)
    cursor = QTextCursor(document)
    cursor.setPosition(min(stretch[0], last))
    cursor.setPosition(min(stretch[1], last), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def plain_text(cursor: QTextCursor) -> str:
    """What a cursor selects, with ordinary line breaks, and formulas as they were written."""
    text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    pieces = [piece.translate(_OBJECT_MARKS) for piece in text.split(OBJECT)]
    if len(pieces) == 1:
        return pieces[0]
    found = formulas_in(cursor.document(), cursor.selectionStart(), cursor.selectionEnd())
    pairs = zip_longest((text for _, text in found), pieces[1:], fillvalue="")
    return pieces[0] + "".join(f"{formula}{piece}" for formula, piece in pairs)


def formulas_in(document: QTextDocument, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Position of each drawn formula between two positions, and the text that it stands for."""
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            form = fragment.charFormat()
            if start <= fragment.position() < end and form.objectType() == FORMULA:
                yield fragment.position(), form.stringProperty(STANDS_FOR)
            fragments += 1
        block = block.next()


def source_of(document: QTextDocument) -> str:
    """A document's raw text, with the LaTeX that its drawn formulas stand for."""
    raw = document.toRawText()
    if not isinstance(document, SealedDocument) or not document.drawings:
        return raw
    found = (text for _, text in formulas_in(document, 0, document.characterCount()))
    pairs = zip_longest(raw.split(OBJECT), found, fillvalue="")
    return "".join(f"{piece}{formula}" for piece, formula in pairs)


def shown_stretch(document: QTextDocument, stretch: tuple[int, int]) -> tuple[int, int]:
    """Where characters of that text stand in the document; of a drawn formula all of it counts."""
    if not isinstance(document, SealedDocument) or not document.drawings:
        return stretch
    start, end = stretch
    return _shown_place(document, start, 0), _shown_place(document, end, 1)


def _shown_place(document: QTextDocument, offset: int, inside: int) -> int:
    """`inside`: 0 before and 1 behind a drawing that it falls into."""
    longer = 0
    for position, text in formulas_in(document, 0, document.characterCount()):
        begin, length = position + longer, utf16_length(text)
        if offset <= begin:
            break
        if offset < begin + length:
            return position + inside
        longer += length - 1
    return offset - longer


def utf16_length(text: str) -> int:
    """Length as Qt counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def format_at(document: QTextDocument, point: QPointF) -> QTextCharFormat:
    """The format of the character under a point; an empty one where there is none."""
    position = document.documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
    if position < 0:
        return QTextCharFormat()
    cursor = QTextCursor(document)
    cursor.setPosition(min(position + 1, document.characterCount() - 1))
    return cursor.charFormat()  # of the character before the cursor


def searchable_text(raw: str) -> str:
    """A document's text as a search reads it: one character a position, white space as spaces.

    Qt counts characters beyond U+FFFF twice, so each of them stands as its two surrogates.
    """
    text = raw.translate(_SPACES)
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(map(chr, array("H", text.encode(_UTF_16, "surrogatepass"))))
