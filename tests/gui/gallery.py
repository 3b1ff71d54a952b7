"""Pictures of the whole window in its main states, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery.py FOLDER [STATE…]

With names of states, only those whose name begins so. The engine is scripted; all else is real.
QT_SCALE_FACTOR=2 shows them as a dense screen does. (`gallery_chat.py` shows the conversation alone, in more states.)
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["SLIPSTREAM_MODELS"] = ""  # no demo model: the first start is that of a machine without one
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bridge"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models"))

from desk import app_paths, know_costs, model_file
from gallery_chat import ANSWER, THINKING
from PySide6.QtCore import QEvent, QEventLoop, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from scripted_engine import ScriptedEngine

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.errors import EngineDiedError
from slipstream.ui.garbage import WindowThreadGarbage
from slipstream.ui.language import Language
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

SIZE = QSize(1280, 800)
LIMIT_MS = 20_000
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
QUESTION = "How do I find all primes below n quickly?"
HEBREW = "איך מוצאים במהירות את כל המספרים הראשוניים שקטנים מ־n?"


def chunks(text: str) -> list[str]:
    """A text as the scripted engine writes it: words, but code and tables by lines. (It adds a blank after each.)"""
    found: list[str] = []
    in_code = False
    for line in text.splitlines():
        fence = line.startswith("```")
        inside = line.lstrip(" ")
        words = [inside] if in_code or fence or line.startswith("|") else inside.split(" ")
        words[0] = line[: len(line) - len(inside)] + words[0]
        found += [*words[:-1], words[-1] + "\n"]
        in_code ^= fence
    return found


class Stage:
    """The real window, and what a picture needs to bring about."""

    def __init__(self, app: QApplication, home: Path, themes: ThemeManager) -> None:
        self.app = app
        self.themes = themes
        self.paths = app_paths(home)
        self.engine = ScriptedEngine(words=chunks(ANSWER), thinking=chunks(THINKING))
        self.model = model_file(home, "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf")
        self.paths.data.mkdir(parents=True, exist_ok=True)
        know_costs(self.paths, self.model)
        self.session = compose(self.paths, self.engine)
        self.window = MainWindow(self.session, themes, self.paths)
        self.window.resize(SIZE)
        self.window.show()
        self.session.preferences.update(draft="ngram")
        self.session.start(load=False)

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        loop, poll, limit = QEventLoop(), QTimer(), QTimer()
        poll.timeout.connect(lambda: condition() and loop.quit())
        limit.timeout.connect(loop.quit)
        poll.start(20)
        limit.start(LIMIT_MS)
        loop.exec()
        assert condition(), "the state did not come about"

    def load(self) -> None:
        self.session.choose_target(self.model)
        self.until(lambda: self.session.pair.state is PairState.READY)
        self.until(lambda: len(self.window.dashboard.plots) == 5 or not self.window.dashboard.isVisible())

    def ask(self, question: str = QUESTION, steps: int | None = None) -> None:
        """Send a question; let so many steps be written, or the whole answer."""
        self.engine.gated = steps is not None
        seen: list[object] = []
        ended: list[object] = []
        self.session.chat.stepped.connect(seen.extend)
        self.session.chat.run_ended.connect(ended.append)
        self.session.chat.send(question)
        if steps is None:
            self.until(lambda: bool(ended))
        else:
            self.engine.allow(steps)
            self.until(lambda: len(seen) >= steps)
        self.session.chat.stepped.disconnect(seen.extend)
        self.session.chat.run_ended.disconnect(ended.append)

    def finish(self) -> None:
        self.engine.allow(100_000)
        self.until(lambda: not self.session.chat.busy)

    def to_top(self) -> None:
        self.window.pane.view.canvas.verticalScrollBar().setValue(0)

    def close(self) -> None:
        self.window.close()
        assert self.session.close()
        self.window.deleteLater()


def first_start(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    yield "first_start", stage.window
    stage.window.resize(560, 700)
    yield "first_start_narrow", stage.window


def talking(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    window, session = stage.window, stage.session
    stage.load()
    yield "empty", window
    stage.ask("What is a slipstream?")
    session.chat.new()
    stage.ask(steps=12)
    yield "thinking", window
    answer = str(session.chat.answering and window.pane.view.canvas.turns[-1].id)
    window.pane.view._on_thinking_toggled(answer)
    yield "thinking_unfolded", window
    stage.engine.allow(60)
    stage.until(lambda: "Eratosthenes" in window.pane.view.canvas.turns[-1].copy_text())
    yield "streaming", window
    window.pane.view._on_thinking_toggled(answer)
    stage.finish()
    yield "answer_end", window
    stage.to_top()
    yield "answer", window
    window.keyboard.steps.on_next()
    yield "stepping", window
    window.acts.show_tokens.trigger()
    yield "tokens", window
    yield from at_a_token(stage)
    window.acts.show_tokens.trigger()
    stage.to_top()
    yield from finding(stage)
    window.acts.palette.trigger()
    yield "palette", window
    window.keyboard.palette.field.setText("con")
    yield "palette_typed", window
    window.keyboard.palette.field.setText("stop")
    yield "palette_disabled", window
    window.keyboard.palette.close_up()
    yield from dialogs(stage)
    window.acts.sidebar.setChecked(True)
    window.sidebar.field.setText("sieve")
    stage.until(lambda: window.sidebar.results.isVisible() and window.sidebar.results.model().rowCount() > 1)
    stage.app.processEvents()
    yield "search", window
    window.sidebar.field.clear()
    window.acts.edit_last.trigger()
    yield "editing", window
    stage.app.sendEvent(window.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, NO_MODIFIER))
    window.acts.sidebar.setChecked(False)
    session.preferences.update(zoom=200)
    yield "zoomed", window
    session.preferences.update(zoom=100)
    window.activateWindow()  # the dialogs had taken over
    stage.until(window.isActiveWindow)
    window.pane.view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    yield "focus_ring", window
    window.pane.focus()
    window.resize(760, 700)
    window.acts.sidebar.setChecked(False)
    window.acts.dashboard.setChecked(False)
    yield "narrow", window


def finding(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The bar to find with, over hits."""
    bar = stage.window.pane.view.finding.bar
    stage.window.acts.find.trigger()
    bar.field.setText("prime")
    stage.until(lambda: bar.onward.isEnabled() and "…" not in bar.count.text())
    yield "find", stage.window
    bar.field.setText("not in there")
    stage.until(lambda: not bar.onward.isEnabled())
    yield "find_nothing", stage.window
    bar.close_bar()


def at_a_token(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The card of a token whose draft was refused."""
    view = stage.window.pane.view
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    stage.app.sendEvent(view.canvas, press)
    stage.until(lambda: not view.inspector.card.isHidden() and not view.inspector._asked)
    yield "token_card", stage.window
    view.inspector.leave()


def dialogs(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    for name in ("settings", "parameters", "shortcuts"):
        getattr(stage.window.acts, name).trigger()
        yield name, stage.window.commands.dialog
        stage.window.commands.dialog.reject()


def errors(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    stage.load()
    stage.ask()
    stage.session.noticed.emit(
        Notice(
            Level.ERROR,
            "page.gguf: not a GGUF file: it is a web page",
            "The download link led to a page; use the link of the file itself",
            (Remedy.CHOOSE_MODEL,),
            "load",
        )
    )
    stage.session.noticed.emit(
        Notice(Level.INFO, "“Primes” was moved out of the list.", "", (Remedy.UNDO_REMOVE,), "removed")
    )
    for _ in range(3):
        stage.session.pair.died(
            EngineDiedError("The engine stopped: ended by SIGKILL", "It is started again")
        )
    yield "errors", stage.window


def answered(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """For other sizes, languages and directions: the states where most is to be seen."""
    yield "first_start", stage.window
    stage.load()
    stage.window.acts.sidebar.setChecked(True)
    yield "empty", stage.window
    rtl = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    stage.ask(HEBREW if rtl else QUESTION)
    stage.to_top()
    yield "answer", stage.window
    yield from finding(stage)
    stage.window.acts.show_tokens.trigger()
    yield from at_a_token(stage)
    stage.window.acts.show_tokens.trigger()
    stage.window.pane.view.canvas.go_to_end()
    yield "answer_end", stage.window
    stage.window.acts.palette.trigger()
    yield "palette", stage.window
    stage.window.keyboard.palette.close_up()
    yield from dialogs(stage)


@contextmanager
def usual(_app: QApplication) -> Iterator[float]:
    yield 1.0


@contextmanager
def large(_app: QApplication) -> Iterator[float]:
    yield 2.0


@contextmanager
def german(app: QApplication) -> Iterator[float]:
    language = Language(app)
    language.speak("de")
    yield 1.0
    language.fall_silent()


@contextmanager
def right_to_left(app: QApplication) -> Iterator[float]:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield 1.0
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


SCENES = (
    ("", usual, first_start),
    ("", usual, talking),
    ("", usual, errors),
    ("large_", large, answered),
    ("german_", german, answered),
    ("rtl_", right_to_left, answered),
)


def main(folder: Path, wanted: Sequence[str]) -> None:
    QLocale.setDefault(QLocale("en"))
    app = QApplication([])
    font = QFont("Inter")
    font.setPixelSize(13)
    app.setFont(font)
    folder.mkdir(parents=True, exist_ok=True)
    garbage = WindowThreadGarbage()
    for prefix, surroundings, scene in SCENES:
        with surroundings(app) as scale, tempfile.TemporaryDirectory() as home:
            themes = ThemeManager(text_scale=scale)
            themes.set_mode("light")
            themes.apply(app)
            stage = Stage(app, Path(home), themes)
            for name, widget in scene(stage):
                if not wanted or (prefix + name).startswith(tuple(wanted)):
                    _take(stage, widget, folder / f"{prefix}{name}")
            stage.close()
    garbage.remove()


def _take(stage: Stage, widget: QWidget, path: Path) -> None:
    for mode in ("light", "dark"):
        stage.themes.set_mode(mode)
        stage.app.processEvents()
        stage.until(lambda: not stage.window.dashboard.busy)
        stage.app.processEvents()
        picture = widget.grab()
        assert picture.save(str(path.with_name(f"{path.name}-{mode}.png")))
    stage.themes.set_mode("light")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
