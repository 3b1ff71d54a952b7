"""From a search on the hub to an answer with the draft active: real window, engine, client library and weights."""

import pytest
from desk import app_paths, know_costs
from hub_server import Repo, hub_server
from model_shelf import parts
from models_desk import ModelsHands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from slipstream.bridge.model_messages import Role
from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.paths import resources_dir
from slipstream.core.settings import Settings, save_settings
from slipstream.engine.process import ProcessEngine
from slipstream.models.catalog import load_catalog
from slipstream.ui.models.window import Page
from slipstream.ui.window.main_window import MainWindow

pytestmark = [pytest.mark.weights, pytest.mark.usefixtures("clean_hub")]
WAIT_MS = 120_000  # a shared machine with other work may be slow
REPO = "acme/SmolLM2-135M-Instruct-GGUF"


class RealDesk:
    """As much of a desk as the hands need."""

    def __init__(self, qtbot, window: MainWindow, session) -> None:
        self.window, self.session, self._qtbot = window, session, qtbot

    def wait(self, condition) -> None:
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)


@pytest.fixture
def hands(qtbot, tmp_path, themes, demo_target, low_bit_draft, monkeypatch):
    """A fresh installation without any model, and a hub that has SmolLM2 in two sizes."""
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    files = {
        "SmolLM2-135M-Instruct.Q4_1.gguf": demo_target.read_bytes(),
        "SmolLM2-135M-Instruct.Q2_K.gguf": low_bit_draft.read_bytes(),
    }
    paths = app_paths(tmp_path / "installation")
    paths.create()
    save_settings(Settings(threads=1, temperature=0.0, max_tokens=24, draft_max=3), paths.settings_file)
    know_costs(paths, demo_target)
    engine = ProcessEngine(paths.logs)
    with hub_server(Repo(REPO, files)) as server:
        catalog = load_catalog(resources_dir())
        session = compose(paths, engine, lambda: parts(paths, server.endpoint, tmp_path / "home", catalog))
        window = MainWindow(session, themes, paths)
        window.resize(1200, 760)
        window.show()
        session.start()
        yield ModelsHands(RealDesk(qtbot, window, session), server, {})
        window.close()
        assert session.close()
        assert engine.pid is None, "the engine's process is still there"
        window.deleteLater()
        session.deleteLater()


def test_search_inspect_download_pair_load_answer(hands):
    session, models = hands.session, hands.session.models
    main = hands.desk.window
    assert main.pane.pages.currentWidget() is main.pane.welcome
    hands.click(main.pane.welcome.models)
    hands.opened()
    hands.window.tabs.setCurrentIndex(Page.HUB)
    hands.search("smollm2")
    hands.open_repository("SmolLM2-135M-Instruct-GGUF")
    hands.choose_variant("Q4_1")
    shown = hands.window.hub.panel.details
    assert "135" in shown.about.text()  # what its header says, before it is downloaded
    assert models.downloads.rows == ()
    hands.click(shown.use)
    hands.wait(lambda: session.pair.state is PairState.READY)
    assert session.pair.target.parts[-3:-1] == tuple(REPO.split("/"))

    hands.choose_variant("Q2_K")
    hands.window.hub.panel.judge.choose(Role.DRAFT)
    hands.wait(lambda: models.browser.verdicts[models.browser.variant.name].verdict is not None)
    assert models.browser.verdicts[models.browser.variant.name].verdict.fits
    hands.click(shown.use)
    hands.wait(lambda: session.settings.draft.endswith("Q2_K.gguf"))
    hands.wait(lambda: session.pair.state is PairState.READY and session.pair.loaded.draft is not None)
    assert session.status.drafting

    field = main.pane.composer.findChild(QPlainTextEdit)
    QTest.keyClicks(field, "Count from one to five.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hands.wait(lambda: session.chat.busy)
    hands.wait(lambda: not session.chat.busy)
    answer = session.chat.turns[-1]
    assert answer.content.strip()
    assert answer.stats.metrics.drafted > 0
    assert answer.stats.metrics.accepted > 0
