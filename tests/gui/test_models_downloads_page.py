"""Downloads in their window: the queue, its words, pause and cancel, trouble, what to do with what came."""

import pytest
from hub_server import Mode
from model_shelf import SMALL, SMALL_FILE
from models_desk import open_models

from slipstream.bridge.downloads import DownloadState
from slipstream.models.download_purpose import Purpose
from slipstream.models.hub import Hub
from slipstream.models.hub_files import find_variant
from slipstream.ui.models.window import Page

SLOW = 20_000  # bytes a second: the small models take seconds


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hands(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.DOWNLOADS)
        yield hands


def queue(hands, repo: str = SMALL, name: str = SMALL_FILE, purpose: Purpose | None = None) -> int:
    repository = Hub(hands.server.endpoint).repository(repo)
    variant = find_variant(repository.variants, name)
    id = hands.session.models.download(repository, variant, purpose)
    assert id is not None
    return id


def state(hands, id: int) -> DownloadState:
    return hands.session.models.downloads.row(id).state


def card(hands, id: int):
    return hands.window.downloads.cards[id]


def test_an_empty_queue_leads_to_the_hub(hands):
    page = hands.window.downloads
    assert page.state.isVisible()
    hands.click(page.state.button)
    assert hands.window.tabs.currentIndex() == Page.HUB
    assert hands.window.hub.filters.field.hasFocus()


def test_progress_pause_resume_and_the_end(hands):
    hands.server.mode = Mode(rate=SLOW)
    id = queue(hands)
    assert hands.window.tabs.tabText(Page.DOWNLOADS) == "Downloads (1)"
    hands.wait(lambda: hands.session.models.downloads.row(id).done > 0)
    shown = card(hands, id)
    assert shown.state.text() == "downloading"
    assert " of " in shown.figures.text()
    hands.click(shown.pause)
    assert shown.state.text() == "paused"
    hands.server.mode = Mode()
    hands.click(shown.resume)
    hands.wait(lambda: state(hands, id) is DownloadState.DONE)
    assert shown.state.text() == "done"
    assert "checksum right" in shown.figures.text()
    assert hands.window.tabs.tabText(Page.DOWNLOADS) == "Downloads"
    hands.wait(lambda: hands.session.models.library.contents.own != frozenset())


def test_what_came_is_loaded_or_drafts_or_leaves_the_list(hands):
    hands.desk.desk.load(hands.places["Big"])
    id = queue(hands)
    hands.wait(lambda: state(hands, id) is DownloadState.DONE)
    shown = card(hands, id)
    place = hands.desk.desk.paths.models / SMALL / SMALL_FILE
    hands.click(shown.draft)
    hands.wait(lambda: hands.session.settings.draft == str(place))
    hands.ready()
    assert not shown.draft.isEnabled()
    hands.click(shown.use)
    hands.wait(lambda: hands.session.pair.target == place)
    hands.ready()
    assert not shown.use.isEnabled()
    hands.click(shown.remove)
    assert hands.window.downloads.cards == {}
    assert place.exists()


def test_cancelling_deletes_what_came(hands):
    hands.server.mode = Mode(rate=SLOW)
    id = queue(hands)
    hands.wait(lambda: hands.session.models.downloads.row(id).done > 0)
    hands.click(card(hands, id).remove)
    assert hands.window.downloads.state.isVisible()
    folder = hands.desk.desk.paths.models / SMALL
    hands.wait(lambda: not folder.exists())


def test_a_wrong_checksum_is_told_as_what_it_is(hands):
    hands.server.mode = Mode(corrupt_at=3000)
    id = queue(hands)
    hands.wait(lambda: state(hands, id) is DownloadState.FAILED)
    shown = card(hands, id)
    assert "damaged on the way: its SHA-256 is not the hub's" in shown.trouble.text()
    assert shown.trouble.isVisible()
    assert shown.figures.text().startswith("0 bytes of")  # what came was deleted
    hands.server.mode = Mode()
    assert shown.resume.text() == "Try again"
    hands.click(shown.resume)
    hands.wait(lambda: state(hands, id) is DownloadState.DONE)
    assert not shown.trouble.isVisible()


def test_what_a_download_is_for_stands_on_it(hands):
    hands.server.mode = Mode(rate=SLOW)
    id = queue(hands, purpose=Purpose(hands.places["Big"]))
    assert "then it drafts for Big-F16.gguf" in card(hands, id).figures.text()
    hands.server.mode = Mode()
    hands.wait(lambda: hands.session.pair.target == hands.places["Big"])
    hands.ready()
    assert hands.desk.engine.specs[-1].draft is not None


def test_two_wait_for_one_another(hands):
    hands.server.mode = Mode(rate=SLOW)
    first = queue(hands)
    second = queue(hands, "acme/Big-GGUF", "Big-F16.gguf")
    assert card(hands, second).state.text() == "waiting"
    assert hands.window.tabs.tabText(Page.DOWNLOADS) == "Downloads (2)"
    hands.server.mode = Mode()
    hands.wait(lambda: {state(hands, first), state(hands, second)} == {DownloadState.DONE})


def test_what_an_earlier_session_began_is_listed(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open(Page.DOWNLOADS)
        hands.server.mode = Mode(rate=SLOW)
        id = queue(hands)
        hands.wait(lambda: hands.session.models.downloads.row(id).done > 0)
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open(Page.DOWNLOADS)
        hands.wait(lambda: bool(hands.window.downloads.cards))
        (shown,) = hands.window.downloads.cards.values()
        assert shown.state.text() == "paused"
        hands.click(shown.resume)
        hands.wait(lambda: shown.row.state is DownloadState.DONE)


def test_what_an_earlier_session_wanted_it_for_happens_when_it_is_whole(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.DOWNLOADS)
        hands.server.mode = Mode(rate=SLOW)
        id = queue(hands, purpose=Purpose(hands.places["Big"]))
        hands.wait(lambda: hands.session.models.downloads.row(id).done > 0)
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.DOWNLOADS)
        hands.wait(lambda: bool(hands.window.downloads.cards))
        (shown,) = hands.window.downloads.cards.values()
        assert "then it drafts for Big-F16.gguf" in shown.figures.text()
        hands.click(shown.resume)
        hands.wait(lambda: hands.session.pair.target == hands.places["Big"])
        hands.ready()
        assert hands.desk.engine.specs[-1].draft == shown.row.place


def test_a_draft_whose_model_has_gone_meanwhile_says_so(hands):
    hands.server.mode = Mode(rate=SLOW)
    before = hands.session.pair.target
    id = queue(hands, purpose=Purpose(hands.places["Big"]))
    hands.places["Big"].unlink()
    hands.server.mode = Mode()
    hands.wait(lambda: state(hands, id) is DownloadState.DONE)
    hands.wait(lambda: bool(hands.window.banners.banners))
    assert "is not there any more" in hands.window.banners.banners[-1].notice.message
    assert hands.session.pair.target == before
