"""The hub in its window: before a search, found, nothing, offline; a repository, its verdicts, its downloads."""

import pytest
from hub_server import Mode, Repo
from model_shelf import BIG, SMALL, SMALL_FILE, big, small
from models_desk import open_models
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from slipstream.bridge.downloads import DownloadState
from slipstream.bridge.model_messages import Role
from slipstream.models.hub_data import SortBy
from slipstream.ui.models.window import Page
from slipstream.ui.models.words import unbroken


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hands(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.HUB)
        yield hands


@pytest.fixture
def browser(hands):
    return hands.session.models.browser


def panel(hands):
    return hands.window.hub.panel


def words(hands) -> dict[str, str]:
    """The repository's lines and the word at the end of each."""
    rows = panel(hands).rows
    return {rows.text(rows.index(i)).title: rows.text(rows.index(i)).word for i in range(rows.rowCount())}


def test_nothing_is_sent_before_a_search(hands):
    state = hands.window.hub.state
    assert state.title.text() == "Find a model on the hub"
    assert hands.server.requests == []
    hands.click(state.second)
    hands.wait(lambda: len(hands.session.models.browser.results) == 3)
    assert not state.isVisible()


def test_a_search_lists_what_was_found(hands):
    hands.search("small")
    rows = hands.window.hub.rows
    assert rows.rowCount() == 1
    text = rows.text(rows.index(0))
    assert text.title == "Small-GGUF"
    assert text.detail.replace("\xa0", " ") == "acme · llama · 1.5 B · 1.0 k downloads · F16"


def test_filters_are_part_of_the_search(hands):
    filters = hands.window.hub.filters
    filters.size.setCurrentIndex(1)
    assert hands.server.requests == []
    filters.search("")
    hands.wait(
        lambda: hands.session.models.browser.results == () and not hands.session.models.browser.searching
    )
    assert hands.window.hub.state.title.text() == "Nothing found"
    filters.size.setCurrentIndex(2)  # 1 to 4 B
    hands.wait(lambda: len(hands.session.models.browser.results) == 3)
    filters.architecture.setCurrentText("qwen2")
    hands.wait(lambda: hands.session.models.browser.results == ())
    filters.sort.setCurrentIndex(2)
    assert filters.query().sort is SortBy.UPDATED


def test_a_hub_in_trouble_is_told_and_asked_again(hands):
    hands.server.mode = Mode(status=503)
    hands.search("small")
    state = hands.window.hub.state
    assert "trouble" in state.title.text()
    assert state.text.text() == "Try again later"
    hands.server.mode = Mode()
    hands.click(state.button)
    hands.wait(lambda: hands.window.hub.rows.rowCount() == 1)


def test_a_repository_shows_what_fits_before_anything_is_downloaded(hands):
    hands.search("big")
    hands.open_repository("Big-GGUF")
    assert words(hands) == {"Q4_K_M": "fits in memory", "F16": "about: fits in memory"}
    assert unbroken("licence: apache-2.0") in panel(hands).about.text()
    shown = panel(hands).details
    assert shown.name.text() == "Big-Q4_K_M.gguf"
    assert "Fits in memory at 128 tokens" in shown.fit.sentence.text()
    hands.choose_variant("F16")
    assert words(hands)["F16"] == "fits in memory"
    assert shown.name.text() == "Big-F16.gguf"
    assert hands.session.models.downloads.rows == ()


def test_a_draft_is_judged_for_the_model_that_is_loaded(hands):
    hands.desk.desk.load(hands.places["Big"])
    hands.search("foreign")
    hands.open_repository("Foreign-GGUF")
    judge, shown = panel(hands).judge, panel(hands).details
    judge.choose(Role.DRAFT)
    hands.wait(lambda: words(hands) == {"F16": "no pair"})
    assert "id 13" in shown.reasons.text()
    assert not shown.use.isEnabled()
    assert shown.use.text() == "Download and use as draft"
    hands.search("small")
    hands.open_repository("Small-GGUF")
    hands.wait(lambda: shown.pair.text() == "recommended")
    assert "times less" in shown.pair_words.text()
    assert "Draft" in shown.fit.draft.text()


def test_download_and_use_as_draft(hands):
    hands.desk.desk.load(hands.places["Big"])
    hands.search("small")
    hands.open_repository("Small-GGUF")
    panel(hands).judge.choose(Role.DRAFT)
    hands.wait(lambda: panel(hands).details.pair.text() == "recommended")
    hands.click(panel(hands).details.use)
    place = hands.desk.desk.paths.models / SMALL / SMALL_FILE
    hands.wait(lambda: hands.session.settings.draft == str(place))
    hands.ready()
    assert hands.desk.engine.specs[-1].target == hands.places["Big"]
    hands.wait(lambda: panel(hands).details.state.text() == "on this machine")
    assert panel(hands).details.use.text() == "Use as draft"


def test_download_and_load(hands):
    hands.search("small")
    hands.open_repository("Small-GGUF")
    shown = panel(hands).details
    assert shown.use.text() == "Download and use as model"
    hands.click(shown.use)
    place = hands.desk.desk.paths.models / SMALL / SMALL_FILE
    hands.wait(lambda: hands.session.pair.target == place)
    hands.ready()


def test_a_download_alone_changes_nothing_that_is_loaded(hands):
    target = hands.session.pair.target
    hands.search("small")
    hands.open_repository("Small-GGUF")
    hands.server.mode = Mode(rate=20_000)
    shown = panel(hands).details
    hands.click(shown.get)
    assert shown.state.text() == "in the downloads"
    assert not shown.use.isVisible()
    hands.click(shown.show_downloads)
    assert hands.window.tabs.currentIndex() == Page.DOWNLOADS
    hands.server.mode = Mode()
    hands.wait(lambda: hands.session.models.downloads.rows[0].state is DownloadState.DONE)
    assert hands.session.pair.target == target
    assert any("checksum is right" in text for text in hands.desk.banners)


def test_a_gated_repository_says_what_to_do(qtbot, tmp_path, themes):
    gated = Repo(BIG, {"Big-F16.gguf": big()}, fields={"gated": "auto"})
    with open_models(qtbot, tmp_path, themes, hub=(gated,)) as hands:
        hands.open(Page.HUB)
        hands.server.mode = Mode(
            status=403, error_code="GatedRepo", error_message="Access is restricted", files_only=True
        )
        hands.search("big")
        hands.open_repository("Big-GGUF")
        shown = panel(hands)
        assert shown.access.text() == "gated"
        assert shown.terms.isVisible()
        assert "hf auth login" in shown.terms.text()
        hands.wait(lambda: "only after that" in shown.details.about.text())
        assert not shown.details.get.isVisible()  # it would be refused as well
        hands.server.mode = Mode()
        hands.click(shown.details.again)
        hands.wait(lambda: words(hands) == {"F16": "fits in memory"})
        assert not shown.details.error.isVisible()


def test_a_repository_that_cannot_be_opened_or_has_nothing(qtbot, tmp_path, themes):
    bare = Repo("acme/Bare-GGUF", {"README.md": b"# Nothing"})
    parts = {"Deep-00001-of-00002.gguf": small(), "mmproj-Deep-F16.gguf": small(64), "Deep-F16.gguf": small()}
    with open_models(qtbot, tmp_path, themes, hub=(bare, Repo("acme/Deep-GGUF", parts))) as hands:
        hands.open(Page.HUB)
        hands.search("")
        hands.server.mode = Mode(status=503, api_only=True)
        view = hands.window.hub.list
        place = view.visualRect(hands.window.hub.rows.index(0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        hands.wait(lambda: "trouble" in panel(hands).state.title.text())
        hands.server.mode = Mode()
        hands.click(panel(hands).state.button)
        titles = [hands.window.hub.rows.index(i).data() for i in range(2)]
        hands.session.models.browser.open("acme/Bare-GGUF")
        hands.wait(lambda: panel(hands).state.title.text() == "No GGUF files")
        assert set(titles) == {"Bare-GGUF", "Deep-GGUF"}
        hands.session.models.browser.open("acme/Deep-GGUF")
        hands.wait(
            lambda: words(hands).get("F16") == "fits in memory" or "incomplete" in words(hands).values()
        )
        hands.wait(lambda: bool(hands.session.models.browser.verdicts))
        assert "incomplete" in words(hands).values()
        assert "eyes or ears of another model" in words(hands).values()


def test_the_context_size_is_asked_for_here_too(hands, browser):
    hands.search("big")
    hands.open_repository("Big-GGUF")
    panel(hands).judge.context.box.setValue(300)
    hands.wait(lambda: browser.judgement.context == 300)
