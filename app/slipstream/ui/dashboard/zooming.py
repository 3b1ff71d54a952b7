"""What the pointer does on a plot beside hovering: drag zooms, a click chooses a token, a double click shows all.

Watches one canvas and changes nothing but the stretch that is being dragged over.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent

from slipstream.ui.dashboard.canvas import Canvas

DRAG = 5  # px the pointer moves before it drags


class Zooming(QObject):
    """Signals: `zoomed(from x, to x)`; `chosen(x)`; `reset()`.

    `wary`: a click waits whether a second one follows. Set while there is something to zoom out of.
    """

    zoomed = Signal(float, float)
    chosen = Signal(float)
    reset = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.wary = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self._clicked_x = 0.0
        self._click = QTimer(self)
        self._click.setSingleShot(True)
        self._click.timeout.connect(self._on_click)
        canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                self._pressed, self._dragging = event.position(), False
            case QEvent.Type.MouseMove if self._pressed is not None:
                self._drag(event.position())
            case QEvent.Type.MouseButtonRelease if event.button() == Qt.MouseButton.LeftButton:
                self._release(event.position())
            case QEvent.Type.MouseButtonDblClick if event.button() == Qt.MouseButton.LeftButton:
                self._click.stop()
                self._pressed = None
                self.reset.emit()
            case _:
                return False
        return True

    def _drag(self, point: QPointF) -> None:
        assert self._pressed is not None
        self._dragging = self._dragging or abs(point.x() - self._pressed.x()) >= DRAG
        if self._dragging:
            self._canvas.show_stretch(self._span(point))

    def _span(self, point: QPointF) -> tuple[float, float]:
        assert self._pressed is not None
        ends = self._canvas.x_at(self._pressed), self._canvas.x_at(point)
        return min(ends), max(ends)

    def _release(self, point: QPointF) -> None:
        if self._pressed is None:
            return
        span = self._span(point)
        self._canvas.show_stretch(None)
        self._pressed, dragged, self._dragging = None, self._dragging, False
        if dragged:
            self.zoomed.emit(*span)
            return
        self._clicked_x = self._canvas.x_at(point)
        if self.wary:
            self._click.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        else:
            self._on_click()

    @Slot()
    def _on_click(self) -> None:
        self.chosen.emit(self._clicked_x)
