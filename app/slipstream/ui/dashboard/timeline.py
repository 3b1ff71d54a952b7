"""The step timeline: what each step did with its time, to scale, and what became of the tokens it drafted.

Time runs from left to right. A step is a block of its parts in their order (draft, verify, sample, the rest); under
it stand its tokens as cells: kept, refused, and the model's own. It shows the latest steps, or those around the step
that is looked at. Plain painting, no pyqtgraph: cheap enough for every tick.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from slipstream.core.axes import round_up
from slipstream.core.history import History
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, TITLE, FigureLabel, set_type
from slipstream.ui.dashboard.samples import Sample, SampleRow, paint_crossed
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme

STEPS_SHOWN = 6  # about so many steps of middle length
PARTS_HEIGHT = 18  # px
CELL = 7  # px, the widest a token's cell gets
CELL_GAP = 1
ROOM = 4  # px between the parts and the cells
PART_SERIES = (0, 3, 2, 1)  # of Theme.plots: draft, verify, sample, other


@dataclass(frozen=True, slots=True)
class Block:
    """A step on the screen."""

    row: int
    left: float
    right: float


class StepTimeline(QWidget):
    """Signals: `hovered(token | None)`, the step under the pointer; `chosen(token)`, one was clicked."""

    hovered = Signal(object)
    chosen = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = self.tr("Steps")
        self.history = History()
        self.title = FigureLabel(TITLE)
        self.title.setToolTip(
            self.tr(
                "Each block is a step, as wide as the time it took: drafting, verifying, sampling and the rest. "
                "The cells under it are its tokens: drafted and kept, drafted and refused, and the model's own."
            )
        )
        widest = self.tr("{time} across").format(time=figures.duration(888))
        self.span = FigureLabel(CAPTION, widest, align=Qt.AlignmentFlag.AlignRight)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.span)
        self.strip = TimelineStrip(self)
        self.legend = SampleRow()
        self._show_parts(-1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, OVERHANG, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.legend)
        self.strip.setAccessibleName(self._name)
        self.set_theme(theme)
        self.begin(self.history)

    def set_theme(self, theme: Theme) -> None:
        for label in (self.title, self.span):
            label.set_theme(theme)
        self.strip.set_theme(theme)
        self.legend.set_theme(theme)

    def begin(self, history: History) -> None:
        """Show another run from now on."""
        self.history = history
        self.read(None, None)

    def show_history(self, _history: History) -> None:
        """Show the run that was begun as it is now; steps stand still while the pointer is on them."""
        if not self.strip.underMouse():
            self.read(self.strip.pointer, self.strip.mark)

    def read(self, pointer: float | None, mark: float | None) -> None:
        """Show the steps around the token that is looked at, else around the chosen one, else the latest."""
        strip, history = self.strip, self.history
        strip.pointer, strip.mark = pointer, mark
        at = mark if pointer is None else pointer
        row = history.row_at(at) if at is not None else -1
        strip.show_steps(row)
        across = self.tr("{time} across").format(time=figures.duration(strip.window_ms))
        self.span.show_text(across if len(history) else "")
        self.title.show_text(self.words(row) if row >= 0 else self._name)
        last = row if row >= 0 else len(history) - 1
        self._show_parts(last)
        strip.setAccessibleDescription(self.words(last) if last >= 0 else self.tr("Nothing written yet"))

    def look_at(self, row: int) -> None:
        """Read out a step that is in sight; −1 for none."""
        self.title.show_text(self.words(row) if row >= 0 else self._name)
        self._show_parts(row if row >= 0 else len(self.history) - 1)
        self.hovered.emit(self.history.token[row] if row >= 0 else None)

    def _show_parts(self, row: int) -> None:
        """What the marks mean, with the times of a step, ms; −1 for none."""
        names = (self.tr("draft"), self.tr("verify"), self.tr("sample"), self.tr("other"))
        times = [column[row] if row >= 0 else None for column in self.history.parts]
        parts = [
            Sample(name, series, "filled", _ms(ms), "888")
            for name, series, ms in zip(names, PART_SERIES, times, strict=True)
        ]
        tokens = (
            Sample(self.tr("kept"), 0, "filled"),
            Sample(self.tr("refused"), 3, "crossed"),
            Sample(self.tr("own"), 1, "hollow"),
        )
        self.legend.show_samples((*parts, *tokens))

    def words(self, row: int) -> str:
        """A step in words."""
        history = self.history
        drafted, accepted = history.drafted[row], history.accepted[row]
        step = history.dropped + row + 1
        ms = figures.duration(history.duration_ms(row))
        if not drafted:
            return self.tr("Step {n}: {ms}, nothing drafted").format(n=grouped(step), ms=ms)
        words = self.tr("Step {n}: {ms}, {accepted} of {drafted} kept")
        return words.format(n=grouped(step), ms=ms, accepted=accepted, drafted=drafted)


class TimelineStrip(QWidget):
    """The blocks and cells."""

    def __init__(self, owner: StepTimeline) -> None:
        super().__init__(owner)
        self._owner = owner
        self._theme: Theme | None = None
        self.blocks: list[Block] = []
        self.window_ms = 0.0  # the time that the whole width shows
        self.pointer: float | None = None
        self.mark: float | None = None
        self._row = -1  # the one looked at
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetricsF(set_type(self.font(), CAPTION)).lineSpacing()
        return QSize(200, round(PARTS_HEIGHT + ROOM + max(CELL, line / 2)) + 2)

    def show_steps(self, row: int) -> None:
        """Lay out the steps around a row; −1 for the latest."""
        history = self._owner.history
        self._row = row
        middle = history.meter.icl().p50
        wanted = round_up(STEPS_SHOWN * middle) if middle else 0.0
        if row < 0 or not 0.6 * wanted < self.window_ms < 1.7 * wanted:  # hovering does not change the scale
            self.window_ms = wanted or 1000.0
        self.blocks = self._around(row) if row >= 0 else self._latest()
        self.update()

    def _latest(self) -> list[Block]:
        history, blocks, right = self._owner.history, list[Block](), float(self.width())
        for row in range(len(history) - 1, -1, -1):
            left = right - self._width_of(row)
            blocks.append(Block(row, left, right))
            if left <= 0:
                break
            right = left
        if blocks and blocks[-1].left > 0:  # they do not fill the width yet: begin at its left
            shift = blocks[-1].left
            blocks = [Block(block.row, block.left - shift, block.right - shift) for block in blocks]
        return blocks[::-1]

    def _around(self, row: int) -> list[Block]:
        """The row's own block in the middle, as far as there are steps on either side."""
        history, width = self._owner.history, float(self.width())
        own = self._width_of(row)
        left = max(0.0, (width - own) / 2)
        after = [Block(row, left, left + own)]
        while after[-1].right < width and after[-1].row + 1 < len(history):
            right = after[-1].right
            after.append(Block(after[-1].row + 1, right, right + self._width_of(after[-1].row + 1)))
        before: list[Block] = []
        first = after[0]
        while first.left > 0 and first.row > 0:
            first = Block(first.row - 1, first.left - self._width_of(first.row - 1), first.left)
            before.append(first)
        return [*before[::-1], *after]

    def _width_of(self, row: int) -> float:
        """Pixels; never less than a cell, so that every step can be seen."""
        return max(CELL + 1.0, self._owner.history.duration_ms(row) / self.window_ms * self.width())

    def _block_at(self, x: float) -> Block | None:
        return next((block for block in self.blocks if block.left <= x < block.right), None)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._owner.read(self.pointer, self.mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read a step out, without moving the steps away from under the pointer."""
        block = self._block_at(event.position().x())
        self._row = block.row if block else -1
        self._owner.look_at(self._row)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        block = self._block_at(event.position().x())
        if block is not None and event.button() == Qt.MouseButton.LeftButton:
            self._owner.chosen.emit(self._owner.history.token[block.row])

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self._owner.hovered.emit(None)
        self._owner.read(self.pointer, self.mark)

    # Drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        theme = self._theme
        if not self.blocks:
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, PARTS_HEIGHT - 1))
            return
        for block in self.blocks:
            self._paint_parts(painter, block, theme)
            self._paint_cells(painter, block, theme)
        chosen = self._owner.history.row_at(self.mark) if self.mark is not None else -1
        for row, colour in ((self._row, theme.text), (chosen, theme.accent)):
            block = next((each for each in self.blocks if each.row == row), None)
            if block is not None and row >= 0:
                painter.setPen(QPen(QColor(colour), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(
                    QRectF(block.left + 0.5, 0.5, block.right - block.left - 2, PARTS_HEIGHT - 1)
                )

    def _paint_parts(self, painter: QPainter, block: Block, theme: Theme) -> None:
        history = self._owner.history
        times = [column[block.row] for column in history.parts]
        total = sum(times) or 1.0
        room = block.right - block.left - 1  # a pixel between two steps
        left = block.left
        for ms, series in zip(times, PART_SERIES, strict=True):
            width = ms / total * room
            painter.fillRect(QRectF(left, 0, width, PARTS_HEIGHT), QColor(theme.plots[series]))
            left += width

    def _paint_cells(self, painter: QPainter, block: Block, theme: Theme) -> None:
        history = self._owner.history
        drafted, accepted = history.drafted[block.row], history.accepted[block.row]
        own = history.emitted[block.row] - accepted
        count = drafted + own
        if not count:
            return
        pitch = min(CELL + CELL_GAP, (block.right - block.left - 1) / count)
        size = max(1.0, pitch - CELL_GAP)
        top = PARTS_HEIGHT + ROOM
        for number in range(drafted):
            cell = QRectF(block.left + number * pitch, top, size, CELL)
            if number < accepted:
                painter.fillRect(cell, QColor(theme.plots[0]))
            else:
                paint_crossed(painter, cell, theme.muted)
        for number in range(own):
            cell = QRectF(block.left + (drafted + number) * pitch, top, size, CELL)
            painter.setPen(QPen(QColor(theme.plots[1]), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5))


def _ms(value: float | None) -> str:
    if value is None:
        return figures.NA
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
