"""The model's file goes away, is cut or is written over while it is loaded: the window, the real engine's process."""

import os
import shutil
import signal
import sys

import pytest
from desk import app_paths, know_costs
from PySide6.QtWidgets import QPlainTextEdit

from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.settings import Settings, save_settings
from slipstream.engine.process import ProcessEngine
from slipstream.ui.window.main_window import MainWindow

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(sys.platform == "win32", reason="a file in use cannot be removed there"),
]
WAIT_MS = 120_000  # a shared machine with other work may be slow


@pytest.fixture
def model(demo_target, tmp_path):
    """A copy that may be harmed."""
    path = tmp_path / "model.gguf"
    shutil.copyfile(demo_target, path)
    return path


@pytest.fixture
def window(qtbot, tmp_path, themes, model, monkeypatch):
    monkeypatch.setenv("SLIPSTREAM_MODELS", str(tmp_path / "none"))
    paths = app_paths(tmp_path / "home")
    save_settings(Settings(threads=1, ctx_size=1024, target=str(model)), paths.settings_file)
    know_costs(paths, model)
    engine = ProcessEngine(paths.logs)
    session = compose(paths, engine)
    window = MainWindow(session, themes, paths)
    window.engine, window.session = engine, session
    window.notices = []
    session.noticed.connect(window.notices.append)
    window.show()
    session.start()
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)
    yield window
    window.close()
    assert session.close()
    assert engine.pid is None, "the engine's process is still there"
    window.deleteLater()
    session.deleteLater()


def ask(window, qtbot, tokens: int) -> None:
    """Ask, and wait until something is written."""
    window.session.preferences.update(max_tokens=tokens)
    window.session.chat.send("Write a long story about a river.")
    qtbot.waitUntil(lambda: bool(written(window)) or not window.session.chat.busy, timeout=WAIT_MS)


def written(window) -> str:
    live = window.session.chat.live
    return live.content if live else ""


def over(window, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.session.chat.busy, timeout=WAIT_MS)


def test_a_model_that_is_removed_goes_on_answering_and_is_missed_at_the_next_start(window, qtbot, model):
    model.unlink()
    ask(window, qtbot, 12)
    over(window, qtbot)
    assert window.session.chat.turns[-1].stats.metrics.emitted == 12
    os.kill(window.engine.pid, signal.SIGKILL)
    ask(window, qtbot, 12)
    over(window, qtbot)
    qtbot.waitUntil(lambda: window.session.pair.state is PairState.NONE, timeout=WAIT_MS)
    assert "model.gguf: no such file" in window.notices[-1].message
    assert window.notices[-1].remedies
    window.session.chat.send("Still there?")  # it is given back with the reason
    assert "Choose one first" in window.notices[-1].message or window.session.chat.busy is False


def test_a_model_that_is_cut_under_the_engine_is_told_and_not_loaded_again(window, qtbot, model):
    """A memory map of a file that became shorter ends the process by a signal."""
    ask(window, qtbot, 900)
    before = len(written(window))
    os.truncate(model, 4096)
    over(window, qtbot)
    turn = window.session.chat.turns[-1]
    assert len(turn.content) >= before
    assert turn.interrupted
    qtbot.waitUntil(lambda: window.session.pair.state is PairState.NONE, timeout=WAIT_MS)
    assert "truncated" in window.notices[-1].message
    assert window.pane.composer.findChild(QPlainTextEdit).isEnabled()


def test_the_same_file_drafts_for_itself(window, qtbot, model):
    window.session.choose_draft(str(model))
    loaded = window.session.pair
    qtbot.waitUntil(
        lambda: loaded.state is PairState.READY and loaded.loaded.draft is not None, timeout=WAIT_MS
    )
    ask(window, qtbot, 10)
    over(window, qtbot)
    assert window.session.chat.turns[-1].stats.metrics.emitted == 10
