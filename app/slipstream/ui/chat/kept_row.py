"""Where the reader is while everything is drawn anew, in letters of another size perhaps."""

from PySide6.QtWidgets import QScrollBar

from slipstream.ui.chat.turn import Edge


class KeptRow:
    """Remembers the row at the window's upper edge by the share of it that is above; None is the end, which needs
    no remembering.
    """

    def __init__(self, edge: Edge | None) -> None:
        self._edge = edge
        self._height = edge.row.height if edge is not None and edge.row is not None else 0

    def show_again(self, bar: QScrollBar) -> None:
        """Scroll back to it, where the row is there still."""
        if self._edge is None or not self._height:
            return
        turn, row, below = self._edge
        if row is not None and row in turn.rows:
            share = below if below < 0 else round(below * row.height / self._height)
            bar.setValue(turn.y + row.y + share)
