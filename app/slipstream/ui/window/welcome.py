"""What is there before any model was chosen: one click to the demo model, or a file of one's own."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from slipstream.ui.flow import FlowLayout
from slipstream.ui.scrolled import scrolled
from slipstream.ui.style import UI_PIXELS
from slipstream.ui.theme import SPACE

WIDTH = 460  # px at the usual size of text


class Welcome(QWidget):
    """Signals: `demo_chosen()`; `file_wanted()`; `models_wanted()`, to find one."""

    demo_chosen = Signal()
    file_wanted = Signal()
    models_wanted = Signal()

    def __init__(self, demo: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Choose a model to talk to"))
        title.setProperty("kind", "title")
        text = QLabel(
            self.tr(
                "Slipstream runs GGUF models on this machine. A small draft runs ahead of the model, the model "
                "checks it, and you see whether that pays."
            )
        )
        text.setProperty("kind", "muted")
        drop = QLabel(self.tr("You can also drop a .gguf file anywhere on this window."))
        drop.setProperty("kind", "small")
        for label in (title, text, drop):
            label.setWordWrap(True)
        self.demo = QPushButton(self.tr("Try the demo model"))
        self.demo.setVisible(demo is not None)
        self.demo.clicked.connect(self.demo_chosen)
        self.file = QPushButton(self.tr("Choose a GGUF file…"))
        self.file.clicked.connect(self.file_wanted)
        self.models = QPushButton(self.tr("Find a model…"))
        self.models.clicked.connect(self.models_wanted)
        (self.demo if demo is not None else self.models).setProperty("kind", "primary")
        row = QWidget()
        self._buttons = FlowLayout(row, SPACE)
        for button in (self.demo, self.file, self.models):
            self._buttons.addWidget(button)
        box = QWidget()
        box.setMaximumWidth(round(WIDTH * self.fontInfo().pixelSize() / UI_PIXELS))
        column = QVBoxLayout(box)
        column.setSpacing(SPACE * 2)
        column.addWidget(title)
        column.addWidget(text)
        column.addWidget(row)
        column.addWidget(drop)
        across = QHBoxLayout()
        across.setContentsMargins(SPACE * 2, 0, SPACE * 2, 0)
        across.addStretch(1)
        across.addWidget(box, 1000)  # all the width there is, up to its own
        across.addStretch(1)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))
