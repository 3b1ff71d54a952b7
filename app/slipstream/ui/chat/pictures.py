"""Drawn formulas as images: of one size, one colour, one screen. The last used are kept.

Knows nothing of text: where a picture stands is `formula_object.py`'s.
"""

import logging
import math
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from slipstream.core.formulas import INK, Drawing

log = logging.getLogger(__name__)
MOST_BYTES = 32 << 20  # of images kept
MOST_PIXELS = 8 << 20  # of one image; what would be larger is painted coarser
PAD = 2  # device px around a formula: curves reach a little over their box


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, and where in it (px) the formula begins and its baseline is."""

    image: QImage
    left: float
    ascent: float


class Pictures:
    """Images of drawings, painted when first asked for."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[tuple[Drawing, float, str, float], Picture] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, drawing: Drawing, px: float, colour: str, ratio: float) -> Picture:
        """`px`: of an em; `colour`: #rrggbb of the text; `ratio`: device pixels a pixel."""
        key = (drawing, px, colour, ratio)
        picture = self._kept.get(key)
        if picture is not None:
            self._kept.move_to_end(key)
            return picture
        picture = paint(drawing, px, colour, ratio)
        self._kept[key] = picture
        self._bytes += picture.image.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.image.sizeInBytes()
        return picture


def paint(drawing: Drawing, px: float, colour: str, ratio: float) -> Picture:
    """The drawing as an image, its baseline on a whole device pixel."""
    pixels = drawing.width * drawing.height * (px * ratio) ** 2
    ratio *= min(1.0, math.sqrt(MOST_PIXELS / max(1.0, pixels)))
    scale = px * ratio
    width, depth = drawing.width * scale, drawing.depth * scale
    ascent = drawing.height * scale - depth
    top = PAD + math.ceil(ascent)
    size = QSize(math.ceil(width) + 2 * PAD, top + math.ceil(depth) + PAD)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(drawing.svg.replace(INK.encode(), colour.encode())))
    if renderer.isValid():
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(PAD, top - ascent, width, ascent + depth))
        painter.end()
    else:
        log.error("a drawing of a formula that Qt cannot read: %.200r", drawing.svg)
    image.setDevicePixelRatio(ratio)
    return Picture(image, PAD / ratio, top / ratio)
