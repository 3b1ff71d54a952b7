"""Drafts that the catalog knows: looked at on an imitated hub, judged before they are downloaded, then fetched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, open_desk
from hub_server import HubServer, Mode, hub_server
from model_shelf import (
    BIG_FILE,
    FOREIGN,
    FOREIGN_FILE,
    SMALL,
    SMALL_FILE,
    catalog,
    files_asked,
    fill,
    known_pair,
    listed,
    parts,
    repos,
)
from pytestqt.qtbot import QtBot

from slipstream.bridge.draft_finder import Candidate, Stage
from slipstream.bridge.model_desk import ModelDesk
from slipstream.bridge.notices import Level
from slipstream.bridge.pair import PairState
from slipstream.models.catalog import Catalog, CatalogPair
from slipstream.models.library import LibraryModel
from slipstream.models.memory import LoadOptions
from slipstream.models.pairing import Suitability

OPTIONS = LoadOptions(128)


class Finding:
    """A session with Big on this machine, and a hub."""

    def __init__(self, desk: Desk, server: HubServer, big: Path) -> None:
        self.desk, self.server, self.big = desk, server, big
        self.models: ModelDesk = desk.session.models
        self.drafts = self.models.drafts
        desk.session.preferences.update(model_folders=(str(big.parent),))
        self.models.library.refresh()
        desk.wait(lambda: self.models.library.was_read)
        self.models.library.judged.connect(lambda judged: self.drafts.know(judged.target, judged.known))
        self.models.library.judge(big)
        desk.wait(lambda: bool(self.candidates))

    @property
    def target(self) -> LibraryModel:
        found = self.models.library.contents.model(self.big)
        assert found is not None
        return found

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self.drafts.candidates(self.big)

    def at_rest(self) -> None:
        self.desk.wait(lambda: self.drafts.busy_with is None)


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(*repos()) as server:
        yield server


@pytest.fixture
def finding(qtbot: QtBot, server: HubServer, tmp_path: Path) -> Iterator[Callable[..., Finding]]:
    """Begins a session whose catalog knows these pairs."""
    opened = []

    def begin(*pairs: CatalogPair, known: Catalog | None = None) -> Finding:
        known = known or catalog(*pairs)
        root = tmp_path / "session"
        session = open_desk(
            qtbot, root, models=lambda: parts(desk.paths, server.endpoint, tmp_path / "home", known)
        )
        desk = session.__enter__()
        opened.append(session)
        desk.start()
        return Finding(desk, server, fill(tmp_path / "mine", "Big")["Big"])

    yield begin
    for session in opened:
        session.__exit__(None, None, None)


def test_nothing_is_asked_of_the_hub_before_a_person_wants_to_know(finding) -> None:
    found = finding()
    assert [candidate.stage for candidate in found.candidates] == [Stage.UNKNOWN]
    assert found.server.requests == []


def test_looking_judges_all_and_downloads_none(finding) -> None:
    found = finding(known_pair("small", "recommended"), known_pair("foreign", "plausible"))
    found.drafts.look(found.target, OPTIONS)
    assert found.drafts.busy_with == found.big
    found.at_rest()
    small, foreign = found.candidates
    assert small.verdict is not None
    assert small.verdict.suitability is Suitability.RECOMMENDED
    assert small.verdict.draft.repository == SMALL
    assert foreign.verdict is not None
    assert foreign.verdict.vocabulary.first_difference.id == 13
    assert found.models.downloads.rows == ()
    assert files_asked(found.server) == {SMALL_FILE, FOREIGN_FILE}


def test_one_click_downloads_the_recommended_draft_pairs_and_loads_it(finding) -> None:
    found = finding()
    found.drafts.get_recommended(found.target, OPTIONS)
    assert found.drafts.fetching
    session = found.desk.session
    place = found.desk.paths.models / SMALL / SMALL_FILE
    found.desk.wait(lambda: session.settings.draft == str(place))
    found.desk.wait(lambda: session.pair.state is PairState.READY)
    spec = found.desk.engine.specs[-1]
    assert (spec.target, spec.draft) == (found.big, place)
    assert place.is_file()
    assert found.models.purpose(1) is None  # it is done
    found.desk.wait(lambda: place in found.models.library.contents.drafts.get(found.big, ()))


def test_the_first_that_suits_is_taken_and_an_unfit_one_passed_over(finding) -> None:
    found = finding(known_pair("foreign", "recommended"), known_pair("small", "plausible"))
    found.drafts.get_recommended(found.target, OPTIONS)
    place = found.desk.paths.models / SMALL / SMALL_FILE
    found.desk.wait(lambda: found.desk.session.settings.draft == str(place))
    assert not (found.desk.paths.models / FOREIGN).exists()
    assert found.candidates[0].verdict.suitability is Suitability.UNFIT


def test_where_none_is_expected_to_pay_nothing_is_downloaded_and_that_is_told(finding) -> None:
    found = finding(known_pair("foreign", "recommended"))
    found.drafts.get_recommended(found.target, OPTIONS)
    found.at_rest()
    found.desk.wait(lambda: any(notice.topic == "drafts" for notice in found.desk.notices))
    notice = found.desk.notices[-1]
    assert notice.level is Level.INFO
    assert BIG_FILE in notice.message
    assert found.models.downloads.rows == ()


def test_a_repository_that_is_gone_is_followed_by_the_next(finding) -> None:
    models = (listed("big"), listed("small", "acme/Gone-GGUF", SMALL))
    found = finding(known=catalog(models=models))
    found.drafts.look(found.target, OPTIONS)
    found.at_rest()
    assert found.candidates[0].stage is Stage.JUDGED
    assert found.candidates[0].repository.model.repo == SMALL


def test_a_hub_in_trouble_is_told_and_asked_again(finding) -> None:
    found = finding()
    found.server.mode = Mode(status=403, error_code="GatedRepo", error_message="Access is restricted")
    found.drafts.get_recommended(found.target, OPTIONS)
    found.at_rest()
    (candidate,) = found.candidates
    assert candidate.stage is Stage.FAILED
    assert "gated" in candidate.error.message
    assert "terms" in found.desk.notices[-1].message
    found.server.mode = Mode()
    found.drafts.look(found.target, OPTIONS)
    found.at_rest()
    assert found.candidates[0].stage is Stage.JUDGED


def test_a_doubtful_one_can_be_had_by_itself(finding) -> None:
    found = finding(known_pair("small", "weak"))
    found.drafts.get_recommended(found.target, OPTIONS)
    found.at_rest()
    assert found.candidates[0].verdict.suitability is Suitability.DOUBTFUL
    assert found.models.downloads.rows == ()
    found.drafts.get(found.big, 0)
    found.desk.wait(lambda: found.desk.session.pair.target == found.big)
    found.desk.wait(lambda: found.desk.session.pair.state is PairState.READY)
    assert found.desk.engine.specs[-1].draft == found.desk.paths.models / SMALL / SMALL_FILE


def test_looking_can_be_ended(finding) -> None:
    found = finding(known_pair("small", "recommended"), known_pair("foreign", "plausible"))
    found.server.mode = Mode(silent=True)
    found.drafts.look(found.target, OPTIONS)
    found.server.wait(lambda: bool(found.server.requests))
    found.drafts.cancel()
    assert found.drafts.busy_with is None
    assert {candidate.stage for candidate in found.candidates} == {Stage.UNKNOWN}


def test_what_was_found_out_stays_when_the_model_is_looked_at_again(finding) -> None:
    found = finding()
    found.drafts.look(found.target, OPTIONS)
    found.at_rest()
    verdict = found.candidates[0].verdict
    found.models.library.judge(found.big)
    with found.desk.qtbot.waitSignal(found.models.library.judged):
        pass
    assert found.candidates[0].verdict is verdict
