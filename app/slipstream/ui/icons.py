"""Icons drawn in one colour: SVG files of `resources/icons/ui`, recoloured for the theme.

The drawings are monochrome; their own colour does not matter. Made at one, two and three times the
size, so that they are sharp on dense screens.
"""

import logging
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from slipstream.core.paths import resources_dir

log = logging.getLogger(__name__)
SCALES = (1, 2, 3)


def icon(name: str, color: str, size: int = 16, disabled: str | None = None) -> QIcon:
    """`resources/icons/ui/<name>.svg` in `color` (`disabled` when the control is), `size` px square.

    A drawing that is missing or broken gives an empty icon and a line in the log: no control is lost for it.
    """
    result = QIcon()
    for scale in SCALES:
        result.addPixmap(_pixmap(name, color, size, scale), QIcon.Mode.Normal)
        if disabled is not None:
            result.addPixmap(_pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, color: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The same as one picture for a screen of this device pixel ratio."""
    scale = min((s for s in SCALES if s >= ratio), default=SCALES[-1])
    return _pixmap(name, color, size, scale)


def _pixmap(name: str, color: str, size: int, scale: int) -> QPixmap:
    return QPixmap.fromImage(_image(name, color, size, scale))


@lru_cache(maxsize=512)  # images, not pixmaps: these may outlive the application object
def _image(name: str, color: str, size: int, scale: int) -> QImage:
    image = QImage(QSize(size, size) * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    path = resources_dir() / "icons" / "ui" / f"{name}.svg"
    renderer = QSvgRenderer()
    if not path.is_file() or not renderer.load(path.read_bytes()):
        log.error("no icon %s", path)
    else:
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), QColor(color))
        painter.end()
    image.setDevicePixelRatio(scale)
    return image
