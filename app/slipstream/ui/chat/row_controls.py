"""The real widgets that stand on rows in sight: taken from those that are out of sight, or made."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from slipstream.ui.chat.controls import CONTROLS, ChatActions, RowControl
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.turn_controls import TURN_CONTROLS

KINDS = CONTROLS | TURN_CONTROLS


class RowControls:
    """Of one canvas."""

    def __init__(self, canvas: QAbstractScrollArea, actions: ChatActions) -> None:
        self._canvas = canvas
        self._actions = actions
        self._shown: dict[int, tuple[Row, str, RowControl]] = {}  # by id of the row; its kind
        self._spare: dict[str, list[RowControl]] = {kind: [] for kind in KINDS}

    def on(self, row: Row) -> RowControl | None:
        """The widget that stands on this row, while it is in sight."""
        entry = self._shown.get(id(row))
        return entry[2] if entry is not None else None

    def shown(self) -> list[tuple[Row, RowControl]]:
        return [(row, widget) for row, _, widget in self._shown.values()]

    def place(self, wanted: Sequence[tuple[Row, str, QRect]]) -> None:
        """Have widgets on these rows and no others: of which kind, and where in the viewport."""
        keys = {id(row) for row, _, _ in wanted}
        for key in [key for key in self._shown if key not in keys]:
            self._put_away(key)
        new = False
        for row, kind, rect in wanted:
            fresh = id(row) not in self._shown
            if fresh:
                self._shown[id(row)] = row, kind, self._take(kind)
                new = True
            widget = self._shown[id(row)][2]
            resized = widget.stand_on(rect)
            if fresh or resized or row.stale_control:
                widget.show_row(row)
                row.stale_control = False
            if fresh:
                widget.show()
        if new:
            self._order_focus()

    def clear(self) -> None:
        for key in list(self._shown):
            self._put_away(key)

    def _take(self, kind: str) -> RowControl:
        spare = self._spare[kind]
        return spare.pop() if spare else KINDS[kind](self._canvas.viewport(), self._actions)

    def _put_away(self, key: int) -> None:
        _, kind, widget = self._shown.pop(key)
        widget.hide()
        self._spare[kind].append(widget)

    def _order_focus(self) -> None:
        """Tab goes through the buttons from top to bottom."""
        previous: QWidget = self._canvas
        for _, widget in sorted(self.shown(), key=lambda entry: entry[1].y()):
            for button in widget.focus_chain():
                QWidget.setTabOrder(previous, button)
                previous = button
