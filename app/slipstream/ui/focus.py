"""Where the keyboard goes, and how that shows: Tab follows the reading order; what shows no focus gets a ring.

The reading order is that of the layouts, so whatever is added to them has its place; what stands without a layout is
read by lines. Knows widgets in general, none of the window's.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLayout,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from slipstream.ui.theme import RADIUS, Theme, ThemeManager

LINE = 12  # px; what begins within so much is on one line
BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def reading_order(root: QWidget) -> Iterator[QWidget]:
    """All widgets below `root` that Tab can stop at, as they are read."""
    stops = root.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    if stops and root.focusProxy() is None:
        yield root
    for child in _children(root):
        if not child.isWindow():
            yield from reading_order(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QMainWindow):
        return [widget.centralWidget()]
    if isinstance(widget, QScrollArea):
        return [widget.widget()] if widget.widget() is not None else []
    if isinstance(widget, QAbstractScrollArea):
        return _by_lines(widget.viewport())
    if isinstance(widget, QSplitter | QStackedWidget):
        return [widget.widget(i) for i in range(widget.count())]
    layout = widget.layout()
    if layout is None:
        return _by_lines(widget)
    listed = list(_of_layout(layout))
    return [*listed, *(child for child in _by_lines(widget) if child not in listed)]


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for i in range(layout.count()):
        item = layout.itemAt(i)
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _of_layout(item.layout())


def _by_lines(widget: QWidget) -> list[QWidget]:
    """The children line by line, from the side on which reading begins."""
    way = -1 if widget.isRightToLeft() else 1
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    return sorted(children, key=lambda child: (child.y() // LINE, way * child.x()))


def order_focus(root: QWidget) -> None:
    """Make Tab follow the reading order below `root`."""
    previous: QWidget | None = None
    for widget in reading_order(root):
        for stop in (*_owners(widget), widget):
            if previous is not None:
                QWidget.setTabOrder(previous, stop)
            previous = stop


def _owners(widget: QWidget) -> list[QWidget]:
    """Those it takes the keyboard for. Qt stops at them too on its way, so they must stand right before it."""
    owners = []
    parent = widget.parentWidget()
    while parent is not None:
        if parent.focusProxy() is widget:
            owners.insert(0, parent)
        parent = parent.parentWidget()
    return owners


class FocusRing(QWidget):
    """Stands around a widget that was reached by keyboard and shows no focus itself. Takes no pointer."""

    WIDTH = 2  # px

    def __init__(self, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._theme: Theme = themes.theme
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        themes.changed.connect(self._on_theme)

    def serve(self, *widgets: QWidget) -> None:
        """Be there for these."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FocusIn:
                by_keyboard = isinstance(event, QFocusEvent) and event.reason() in BY_KEYBOARD
                self._stand_around(watched if by_keyboard and isinstance(watched, QWidget) else None)
            case QEvent.Type.FocusOut:
                self._stand_around(None)
            case QEvent.Type.Resize | QEvent.Type.Move if watched is self._around:
                self._stand_around(self._around)
        return False

    def _stand_around(self, widget: QWidget | None) -> None:
        self._around = widget
        self.setVisible(widget is not None)
        if widget is not None:
            corner = widget.mapTo(self.parentWidget(), QPoint(0, 0))
            self.setGeometry(corner.x(), corner.y(), widget.width(), widget.height())
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.accent), self.WIDTH))
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, RADIUS - 2, RADIUS - 2)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
