"""A page that scrolls where there is no room for it, such as with large text in a small window."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class _Area(QScrollArea):
    """Gives its page the height that its text needs when wrapped at this width; Qt's own gives that of the hint."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = self.widget()
        if page is not None and page.layout() is not None and page.layout().hasHeightForWidth():
            page.setMinimumHeight(page.layout().totalHeightForWidth(self.viewport().width()))


def scrolled(page: QWidget) -> QScrollArea:
    """`page` in an area that shows nothing of itself and follows the keyboard through the page's controls."""
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    page.installEventFilter(area)
    return area
