"""Makes `docs/explanation.md` and its pictures from the page in the application.

.venv/bin/python tests/gui/explanation_docs.py
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from slipstream.ui.chat.look import make_look
from slipstream.ui.help.drawings import DRAWINGS
from slipstream.ui.help.text import explanation, for_docs
from slipstream.ui.theme import LIGHT

DOCS = Path(__file__).parents[2] / "docs"
WIDTH, MARGIN, RATIO = 720, 16, 2


def main() -> None:
    app = QApplication(sys.argv[:1])
    (DOCS / "explanation.md").write_text(for_docs(explanation("en")), "utf-8")
    look = make_look(LIGHT)
    for name, (height, paint) in DRAWINGS.items():
        image = QImage(
            (WIDTH + 2 * MARGIN) * RATIO, (height + 2 * MARGIN) * RATIO, QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(RATIO)
        image.fill(LIGHT.window)
        painter = QPainter(image)
        painter.translate(MARGIN, MARGIN)
        paint(painter, WIDTH, look)
        painter.end()
        image.save(str(DOCS / "images" / f"explanation-{name}.png"))
    del app


if __name__ == "__main__":
    main()
