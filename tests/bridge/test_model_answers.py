"""The library, verdicts and the trash, asked for from the window's thread and answered on another."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk import app_paths
from hub_server import dead_endpoint
from model_shelf import BIG, BIG_FILE, fill, parts
from pytestqt.qtbot import QtBot

from slipstream.bridge.model_answers import ModelAnswerer, ModelParts, ModelQuestions
from slipstream.bridge.model_messages import (
    DraftsJudged,
    JudgeDrafts,
    JudgeVariants,
    LibraryContents,
    ModelQuestion,
    MoveToTrash,
    ReadLibrary,
    Role,
)
from slipstream.bridge.questions import Answer
from slipstream.core.errors import ModelFileError
from slipstream.models.memory import LoadOptions
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import Suitability
from slipstream.models.patience import StoppedError
from slipstream.models.places import PlaceKind

WAIT_MS = 15_000


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[ModelParts]:
    paths = app_paths(tmp_path).create()
    with dead_endpoint() as endpoint:  # nothing here asks the hub
        yield parts(paths, endpoint, tmp_path / "home")


@pytest.fixture
def questions(qtbot: QtBot, made: ModelParts) -> Iterator[ModelQuestions]:
    questions = ModelQuestions(made)
    yield questions
    assert questions.close(), "the thread did not end"
    questions.deleteLater()


def ask(qtbot: QtBot, questions: ModelQuestions, question: ModelQuestion) -> object:
    with qtbot.waitSignal(questions.answered, timeout=WAIT_MS) as answered:
        number = questions.ask(question)
    answer: Answer = answered.args[0]
    assert answer.number == number
    return answer.result


def read(
    qtbot: QtBot, questions: ModelQuestions, *folders: Path, files: tuple[Path, ...] = ()
) -> LibraryContents:
    contents = ask(qtbot, questions, ReadLibrary(tuple(map(str, folders)), files))
    assert isinstance(contents, LibraryContents)
    return contents


def names(contents: LibraryContents) -> dict[str, PlaceKind]:
    return {model.name: model.place for model in contents.models}


def test_the_library_has_what_was_downloaded_added_and_opened(
    qtbot: QtBot, questions: ModelQuestions, made: ModelParts, tmp_path: Path
) -> None:
    own = fill(made.own[0] / BIG, "Big")["Big"]
    fill(tmp_path / "added", "Small")
    opened = fill(tmp_path / "elsewhere", "Foreign")["Foreign"]
    contents = read(qtbot, questions, tmp_path / "added", files=(opened, own, tmp_path / "gone.gguf"))
    assert names(contents) == {
        BIG_FILE: PlaceKind.OWN,
        "Small-F16.gguf": PlaceKind.ADDED,
        "Foreign-F16.gguf": PlaceKind.ADDED,
    }
    small = tmp_path / "added" / "Small-F16.gguf"
    assert contents.drafts == {own: (small,)}
    assert contents.targets_of(small) == (own,)
    assert contents.own == {own}


def test_a_folder_that_is_made_later_is_looked_at(
    qtbot: QtBot, questions: ModelQuestions, made: ModelParts
) -> None:
    assert read(qtbot, questions).models == ()
    fill(made.own[0] / BIG, "Big")
    assert list(names(read(qtbot, questions))) == [BIG_FILE]


def test_drafts_are_ranked_and_the_catalog_is_asked(
    qtbot: QtBot, questions: ModelQuestions, tmp_path: Path
) -> None:
    fill(tmp_path / "added", "Big", "Small", "Foreign")
    contents = read(qtbot, questions, tmp_path / "added")
    target = next(model for model in contents.models if model.name == BIG_FILE)
    judged = ask(qtbot, questions, JudgeDrafts(target, contents.models, LoadOptions(512)))
    assert isinstance(judged, DraftsJudged)
    verdicts = {verdict.draft.name: verdict.suitability for verdict in judged.verdicts}
    assert list(verdicts.items()) == [
        ("Small-F16.gguf", Suitability.RECOMMENDED),
        ("Foreign-F16.gguf", Suitability.UNFIT),
    ]
    assert judged.alone is not None
    assert judged.alone.context == 128  # what it was trained for
    assert [known.model.id for known in judged.known] == ["small"]
    assert judged.known[0].source.title == "Somebody who measured"


def test_variants_are_judged_by_their_own_header_or_by_the_nearest(
    qtbot: QtBot, questions: ModelQuestions, tmp_path: Path
) -> None:
    places = fill(tmp_path / "added", "Big", "Small", "Foreign")
    contents = read(qtbot, questions, tmp_path / "added")
    by_name = {model.name: model for model in contents.models}
    read_of = PairModel.of_path(places["Small"])
    size = places["Small"].stat().st_size
    asked = JudgeVariants({"one": read_of}, {"one": size, "two": 3 * size}, Role.MODEL, None, LoadOptions(64))
    found = ask(qtbot, questions, asked)
    assert (found["one"].exact, found["two"].exact) == (True, False)
    assert found["two"].fit.target.all_weights == pytest.approx(
        3 * found["one"].fit.target.all_weights, rel=0.01
    )
    assert found["two"].fit.target.all_cache == found["one"].fit.target.all_cache
    assert found["one"].verdict is None

    for_big = ask(qtbot, questions, replace(asked, role=Role.DRAFT, partner=by_name[BIG_FILE]))
    assert for_big["one"].verdict.suitability is Suitability.RECOMMENDED
    assert for_big["one"].fit.draft.total == found["one"].fit.target.total
    assert for_big["two"].fit.draft is not None
    with_foreign = ask(qtbot, questions, replace(asked, partner=by_name["Foreign-F16.gguf"]))
    assert with_foreign["one"].verdict.vocabulary.first_difference.id == 13


def test_what_slipstream_downloaded_goes_to_the_trash_and_nothing_else(
    qtbot: QtBot, questions: ModelQuestions, made: ModelParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    own = fill(made.own[0] / BIG, "Big")["Big"]
    other = fill(tmp_path / "added", "Small")["Small"]
    assert ask(qtbot, questions, MoveToTrash(own)) == (own,)
    assert not own.exists()
    trashed = [name for _, _, files in os.walk(tmp_path / "share" / "Trash") for name in files]
    assert own.name in trashed
    refused = ask(qtbot, questions, MoveToTrash(other))
    assert isinstance(refused, ModelFileError)
    assert other.exists()


def test_a_model_that_changed_since_is_told(qtbot: QtBot, questions: ModelQuestions, tmp_path: Path) -> None:
    fill(tmp_path / "added", "Big", "Small")
    contents = read(qtbot, questions, tmp_path / "added")
    broken = replace(contents.models[0], card=None, problem="damaged")
    refused = ask(qtbot, questions, JudgeDrafts(broken, contents.models, LoadOptions()))
    assert isinstance(refused, ModelFileError)
    assert "Big-F16.gguf" in refused.message
    assert "damaged" in refused.hint


def test_a_question_that_is_dropped_stops_a_reading(made: ModelParts, tmp_path: Path) -> None:
    fill(tmp_path / "added", "Big", "Small")
    dropped = threading.Event()
    dropped.set()
    with pytest.raises(StoppedError):
        ModelAnswerer(made).answer(ReadLibrary((str(tmp_path / "added"),)), dropped)
