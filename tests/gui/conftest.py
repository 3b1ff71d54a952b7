"""What every test of the window stands on: an offscreen screen, the real theme, and no leftovers.

A test fails when it leaves a top-level window or a thread behind.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any Qt import

import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QThread
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from slipstream.ui.theme import ThemeManager

LEAVE_MS = 2000  # what a thread that was told to end may still take


@pytest.fixture(scope="session")
def themes(qapp: QApplication) -> ThemeManager:
    """The application's theme manager, applied; light unless a test says otherwise."""
    manager = ThemeManager()
    manager.apply(qapp)
    return manager


@pytest.fixture(autouse=True)
def _light_again(themes: ThemeManager) -> Iterator[None]:
    themes.set_mode("light")
    yield
    themes.set_mode("light")


@pytest.fixture(autouse=True)
def _no_leftovers(qapp: QApplication) -> Iterator[None]:
    """Set up before, so torn down after, whatever the test itself asks for."""
    windows_before = {id(widget) for widget in qapp.topLevelWidgets()}
    threads_before = set(threading.enumerate())
    count_before = _native_threads()
    yield
    _settle()
    windows = _leaked_windows(qapp, windows_before)
    if windows:
        gc.collect()
        _settle()
        windows = _leaked_windows(qapp, windows_before)
    names = [f"{type(w).__name__} {w.objectName()!r} {w.windowTitle()!r}" for w in windows]
    for widget in windows:
        widget.close()
        widget.deleteLater()
    _settle()
    threads = _leaked_threads(threads_before, count_before)
    assert not names, f"windows left behind: {names}"
    assert not threads, f"threads left behind: {threads}"


def _settle() -> None:
    """Run what is due, deferred deletes included."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _leaked_windows(app: QApplication, before: set[int]) -> list[QWidget]:
    return [
        w for w in app.topLevelWidgets() if isValid(w) and w.parentWidget() is None and id(w) not in before
    ]


def _native_threads() -> int:
    """How many threads the process has, as the system counts them (0 where it does not say)."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if sys.platform == "linux" and tasks.is_dir() else 0


def _leaked_threads(before: set[threading.Thread], count_before: int) -> list[str]:
    deadline = QDeadlineTimer(LEAVE_MS)

    def python_threads() -> list[str]:
        alive = sys._current_frames()  # a QThread that once ran Python stays listed; this tells if it lives
        return [t.name for t in threading.enumerate() if t not in before and t.ident in alive]

    def qt_threads() -> list[str]:
        if count_before and _native_threads() <= count_before:
            return []
        # Listing every object is slow, so only where the count says that a thread is new.
        threads = [o for o in gc.get_objects() if isinstance(o, QThread) and isValid(o)]
        return [f"QThread {t.objectName()!r}" for t in threads if t.isRunning() and not t.isMainThread()]

    found = python_threads() + qt_threads()
    while found and not deadline.hasExpired():
        QCoreApplication.processEvents()
        QThread.msleep(10)
        found = python_threads() + qt_threads()
    return found
