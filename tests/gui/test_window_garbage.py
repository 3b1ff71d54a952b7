"""Dead cycles of Qt objects die on the window's thread, whichever thread makes garbage."""

import gc
import threading

from PySide6.QtCore import QObject

from slipstream.ui.garbage import WindowThreadGarbage


class Knot(QObject):
    """Holds on to itself, so that only the collector frees it."""

    def __init__(self, died: list[int]) -> None:
        super().__init__()
        self.me = self
        self.died = died

    def __del__(self) -> None:
        self.died.append(threading.get_ident())


def test_cycles_die_on_the_windows_thread_only(qtbot):
    garbage = WindowThreadGarbage()
    died: list[int] = []
    try:
        for _ in range(50):
            Knot(died)
        worker = threading.Thread(target=lambda: [[object()] for _ in range(5000)])
        worker.start()
        worker.join()
        assert died == []  # that many allocations would have set the collector off on the worker
        keep = [[] for _ in range(gc.get_threshold()[0] + 1)]
        qtbot.waitUntil(lambda: len(died) == 50)
        assert set(died) == {threading.get_ident()}
        del keep
    finally:
        garbage.remove()
    assert gc.isenabled()


def test_the_program_itself_is_looked_through_once_at_most(qtbot):
    """Everything there was is set aside when the oldest would be collected for the first time, and until `remove`."""
    garbage = WindowThreadGarbage()
    died: list[int] = []
    try:
        for _ in range(gc.get_threshold()[2] + 1):
            gc.collect(1)
        keep = [[] for _ in range(gc.get_threshold()[0] + 1)]
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
        Knot(died)
        gc.collect()
        assert died == [threading.get_ident()]  # what came later is collected as ever
        del keep
    finally:
        garbage.remove()
    assert gc.get_freeze_count() == 0
