"""The main job with nothing replaced: the window, the engine's own process, real weights."""

import os
import signal
from pathlib import Path

import pytest
from desk import app_paths, know_costs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.chat import Role
from slipstream.core.measurements import Measurements
from slipstream.core.settings import Settings, save_settings
from slipstream.engine.process import ProcessEngine
from slipstream.ui.window.main_window import MainWindow

pytestmark = pytest.mark.weights
WAIT_MS = 120_000  # a shared machine with other work may be slow


@pytest.fixture
def home(demo_target, tmp_path, monkeypatch) -> Path:
    """A fresh installation that finds the demo model and nothing else.

    One thread, whose costs are known: nothing is measured at a load, and what is drafted does not depend on the day.
    """
    models = tmp_path / "models"
    models.mkdir()
    (models / demo_target.name).symlink_to(demo_target)
    monkeypatch.setenv("SLIPSTREAM_MODELS", str(models))
    paths = app_paths(tmp_path / "home")
    save_settings(Settings(threads=1), paths.settings_file)
    know_costs(paths, demo_target)
    return tmp_path / "home"


@pytest.fixture
def window(qtbot, home, themes):
    paths = app_paths(home)
    engine = ProcessEngine(paths.logs)
    session = compose(paths, engine)
    window = MainWindow(session, themes, paths)
    window.engine, window.session = engine, session
    window.resize(1200, 760)
    window.show()
    session.start()
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)
    yield window
    window.close()
    assert session.close()
    assert engine.pid is None, "the engine's process is still there"
    window.deleteLater()
    session.deleteLater()


def say(window, text: str) -> None:
    field = window.pane.composer.findChild(QPlainTextEdit)
    field.setFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def written(window) -> str:
    live = window.session.chat._answering.live
    return live.content + live.thinking if live else ""


def test_type_stream_stop_toggle_and_watch(window, qtbot):
    session, chat = window.session, window.session.chat
    session.preferences.update(temperature=0.0, max_tokens=48)
    assert session.settings.draft == "ngram"  # the first start offers something to see

    say(window, "Repeat three times: the quick brown fox jumps over the lazy dog.")
    qtbot.waitUntil(lambda: bool(written(window)), timeout=WAIT_MS)
    assert chat.busy  # it streams: there is text before the end
    qtbot.waitUntil(lambda: not chat.busy, timeout=WAIT_MS)
    first = chat.turns[-1]
    assert first.content.strip()
    assert first.stats.metrics.drafted > 0

    window.bar.speculate.click()
    chat.regenerate(first.id)
    qtbot.waitUntil(lambda: not chat.busy, timeout=WAIT_MS)
    plain = chat.turns[-1]
    assert plain.stats.metrics.drafted == 0
    assert plain.content == first.content  # greedy: drafting changes the speed, never the text
    assert session.pair.levels.plain_tokens_per_second
    qtbot.waitUntil(lambda: len(window.dashboard.history) == plain.stats.metrics.steps, timeout=WAIT_MS)

    session.preferences.update(max_tokens=2000, speculate=True)
    say(window, "Write a long story about the sea.")
    qtbot.waitUntil(lambda: len(written(window)) > 40, timeout=WAIT_MS)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not chat.busy, timeout=2000)
    assert chat.turns[-1].interrupted == "Stopped by you."
    assert [turn.role for turn in chat.turns] == [Role.USER, Role.ASSISTANT] * 2


def test_a_killed_engine_comes_back_and_the_answer_is_kept(window, qtbot):
    session, chat = window.session, window.session.chat
    session.preferences.update(max_tokens=2000)
    say(window, "Write a long story about a river.")
    qtbot.waitUntil(lambda: len(written(window)) > 40, timeout=WAIT_MS)
    dead = window.engine.pid
    os.kill(dead, signal.SIGKILL)
    qtbot.waitUntil(lambda: not chat.busy, timeout=WAIT_MS)
    assert "SIGKILL" in chat.turns[-1].interrupted
    assert len(chat.turns[-1].content) > 40
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)
    assert window.engine.pid not in (None, dead)
    session.preferences.update(max_tokens=8)
    say(window, "Are you back?")
    qtbot.waitUntil(lambda: not chat.busy, timeout=WAIT_MS)
    assert chat.turns[-1].stats.metrics.emitted == 8


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no SIGSTOP here")
def test_stop_works_within_a_second_or_two_when_the_engine_hangs(window, qtbot):
    session, chat = window.session, window.session.chat
    session.preferences.update(max_tokens=2000)
    say(window, "Write a long story about a mountain.")
    qtbot.waitUntil(lambda: len(written(window)) > 10, timeout=WAIT_MS)
    os.kill(window.engine.pid, signal.SIGSTOP)
    QTest.qWait(50)
    window.acts.stop.trigger()
    qtbot.waitUntil(lambda: not chat.busy, timeout=3000)
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)


def test_a_pair_is_measured_on_demand_and_tells_why_it_drafts(
    window, qtbot, home, low_bit_draft, monkeypatch
):
    monkeypatch.setattr("slipstream.bridge.pair.TUNE_SECONDS", 0.0)
    session, acts, line = window.session, window.acts, window.status_line
    told = []
    session.status_changed.connect(lambda status: told.append(status.sentence))
    session.choose_draft(str(low_bit_draft))
    qtbot.waitUntil(lambda: session.status.drafting and acts.measure.isEnabled(), timeout=WAIT_MS)
    assert session.pair.loaded.draft is not None
    assert any(
        text.startswith("Measuring what this pair costs") for text in told
    )  # the draft, at its first load

    told.clear()
    acts.measure.trigger()
    qtbot.waitUntil(lambda: line.bar.value() > 0, timeout=WAIT_MS)
    window.acts.stop.trigger()
    qtbot.waitUntil(acts.measure.isEnabled, timeout=WAIT_MS)
    acts.measure.trigger()
    qtbot.waitUntil(lambda: bool(window.pane.banners.banners), timeout=WAIT_MS)
    qtbot.waitUntil(acts.measure.isEnabled, timeout=WAIT_MS)
    (banner,) = window.pane.banners.banners
    assert banner.notice.message.startswith("Measured: ")
    assert any(text.startswith("Measuring what this pair costs… 9") for text in told)
    saved = Measurements.load(app_paths(home).measurements_file)
    (record,) = [record for record in saved.pairs.values() if record.draft]
    assert record.draft_threads == 1
    assert record.verify.get(256, 1) != 10.1  # the real cost, in place of the prepared one

    session.preferences.update(max_tokens=24)
    say(window, "Name three fruits.")
    qtbot.waitUntil(lambda: not session.chat.busy, timeout=WAIT_MS)
    pace = session.chat.turns[-1].stats.pace
    assert pace is not None
    assert line.status().drafting is not pace.off
    assert not line.status().draft.endswith("automatic length.")  # but the reason


def test_a_benchmark_is_measured_stopped_and_gone_on_with(window, qtbot):
    window.acts.benchmarks.trigger()
    page, benchmarks = window.benchmarks.window.measure, window.session.benchmarks
    for kind, box in page.form.kinds.items():
        box.setChecked(kind == "rewrite")
    page.form.prompts.setValue(2)
    page.form.tokens.setValue(24)
    QTest.mouseClick(page.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: benchmarks.benchmark is not None and len(benchmarks.benchmark.rows) == 1, timeout=WAIT_MS
    )
    QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not benchmarks.running, timeout=WAIT_MS)
    assert window.session.pair.state is PairState.READY
    first = benchmarks.benchmark
    if first.left:  # it may have been over sooner than stopped
        QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not benchmarks.running, timeout=WAIT_MS)
    whole = benchmarks.benchmark
    assert whole.is_complete
    assert whole.rows[:1] == first.rows[:1]
    assert all(pair.same_text for pair in whole.pairs), "greedy answers differ"
    assert sum(pair.drafting.metrics.accepted for pair in whole.pairs) > 0
    assert sum(pair.plain.metrics.drafted for pair in whole.pairs) == 0
