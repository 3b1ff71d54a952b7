"""What a model or a pair takes of the memory: a sentence, a bar of its parts, and the numbers."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.models.fit import Fit, Where
from slipstream.models.memory import ModelMemory
from slipstream.ui.models.words import BAD, fit_level, fit_sentence, joined, memory_parts
from slipstream.ui.theme import SPACE, Theme, ThemeManager

BAR = 10  # px
SHADES = (1.0, 0.62, 0.34)  # weights, cache, buffers


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar: bytes, whose they are, and how strongly it is drawn."""

    size: int
    is_draft: bool
    shade: float


class FitBar(QWidget):
    """One bar for one kind of memory: the parts from the left on; beyond the notch there is no room."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._segments: tuple[Segment, ...] = ()
        self._free = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._on_theme)

    def show_parts(self, segments: tuple[Segment, ...], free: int, name: str) -> None:
        self._segments, self._free = segments, free
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        needed = sum(segment.size for segment in self._segments)
        most = max(needed, self._free, 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), BAR / 2, BAR / 2)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(theme.hover))
        left = 0.0
        for segment in self._segments:
            width = self.width() * segment.size / most
            colour = QColor(theme.plots[1] if segment.is_draft else theme.accent)
            colour.setAlphaF(segment.shade)
            painter.fillRect(QRectF(left, 0, width, BAR), colour)
            left += width
        if needed > self._free:
            notch = self.width() * self._free / most
            painter.fillRect(QRectF(notch, 0, self.width() - notch, BAR), QColor(theme.bad))

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self.update()


class FitView(QWidget):
    """The whole of it; `show_fit(None)` says that nothing is known."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel()
        self.gpu = FitBar(themes)
        self.host = FitBar(themes)
        self.model = QLabel()
        self.draft = QLabel()
        self.model.setProperty("kind", "small")
        self.draft.setProperty("kind", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 3 // 4)
        for widget in (self.sentence, self.gpu, self.host, self.model, self.draft):
            column.addWidget(widget)
        for label in (self.sentence, self.model, self.draft):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.show_fit(None)

    def wait(self) -> None:
        """It is being worked out."""
        self.show_fit(None)
        self._say(self.tr("Working out what it takes of the memory…"), "muted")

    def show_fit(self, fit: Fit | None, *, about: bool = False) -> None:
        """`about` as in `fit_sentence`."""
        parts = (self.gpu, self.host, self.model, self.draft)
        for widget in parts:
            widget.setVisible(fit is not None)
        if fit is None:
            self._say(self.tr("What it takes of the memory is not known."), "muted")
            return
        self._say(fit_sentence(fit, about=about), "bad" if fit_level(fit) == BAD else None)
        self.gpu.setVisible(fit.gpu_free > 0)
        self.host.setVisible(fit.where is not Where.UNKNOWN)
        name = self.tr("{0}: {1} of {2} free")
        self.gpu.show_parts(
            _segments(fit, on_gpu=True),
            fit.gpu_free,
            name.format(self.tr("GPU"), size_text(fit.gpu), size_text(fit.gpu_free)),
        )
        self.host.show_parts(
            _segments(fit, on_gpu=False),
            fit.free,
            name.format(self.tr("Memory"), size_text(fit.host), size_text(fit.free)),
        )
        self.model.setText(self.tr("Model {0}").format(memory_parts(fit.target)))
        self.draft.setVisible(fit.draft is not None)
        if fit.draft is not None:
            self.draft.setText(self.tr("Draft {0}").format(memory_parts(fit.draft)))

    def _say(self, text: str, kind: str | None) -> None:
        self.sentence.setText(text)
        if self.sentence.property("kind") != kind:
            self.sentence.setProperty("kind", kind)
            self.sentence.style().unpolish(self.sentence)
            self.sentence.style().polish(self.sentence)

    def words(self) -> str:
        """All of it as text."""
        return joined(self.sentence.text(), self.model.text(), self.draft.text())


def _segments(fit: Fit, *, on_gpu: bool) -> tuple[Segment, ...]:
    found = []
    for memory, is_draft in ((fit.target, False), (fit.draft, True)):
        if memory is not None:
            sizes = _on_gpu(memory) if on_gpu else _beside(memory)
            found += [Segment(size, is_draft, shade) for size, shade in zip(sizes, SHADES, strict=True)]
    return tuple(found)


def _on_gpu(memory: ModelMemory) -> tuple[int, int, int]:
    return memory.gpu_weights, memory.gpu_cache, memory.gpu_compute


def _beside(memory: ModelMemory) -> tuple[int, int, int]:
    return memory.weights, memory.cache, memory.compute + memory.logits
