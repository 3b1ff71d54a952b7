"""The Models window's place on the screen: remembered, made page by page, and fit for large text."""

import pytest
from hub_server import Mode
from model_shelf import SMALL, SMALL_FILE
from models_desk import open_models
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from test_window_scaling import settled, written

from slipstream.bridge.model_messages import Role
from slipstream.models.hub import Hub
from slipstream.models.hub_files import find_variant
from slipstream.ui.models.window import LEAST, Page


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_it_comes_back_where_it_was_and_as_it_was_divided(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.HUB)
        window = hands.window
        window.resize(800, 560)
        window.move(QPoint(0, 30))
        QApplication.processEvents()
        window.library.splitter.setSizes([330, 470])
        window.hub.splitter.setSizes([360, 440])
        sizes = window.library.splitter.sizes(), window.hub.splitter.sizes()
        window.close()
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.HUB)
        window = hands.window
        assert window.size() == QSize(800, 560)
        assert window.pos() == QPoint(0, 30)
        QApplication.processEvents()
        assert window.hub.splitter.sizes() == sizes[1]
        window.tabs.setCurrentIndex(Page.LIBRARY)
        QApplication.processEvents()
        assert window.library.splitter.sizes() == sizes[0]


def test_closing_the_main_window_remembers_it_too(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open()
        hands.window.resize(800, 600)
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open()
        assert hands.window.size() == QSize(800, 600)


def test_a_page_is_made_when_it_is_first_seen(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open()
        window = hands.window
        assert (window._hub, window._downloads) == (None, None)
        window.tabs.setCurrentIndex(Page.DOWNLOADS)
        assert window._pages.currentWidget() is window.downloads
        assert window._hub is None
        window.tabs.setCurrentIndex(Page.HUB)
        assert window._pages.currentWidget() is window.hub
        window.tabs.setCurrentIndex(Page.LIBRARY)
        assert window._pages.currentWidget() is window.library


def test_opened_and_closed_again_before_it_is_there_it_does_not_come(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes) as hands:
        opener = hands.desk.window.models
        opener._importing._names = (
            "slipstream.ui.models.window",
            "this",
        )  # a module that nobody has imported
        opener._importing.load()
        opener.open()
        opener.close()
        qtbot.waitUntil(lambda: opener._importing.is_ready)
        assert opener.window is None
        hands.open()
        assert hands.window.isVisible()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_at_every_size_of_text_nothing_is_cut(qtbot, qapp, tmp_path, themes, language, scale):
    with (
        written(qapp, themes, scale, language) as scaled,
        open_models(qtbot, tmp_path, scaled, "Big", "Small", "Foreign") as hands,
    ):
        hands.desk.desk.load(hands.places["Big"])
        hands.open()
        window = hands.window
        window.resize(LEAST * scale)
        hands.wait(lambda: bool(window.library.details.drafts.local))
        hands.click(window.library.details.drafts.unfold)
        assert settled(window) == []
        rows = window.library.list.list
        metrics = QFontMetrics(rows.font())
        heights = [rows.sizeHintForRow(i) for i in range(rows.model().rowCount())]
        assert min(heights) >= metrics.height()
        assert max(heights) >= 2 * metrics.height()
        window.tabs.setCurrentIndex(Page.HUB)
        assert settled(window) == []
        hands.search("small")
        hands.open_repository("Small-GGUF")
        window.hub.panel.judge.choose(Role.DRAFT)
        browser = hands.session.models.browser
        hands.wait(lambda: any(verdict.verdict for verdict in browser.verdicts.values()))
        assert settled(window) == []
        window.tabs.setCurrentIndex(Page.DOWNLOADS)
        assert settled(window) == []
        hands.server.mode = Mode(status=503, files_only=True)
        repository = Hub(hands.server.endpoint).repository(SMALL)
        id = hands.session.models.download(repository, find_variant(repository.variants, SMALL_FILE))
        hands.wait(lambda: hands.session.models.downloads.row(id).error is not None)
        assert settled(window) == []


@pytest.mark.parametrize(
    ("picker", "entry"), [("target", "Find a model…"), ("draft", "Find a draft…")], ids=["model", "draft"]
)
def test_the_menus_of_the_bar_open_it(qtbot, tmp_path, themes, picker, entry):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.desk.menu(getattr(hands.desk.window.bar, picker))[entry].trigger()
        hands.opened()
        hands.wait(hands.window.isVisible)
        assert hands.window.tabs.currentIndex() == Page.LIBRARY
