"""Looking around on an imitated hub: search, a repository, its headers, and what they mean for this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, open_desk
from hub_server import HubServer, Mode, hub_server
from model_shelf import BIG, BIG_FILE, SMALL, SMALL_FILE, files_asked, fill, parts, repos
from pytestqt.qtbot import QtBot

from slipstream.bridge.hub_browser import HubBrowser, Judgement
from slipstream.bridge.model_messages import Role
from slipstream.core.errors import HubNotFoundError
from slipstream.models.download_purpose import Purpose
from slipstream.models.hub_data import Role as FileRole
from slipstream.models.hub_data import SearchQuery
from slipstream.models.pairing import Suitability


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(*repos()) as server:
        yield server


@pytest.fixture
def hub_desk(qtbot: QtBot, server: HubServer, tmp_path: Path) -> Iterator[Desk]:
    endpoint, home = server.endpoint, tmp_path / "home"
    with open_desk(qtbot, tmp_path / "session", models=lambda: parts(desk.paths, endpoint, home)) as desk:
        yield desk


@pytest.fixture
def browser(hub_desk: Desk) -> HubBrowser:
    return hub_desk.session.models.browser


def at_rest(desk: Desk) -> None:
    """Nothing is on its way."""
    browser = desk.session.models.browser
    desk.wait(lambda: not (browser.searching or browser.opening or browser.inspecting))


def opened(desk: Desk, repo: str) -> HubBrowser:
    """With the first header read and judged."""
    browser = desk.session.models.browser
    browser.open(repo)
    desk.wait(lambda: bool(browser.verdicts) or browser.open_error is not None or bool(browser.read_errors))
    return browser


def test_a_search_is_under_way_then_over(hub_desk: Desk, browser: HubBrowser) -> None:
    browser.search(SearchQuery("gguf"))
    assert browser.searching
    at_rest(hub_desk)
    assert {model.repo for model in browser.results} == {BIG, SMALL, "acme/Foreign-GGUF"}
    browser.search(SearchQuery("walrus"))
    at_rest(hub_desk)
    assert browser.results == ()
    assert browser.search_error is None


def test_opening_a_repository_reads_the_header_most_people_want(hub_desk: Desk, server: HubServer) -> None:
    browser = opened(hub_desk, BIG)
    assert browser.variant.quantization == "Q4_K_M"
    assert files_asked(server) == {"Big-Q4_K_M.gguf"}
    assert set(browser.verdicts) == {"Big-F16", "Big-Q4_K_M"}
    assert browser.verdicts["Big-Q4_K_M"].exact
    assert not browser.verdicts["Big-F16"].exact
    (other,) = (variant for variant in browser.repository.variants if variant.quantization == "F16")
    browser.choose(other)
    hub_desk.wait(lambda: browser.verdicts["Big-F16"].exact)
    assert browser.verdicts["Big-Q4_K_M"].exact


def test_a_variant_is_judged_as_the_draft_of_a_model_here(hub_desk: Desk, tmp_path: Path) -> None:
    big = fill(tmp_path / "mine", "Big")["Big"]
    hub_desk.session.preferences.update(model_folders=(str(big.parent),))
    library = hub_desk.session.models.library
    library.refresh()
    hub_desk.wait(lambda: library.was_read)
    browser = opened(hub_desk, SMALL)
    browser.judge(Judgement(Role.DRAFT, big, 128))
    hub_desk.wait(lambda: browser.verdicts["Small-F16"].verdict is not None)
    verdict = browser.verdicts["Small-F16"].verdict
    assert verdict.suitability is Suitability.RECOMMENDED
    assert browser.verdicts["Small-F16"].fit.draft is not None
    browser.judge(Judgement(Role.MODEL, None, 64))
    hub_desk.wait(lambda: browser.verdicts["Small-F16"].verdict is None)
    assert browser.verdicts["Small-F16"].fit.context == 64


def test_what_is_no_model_has_no_figures_and_harms_none(hub_desk: Desk) -> None:
    browser = opened(hub_desk, SMALL)
    assert set(browser.verdicts) == {"Small-F16"}
    (eyes,) = (variant for variant in browser.repository.variants if variant.role is FileRole.PROJECTOR)
    browser.choose(eyes)
    hub_desk.wait(lambda: eyes.name in browser.read)
    at_rest(hub_desk)
    assert set(browser.verdicts) == {"Small-F16"}


def test_trouble_with_a_repository_and_with_a_header_is_told(hub_desk: Desk, server: HubServer) -> None:
    browser = opened(hub_desk, "acme/Gone-GGUF")
    assert browser.repository is None
    assert browser.open_error is not None
    server.mode = Mode(status=404, error_code="EntryNotFound", files_only=True)
    browser = opened(hub_desk, SMALL)
    assert browser.open_error is None
    assert isinstance(browser.read_errors["Small-F16"], HubNotFoundError)
    server.mode = Mode()
    browser.choose(browser.variant)
    assert browser.read_errors == {}
    hub_desk.wait(lambda: browser.verdicts["Small-F16"].exact if browser.verdicts else False)


def test_another_repository_takes_the_place_of_one_under_way(hub_desk: Desk, server: HubServer) -> None:
    browser = hub_desk.session.models.browser
    server.mode = Mode(silent=True)
    browser.open(BIG)
    server.wait(lambda: bool(server.requests))
    server.mode = Mode()
    opened(hub_desk, SMALL)
    assert browser.repository.model.repo == SMALL
    browser.leave()
    assert (browser.repository, browser.repo, dict(browser.verdicts)) == (None, "", {})


def test_a_download_for_a_purpose_is_loaded_when_it_is_whole(hub_desk: Desk) -> None:
    models = hub_desk.session.models
    browser = opened(hub_desk, SMALL)
    id = models.download(browser.repository, browser.variant, Purpose())
    assert models.purpose(id) == Purpose()
    place = hub_desk.paths.models / SMALL / SMALL_FILE
    hub_desk.wait(lambda: hub_desk.session.pair.target == place)
    hub_desk.wait(lambda: place in models.library.contents.own)
    assert models.row_of(SMALL, SMALL_FILE).place == place


def test_what_is_cancelled_is_for_nothing_any_more(hub_desk: Desk, server: HubServer) -> None:
    models = hub_desk.session.models
    browser = opened(hub_desk, BIG)
    server.mode = Mode(rate=10_000)
    id = models.download(browser.repository, browser.variant, Purpose(Path(BIG_FILE)))
    models.downloads.cancel(id)
    assert models.purpose(id) is None
    server.mode = Mode()
    again = models.download(browser.repository, browser.variant)
    hub_desk.wait(lambda: (row := models.downloads.row(again)) is not None and row.place is not None)
    assert hub_desk.session.pair.target is None  # nobody asked for more than the file
