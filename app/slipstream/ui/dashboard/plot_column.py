"""The plots, one below the other: one x axis for all, one zoom, one crosshair, one mark; by pointer and by keys.

Makes the plots one by one once pyqtgraph is there. Draws nothing by itself: who owns it gives each plot its turn.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from slipstream.core.history import History, Levels
from slipstream.ui.dashboard.lazy import PlotLibrary
from slipstream.ui.theme import SPACE, Theme

if TYPE_CHECKING:
    from slipstream.ui.dashboard.miniplot import MiniPlot, Zoom

POINTER_MS = 30  # the pointer's moves are taken together
FEWEST = 4.0  # tokens in sight
CLOSER = 0.5  # of the width, by key


class PlotColumn(QWidget):
    """Signals: `made(plot)`, one more; `ready()`, all plots are made; `redraw_wanted()`; `zoomed(bool)`;
    `hovered(token | None)`; `marked(token | None)`, the step that is chosen; `chosen(token)`, the same to be looked
    up in the conversation.
    """

    made = Signal(object)
    ready = Signal()
    redraw_wanted = Signal()
    zoomed = Signal(bool)
    hovered = Signal(object)
    marked = Signal(object)
    chosen = Signal(float)

    def __init__(self, theme: Theme, levels: Levels) -> None:
        super().__init__()
        self._theme = theme
        self._levels = levels
        self.plots: list[MiniPlot] = []
        self.history = History()
        self.mark: float | None = None
        self._pointer: float | None = None
        self._zoom: Zoom | None = None  # made with the first plot
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(POINTER_MS)
        self._rest.timeout.connect(self._on_pointer_rests)
        self._library = PlotLibrary(self)
        self._library.ready.connect(self._make_next_plot)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._ring = FocusRing(theme, self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Plots"))
        self.setAccessibleDescription(
            self.tr(
                "Left and Right go from step to step, with Ctrl from stall to stall; Plus and Minus zoom, "
                "0 shows all; Enter shows the token in the conversation."
            )
        )

    @Slot()
    def load(self) -> None:
        """Begin to make the plots; `ready` tells when they are there."""
        if not self.plots:
            self._library.load()

    @Slot()
    def _make_next_plot(self) -> None:
        """Make one plot and come back for the next: each takes 20–30 ms."""
        from slipstream.ui.dashboard import latency, miniplot, plots  # noqa: PLC0415  (imports pyqtgraph)

        self._zoom = self._zoom or miniplot.Zoom()
        theme = self._theme
        match len(self.plots):
            case 0:
                plot = plots.RatePlot(theme, self._levels)
            case 1:
                plot = plots.TauPlot(theme, self._levels)
            case 2:
                plot = plots.AcceptancePlot(theme)
            case 3:
                plot = latency.LatencyPlot(theme)
            case 4:
                plot = plots.LengthPlot(theme)
            case _:
                self.redraw_wanted.emit()
                self.ready.emit()
                return
        plot.zoom = self._zoom
        plot.hovered.connect(self._on_hovered)
        plot.zooming.zoomed.connect(self.zoom_to)
        plot.zooming.reset.connect(self.show_all)
        plot.zooming.chosen.connect(self._on_chosen)
        plot.begin(self.history)
        self._column.addWidget(plot)
        self.plots.append(plot)
        self.made.emit(plot)
        QTimer.singleShot(0, self, self._make_next_plot)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for plot in self.plots:
            plot.set_theme(theme)
        self._ring.set_theme(theme)

    def begin(self, history: History) -> None:
        """Show another run from now on, all of it."""
        self.history = history
        self._pointer = self.mark = None
        if self._zoom is not None:
            self._zoom.span = None
        self.zoomed.emit(False)
        for plot in self.plots:
            plot.begin(history)

    # Zoom

    @property
    def span(self) -> tuple[float, float] | None:
        """The tokens in sight, None for all."""
        return self._zoom.span if self._zoom else None

    @Slot(float, float)
    def zoom_to(self, start: float, end: float) -> None:
        """Show these tokens in all plots; a few at least, and none before the first."""
        if self._zoom is None:
            return
        most = float(self.history.meter.emitted)
        start, end = max(0.0, start), min(end, max(most, FEWEST))
        if end - start < FEWEST:
            middle = (start + end) / 2
            start = max(0.0, min(middle - FEWEST / 2, most - FEWEST))
            end = start + FEWEST
        self._zoom.span = (start, end)
        self.zoomed.emit(True)
        self.redraw_wanted.emit()

    @Slot()
    def show_all(self) -> None:
        if self._zoom is not None and self._zoom.span is not None:
            self._zoom.span = None
            self.zoomed.emit(False)
            self.redraw_wanted.emit()

    def _zoom_by(self, factor: float) -> None:
        """Closer (below 1) or farther, around what is chosen."""
        end_of_all = float(self.history.meter.emitted)
        start, end = self.span or (0.0, end_of_all)
        width = (end - start) * factor
        if width >= end_of_all:
            self.show_all()
            return
        middle = self.mark if self.mark is not None else (start + end) / 2
        start = min(max(0.0, middle - width / 2), end_of_all - width)
        self.zoom_to(start, start + width)

    # Pointer and mark

    @Slot(object)
    def _on_hovered(self, token: float | None) -> None:
        self._pointer = token
        self._rest.start()

    @Slot()
    def _on_pointer_rests(self) -> None:
        """Show the same token in all plots."""
        self._read()
        self.hovered.emit(self._pointer)

    @Slot(object)
    def hover(self, token: float | None) -> None:
        """Show a token that is looked at elsewhere."""
        self._pointer = token
        self._read()

    def _read(self) -> None:
        for plot in self.plots:
            plot.read(self._pointer, self.mark)

    @Slot(float)
    def _on_chosen(self, token: float) -> None:
        row = self.history.row_at(token)
        if token >= 0 and row >= 0:
            self.mark_row(row)
            self.chosen.emit(self.history.token[row])

    def mark_row(self, row: int) -> None:
        """Choose a step; −1 for none. Where it is out of sight, what is in sight moves there."""
        self.mark = self.history.token[row] if row >= 0 else None
        span = self.span
        if self.mark is not None and span is not None and not span[0] <= self.mark <= span[1]:
            half = (span[1] - span[0]) / 2
            self.zoom_to(self.mark - half, self.mark + half)
        self._read()
        self.marked.emit(self.mark)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        history = self.history
        row = history.row_at(self.mark) if self.mark is not None else len(history)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if len(history):
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                to = history.stall_beside(row, step) if control else row + step
                self._walk(to if 0 <= to < len(history) else min(row, len(history) - 1))
            case Qt.Key.Key_Home if len(history):
                self._walk(0)
            case Qt.Key.Key_End if len(history):
                self._walk(len(history) - 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if not control:
                self._zoom_by(CLOSER)
            case Qt.Key.Key_Minus if not control:
                self._zoom_by(1 / CLOSER)
            case Qt.Key.Key_0 if not control:
                self.show_all()
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.mark is not None and not control:
                self.chosen.emit(self.mark)
            case _:
                super().keyPressEvent(event)

    def _walk(self, row: int) -> None:
        self.mark_row(row)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words(row)))

    def words(self, row: int) -> str:
        """What all plots say of a step."""
        token = self.tr("Token {n}").format(n=int(self.history.token[row]))
        return ". ".join((token, *(f"{plot.name}: {plot.words(row)}" for plot in self.plots)))

    def _leave(self) -> None:
        """Take back one thing after the other."""
        if self.span is not None:
            self.show_all()
        elif self.mark is not None:
            self.mark_row(-1)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.span is not None or self.mark is not None)
        ):
            event.accept()  # the window's own Esc stops the answer
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.surround()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.resize(self.size())


class FocusRing(QWidget):
    """A frame over the plots, which leave no room for one, while the keyboard is theirs."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def surround(self) -> None:
        """Stand over everything."""
        self.resize(self.parentWidget().size())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
