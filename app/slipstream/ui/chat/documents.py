"""A text document that loads nothing, and the small helpers every row needs around it."""

from typing import Any

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from slipstream.ui.chat.look import Look

SELECTION_TINT = 0.3  # of the accent colour; text keeps its own colour on it
_OBJECT_MARKS = dict.fromkeys(map(ord, "\ufdd0\ufdd1\ufffc"))  # Qt's own marks for frames and objects


class SealedDocument(QTextDocument):
    """A document whose resources are all refused: no file, no share, no server is ever asked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
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
    form.setBackground(tint)
    selection = QAbstractTextDocumentLayout.Selection()
    selection.cursor = cursor_over(document, stretch)
    selection.format = form
    return selection


def cursor_over(document: QTextDocument, stretch: tuple[int, int]) -> QTextCursor:
    """A cursor that selects these characters, cut to what there is."""
    last = max(0, document.characterCount() - 1)
    cursor = QTextCursor(document)
    cursor.setPosition(min(stretch[0], last))
    cursor.setPosition(min(stretch[1], last), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def plain_text(cursor: QTextCursor) -> str:
    """What a cursor selects, with ordinary line breaks."""
    text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    return text.translate(_OBJECT_MARKS)
