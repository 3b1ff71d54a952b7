"""A text document that loads nothing, and the small helpers every row needs around it.

A drawn formula is one character in a document, `OBJECT`, that carries what it stands for; whoever asks for text gets
that.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from slipstream.core.formulas import Drawing
from slipstream.ui.chat.look import Look

SELECTION_TINT = 0.3  # of the accent colour; text keeps its own colour on it
_OBJECT_MARKS = dict.fromkeys(map(ord, "\ufdd0\ufdd1\ufffc"))  # Qt's own marks for frames and objects
LINE_BREAK = "\u2028"  # within a paragraph
OBJECT = "\ufffc"
FORMULA = QTextFormat.ObjectTypes.UserObject + 1  # the type of a drawn formula
SOURCE = (
    QTextFormat.Property.UserProperty + 1
)  # a property of formulas, drawn or not: LaTeX with its delimiters
STANDS_FOR = SOURCE + 1  # a property of drawn ones: the text in whose place it stands


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
    document: QTextDocument, painter: QPainter, clip: QRectF, selection: tuple[int, int] | None, look: Look
) -> None:
    """Draw what lies in `clip` (document coordinates), with a stretch of characters selected."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = clip
    context.palette.setColor(QPalette.ColorRole.Text, QColor(look.text))
    if selection is not None:
        context.selections = [_selection(document, selection, look)]
    document.documentLayout().draw(painter, context)


def _selection(
    document: QTextDocument, stretch: tuple[int, int], look: Look
) -> QAbstractTextDocumentLayout.Selection:
    form = QTextCharFormat()
    tint = QColor(look.theme.accent)
    tint.setAlphaF(SELECTION_TINT)
    if isinstance(document, SealedDocument) and document.drawings:
        tint = _over(tint, QColor(look.theme.window))  # Qt fills behind an object more than once
    form.setBackground(tint)
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
