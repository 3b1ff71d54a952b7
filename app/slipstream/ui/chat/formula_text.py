r"""Writes formulas into a document: drawn where the drawing is there, as LaTeX in the code font until then.

Also counts positions in a document as if every drawn formula were its source, so that what is selected can stay
selected when a formula's source gives way to its drawing.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextDocument

from slipstream.core.formulas import Drawing, Formula, Refusal
from slipstream.ui.chat.documents import (
    FORMULA,
    LINE_BREAK,
    OBJECT,
    SOURCE,
    SealedDocument,
    formulas_in,
    utf16_length,
)
from slipstream.ui.chat.formula_object import formula_format
from slipstream.ui.chat.formulas import reason
from slipstream.ui.chat.look import Look

_PUNCTUATION = re.compile(r"[,.;:!?)\]}’”»…%]{1,4}(?!\w)")
SCALE = 1.1  # of the running text's size: the maths font's letters are smaller than a screen font's


def formula_px(font: QFont) -> float:
    """Pixels of an em in a formula among text of this font."""
    return font.pixelSize() * SCALE


@dataclass(frozen=True, slots=True)
class Written:
    """How a formula was written."""

    waiting: Formula | None = None  # the formula, where its drawing is still to come
    taken: int = 0  # characters of what follows that were written with it


def write_formula(
    cursor: QTextCursor, source: str, outer: QTextCharFormat, look: Look, following: str = ""
) -> Written:
    """Insert a formula, written with its delimiters; punctuation at the start of `following` may go with it."""
    try:
        formula = Formula.read(source)
    except ValueError:  # not closed yet
        write_source(cursor, source, outer, look)
        return Written()
    answer = look.formulas.answer(formula) if look.formulas is not None else None
    if isinstance(answer, Drawing):
        tail = "" if cursor.block().textDirection() is Qt.LayoutDirection.RightToLeft else _tail(following)
        _insert_drawing(cursor, answer, source, outer, look, tail)
        return Written(taken=len(tail))
    write_source(cursor, source, outer, look, answer)
    return Written(formula if answer is None and look.formulas is not None else None)


def _tail(following: str) -> str:
    match = _PUNCTUATION.match(following)
    return match[0] if match else ""


def write_source(
    cursor: QTextCursor, source: str, outer: QTextCharFormat, look: Look, refusal: Refusal | None = None
) -> None:
    """Insert a formula as LaTeX; `refusal` says why it will stay so."""
    form = QTextCharFormat(outer)
    form.setFont(look.mono)
    form.setProperty(SOURCE, source)
    if refusal is not None:
        form.setForeground(QColor(look.theme.muted))
        form.setToolTip(reason(refusal))
    cursor.insertText(source.replace("\n", LINE_BREAK), form)


def _insert_drawing(
    cursor: QTextCursor, drawing: Drawing, source: str, outer: QTextCharFormat, look: Look, tail: str
) -> None:
    document = cursor.document()
    assert isinstance(document, SealedDocument)
    assert look.formulas is not None
    if not document.drawings:
        document.documentLayout().registerHandler(FORMULA, look.formulas.handler)
    document.drawings.append(drawing)
    place = len(document.drawings) - 1
    px = formula_px(outer.font())
    cursor.insertText(OBJECT, formula_format(outer, drawing, place, px, source, tail))


def to_source(document: QTextDocument, position: int) -> int:
    """A position, counted as if each drawn formula before it were the text it stands for."""
    return position + sum(utf16_length(text) - 1 for _, text in formulas_in(document, 0, position))


def from_source(document: QTextDocument, offset: int) -> int:
    """Back from that count. A place inside what is one formula now is behind it."""
    longer = 0
    for position, text in formulas_in(document, 0, document.characterCount()):
        if position + longer >= offset:
            break
        longer += utf16_length(text) - 1
        if position + 1 + longer > offset:
            return position + 1
    return offset - longer
