"""Formulas of the conversation: which are drawn, which are asked for, and why some never will be.

Between the rows, which ask when they are laid out, and the thread that has them drawn. What has come is kept,
whatever the theme, zoom or screen; a drawing scales and takes any colour.
"""

from collections import OrderedDict

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from slipstream.bridge.formula_thread import Answered, FormulaThread
from slipstream.core.formulas import Answer, Drawing, Formula, Refusal
from slipstream.ui.chat.formula_object import FormulaObject
from slipstream.ui.chat.pictures import Pictures

MOST_BYTES = 16 << 20  # of drawings kept
_REFUSAL_BYTES = 200


class Formulas(QObject):
    """Signal `arrived(frozenset[Formula])`: these are answered now."""

    arrived = Signal(object)

    def __init__(
        self, thread: FormulaThread, parent: QObject | None = None, most_bytes: int = MOST_BYTES
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._most_bytes = most_bytes
        self._answers: OrderedDict[Formula, Answer] = OrderedDict()
        self._bytes = 0
        self._asked: set[Formula] = set()  # not answered yet
        self._unsent: list[Formula] = []
        self.pictures = Pictures()
        self.handler = FormulaObject(self.pictures, self)
        self._send = QTimer(self)
        self._send.setSingleShot(True)
        self._send.setInterval(0)  # what a layout asks for goes out in one request
        self._send.timeout.connect(self._on_send)
        thread.drawn.connect(self._on_drawn)

    def answer(self, formula: Formula) -> Answer | None:
        """Its drawing, or why there is none. None: it is asked for, and `arrived` will name it."""
        answer = self._answers.get(formula)
        if answer is not None:
            self._answers.move_to_end(formula)
        elif formula not in self._asked:
            self._asked.add(formula)
            self._unsent.append(formula)
            if not self._send.isActive():
                self._send.start()
        return answer

    @Slot()
    def _on_send(self) -> None:
        formulas, self._unsent = self._unsent, []
        self._thread.draw(formulas)

    @Slot(object)
    def _on_drawn(self, answered: tuple[Answered, ...]) -> None:
        """Of another view's formulas, too, where they share the thread."""
        mine = [(formula, answer) for formula, answer in answered if formula in self._asked]
        for formula, answer in mine:
            self._asked.discard(formula)
            self._answers[formula] = answer
            self._bytes += _size(formula, answer)
        while self._bytes > self._most_bytes and len(self._answers) > len(mine):
            self._bytes -= _size(*self._answers.popitem(last=False))
        if mine:
            self.arrived.emit(frozenset(formula for formula, _ in mine))


def _size(formula: Formula, answer: Answer) -> int:
    drawn = len(answer.svg) if isinstance(answer, Drawing) else 0
    return drawn + len(formula.tex) + _REFUSAL_BYTES


def reason(refusal: Refusal) -> str:
    """Why a formula is shown as LaTeX, for a person."""
    match refusal:
        case Refusal.TOO_LONG | Refusal.TOO_DEEP | Refusal.TOO_LARGE:
            why = QCoreApplication.translate("Formula", "it is too long to be drawn")
        case Refusal.NO_GLYPH:
            why = QCoreApplication.translate("Formula", "it has a character that the font for formulas lacks")
        case Refusal.TOO_SLOW | Refusal.DIED:
            why = QCoreApplication.translate("Formula", "drawing it took too much time or memory")
        case Refusal.UNAVAILABLE:
            why = QCoreApplication.translate("Formula", "formulas cannot be drawn; the log says why")
        case _:
            why = QCoreApplication.translate("Formula", "something in it is not understood")
    return QCoreApplication.translate("Formula", "Shown as LaTeX: {why}").format(why=why)
