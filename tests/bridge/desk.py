"""A whole session on a folder of its own: real threads, real store, real settings; the engine is scripted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gguf_writer import tiny_model
from pytestqt.qtbot import QtBot
from scripted_engine import ScriptedEngine

from slipstream.bridge.model_answers import ModelParts
from slipstream.bridge.notices import Notice
from slipstream.bridge.pair import PairState
from slipstream.bridge.session import Session
from slipstream.build import compose
from slipstream.core.measurements import Measurements, model_key
from slipstream.core.paths import AppPaths

WAIT_MS = 10_000  # for what takes milliseconds: a shared machine may be slow


def app_paths(root: Path) -> AppPaths:
    return AppPaths(root / "data", root / "config", root / "logs", root / "cache")


def model_file(folder: Path, name: str = "Model-A.gguf") -> Path:
    """A small file that passes the check of files; its weights are worth nothing."""
    path = folder / name
    path.write_bytes(tiny_model())
    return path


def know_costs(paths: AppPaths, target: Path) -> None:
    """As if this model had been measured on one CPU thread: a load then measures nothing, and lookups pay."""
    known = Measurements()
    record = known.pair(model_key(target), "", "CPU x1")
    for tokens in (*range(1, 18), 64):
        record.verify.replace(256, tokens, 10.0 + 0.1 * tokens, 9)
    known.save(paths.measurements_file)


@dataclass
class Desk:
    """A session and what a test wants to know of it."""

    qtbot: QtBot
    session: Session
    engine: ScriptedEngine
    paths: AppPaths
    model: Path
    notices: list[Notice]

    def wait(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def start(self) -> None:
        """Open the store, load the model, and wait for both."""
        with self.qtbot.waitSignal(self.session.store_ready, timeout=WAIT_MS):
            self.session.start(load=False)
        self.load(self.model)

    def load(self, path: Path) -> None:
        self.session.choose_target(path)
        self.wait(lambda: self.session.pair.state is PairState.READY)

    def send(self, text: str) -> None:
        """Send, and wait until the answer is over."""
        self.session.chat.send(text)
        self.idle()

    def idle(self) -> None:
        self.wait(lambda: not self.session.chat.busy)

    def steps(self, count: int) -> None:
        """Let a gated engine write so many steps, and wait until they are here."""
        seen = len(self.stepped)
        self.engine.allow(count)
        self.wait(lambda: len(self.stepped) >= seen + count)

    def __post_init__(self) -> None:
        self.stepped: list[object] = []
        self.returned: list[str] = []
        self.session.chat.stepped.connect(self.stepped.extend)
        self.session.chat.text_returned.connect(self.returned.append)
        self.session.noticed.connect(self.notices.append)

    @property
    def answers(self) -> list[str]:
        return [turn.content for turn in self.session.chat.turns if turn.role == "assistant"]


@contextmanager
def open_desk(
    qtbot: QtBot,
    root: Path,
    engine: ScriptedEngine | None = None,
    models: Callable[[], ModelParts] | None = None,
) -> Iterator[Desk]:
    """A session on `root`, closed at the end as the window's process closes it. `models` as in `compose`."""
    engine = engine or ScriptedEngine()
    paths = app_paths(root)
    root.mkdir(parents=True, exist_ok=True)
    session = compose(paths, engine, models)
    try:
        yield Desk(qtbot, session, engine, paths, model_file(root), [])
    finally:
        assert session.close(), "a thread did not end"
        session.deleteLater()
