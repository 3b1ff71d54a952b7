"""What the window costs: its start, and the tokens/s of an answer beside a headless run. Run by `make bench`."""

import json
import os
import statistics
import subprocess
import sys

import pytest
from desk import app_paths
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.paths import HOME_VARIABLE
from slipstream.ui.window.main_window import MainWindow

PROMPT = "Write a long story about a lighthouse keeper and her dog."
TOKENS = 256
PLOTS = 5  # of the panel; made one after another while the event loop is idle
PAIRS = 7
STARTS = 9
WAIT_MS = 300_000

pytestmark = [pytest.mark.bench, pytest.mark.weights, pytest.mark.timeout(1800)]


def headless(target, out) -> float:
    """Tokens/s of `slipstream generate`, in a process of its own."""
    command = [
        sys.executable, "-m", "slipstream", "generate", "--target", str(target), "--prompt", PROMPT,
        "--temperature", "0", "--max-tokens", str(TOKENS), "--quiet", "--stats", str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(out.read_text())["tokens_per_second"]


def test_tokens_per_second_in_the_window_and_headless(qtbot, themes, demo_target, tmp_path, capsys):
    """The same answer in turn; plots and text are drawn meanwhile, as a person has them. Ratio at least 0.95."""
    paths = app_paths(tmp_path / "home")
    session = compose(paths)
    window = MainWindow(session, themes, paths)
    window.resize(1280, 800)
    window.show()
    with qtbot.waitSignal(session.store_ready, timeout=WAIT_MS):
        session.start(load=False)
    session.preferences.update(temperature=0.0, max_tokens=TOKENS, speculate=False)
    session.choose_target(demo_target)
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(window.dashboard.plots) == PLOTS, timeout=WAIT_MS)

    def in_window() -> float:
        session.chat.new()
        field = window.pane.composer.findChild(QPlainTextEdit)
        field.setPlainText(PROMPT)
        with qtbot.waitSignal(session.chat.run_ended, timeout=WAIT_MS) as ended:
            QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not session.chat.busy, timeout=WAIT_MS)
        return ended.args[0].metrics.tokens_per_second

    in_window()  # the first draws everything for the first time
    ratios = []
    for i in range(PAIRS):
        both = [in_window, lambda: headless(demo_target, tmp_path / "stats.json")]
        speeds = [measure() for measure in (both if i % 2 else both[::-1])]
        window_speed, headless_speed = speeds if i % 2 else speeds[::-1]
        ratios.append(window_speed / headless_speed)
        with capsys.disabled():
            print(
                f"\nwindow {window_speed:.1f}, headless {headless_speed:.1f}, ratio {ratios[-1]:.3f}", end=""
            )
    window.close()
    session.close()
    window.deleteLater()
    session.deleteLater()
    with capsys.disabled():
        print(f"\nmedian ratio {statistics.median(ratios):.3f} of {min(ratios):.3f}–{max(ratios):.3f}")
    assert statistics.median(ratios) >= 0.95


def test_the_window_is_visible_soon_after_the_start(tmp_path, capsys):
    """From the start of the process to the first paint, disk warm: at most 1.5 s."""
    environment = os.environ | {HOME_VARIABLE: str(tmp_path), "SLIPSTREAM_TRACE_START": "1"}
    seconds = []
    for _ in range(STARTS):
        with subprocess.Popen(
            [sys.executable, "-m", "slipstream"], env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            line = next(line for line in process.stderr if "window visible after" in line)
            process.kill()
        seconds.append(float(line.split()[-2]))
    with capsys.disabled():
        print(f"\nvisible after {statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f})")
    assert statistics.median(seconds) <= 1.5
