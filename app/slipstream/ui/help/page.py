"""The explanation as a page to read, select from and scroll: the conversation's own paper with one turn on it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.leafrows import estimate_text
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.reading import ReadingCanvas
from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.sections import MarkdownSection
from slipstream.ui.chat.turn import Turn
from slipstream.ui.help.drawings import DRAWINGS
from slipstream.ui.help.text import Drawing

BETWEEN = 18  # px between text and a drawing


class DrawingRow(Row):
    """A drawing, as wide as the text; its words are its tool tip."""

    def __init__(self, look: Look, drawing: Drawing) -> None:
        super().__init__(look)
        self.drawing = drawing

    def lay_out(self, width: int) -> None:
        super().lay_out(width)
        self.height = self.look.px(DRAWINGS[self.drawing.name][0])

    def estimate(self, _width: int) -> int:
        return self.look.px(DRAWINGS[self.drawing.name][0])

    def tip_at(self, _point: QPointF) -> str:
        return self.drawing.words

    def paint(self, painter: QPainter, _clip: QRectF, _selection: Stretch | None) -> None:
        DRAWINGS[self.drawing.name][1](painter, self.width, self.look)


class PageTurn(Turn):
    """Blocks of Markdown, and drawings between them."""

    def __init__(self, look: Look, blocks: Sequence[str | Drawing]) -> None:
        super().__init__(look, "page")
        self._blocks = blocks

    def build(self) -> None:
        super().build()
        for block in self._blocks:
            if isinstance(block, Drawing):
                rows: list[Row] = [DrawingRow(self.look, block)]
            else:
                section = MarkdownSection(self.look)
                section.feed(block)
                section.finish()
                rows = section.rows
            if rows and self.rows:
                rows[0].gap = self.look.px(BETWEEN)
            self.rows += rows

    def estimate(self, width: int) -> int:
        return estimate_text(self.look, self.copy_text(), width)

    def copy_text(self) -> str:
        """All of it; drawings in their words."""
        texts = (block.words if isinstance(block, Drawing) else block for block in self._blocks)
        return "\n\n".join(text.strip() for text in texts if text.strip())


class PageCanvas(ReadingCanvas):
    """Begins at its top, and has no messages to do anything with."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, ChatActions(parent), parent)

    def show_blocks(self, blocks: Sequence[str | Drawing]) -> None:
        """Show this page; somebody who reads it already stays where they are."""
        place = self.verticalScrollBar().value() if self.turns else 0
        page = PageTurn(self.look, blocks)
        self.set_turns([page])
        self.hold_place()
        self.verticalScrollBar().setValue(place)
        self.setAccessibleDescription(page.copy_text())

    def make_menu(self, _point: QPointF) -> QMenu:
        menu = QMenu(self)
        copy = QAction(self.tr("Copy"), menu)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(not self.selection.is_empty)
        copy.triggered.connect(self.copy_selection)
        everything = QAction(self.tr("Select all"), menu)
        everything.setShortcut(QKeySequence.StandardKey.SelectAll)
        everything.triggered.connect(self.select_all)
        menu.addActions([copy, everything])
        return menu
