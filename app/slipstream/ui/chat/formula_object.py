"""A drawn formula in running text: one character that takes the formula's room and stands on the baseline.

Qt lets an inline object reach below the baseline by the descent of its own font (`AlignBaseline`). No text is ever
written in that font, so its size is free: it is chosen so that its descent is the formula's depth.

A line may be broken behind any object, so a comma behind a formula would begin the next line now and then. Such
punctuation becomes a part of the object.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from slipstream.core.formulas import Drawing
from slipstream.ui.chat.documents import FORMULA, SOURCE, STANDS_FOR, SealedDocument
from slipstream.ui.chat.pictures import Pictures

_PLACE = STANDS_FOR + 1  # which of its document's drawings
_PIXELS = STANDS_FOR + 2  # px an em
_DESCENT = STANDS_FOR + 3  # of the font that aligns it, px
_ASCENT = STANDS_FOR + 4  # of the text around it, px
_COLOUR = STANDS_FOR + 5
_TAIL = STANDS_FOR + 6  # punctuation behind it
_TAIL_WIDTH = STANDS_FOR + 7  # px
_TAIL_FONT = STANDS_FOR + 8
_DEEPEST = 1000  # px, size of that font at most


@dataclass(frozen=True, slots=True)
class _Box:
    """Room in the line, px."""

    width: float
    height: float
    ascent: float  # from its top to the baseline
    px: float  # of an em, after shrinking


@lru_cache(maxsize=1024)
def _aligning_size(family: str, depth: int) -> tuple[int, float]:
    """The smallest pixel size at which a family's descent is `depth` (quarters of a px), and what it is there."""
    font = QFont(family)

    def descent(size: int) -> float:
        font.setPixelSize(size)
        return QFontMetricsF(font).descent()

    size = max(1, int(depth / 4 / max(1.0, descent(100)) * 100) - 1)
    while descent(size) < depth / 4 and size < _DEEPEST:
        size += 1
    return size, descent(size)


def formula_format(
    outer: QTextCharFormat, drawing: Drawing, place: int, px: float, source: str, tail: str
) -> QTextCharFormat:
    """The format of the character that stands for a drawing, number `place` of its document, and its `tail`."""
    form = QTextCharFormat(outer)
    metrics = QFontMetricsF(outer.font())
    descent = metrics.descent()  # at least; a line of formulas alone stands as one of words does
    if drawing.depth * px > descent:
        family = outer.font().family()
        size, descent = _aligning_size(family, math.ceil(drawing.depth * px * 4))
        font = QFont(family)
        font.setPixelSize(size)
        form.setFont(font)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    form.setObjectType(FORMULA)
    form.setProperty(SOURCE, source)
    form.setProperty(STANDS_FOR, source + tail)
    form.setProperty(_PLACE, place)
    form.setProperty(_PIXELS, px)
    form.setProperty(_ASCENT, metrics.ascent())
    form.setProperty(_DESCENT, descent)
    form.setProperty(_COLOUR, outer.foreground().color().name())
    if tail:
        form.setProperty(_TAIL, tail)
        form.setProperty(_TAIL_WIDTH, metrics.horizontalAdvance(tail))
        form.setProperty(_TAIL_FONT, outer.font())
    return form


def _box(document: QTextDocument, form: QTextFormat) -> tuple[Drawing, _Box]:
    """A drawing and its room. One that is wider than its document is shrunk to it."""
    assert isinstance(document, SealedDocument)
    drawing = document.drawings[form.intProperty(_PLACE)]
    px, tail = form.doubleProperty(_PIXELS), form.doubleProperty(_TAIL_WIDTH)
    room = document.textWidth() - tail
    if 0 < room < drawing.width * px:
        px = room / drawing.width
    ascent = max((drawing.height - drawing.depth) * px, form.doubleProperty(_ASCENT))
    height = ascent + form.doubleProperty(_DESCENT)
    return drawing, _Box(drawing.width * px + tail, height, ascent, px)


class FormulaObject(QPyTextObject):
    """Measures and draws formulas for Qt's text layout; one serves any number of documents."""

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures

    def intrinsicSize(self, doc: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        _, box = _box(doc, form)
        return QSizeF(box.width, box.height)

    def drawObject(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        drawing, box = _box(doc, form)
        start = QPointF(rect.left(), rect.top() + box.ascent)
        colour = form.stringProperty(_COLOUR)
        draw(painter, self._pictures, drawing, start, box.px, colour)
        if tail := form.stringProperty(_TAIL):
            painter.setFont(form.property(_TAIL_FONT))
            painter.setPen(QColor(colour))
            painter.drawText(start + QPointF(drawing.width * box.px, 0), tail)


def draw(
    painter: QPainter, pictures: Pictures, drawing: Drawing, start: QPointF, px: float, colour: str
) -> None:
    """Draw from a point of the baseline on, with the baseline on a whole pixel of the screen."""
    to_device = painter.deviceTransform()
    picture = pictures.get(drawing, px, colour, to_device.m11() or 1.0)
    on_device = to_device.map(start)
    back, _ = to_device.inverted()
    snapped = back.map(QPointF(round(on_device.x()), round(on_device.y())))
    painter.drawImage(snapped - QPointF(picture.left, picture.ascent), picture.image)
