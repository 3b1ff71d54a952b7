"""Formulas drawn beside the window's thread."""

import threading
import time

from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from slipstream.bridge.formula_thread import Answered, FormulaThread
from slipstream.core.formulas import Answer, Drawing, Formula
from slipstream.formulas.process import FormulaProcess

WAIT_MS = 30_000  # the child imports its libraries first, on a machine that may be busy


class SlowProcess(FormulaProcess):
    """Draws nothing until it is let, or closed."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()
        self.under_way = threading.Event()

    def draw(self, formula: Formula) -> Answer:
        self.under_way.set()
        self.let.wait()
        return Drawing(b"<svg/>", 1.0, 1.0, 0.0)

    def close(self) -> None:
        super().close()
        self.let.set()


class Listener(QObject):
    def __init__(self, thread: FormulaThread) -> None:
        super().__init__()
        self.batches: list[tuple[Answered, ...]] = []
        self.threads: set[QThread] = set()
        thread.drawn.connect(self.on_drawn)

    @Slot(object)
    def on_drawn(self, batch: tuple[Answered, ...]) -> None:
        self.batches.append(batch)
        self.threads.add(QThread.currentThread())

    @property
    def answered(self) -> list[Answered]:
        return [pair for batch in self.batches for pair in batch]


def test_formulas_are_drawn_in_their_order(qtbot: QtBot) -> None:
    thread = FormulaThread(FormulaProcess())
    listener = Listener(thread)
    wanted = [Formula(f"x_{{{i}}}") for i in range(30)]
    thread.draw(wanted[:20])
    thread.draw(wanted[20:])
    qtbot.waitUntil(lambda: len(listener.answered) == 30, timeout=WAIT_MS)
    assert [formula for formula, _ in listener.answered] == wanted
    assert all(isinstance(answer, Drawing) for _, answer in listener.answered)
    assert listener.threads == {thread.thread()}
    assert thread.pid is not None
    assert thread.close()
    assert thread.pid is None


def test_what_comes_together_is_delivered_together(qtbot: QtBot) -> None:
    process = SlowProcess()
    thread = FormulaThread(process)
    listener = Listener(thread)
    thread.draw([Formula(str(i)) for i in range(200)])
    process.let.set()
    qtbot.waitUntil(lambda: len(listener.answered) == 200)
    assert len(listener.batches) < 50
    assert thread.close()


def test_asking_never_waits(qtbot: QtBot) -> None:
    process = SlowProcess()
    thread = FormulaThread(process)
    began = time.perf_counter()
    for i in range(1000):
        thread.draw([Formula(str(i))])
    assert time.perf_counter() - began < 1
    assert thread.close()


def test_closing_does_not_wait_for_what_was_asked(qtbot: QtBot) -> None:
    process = SlowProcess()
    thread = FormulaThread(process)
    thread.draw([Formula(str(i)) for i in range(10)])
    assert process.under_way.wait(10)
    assert thread.close(timeout_ms=5000)
    thread.draw([Formula("x")])
    assert not thread._thread.isRunning()


def test_one_that_was_never_asked_closes(qtbot: QtBot) -> None:
    thread = FormulaThread(FormulaProcess())
    assert thread.close()
    assert thread.close()
