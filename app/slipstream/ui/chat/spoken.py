"""The conversation for a screen reader: each message in sight stands on the canvas as text that it can find.

The canvas paints its rows, so nothing of them would be there otherwise. Costs nothing while no reader runs.
"""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.in_sight import turns_in_sight
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import AnswerTurn


def tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)


def words_of(turn: Turn) -> str:
    """A message as it is read out: who, and what."""
    if not isinstance(turn, AnswerTurn):
        return tr("You wrote: {0}").format(turn.copy_text())
    if turn.streaming:
        return tr("The answer is being written")
    return tr("Answer: {0}").format(turn.copy_text())


class SpokenTurn(QLabel):
    """Words at the place of a message: read by a screen reader, seen by nobody, in nobody's way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The canvas has painted them."""


class SpokenTurns(QObject):
    """Keeps a `SpokenTurn` on each message in sight."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._labels: list[SpokenTurn] = []
        canvas.placed.connect(self._on_placed)

    @Slot()
    def _on_placed(self) -> None:
        active = QAccessible.isActive()
        if not active and not self._labels:
            return
        turns = list(turns_in_sight(self._canvas)) if active else []
        while len(self._labels) < len(turns):
            self._labels.append(SpokenTurn(self._canvas.viewport()))
            for label in reversed(self._labels):  # readers go through them in the order of the stack
                label.lower()
        left, width = self._canvas.column()
        for label, turn in zip(self._labels, turns, strict=False):
            words = words_of(turn)
            if words != label.text():
                label.setText(words)
            label.setGeometry(left, turn.y - self._canvas.top, width, turn.height)
            label.show()
        for label in self._labels[len(turns) :]:
            label.hide()
