"""Finds text that is cut and controls that lie over each other, in whatever is shown.

Labels that end in an ellipsis where room is short are meant to (`ElidedLabel`, `FigureLabel`, `Picker`); they
must still be high enough for their letters.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QPushButton, QToolButton, QWidget

from slipstream.ui.chat.controls import RowControl
from slipstream.ui.chat.empty import ExampleCard
from slipstream.ui.chat.findbar import FindBar
from slipstream.ui.dashboard.labels import FigureLabel
from slipstream.ui.focus import FocusRing
from slipstream.ui.window.labels import ElidedLabel
from slipstream.ui.window.palette import Palette
from slipstream.ui.window.picker import Picker

ELIDES = (ElidedLabel, FigureLabel, Picker)
OVERLAYS = (Palette, FocusRing, FindBar)
SLACK = 1  # px


def faults(root: QWidget) -> list[str]:
    """What is wrong with all that is visible in `root`."""
    shown = [widget for widget in root.findChildren(QWidget) if widget.isVisible()]
    wrong = [text for widget in shown if (text := _cut(widget))]
    for parent in (root, *shown):
        wrong += _overlaps(parent)
    return wrong


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:40]!r} {widget.width()}x{widget.height()}"


def _cut(widget: QWidget) -> str:
    if _leaves_its_parent(widget):
        return f"{_called(widget)} at {widget.x()},{widget.y()} leaves {_called(widget.parentWidget())}"
    if isinstance(widget, ELIDES):
        font = widget.type_font() if isinstance(widget, FigureLabel) else widget.font()
        needed = QFontMetrics(font).ascent()
        return f"{_called(widget)} is too low" if widget.height() + SLACK < needed else ""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{_called(widget)} needs {needed} px" if widget.height() + SLACK < needed else ""
        hint = widget.sizeHint()
    elif (
        isinstance(widget, QPushButton | QToolButton)
        and widget.text()
        and not isinstance(widget, ExampleCard)
    ):
        style = widget.toolButtonStyle() if isinstance(widget, QToolButton) else None
        icon_only = style == Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull()
        if icon_only:
            return ""
        hint = widget.sizeHint()
    else:
        return ""
    short = widget.width() + SLACK < hint.width() or widget.height() + SLACK < hint.height()
    return f"{_called(widget)} needs {hint.width()}x{hint.height()}" if short else ""


def _leaves_its_parent(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return False  # what is in a scroll area is scrolled to
    if isinstance(parent, RowControl):
        return False  # frames of buttons stand out, so that their icons are on the edge of the text
    return not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry())


def _overlaps(parent: QWidget) -> list[str]:
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not child.isWindow()
        and not isinstance(child, OVERLAYS)
        and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and child.accessibleName() != "Jump to the latest"
        and not child.objectName().startswith("qt_")
    ]
    return [
        f"{_called(one)} lies over {_called(other)}"
        for i, one in enumerate(children)
        for other in children[i + 1 :]
        if one.geometry().adjusted(SLACK, SLACK, -SLACK, -SLACK).intersects(other.geometry())
    ]
