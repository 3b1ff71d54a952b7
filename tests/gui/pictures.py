"""The pictures of the window in README, from the real window with a real pair at work.

    .venv/bin/python tests/gui/pictures.py --target TARGET.gguf --draft DRAFT.gguf [--into docs/images]

Answers one question without drafting, so that the level to compare with is known, then with it, and takes the
window near the end of the second answer, light and dark.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.paths import AppPaths
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

QUESTION = (
    "Write a Python function that returns the prime factors of n, and explain how it works in a short list."
)
TAKEN_AFTER = 150  # tokens of the second answer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--draft", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        _take(app, Path(home), options)


def _take(app: QApplication, home: Path, options: argparse.Namespace) -> None:
    paths = AppPaths(*(home / name for name in ("data", "config", "logs", "cache")))
    themes = ThemeManager()
    session = compose(paths)
    themes.apply(app)
    window = MainWindow(session, themes, paths)
    window.resize(1280, 800)
    window.show()
    session.preferences.update(speculate=False, temperature=0.0, max_tokens=400, draft_max=6)
    session.start(load=False)
    session.choose_pair(options.target, options.draft)
    _until(lambda: session.pair.state is PairState.READY)
    for question in ("What is speculative decoding? One sentence.", QUESTION):
        session.chat.send(question)
        _until(lambda: session.chat.busy)
        _until(lambda: not session.chat.busy)
        session.preferences.update(speculate=True)
        if question is not QUESTION:
            session.chat.new()
    answer = session.chat.turns[-1].id
    session.chat.regenerate(answer)
    _until(
        lambda: len(window.dashboard.history) > 0 and window.dashboard.history.meter.emitted >= TAKEN_AFTER
    )
    for mode in ("light", "dark"):
        themes.set_mode(mode)
        _until(lambda: not window.dashboard.busy, limit_ms=1500)
        window.grab().save(str(options.into / f"window-{mode}.png"))
    session.chat.stop()
    _until(lambda: not session.chat.busy)
    window.close()
    session.close()


def _until(condition, limit_ms: int = 600_000) -> None:
    """Let the window work until something holds, or the limit is over."""
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: condition() and loop.quit())
    limit.timeout.connect(loop.quit)
    poll.start(50)
    limit.start(limit_ms)
    loop.exec()


if __name__ == "__main__":
    main()
