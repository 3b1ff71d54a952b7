"""Pictures of the live figures and of the explanation in their main states, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_dashboard.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dashboard_runs import run_stats, run_steps
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from slipstream.core.history import Levels
from slipstream.core.metrics import Phase
from slipstream.ui.dashboard.memory_bar import MemoryPart
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.dashboard.recording import Recording
from slipstream.ui.help.opening import ExplanationDialog
from slipstream.ui.help.text import Facts, facts
from slipstream.ui.theme import ThemeManager

REASON = "Drafting: about 1.4× as fast here."
HEIGHT = 1480


def live(panel: DashboardPanel) -> None:
    panel.begin_run(11.2, drafting=True, answer=1)
    panel.set_break_even(1.62)
    panel.set_reason(REASON)
    panel.page.memory.show_parts((MemoryPart("model", 3 << 30), MemoryPart("draft", 400 << 20)), 4096)
    panel.add_steps(run_steps(150, plain_ms=80)[:110])


def thinking(panel: DashboardPanel) -> None:
    live(panel)
    panel.begin_run(11.2, drafting=True, answer=1)
    panel.add_steps(run_steps(150, plain_ms=80)[:30])


def over(panel: DashboardPanel) -> None:
    live(panel)
    steps = run_steps(400, plain_ms=80)
    panel.begin_run(11.2, drafting=True, answer=1)
    panel.set_reason(REASON)
    panel.add_steps(steps)
    panel.finish_run(run_stats(steps))


def zoomed(panel: DashboardPanel) -> None:
    over(panel)
    settle(panel)
    panel.column.zoom_to(200, 420)
    panel.column.mark_row(panel.history.row_at(300))


def frozen(panel: DashboardPanel) -> None:
    live(panel)
    settle(panel)
    panel.set_frozen(True)


def earlier(panel: DashboardPanel) -> None:
    live(panel)
    recording = Recording(
        True,
        Levels(11.2, 1.62),
        answer=2,
        earlier=True,
        reason="Drafting is paused: it costs about 15 % here: needs τ 1.9, gets 1.6.",
        over=True,
    )
    recording.add(run_steps(200, seed=7))
    panel.show_earlier(recording)


def lossy(panel: DashboardPanel) -> None:
    live(panel)
    panel.begin_run(11.2, drafting=True, answer=1)
    panel.set_reason("Drafting: about 1.6× as fast here. Typical acceptance changes the output.")
    steps = [replace(step, rule="typical", refused=step.accepted * 0.03) for step in run_steps(120)]
    panel.add_steps([replace(step, phase=Phase.ANSWER) for step in steps])


def plain(panel: DashboardPanel) -> None:
    panel.begin_run(None, drafting=False, answer=1)
    panel.set_reason("Drafting is off: the switch is off.")
    panel.add_steps([replace(step, phase=Phase.ANSWER) for step in run_steps(90, drafting=False)])


def first(panel: DashboardPanel) -> None:
    panel.begin_run(None, drafting=True, answer=1)
    panel.add_steps(run_steps(60)[:3])


def empty(_panel: DashboardPanel) -> None:
    pass


STATES: tuple[Callable[[DashboardPanel], None], ...] = (
    *(live, thinking, over, zoomed, frozen, earlier, lossy, plain, first, empty),
)


def settle(panel: DashboardPanel) -> None:
    wait(lambda: not panel.busy)


def wait(condition: Callable[[], bool], limit_ms: int = 10_000) -> None:
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: condition() and loop.quit())
    limit.timeout.connect(loop.quit)
    poll.start(20)
    limit.start(limit_ms)
    loop.exec()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    themes = ThemeManager()
    themes.apply(app)
    wanted = sys.argv[2:] or [state.__name__ for state in STATES] + ["explanation"]
    for mode in ("light", "dark"):
        themes.set_mode(mode)
        for state in STATES:
            if state.__name__ not in wanted:
                continue
            panel = DashboardPanel(themes)
            panel.resize(300 if state is first else 340, 720 if state in (empty, first) else HEIGHT)
            panel.show()
            wait(lambda panel=panel: len(panel.plots) == 5)
            state(panel)
            settle(panel)
            panel.grab().save(str(folder / f"{state.__name__}-{mode}.png"))
            panel.close()
            panel.deleteLater()
        if "explanation" in wanted:
            _explanation(themes, folder, mode)


def _explanation(themes: ThemeManager, folder: Path, mode: str) -> None:
    known = facts(run_stats(run_steps(300, plain_ms=80)).metrics, Levels(11.2, 1.62))
    window = QWidget()
    for name, these in (("measured", known), ("nothing", Facts())):
        dialog = ExplanationDialog(themes, window)
        dialog.show()
        dialog.show_facts(these)
        bar = dialog.canvas.verticalScrollBar()
        for number in range(3):
            bar.setValue(number * round(bar.pageStep() * 0.9))
            QApplication.processEvents()
            dialog.grab().save(str(folder / f"explanation-{name}-{number}-{mode}.png"))
        dialog.close()
        dialog.deleteLater()
    window.deleteLater()


if __name__ == "__main__":
    main()
