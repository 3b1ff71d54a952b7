"""The models on this machine in their window: the list, its states, a model's details, pairs, the trash."""

from pathlib import Path

import pytest
from hub_server import Mode
from model_shelf import BIG, SMALL, SMALL_FILE, fill, known_pair
from model_shelf import catalog as catalog_of
from models_desk import open_models
from pair_files import data
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from slipstream.ui.models.window import Page
from slipstream.ui.models.words import whole

OURS = "Your own folders and files"


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hands(qtbot, tmp_path, themes):
    """Big, Small and Foreign on this machine; Big is loaded."""
    with open_models(qtbot, tmp_path, themes, "Big", "Small", "Foreign") as hands:
        hands.desk.desk.load(hands.places["Big"])
        hands.open()
        hands.judged()
        yield hands


@pytest.fixture
def empty(qtbot, tmp_path, themes):
    """Nothing on this machine, nothing loaded."""
    with open_models(qtbot, tmp_path, themes, start=False) as hands:
        yield hands


def details(hands):
    return hands.window.library.details


def test_it_opens_at_the_model_that_is_loaded(hands):
    assert hands.lines == [OURS, "Big-F16.gguf", "Foreign-F16.gguf", "Model-A.gguf", "Small-F16.gguf"]
    shown = details(hands)
    assert shown.title.text() == "Big-F16.gguf"
    assert shown.state.text() == "in use as model"
    assert not shown.use.isEnabled()
    assert shown.facts.values["Licence"] == "apache-2.0"
    assert shown.facts.values["Trained for"] == "128 tokens of context"
    assert "at 128 tokens" in shown.fit.sentence.text()
    assert "weights" in shown.fit.model.text()


def test_a_folder_added_here_is_looked_through_at_once_and_from_then_on(empty, tmp_path):
    fill(tmp_path / "elsewhere", "Big", "Small")
    empty.open()
    assert empty.lines == []
    adding = empty.window.library.list.add
    QTest.mouseClick(adding, Qt.MouseButton.LeftButton)
    adding.dialog.fileSelected.emit(str(tmp_path / "elsewhere"))
    adding.dialog.close()
    empty.wait(lambda: empty.lines == [OURS, "Big-F16.gguf", "Small-F16.gguf"])
    assert empty.session.settings.model_folders == (str(tmp_path / "elsewhere"),)
    empty.session.preferences.update(model_folders=())  # as in the settings
    empty.wait(lambda: empty.lines == [])


def test_drafts_are_ranked_with_reasons_and_those_that_cannot_are_a_click_away(hands):
    drafts = details(hands).drafts
    small = drafts.local[0]
    assert small.name.text() == "Small-F16.gguf"
    assert small.badge.text() == "recommended"
    assert "reads 18.3 times less" in small.words
    assert "guessed" in small.words
    assert drafts.unfit == []
    assert "cannot draft for it" in drafts.unfold.text()
    QTest.mouseClick(drafts.unfold, Qt.MouseButton.LeftButton)
    foreign = next(card for card in drafts.unfit if card.name.text() == "Foreign-F16.gguf")
    assert foreign.isVisible()
    assert "id 13: target 'h', draft 'other'" in foreign.words


def test_a_pair_is_loaded_by_one_click(hands):
    small = details(hands).drafts.local[0]
    hands.click(small.button)
    hands.wait(lambda: hands.session.settings.draft == str(hands.places["Small"]))
    hands.ready()
    spec = hands.desk.engine.specs[-1]
    assert (spec.target, spec.draft) == (hands.places["Big"], hands.places["Small"])
    hands.wait(lambda: details(hands).drafts.local[0].badge.text() == "in use")
    assert not details(hands).drafts.local[0].button.isVisible()
    assert "Small-F16" in hands.window.status.status().sentence


def test_another_model_is_chosen_used_and_drafts(hands):
    hands.choose("Small-F16.gguf")
    assert "Big-F16.gguf" in details(hands).targets.text()
    hands.click(details(hands).use_as_draft)
    hands.wait(lambda: hands.session.settings.draft == str(hands.places["Small"]))
    hands.ready()
    assert details(hands).state.text() == "in use as draft"
    hands.choose("Foreign-F16.gguf")
    hands.click(details(hands).use)
    hands.wait(lambda: hands.session.pair.target == hands.places["Foreign"])
    hands.ready()


def test_enter_loads_the_model_of_the_line(hands):
    hands.choose("Small-F16.gguf")
    QTest.keyClick(hands.window.library.list.list, Qt.Key.Key_Return)
    hands.wait(lambda: hands.session.pair.target == hands.places["Small"])
    hands.ready()


def test_the_filter_looks_at_names_kinds_and_licences(hands):
    field = hands.window.library.list.field
    QTest.keyClicks(field, "apache llama")
    assert hands.lines == [OURS, "Big-F16.gguf"]
    field.setText("walrus")
    assert hands.window.library.list.state.isVisible()
    assert hands.window.library.list.state.title.text() == "Nothing matches"
    field.clear()
    assert len(hands.lines) == 5


def test_the_context_size_changes_the_figures(hands, tmp_path):
    long = tmp_path / "mine" / "Long-F16.gguf"
    long.write_bytes(data(640, context_length=8192))
    hands.window.refresh()
    hands.wait(lambda: long.name in hands.lines)
    hands.choose(long.name)
    shown = details(hands)
    hands.wait(lambda: f"at {whole(4096)} tokens" in shown.fit.sentence.text())
    shown.context.box.setValue(1024)
    hands.wait(lambda: f"at {whole(1024)} tokens" in shown.fit.sentence.text())


def test_a_file_that_cannot_be_used_says_why(hands, tmp_path):
    (tmp_path / "mine" / "page.gguf").write_text("<!doctype html><html>")
    QTest.mouseClick(hands.window.library.list.again, Qt.MouseButton.LeftButton)
    hands.wait(lambda: "page.gguf" in hands.lines)
    hands.window.library.choose(tmp_path / "mine" / "page.gguf")
    shown = details(hands)
    assert shown.problem.isVisible()
    assert "web page" in shown.problem.text()
    assert not shown.use.isVisible()
    assert not shown.trash.isVisible()


def test_what_was_downloaded_goes_to_the_trash_once_a_person_means_it(hands, tmp_path):
    own = fill(hands.desk.desk.paths.models / SMALL, "Small")["Small"]
    hands.window.refresh()
    hands.wait(lambda: own in hands.session.models.library.contents.own)
    page = hands.window.library
    page.choose(own)
    for words, gone in (("Keep it", False), ("Move to trash", True)):
        hands.click(details(hands).trash)
        box = page.dialog
        assert isinstance(box, QMessageBox)
        button = next(button for button in box.findChildren(QPushButton) if button.text() == words)
        hands.click(button)
        hands.wait(lambda: page.dialog is None)
        if gone:
            hands.wait(lambda: not own.exists())
        assert own.exists() is not gone
    hands.wait(lambda: "Downloaded by Slipstream" not in hands.lines)
    assert hands.places["Small"].exists()


def test_what_is_loaded_does_not_go_to_the_trash(hands):
    own = fill(hands.desk.desk.paths.models / SMALL, "Small")["Small"]
    hands.window.refresh()
    hands.wait(lambda: own in hands.session.models.library.contents.own)
    hands.desk.desk.load(own)
    hands.window.library.choose(own)
    assert not details(hands).trash.isEnabled()
    assert "unload it first" in details(hands).trash.toolTip()


def test_with_no_models_the_next_step_is_offered(empty):
    empty.open()
    state = empty.window.library.list.state
    assert state.title.text() == "No models on this machine yet"
    assert "Ollama" in state.text.text()
    empty.click(state.button)
    assert empty.window.tabs.currentIndex() == Page.HUB
    assert empty.server.requests == []  # nothing is sent before a search


def test_a_model_that_appears_is_listed_when_the_window_is_shown_again(empty):
    empty.open()
    empty.window.close()
    fill(empty.desk.desk.paths.models / BIG, "Big")
    empty.open()
    empty.wait(lambda: empty.lines == ["Downloaded by Slipstream", "Big-F16.gguf"])


def test_a_model_that_appears_while_one_looks_is_listed_by_itself(empty):
    empty.desk.desk.paths.models.mkdir(parents=True, exist_ok=True)
    empty.open()
    library = empty.desk.session.models.library
    empty.wait(lambda: library.was_read and not library.reading)
    fill(empty.desk.desk.paths.models / BIG, "Big")
    empty.wait(lambda: empty.lines == ["Downloaded by Slipstream", "Big-F16.gguf"])


def test_the_recommended_draft_by_one_click(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.desk.desk.load(hands.places["Big"])
        hands.open()
        drafts = details(hands).drafts
        hands.wait(lambda: bool(drafts.hub))
        assert drafts.hub[0].badge.text() == "known as good"
        assert "Somebody who measured" in drafts.hub[0].words
        hands.click(drafts.get)
        place = hands.desk.desk.paths.models / SMALL / SMALL_FILE
        hands.wait(lambda: hands.session.settings.draft == str(place))
        hands.ready()
        assert hands.desk.engine.specs[-1].draft == place
        hands.wait(lambda: "in use" in [card.badge.text() for card in drafts.local])


def test_drafts_on_the_hub_are_compared_and_one_is_fetched(qtbot, tmp_path, themes):
    known = catalog_of(known_pair("small", "weak"), known_pair("foreign", "plausible"))
    with open_models(qtbot, tmp_path, themes, "Big", known=known) as hands:
        hands.desk.desk.load(hands.places["Big"])
        hands.open()
        drafts = details(hands).drafts
        hands.wait(lambda: len(drafts.hub) == 2)
        hands.click(drafts.look)
        assert drafts.cancel.isVisible()
        hands.wait(lambda: [card.badge.text() for card in drafts.hub] == ["doubtful", "does not fit"])
        assert not drafts.hub[1].button.isVisible()
        assert "id 13" in drafts.hub[1].words
        hands.click(drafts.hub[0].button)
        hands.wait(lambda: hands.session.settings.draft.endswith(SMALL_FILE))
        hands.ready()


def test_a_hub_that_cannot_be_reached_is_told_where_it_was_asked(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.desk.desk.load(hands.places["Big"])
        hands.open()
        hands.server.mode = Mode(status=503)
        drafts = details(hands).drafts
        hands.wait(lambda: bool(drafts.hub))
        hands.click(drafts.get)
        hands.wait(lambda: drafts.hub[0].badge.text() == "not to be had")
        assert "trouble" in drafts.hub[0].words
        assert any("trouble" in banner.notice.message for banner in hands.window.banners.banners)


def test_by_keys_alone_from_the_filter_to_a_loaded_model(hands):
    field, view = hands.window.library.list.field, hands.window.library.list.list
    assert field.hasFocus()
    QTest.keyClicks(field, "small")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert view.hasFocus()
    assert view.currentIndex().data() == "Small-F16.gguf"
    QTest.keyClick(view, Qt.Key.Key_Return)
    hands.wait(lambda: hands.session.pair.target == hands.places["Small"])
    hands.ready()
    QTest.keyClick(hands.window, Qt.Key.Key_Escape)
    assert not hands.window.isVisible()
