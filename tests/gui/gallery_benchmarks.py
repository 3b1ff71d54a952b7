"""Pictures of the window of benchmarks, to be looked at: every page, light and dark, at 1 and 2 pixels a point.

python tests/gui/gallery_benchmarks.py FOLDER
"""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "bridge"))
sys.path.insert(0, str(Path(__file__).parents[1] / "models"))

from bench_samples import SETUP, benchmark, stopped
from desk import app_paths, model_file
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from scripted_engine import ScriptedEngine

from slipstream.bridge.bench_messages import KeepBenchmark
from slipstream.bridge.pair import NGRAM, PairState
from slipstream.build import compose
from slipstream.core.measurements import this_machine
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow


def main() -> None:
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        _take(app, Path(home), into)


def _take(app: QApplication, home: Path, into: Path) -> None:
    themes = ThemeManager()
    engine = ScriptedEngine()
    session = compose(app_paths(home), engine)
    themes.apply(app)
    main_window = MainWindow(session, themes, app_paths(home))
    main_window.show()
    session.start(load=False)
    session.preferences.update(draft=NGRAM)
    session.choose_target(model_file(home))
    _until(lambda: session.pair.state is PairState.READY)
    main_window.benchmarks.open()
    window = main_window.benchmarks.window

    def grab(name: str) -> None:
        for mode in ("light", "dark"):
            themes.set_mode(mode)
            _pause(150)
            window.grab().save(str(into / f"{name}-{mode}.png"))

    grab("1-measure")
    window.show_page(1)
    _pause(200)
    grab("2-saved-empty")
    window.show_page(2)
    _pause(200)
    grab("3-history-empty")
    here = replace(SETUP, machine=this_machine())
    gains = {
        "code": [1.5, 1.62, 1.71, 1.55, 1.66, 1.6],
        "math": [1.2, 1.31, 1.25, 1.22, 1.4, 1.18],
        "open": [0.98, 1.01, 0.97, 0.99, 1.02, 0.96],
        "rewrite": [2.2, 2.6, 2.4, 2.1, 3.0, 2.7],
    }
    for made in (
        benchmark(gains, setup=here),
        benchmark({"code": [0.8, 0.9, 0.85, 0.82, 0.9]}, uid="two", setup=replace(here, draft=None)),
        stopped(benchmark(gains, uid="three", setup=replace(here, threads=4)), 9),
    ):
        session._store.ask(KeepBenchmark(made))
    for number in range(30):
        engine.words = ["word"] * (10 + 7 * number % 20)
        session.preferences.update(speculate=number % 3 != 0)
        session.chat.send(f"Question {number}")
        _until(lambda: not session.chat.busy)
    window.show_page(1)
    _until(lambda: window.saved.list.count() == 3)
    _pause(200)
    grab("4-saved-stopped")
    window.saved.list.setCurrentRow(2)
    _pause(200)
    window.saved.second.setCurrentIndex(2)
    window.saved.second.activated.emit(2)
    _pause(300)
    grab("5-saved-compared")
    window.show_page(2)
    _pause(300)
    grab("6-history")
    window.resize(660, 440)
    grab("7-history-small")
    window.resize(1180, 740)
    window.show_page(0)
    engine.gated = True
    engine.words = ["word"] * 18
    window.measure.form.tokens.setValue(9)
    window.measure.start.click()
    engine.allow(90)
    _until(lambda: session.benchmarks.benchmark is not None and len(session.benchmarks.benchmark.rows) > 3)
    _pause(400)
    grab("8-measuring")
    session.benchmarks.stop()
    _until(lambda: not session.benchmarks.running)
    grab("9-stopped")
    main_window.close()
    session.close()


def _pause(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _until(condition) -> None:
    for _ in range(600):
        if condition():
            return
        _pause(50)
    raise TimeoutError


if __name__ == "__main__":
    main()
