"""Brings a place in the conversation into sight, however far away it is.

What was never near the window has estimated heights, so going there takes a few steps: each lays out what it
reaches, and the next one aims better.
"""

from PySide6.QtCore import QRectF

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.rows import Stretch
from slipstream.ui.chat.turn import Turn

STEPS = 4
ASIDE = 40  # px kept between a place in wide code and the edge it was scrolled away from
UPPER_THIRD = 3


def reveal(canvas: Canvas, turn: Turn, index: int, stretch: Stretch, margin: int = 24) -> QRectF | None:
    """Scroll so that these characters of a row are in sight, `margin` px from the edges.

    Nothing moves that need not. Returns where they stand then, in coordinates of the viewport.
    """
    canvas.hold_place()
    bar = canvas.verticalScrollBar()
    height = canvas.viewport().height()
    rect = None
    for _ in range(STEPS):
        row = turn.rows[index]
        if not row.ready:
            bar.setValue(turn.y + row.y - height // UPPER_THIRD)
            if not row.ready:
                continue
        _scroll_sideways(canvas, turn, index, stretch)
        rect = place_of(canvas, turn, index, stretch)
        if rect.top() >= margin and rect.bottom() <= height - margin:
            break
        before = bar.value()
        bar.setValue(round(before + rect.top() - height / UPPER_THIRD))
        if bar.value() == before:
            break
        rect = place_of(canvas, turn, index, stretch)
    canvas.check_end()
    return rect


def place_of(canvas: Canvas, turn: Turn, index: int, stretch: Stretch) -> QRectF:
    """Where characters of a row that is laid out stand, in coordinates of the viewport: the first line of them."""
    row = turn.rows[index]
    rects = row.rects(stretch)
    rect = rects[0] if rects else row.caret(stretch[0])
    left, _ = canvas.column()
    return rect.translated(left + row.x, turn.y + row.y - canvas.top)


def _scroll_sideways(canvas: Canvas, turn: Turn, index: int, stretch: Stretch) -> None:
    row = turn.rows[index]
    rects = row.rects(stretch)
    if not rects:
        return
    over, under = rects[0].right() + ASIDE - row.width, rects[0].left() - ASIDE
    if over > 0 or under < 0:
        moved = row.scroll_sideways(round(over if over > 0 else under))
        if moved:
            canvas.viewport().update()
