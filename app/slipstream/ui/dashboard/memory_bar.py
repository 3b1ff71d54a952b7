"""What the loaded pair takes of the memory, and how full its context is.

Shows what it is told, which is what the bars in the status line are told; it asks no machine.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.core.history import History
from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, TITLE, VALUE, FigureLabel
from slipstream.ui.dashboard.samples import Sample, SampleRow
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme

HEIGHT = 6  # px


@dataclass(frozen=True, slots=True)
class MemoryPart:
    """`size` in bytes."""

    name: str
    size: int


class MemoryBar(QWidget):
    """Title, a bar of parts side by side, what they are, and the context."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._context: int | None = None  # tokens it holds
        self.title = FigureLabel(TITLE)
        self.title.setText(self.tr("Memory"))
        self.total = FigureLabel(VALUE, align=Qt.AlignmentFlag.AlignRight)
        self.context = FigureLabel(CAPTION)
        self.context.setToolTip(
            self.tr("Tokens the conversation takes of the context both models hold, those written included.")
        )
        self.bar = _Parts()
        self.samples = SampleRow()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, OVERHANG, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.samples)
        column.addWidget(self.context)
        self.set_theme(theme)
        self.show_parts(())
        self.context.hide()

    def set_theme(self, theme: Theme) -> None:
        for label in (self.title, self.total, self.context):
            label.set_theme(theme)
        self.bar.set_theme(theme)
        self.samples.set_theme(theme)

    def show_parts(
        self, parts: tuple[MemoryPart, ...], context: int | None = None, details: str = ""
    ) -> None:
        """What takes memory, four parts at most, and the tokens the context holds; no part hides the whole.

        `details` is told to who rests on it.
        """
        self._context = context
        self.setVisible(bool(parts))
        about = self.tr("Weights, cache and buffers of the loaded models, in all memories together.")
        self.title.setToolTip(f"{about}\n\n{details}" if details else about)
        self.bar.setToolTip(self.title.toolTip())
        self.total.show_text(size_text(sum(part.size for part in parts)))
        self.bar.show_parts(parts)
        self.samples.show_samples(
            tuple(
                Sample(part.name, series, "filled", size_text(part.size))
                for series, part in enumerate(parts[:4])
            )
        )
        words = ", ".join(f"{part.name} {size_text(part.size)}" for part in parts)
        self.setAccessibleName(self.tr("Memory"))
        self.setAccessibleDescription(words)

    def show_history(self, history: History) -> None:
        last = history.last
        used = last.position + len(last.emitted) if last is not None else 0
        known = bool(used and self._context)
        self.context.setVisible(known)
        if known:
            words = self.tr("Context: {used} of {size} tokens")
            text = words.format(used=grouped(used), size=grouped(self._context))
            self.context.show_text(text)


class _Parts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[MemoryPart, ...] = ()
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_parts(self, parts: tuple[MemoryPart, ...]) -> None:
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(part.size for part in self._parts)
        if self._theme is None or not total:
            return
        painter = QPainter(self)
        left, gap = 0.0, 2.0
        room = self.width() - gap * (len(self._parts) - 1)
        for series, part in enumerate(self._parts[:4]):
            width = part.size / total * room
            painter.fillRect(QRectF(left, 0, max(width, 2.0), HEIGHT), QColor(self._theme.plots[series]))
            left += width + gap
