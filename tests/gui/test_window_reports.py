"""Exporting statistics from the window: menu, answer's menu, dialog, and a plot as a picture."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from window_desk import open_window

from slipstream.bridge.notices import Remedy
from slipstream.core.reports import ReportForm, Scope, ScopeKind
from slipstream.core.reports.pictures import PLOTS
from slipstream.core.reports.svg import DARK as DARK_LOOK
from slipstream.core.reports.svg import LIGHT as LIGHT_LOOK
from slipstream.core.reports.svg import Look
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.dashboard.plot_menu import PlotMenu
from slipstream.ui.svg_png import SCALE, png_of
from slipstream.ui.theme import DARK, LIGHT, Theme
from slipstream.ui.window.report_dialog import ReportDialog


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path / "home", themes) as desk:
        yield desk


def choose(desk, form: ReportForm, path: Path, scope: str = "") -> None:
    """Go through both dialogs as a person does."""
    dialog = desk.window.reports.dialog
    assert isinstance(dialog, ReportDialog)
    if scope:
        (place,) = [i for i in range(dialog.scopes.count()) if scope in dialog.scopes.itemText(i)]
        dialog.scopes.setCurrentIndex(place)
    dialog.buttons[form].click()
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    place_dialog = desk.window.reports.dialog
    assert isinstance(place_dialog, QFileDialog)
    place_dialog.selectFile(str(path))
    place_dialog.accept()


def told(desk, words: str) -> None:
    desk.wait(lambda: any(words in text for text in desk.banners))


def test_this_conversation_becomes_a_page(desk, tmp_path, monkeypatch):
    desk.say("Six times seven?")
    desk.wait(lambda: desk.session.conversations.title(desk.session.chat.current) == "Six times seven?")
    desk.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.window.reports.dialog
    assert dialog.scopes.currentText() == "This conversation: Six times seven?"
    assert dialog.form is ReportForm.PAGE
    choose(desk, ReportForm.PAGE, tmp_path / "report")
    told(desk, f"The report was written to {tmp_path / 'report.html'}")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<h1>Six times seven?</h1>" in page
    assert page.count("<figure>") == len(PLOTS)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.press(Remedy.OPEN_FILE)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "report.html")]


def test_pictures_go_into_a_folder_in_the_windows_colours(desk, tmp_path, themes):
    desk.say("Six times seven?")
    for mode, look in (("dark", DARK_LOOK), ("light", LIGHT_LOOK)):
        themes.set_mode(mode)
        folder = tmp_path / mode
        desk.window.acts.export_statistics.trigger()
        choose(desk, ReportForm.PNG, folder)
        told(desk, f"The pictures were written to {folder}")
        assert len(list(folder.iterdir())) == len(PLOTS)
        for file in folder.iterdir():
            image = QImage(str(file))
            assert image.width() > 1000
            assert image.pixelColor(1, 1).name() == look.surface
            colours = {
                image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(30, 60, 3)
            }
            assert len(colours) > 2  # the title is drawn


def test_all_of_it_from_an_empty_window(desk, tmp_path):
    desk.window.acts.export_statistics.trigger()
    dialog = desk.window.reports.dialog
    texts = [dialog.scopes.itemText(i) for i in range(dialog.scopes.count())]
    assert texts == ["Everything that was measured", "All benchmarks"]
    choose(desk, ReportForm.JSON, tmp_path / "all")
    told(desk, "The statistics were written to")
    assert json.loads((tmp_path / "all.json").read_text())["runs"] == []


def test_the_dialog_says_what_a_row_is(desk):
    desk.window.acts.export_statistics.trigger()
    dialog = desk.window.reports.dialog
    steps = dialog.buttons[ReportForm.STEPS]
    assert steps.accessibleDescription() == "A row a step; of conversations alone"
    dialog.scopes.setCurrentIndex(1)
    assert steps.accessibleDescription() == "A row a chunk of text: how many tokens, and when"
    dialog.reject()


def test_an_answer_is_exported_from_its_own_menu(desk, tmp_path):
    desk.say("One?")
    desk.say("Two?")
    view = desk.window.pane.view
    answer = desk.session.chat.turns[1]
    view.findChild(ChatActions).export_statistics.emit(str(answer.id))
    dialog = desk.window.reports.dialog
    assert dialog.scopes.currentText() == "This answer"
    assert dialog.scopes.currentData() == Scope(ScopeKind.ANSWER, answer.id)
    choose(desk, ReportForm.JSON, tmp_path / "answer")
    told(desk, "The statistics were written to")
    (run,) = json.loads((tmp_path / "answer.json").read_text())["runs"]
    assert run["message"] == answer.id


def test_the_menu_of_an_answer_offers_it_and_that_of_a_question_does_not(desk):
    desk.say("One?")
    canvas = desk.window.pane.view.canvas
    offered = []
    for y in range(0, canvas.viewport().height(), 6):
        menu = canvas.make_menu(QPointF(canvas.viewport().width() / 2, y))
        offered.append({action.text() for action in menu.actions()})
        menu.deleteLater()
    answers = [texts for texts in offered if "Write another answer" in texts]
    questions = [texts for texts in offered if "Edit" in texts and "Write another answer" not in texts]
    assert answers
    assert all("Export statistics…" in texts for texts in answers)
    assert not any("Export statistics…" in texts for texts in questions)


def test_the_choice_is_remembered_and_can_be_left(desk, tmp_path):
    desk.say("One?")
    desk.window.acts.export_statistics.trigger()
    choose(desk, ReportForm.STEPS, tmp_path / "steps", "Everything")
    told(desk, "The statistics were written to")
    assert (tmp_path / "steps.csv").exists()
    desk.window.acts.export_statistics.trigger()
    dialog = desk.window.reports.dialog
    assert dialog.form is ReportForm.STEPS
    dialog.reject()
    desk.wait(lambda: desk.window.reports.dialog is None)


def test_the_dialog_can_be_read_and_reached_without_a_mouse(desk, qtbot):
    desk.window.acts.export_statistics.trigger()
    dialog = desk.window.reports.dialog
    assert dialog.scopes.accessibleName()
    for button in dialog.buttons.values():
        assert button.accessibleDescription()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert "&" in button.text()
    dialog.reject()


# A plot as it is seen


@pytest.fixture
def plotted(desk):
    """The window with its plots made and something drawn in them."""
    desk.window.acts.dashboard.setChecked(True)
    desk.wait(lambda: len(desk.window.dashboard.plots) >= 4)
    desk.say("Draw")
    desk.wait(lambda: not desk.window.dashboard.busy)
    return desk


def menus(desk) -> list[PlotMenu]:
    return desk.window.dashboard.findChildren(PlotMenu)


def test_every_plot_can_be_copied_as_a_picture(plotted):
    found = menus(plotted)
    assert len(found) >= 5
    for menu in found:
        QGuiApplication.clipboard().clear()
        menu.copy()
        image = QGuiApplication.clipboard().image()
        assert image.width() >= 2 * menu._plot.width()
        assert image.pixelColor(2, 2).name() == LIGHT.surface


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_plot_is_saved_as_it_is_seen(plotted, tmp_path, suffix):
    menu = next(menu for menu in menus(plotted) if menu._name == "Tokens/s")
    heard = []
    menu.told.connect(heard.append)
    menu.ask_where()
    dialog = menu.dialog
    if suffix == ".svg":
        (chosen,) = [name for name in dialog.nameFilters() if ".svg" in name]
        dialog.selectNameFilter(chosen)
        dialog.filterSelected.emit(chosen)
    assert dialog.selectedFiles()[0].endswith(f"Tokens s{suffix}")
    path = tmp_path / f"rate{suffix}"
    dialog.selectFile(str(path))
    dialog.accept()
    assert heard == [f"Plot saved as rate{suffix}"]
    if suffix == ".png":
        assert QImage(str(path)).width() >= 2 * menu._plot.width()
    else:
        text = path.read_text("utf-8")
        assert QSvgRenderer(str(path)).isValid()
        assert "<image" not in text  # lines and letters, no pixels
        assert "<path" in text


def test_a_picture_that_cannot_be_saved_is_said(plotted, tmp_path):
    menu = menus(plotted)[0]
    heard = []
    menu.told.connect(heard.append)
    (tmp_path / "folder.png").mkdir()
    menu.save(tmp_path / "folder.png")
    assert heard == ["folder.png could not be written: Is a directory"]


# Colours and pictures


@pytest.mark.parametrize(("look", "theme"), [(LIGHT_LOOK, LIGHT), (DARK_LOOK, DARK)])
def test_files_wear_the_windows_colours(look: Look, theme: Theme):
    assert (look.surface, look.text, look.muted, look.border) == (
        theme.surface, theme.text, theme.muted, theme.border,
    )  # fmt: skip
    assert (look.band, look.bad) == (theme.hover, theme.bad)
    assert (look.first, look.second, look.third, look.fourth) == theme.plots


def test_a_drawing_becomes_a_picture_of_twice_its_size(qapp):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" width="30" height="20">'
        '<rect width="30" height="20" fill="#0b6e75"/></svg>'
    )
    image = QImage.fromData(png_of(svg))
    assert (image.width(), image.height()) == (30 * SCALE, 20 * SCALE)
    assert image.pixelColor(5, 5).name() == "#0b6e75"
