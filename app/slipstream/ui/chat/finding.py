"""Finding something in the conversation: the bar, and the search behind it.

What was found by a search over all conversations is marked here without the bar.
"""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from slipstream.core.metrics import Phase
from slipstream.core.searching import Lead
from slipstream.ui.chat.findbar import FindBar
from slipstream.ui.chat.finder import Finder, Goal
from slipstream.ui.chat.reading import ReadingCanvas
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import PARTS, AnswerTurn
from slipstream.ui.theme import ThemeManager

BELOW = 4  # px between the bar and the text: what lies under anything else is painted whole when it scrolls
MOST_SELECTED = 80  # characters of a selection that is looked for elsewhere


class Finding(QObject):
    """Of one conversation; the bar stands over it."""

    def __init__(self, themes: ThemeManager, canvas: ReadingCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.bar = FindBar(themes, parent)
        self.finder = Finder(canvas)
        self.finder.counted.connect(self.bar.show_count)
        self.bar.wanted.connect(self.finder.search)
        self.bar.next_wanted.connect(self.finder.next)
        self.bar.previous_wanted.connect(self.finder.previous)
        self.bar.closed.connect(self._on_closed)
        canvas.find_wanted.connect(self.open)
        canvas.escaped.connect(self.leave)

    @Slot()
    def open(self) -> None:
        """Ask what to find; at first it is what is selected, if that is a few words."""
        if not self._canvas.turns:
            return
        if self.bar.isHidden() and self.finder.active:
            self.finder.clear()  # the place that was led to is selected then
        selected = self._canvas.selection.text(self._canvas.turns) if self.bar.isHidden() else ""
        few = len(selected) <= MOST_SELECTED and "\n" not in selected
        self.bar.open_bar(selected if few else "")
        self._canvas.leave_free(self.bar.geometry().bottom() + BELOW)

    def lead_to(self, turn: Turn, lead: Lead) -> None:
        """Mark what a search over all conversations was for, and show this place of it."""
        self.bar.hide()
        self._canvas.leave_free(0)
        part = 0
        if isinstance(turn, AnswerTurn):
            part = PARTS.index(Phase.THINK if lead.in_thinking else Phase.ANSWER)
        self.finder.lead_to(Goal(self._canvas.turns.index(turn), part, lead))

    @Slot()
    def leave(self) -> None:
        """Mark that no more."""
        if self.bar.isHidden() and self.finder.active:
            self.finder.clear(select=False)

    @Slot()
    def next(self) -> None:
        self._step(1)

    @Slot()
    def previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        if self.bar.isHidden() and not self.finder.active:
            self.open()
        elif step > 0:
            self.finder.next()
        else:
            self.finder.previous()

    @Slot()
    def _on_closed(self) -> None:
        self.finder.clear()
        self._canvas.leave_free(0)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
