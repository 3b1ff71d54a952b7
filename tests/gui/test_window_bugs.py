"""Bugs are logged with their traceback and told in a banner; the window goes on."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning

from slipstream.ui.bugs import BugHooks


@pytest.fixture
def hooks(qapp):
    before = sys.excepthook, threading.excepthook
    hooks = BugHooks()
    yield hooks
    hooks.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_an_exception_is_logged_whole_and_told(hooks, qtbot, caplog):
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError:
        with qtbot.waitSignal(hooks.found) as found:
            sys.excepthook(*sys.exc_info())
    assert found.args == ["ZeroDivisionError: a bug"]
    assert "Traceback" in caplog.text


def test_a_bug_of_a_thread_reaches_the_window(hooks, qtbot):
    with qtbot.waitSignal(hooks.found) as found:
        threading.Thread(target=lambda: 1 // 0).start()
    assert "ZeroDivisionError" in found.args[0]


def test_what_qt_complains_about_goes_to_the_log(hooks, caplog):
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("a complaint")
    assert "a complaint" in caplog.text
