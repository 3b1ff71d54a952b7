"""Choosing models through the window: menus, dropped files, bad files, the first start."""

from pathlib import Path

import pytest
from desk import model_file
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from window_desk import open_window

from slipstream.bridge.notices import Remedy
from slipstream.bridge.pair import PairState
from slipstream.ui.window.drop import first_parts, size_of


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def ready(desk):
    desk.wait(lambda: desk.session.pair.state is PairState.READY)


def test_a_dropped_file_is_the_model(desk, tmp_path):
    desk.drop(model_file(tmp_path, "Dropped.gguf"))
    ready(desk)
    assert desk.window.bar.target.value() == "Dropped"
    assert "Dropped (on the CPU" in desk.window.status_line.status().sentence


@pytest.mark.parametrize("how", ["shift", "place"])
def test_a_file_dropped_with_shift_or_on_the_right_half_is_the_draft(desk, tmp_path, how):
    draft = model_file(tmp_path, "Small.gguf")
    if how == "shift":
        desk.drop(draft, modifiers=Qt.KeyboardModifier.ShiftModifier)
    else:
        desk.drop(draft, place=QPoint(desk.window.width() * 3 // 4, desk.window.height() // 2))
    desk.wait(lambda: len(desk.engine.specs) == 2)
    ready(desk)
    assert desk.engine.specs[-1].draft == draft
    assert desk.engine.specs[-1].target == desk.desk.model
    assert desk.window.bar.draft.value() == "Small"


def test_of_two_dropped_files_the_larger_is_the_model(desk, tmp_path):
    small, large = model_file(tmp_path, "Small.gguf"), model_file(tmp_path, "Large.gguf")
    large.write_bytes(large.read_bytes() + bytes(4096))
    desk.drop(small, large)
    desk.wait(lambda: desk.session.pair.target == large)
    ready(desk)
    assert (desk.engine.specs[-1].target, desk.engine.specs[-1].draft) == (large, small)
    assert any("the larger file" in text for text in desk.banners)


def test_a_split_model_is_one_model_however_many_files_are_dropped(desk, tmp_path):
    parts = [model_file(tmp_path, f"Big-0000{i}-of-00003.gguf") for i in (1, 2, 3)]
    assert first_parts(parts[::-1]) == parts[:1]
    assert size_of(parts[0]) == 3 * parts[1].stat().st_size
    small = model_file(tmp_path, "Small.gguf")
    small.write_bytes(small.read_bytes() + bytes(64))  # larger than any one part
    assert first_parts([*parts, small]) == [parts[0], small]
    assert sorted([parts[0], small], key=size_of) == [small, parts[0]]


def test_more_than_two_models_at_once_are_told_and_nothing_is_loaded(desk, tmp_path):
    desk.drop(*(model_file(tmp_path, f"Model-{i}.gguf") for i in range(3)))
    assert desk.banners == ["3 model files are too many at once."]
    assert len(desk.engine.specs) == 1


def test_a_file_that_is_no_model_is_told_and_another_can_be_chosen(desk, tmp_path):
    page = tmp_path / "page.gguf"
    page.write_text("<!doctype html><html>")
    desk.drop(page)
    desk.wait(lambda: bool(desk.banners))
    assert "page.gguf" in desk.banners[-1]
    assert desk.session.pair.target == desk.desk.model
    desk.press(Remedy.CHOOSE_MODEL)
    dialog = desk.window.commands.dialog
    assert isinstance(dialog, QFileDialog)
    other = model_file(tmp_path, "Other.gguf")
    dialog.fileSelected.emit(str(other))
    dialog.close()
    desk.wait(lambda: desk.session.pair.target == other)
    ready(desk)
    assert desk.banners == []


def test_the_draft_menu_offers_nobody_lookup_and_recent_files(desk, tmp_path):
    desk.desk.load(model_file(tmp_path, "Second.gguf"))
    menu = desk.menu(desk.window.bar.draft)
    assert list(menu) == ["None", "n-gram lookup", "Model-A", "Choose a file…", "Find a draft…"]
    menu["n-gram lookup"].trigger()
    assert desk.session.settings.draft == "ngram"
    assert desk.window.status_line.status().drafting
    assert desk.window.bar.draft.value() == "n-gram lookup"


def test_the_model_menu_offers_recent_files_and_loads_them(desk, tmp_path):
    desk.drop(model_file(tmp_path, "Newer.gguf"))
    ready(desk)
    desk.wait(lambda: desk.session.pair.target.stem == "Newer")
    menu = desk.menu(desk.window.bar.target)
    assert list(menu)[:2] == ["Newer", "Model-A"]
    menu["Model-A"].trigger()
    desk.wait(lambda: desk.session.pair.target == desk.desk.model)
    ready(desk)


def test_both_menus_open_a_file_dialog(desk, tmp_path):
    window = desk.window
    desk.menu(window.bar.draft)["Choose a file…"].trigger()
    draft = model_file(tmp_path, "Draft.gguf")
    window.commands.dialog.fileSelected.emit(str(draft))
    window.commands.dialog.close()
    desk.wait(lambda: desk.session.settings.draft == str(draft))
    ready(desk)
    desk.menu(window.bar.target)["Choose a file…"].trigger()
    target = model_file(tmp_path, "Target.gguf")
    window.commands.dialog.fileSelected.emit(str(target))
    window.commands.dialog.close()
    desk.wait(lambda: desk.session.pair.target == target)
    ready(desk)


def test_an_unfit_draft_is_named_in_banner_and_status(desk, tmp_path):
    desk.engine.draft_problem = "7 tokens differ; the first is id 151643"
    desk.drop(model_file(tmp_path, "Unfit.gguf"), modifiers=Qt.KeyboardModifier.ShiftModifier)
    desk.wait(lambda: bool(desk.banners))
    assert "151643" in desk.banners[-1]
    assert "151643" in desk.window.status_line.status().draft
    desk.say("Goes on without")
    assert desk.desk.answers


def test_without_a_model_the_welcome_offers_the_choice(qtbot, tmp_path, themes, monkeypatch):
    monkeypatch.delenv("SLIPSTREAM_MODELS", raising=False)
    with open_window(qtbot, tmp_path, themes, start=False) as desk:
        desk.session.start()
        assert desk.window.pane.pages.currentWidget() is desk.window.pane.welcome
        assert not desk.window.pane.welcome.demo.isVisible()
        QTest.mouseClick(desk.window.pane.welcome.file, Qt.MouseButton.LeftButton)
        assert isinstance(desk.window.commands.dialog, QFileDialog)
        desk.window.commands.dialog.fileSelected.emit(str(desk.desk.model))
        desk.window.commands.dialog.close()
        ready(desk)
        assert desk.window.pane.pages.currentWidget() is desk.window.pane.view


def test_the_first_start_has_the_demo_ready_to_type(qtbot, tmp_path, themes, monkeypatch):
    models = tmp_path / "models"
    models.mkdir()
    demo = model_file(models, "SmolLM2-135M-Instruct.Q4_1.gguf")
    monkeypatch.setenv("SLIPSTREAM_MODELS", str(models))
    with open_window(qtbot, tmp_path / "home", themes, start=False) as desk:
        desk.session.start()
        ready(desk)
        desk.say("Hello")
        assert desk.session.pair.target == demo
        assert desk.desk.answers
        assert Path(desk.session.settings.target) == demo
