"""What a tick of the dashboard costs with a long history, painting included. Run by `make bench`.

Counted in processor time of the window's thread, so that a busy machine does not fail it; printed in both.
"""

import statistics
import sys
import time

import pytest
from dashboard_runs import run_steps
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.theme import ThemeManager


@pytest.mark.bench
@pytest.mark.parametrize("history", [10_000, 100_000])
def test_tick_cost(
    qtbot: QtBot,
    qapp: QApplication,
    themes: ThemeManager,
    capsys: pytest.CaptureFixture[str],
    history: int,
) -> None:
    panel = DashboardPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(340, 1500)  # all of it in sight
    with qtbot.waitSignal(panel.plots_ready, timeout=20_000):
        panel.show()
    steps = run_steps(history + 2000)
    panel.begin_run(15.0, drafting=True)
    panel.set_break_even(1.7)
    panel.history.extend(steps[:history])
    for _ in range(12):
        panel.tick()
        qapp.processEvents()
    wall, cpu = [], []
    for start in range(history, history + 2000, 10):
        panel.add_steps(steps[start : start + 10])
        begin = time.perf_counter(), time.thread_time()
        panel.tick()
        qapp.processEvents()
        wall.append((time.perf_counter() - begin[0]) * 1000)
        cpu.append((time.thread_time() - begin[1]) * 1000)
    p95 = statistics.quantiles(cpu, n=20)[18]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{history} steps: a tick takes {statistics.median(cpu):.1f} ms, p95 {p95:.1f} ms "
            f"(on the clock {statistics.median(wall):.1f} and {statistics.quantiles(wall, n=20)[18]:.1f} ms)\n"
        )
    assert p95 < 8
