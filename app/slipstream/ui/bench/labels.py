"""A label of plain text that wraps, in one of the style's kinds."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(kind: str = "") -> QLabel:
    label = QLabel()
    if kind:
        label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
