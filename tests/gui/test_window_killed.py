"""The window's process is killed while an answer is written: what was written is there, and nothing stays running."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from desk import app_paths, know_costs

from slipstream.core.chat import Role
from slipstream.core.paths import HOME_VARIABLE
from slipstream.core.settings import Settings, save_settings
from slipstream.store import Store
from slipstream.store.records import MessageState

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc to look at processes"),
]

# The window as it is, with hands that ask once the model is there, and tell when words come.
WINDOW = """
import sys
from slipstream.build import open_window
from slipstream.bridge.pair import PairState
from slipstream.core.paths import default_paths
import slipstream.ui.app as app

if __name__ == "__main__":
    shown = app.WindowStart._on_shown
    def then(self):
        session = self._session
        def ask():
            if session.pair.state is PairState.READY and not session.chat.busy and not session.chat.turns:
                session.chat.send("Write a long story about the sea, and a formula such as $x^2$ in it.")
        def tell(pieces):
            print(session._engine._worker._engine.pid, flush=True)
        session.chat.written.connect(tell)
        session.store_ready.connect(ask)
        session.pair.changed.connect(ask)
        shown(self)
    app.WindowStart._on_shown = then
    sys.exit(open_window(default_paths(), []))
"""


def running(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children_of(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def killed_after(script: Path, home: Path, seconds: float) -> None:
    """Start it, wait for the first words and so much longer, kill it; its children must follow."""
    environ = os.environ | {HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, script], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        engine = process.stdout.readline()
        assert engine, process.stderr.read()
        threading.Event().wait(seconds)
        children = [int(engine), *children_of(process.pid)]
        process.send_signal(signal.SIGKILL)
    end = time.monotonic() + 10
    while any(map(running, children)):
        assert time.monotonic() < end, "an orphan"
        threading.Event().wait(0.05)


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.heavy)])
def test_a_killed_window_keeps_the_answer_and_leaves_no_orphan(demo_target, tmp_path, rounds):
    home = tmp_path / "home"
    paths = app_paths(home)
    settings = Settings(threads=1, ctx_size=2048, max_tokens=1800, target=str(demo_target))
    save_settings(settings, paths.settings_file)
    know_costs(paths, demo_target)
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    chance = random.Random(rounds)
    for number in range(1, rounds + 1):
        wait = 1.5 if number == 1 else chance.uniform(0, 2.5)
        killed_after(script, home, wait)
        with Store.open(paths.database) as store:
            assert store.recovered == 1
            assert store.notices == ()
            newest = max(home.id for home in store.list_conversations())
            asked, answer = store.load_branch(newest)
            assert (asked.role, answer.role) == (Role.USER, Role.ASSISTANT)
            assert answer.state is MessageState.INTERRUPTED
            if wait >= 1.5:  # saved at least once a second
                assert len(answer.content) > 20
        assert len(store_ids(paths.database)) == number


def store_ids(path: Path) -> list[int]:
    with Store.open(path) as store:
        return [home.id for home in store.list_conversations()]
