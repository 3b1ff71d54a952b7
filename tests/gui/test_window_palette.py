"""The command palette through the real window: everything can be asked for by name."""

import pytest
from desk import model_file
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from window_desk import WindowDesk, open_window

from slipstream.ui.window.actions import plain
from slipstream.ui.window.palette import Palette
from slipstream.ui.window.settings_dialog import SettingsDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def opened(desk: WindowDesk) -> Palette:
    desk.key(Qt.Key.Key_K, CONTROL)
    palette = desk.window.keyboard.palette
    assert palette.isVisible()
    return palette


def titles(palette: Palette) -> list[str]:
    return [found.command.title for found in palette.model.rows]


def type_in(palette: Palette, text: str) -> None:
    QTest.keyClicks(palette.field, text)


def test_it_offers_every_action_of_the_window_with_its_key_and_menu(desk):
    palette = opened(desk)
    acts = desk.window.acts
    offered = {found.command.title: found.command for found in palette.model.rows}
    for action in acts.all():
        if action is not acts.palette:
            assert plain(action) in offered, plain(action)
    settings = offered["Settings"]
    assert (settings.section, settings.keys) == ("File", "Ctrl+,")
    assert offered["Speculative decoding"].checked
    desk.key(Qt.Key.Key_Escape)


def test_typing_filters_enter_runs_and_the_keyboard_goes_back(desk):
    palette = opened(desk)
    type_in(palette, "sett")
    assert titles(palette)[0] == "Settings"
    desk.key(Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert isinstance(desk.window.commands.dialog, SettingsDialog)
    desk.window.commands.dialog.reject()
    assert desk.window.focusWidget() is desk.field


def test_the_arrows_go_round_and_enter_runs_what_is_marked(desk):
    palette = opened(desk)
    type_in(palette, "text")
    rows = titles(palette)
    assert {"Larger text", "Smaller text", "Text at its usual size"} <= set(rows)
    desk.key(Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(rows) - 1
    desk.key(Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
    for _ in range(rows.index("Larger text")):
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert desk.session.settings.zoom == 110


def test_escape_closes_it_and_does_nothing_else(desk):
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(2)
    palette = opened(desk)
    desk.key(Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert desk.session.chat.busy
    opened(desk)
    desk.key(Qt.Key.Key_K, CONTROL)
    assert not palette.isVisible()
    desk.session.chat.stop()
    desk.desk.idle()


def test_no_other_shortcut_acts_while_it_is_open(desk):
    palette = opened(desk)
    desk.key(Qt.Key.Key_B, CONTROL)
    desk.key(Qt.Key.Key_Tab)
    assert palette.isVisible()
    assert desk.window.focusWidget() is palette.field
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is desk.field


def test_what_cannot_be_done_says_why_and_is_not_done(desk):
    palette = opened(desk)
    type_in(palette, "stop")
    row = titles(palette).index("Stop")
    command = palette.model.rows[row].command
    assert (command.enabled, command.reason) == (False, "nothing is being written")
    assert palette.model.index(row).data(Qt.ItemDataRole.ToolTipRole) == "nothing is being written"
    palette.list.setCurrentIndex(palette.model.index(row))
    desk.key(Qt.Key.Key_Return)
    assert palette.isVisible()
    desk.key(Qt.Key.Key_Escape)


def test_it_goes_to_conversations_by_title(desk):
    desk.say("Why is the sky blue?")
    first = desk.session.chat.current
    desk.key(Qt.Key.Key_N, CONTROL)
    desk.say("Primes below n")
    desk.wait(lambda: desk.session.conversations.rowCount() == 2)
    palette = opened(desk)
    type_in(palette, "go sky")
    assert titles(palette)[0] == "Go to “Why is the sky blue?”"
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.current == first)


def test_it_loads_models_used_before_and_says_which_are_gone(desk, tmp_path):
    other, gone = model_file(tmp_path, "Other.gguf"), model_file(tmp_path, "Gone.gguf")
    desk.desk.load(gone)
    desk.desk.load(other)
    desk.desk.load(desk.desk.model)
    gone.unlink()
    palette = opened(desk)
    type_in(palette, "load")
    loads = {found.command.title: found.command for found in palette.model.rows}
    assert loads["Load Gone"].reason == "the file is not there any more"
    assert "Load Model-A" not in loads  # it is loaded
    palette.field.clear()
    type_in(palette, "load other")
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.pair.loaded is not None and desk.session.pair.target == other)


def test_it_finds_what_was_added_to_the_menus_without_being_told(desk):
    done = []
    submenu = desk.window.menu_actions()[1].menu().addMenu("Deeper")
    submenu.addAction("Brand new thing", lambda: done.append(1))
    lonely = QAction("Lonely thing", desk.window)
    desk.window.addAction(lonely)
    palette = opened(desk)
    sections = {found.command.title: found.command.section for found in palette.model.rows}
    assert (sections["Brand new thing"], sections["Lonely thing"]) == ("Edit", "More")
    type_in(palette, "brand")
    desk.key(Qt.Key.Key_Return)
    assert done == [1]


def test_nothing_found_says_so(desk):
    palette = opened(desk)
    type_in(palette, "qqqq")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    desk.key(Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(3, palette.height() - 3))
    assert not palette.isVisible()


def test_a_click_on_a_line_runs_it(desk):
    palette = opened(desk)
    type_in(palette, "smaller")
    place = palette.list.visualRect(palette.model.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.session.settings.zoom == 90
