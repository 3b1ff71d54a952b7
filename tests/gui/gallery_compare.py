"""Pictures of the comparison in its states, light and dark, to be looked at.

    PYTHONPATH=app:tests/bridge:tests/models .venv/bin/python tests/gui/gallery_compare.py FOLDER [TARGET DRAFT]

Scripted; with a pair of models, of real comparisons. QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desk import app_paths, model_file
from gallery_texts import ANSWER
from gallery_waiting import until
from PySide6.QtWidgets import QApplication
from scripted_engine import ScriptedEngine

from slipstream.bridge.pair import PairState
from slipstream.bridge.session import Session
from slipstream.bridge.side_choices import Way
from slipstream.build import compose, model_parts
from slipstream.core.errors import DecodeError
from slipstream.core.side_by_side import SEGMENT, Candidate, Parting
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

PROMPT = (
    "Write a Python function that returns the prime factors of n, and explain how it works in a short list."
)
WORDS = (ANSWER * 3).replace("\n", " ⏎ ").split()[: 8 * SEGMENT]
LONG_MS = 120_000


class Studio:
    """A window with a session behind it, and the comparison opened."""

    def __init__(self, folder: Path, themes: ThemeManager, home: Path, engine: ScriptedEngine | None) -> None:
        self._folder = folder
        self._engine = engine
        self._themes = themes
        paths = app_paths(home)
        self.session: Session = compose(paths, engine, lambda: model_parts(paths, home=home / "nobody"))
        self.window = MainWindow(self.session, themes, paths)
        self.window.resize(1200, 800)
        self.window.show()
        self.session.preferences.update(temperature=0.0, max_tokens=256, model_folders=(str(home),))
        self.session.start(load=False)

    def open(self, prompt: str = PROMPT) -> None:
        self.window.pane.composer.set_text(prompt)
        self.window.acts.compare.trigger()
        self.dialog = self.window.comparing.dialog
        assert self.dialog is not None

    def choose(self, *ways: str) -> None:
        for way, button in self.dialog.choices.buttons.items():
            if button.isChecked() != (way in ways):
                button.click()

    def run(self) -> None:
        self.dialog.start.click()

    def take(self, name: str) -> None:
        """Both themes."""
        latency = self.dialog.latency
        until(lambda: not latency.isVisible() or latency.canvas is not None)
        for mode in ("light", "dark"):
            self._themes.set_mode(mode)
            until(lambda: False, 250)
            self.dialog.grab().save(str(self._folder / f"compare-{name}-{mode}.png"))
        self._themes.set_mode("light")

    def close(self) -> None:
        self.dialog.close()
        self.window.close()
        self.session.close()


def scripted(folder: Path, themes: ThemeManager, home: Path) -> None:
    engine = ScriptedEngine(words=WORDS)
    studio = Studio(folder, themes, home, engine)
    session, comparison = studio.session, studio.session.side_by_side
    studio.open()
    studio.take("no-model")
    session.choose_pair(model_file(home, "Target-7B.gguf"), model_file(home, "Draft-0.5B.gguf"))
    until(lambda: session.pair.state is PairState.READY, LONG_MS)
    studio.open()
    studio.take("empty")
    engine.gated = True
    studio.choose(Way.AUTO)
    studio.run()
    engine.allow(2 * SEGMENT + 30)
    until(lambda: len(comparison.sides[0].segments) >= 2 or len(comparison.sides[1].segments) >= 2, LONG_MS)
    until(lambda: False, 300)
    studio.take("running")
    studio.dialog.stop.click()
    until(lambda: not comparison.running, LONG_MS)
    studio.take("stopped")
    engine.gated = False
    engine.failing_draft = 1
    studio.run()
    until(lambda: not comparison.running, LONG_MS)
    studio.take("draft-failed")
    engine.failing_draft = None
    engine.side_words = {1: [*WORDS[:90], "utterly", *WORDS[91:]]}
    likeliest = (Candidate(" factors", 17.412, 0.4132), Candidate(" utterly", 17.404, 0.4099))
    engine.partings = (Parting(1, 90, (" factors", " utterly"), likeliest),)
    studio.run()
    until(lambda: not comparison.running, LONG_MS)
    studio.dialog.outcome.find.click()
    studio.take("difference")
    engine.side_words, engine.partings = {}, ()
    engine.faults.append(_fault())
    studio.run()
    until(lambda: not comparison.running, LONG_MS)
    studio.take("failed")
    studio.choose(Way.AUTO, Way.FIXED, Way.NGRAM)
    studio.run()
    until(lambda: not comparison.running, LONG_MS)
    studio.take("four")
    studio.dialog.resize(640, 560)
    studio.take("small")
    studio.dialog.resize(980, 780)
    _other_drafts(studio, home)
    studio.close()


def _other_drafts(studio: Studio, home: Path) -> None:
    """Other models that draft, the way through loading them, and the list of what was compared."""
    engine, comparison = studio._engine, studio.session.side_by_side
    assert engine is not None
    for name in ("Draft-1.5B-Instruct-Q4_K_M", "Tiny-Draft-0.1B", "Draft-0.5B-Q8_0", "Draft-0.5B-F16"):
        model_file(home, f"{name}.gguf")
    studio.session.models.library.refresh()
    until(lambda: len(studio.dialog.choices.buttons) > len(Way), LONG_MS)
    others = [key for key in studio.dialog.choices.buttons if key not in set(Way)]
    engine.gated = True
    studio.choose(Way.AUTO, others[0], others[1])
    studio.run()
    engine.allow(1)
    until(lambda: comparison.loading is not None and comparison.loading.fraction > 0, LONG_MS)
    studio.take("loading-drafts")
    engine.gated = False
    engine.allow(9)
    until(lambda: not comparison.running, LONG_MS)
    studio.take("other-drafts")
    studio.dialog.history.click()
    until(lambda: studio.dialog.earlier.list.count() > 2)
    studio.take("earlier")
    studio.dialog.earlier.list.setCurrentRow(3)
    studio.dialog.earlier.wanted.emit(studio.dialog.earlier.list.item(3).data(0x0100))
    until(lambda: studio.session.comparisons.id == studio.dialog.earlier.list.item(3).data(0x0100))
    studio.take("earlier-shown")


def _fault() -> object:
    from scripted_engine import Fault  # noqa: PLC0415

    return Fault(DecodeError("Target-7B.gguf: llama_decode failed with status 1", "Load the model again"), 70)


def real(folder: Path, themes: ThemeManager, home: Path, target: Path, draft: Path) -> None:
    studio = Studio(folder, themes, home, None)
    session, comparison = studio.session, studio.session.side_by_side
    session.choose_pair(target, draft)
    until(lambda: session.pair.state is PairState.READY, LONG_MS)
    studio.open()
    studio.choose(Way.AUTO, Way.FIXED)
    studio.run()
    until(lambda: len(comparison.sides[0].segments) >= 3)
    studio.take("real-running")
    until(lambda: not comparison.running, LONG_MS)
    studio.take("real")
    session.preferences.update(temperature=0.8)
    studio.choose(Way.AUTO)
    studio.run()
    until(lambda: not comparison.running, LONG_MS)
    studio.take("real-sampled")
    studio.close()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    themes = ThemeManager()
    themes.apply(app)
    if len(sys.argv) < 4:
        with tempfile.TemporaryDirectory() as home:
            scripted(folder, themes, Path(home))
    else:
        with tempfile.TemporaryDirectory() as home:
            real(folder, themes, Path(home), Path(sys.argv[2]), Path(sys.argv[3]))


if __name__ == "__main__":
    main()
