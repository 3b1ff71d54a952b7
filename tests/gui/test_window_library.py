"""The list of conversations in the window: groups, folders, menus and keys; export and import through dialogs."""

import json
import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu
from window_desk import open_window

from slipstream.bridge.conversations import ID_ROLE
from slipstream.bridge.groups import Group, Kind
from slipstream.bridge.library_messages import ConversationRow, ConversationsListed
from slipstream.bridge.notices import Remedy

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.window.acts.sidebar.setChecked(True)  # a small screen starts without
        yield desk


@pytest.fixture
def three(desk):
    """Three conversations, the newest last; their ids by name."""
    ids = {}
    for name in ("One", "Two", "Three"):
        desk.key(Qt.Key.Key_N, CONTROL)
        desk.say(name)
        ids[name] = desk.session.chat.current
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "One"])
    return ids


def lines(desk) -> list[str]:
    model = desk.window.sidebar.list.model()
    return [model.index(i, 0).data() for i in range(model.rowCount())]


def go_to(desk, text: str) -> None:
    """The keyboard is in the list, on this line."""
    view = desk.window.sidebar.list
    view.setFocus()
    view.setCurrentIndex(view.model().index(lines(desk).index(text), 0))


def press(desk, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(desk.window.sidebar.list, key)


def at(desk) -> str:
    return desk.window.sidebar.list.currentIndex().data()


def entries(menu: QMenu) -> dict[str, object]:
    return {action.text(): action for action in menu.actions() if action.text()}


def menu_of(desk, text: str) -> QMenu:
    go_to(desk, text)
    return desk.window.sidebar.list.make_menu(desk.window.sidebar.list.line)


def click(desk, text: str) -> None:
    view = desk.window.sidebar.list
    index = view.model().index(lines(desk).index(text), 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_a_click_opens_and_the_arrows_pass_over_days(desk, three):
    click(desk, "One")
    desk.wait(lambda: desk.session.chat.current == three["One"])
    go_to(desk, "Three")
    press(desk, Qt.Key.Key_Up)
    assert at(desk) == "Three"  # a day is nothing to stand on
    press(desk, Qt.Key.Key_Down, Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.current == three["Two"])


def test_keys_pin_rename_and_delete(desk, three, qtbot):
    go_to(desk, "One")
    press(desk, Qt.Key.Key_P)
    desk.wait(lambda: lines(desk) == ["Pinned", "One", "Today", "Three", "Two"])
    assert at(desk) == "One"  # the keyboard goes with it
    press(desk, Qt.Key.Key_P)
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "One"])
    press(desk, Qt.Key.Key_F2)
    editor = desk.window.sidebar.list.findChild(QLineEdit)
    assert editor.text() == "One"
    editor.setText("Uno")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "Uno"])
    press(desk, Qt.Key.Key_Delete)
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "Recently deleted"])
    assert "“Uno” was deleted." in desk.banners
    desk.press(Remedy.UNDO_REMOVE)
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "Uno"])


def test_renaming_goes_on_while_the_list_changes(desk, three):
    go_to(desk, "One")
    press(desk, Qt.Key.Key_F2)
    editor = desk.window.sidebar.list.findChild(QLineEdit)
    QTest.keyClicks(editor, "half typed")
    desk.session.conversations.pin(three["Three"], True)
    desk.wait(lambda: lines(desk)[0] == "Pinned")
    desk.session.conversations.rename(three["One"], "Better")  # as its first answer might
    desk.wait(lambda: "Better" in lines(desk))
    assert desk.window.sidebar.list.findChild(QLineEdit) is editor
    assert editor.text() == "half typed"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: lines(desk)[-1] == "half typed")


def test_a_folder_is_made_filled_folded_renamed_and_dissolved(desk, three, qtbot):
    view = desk.window.sidebar.list
    entries(entries(menu_of(desk, "One"))["Move to folder"].menu())["New folder…"].trigger()
    dialog = view.dialog
    dialog.setTextValue("  Maths & more ")
    dialog.accept()
    desk.wait(lambda: lines(desk) == ["Maths & more", "One", "Today", "Three", "Two"])
    go_to(desk, "Two")
    folders = entries(view.make_folder_menu(view))
    assert list(folders) == ["Maths && more", "New folder…"]
    folders["Maths && more"].trigger()
    desk.wait(lambda: lines(desk) == ["Maths & more", "Two", "One", "Today", "Three"])
    assert at(desk) == "Two"
    press(desk, Qt.Key.Key_Left)
    assert at(desk) == "Maths & more"
    press(desk, Qt.Key.Key_Left)
    assert lines(desk) == ["Maths & more", "Today", "Three"]
    assert at(desk) == "Maths & more"
    press(desk, Qt.Key.Key_Return)
    assert lines(desk) == ["Maths & more", "Two", "One", "Today", "Three"]
    click(desk, "Maths & more")
    assert lines(desk) == ["Maths & more", "Today", "Three"]
    press(desk, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    editor.setText("Sums")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: lines(desk) == ["Sums", "Today", "Three"])  # it stays folded
    entries(menu_of(desk, "Sums"))["Open"].trigger()
    go_to(desk, "One")
    entries(view.make_folder_menu(view))["Take out of “Sums”"].trigger()
    desk.wait(lambda: lines(desk) == ["Sums", "Two", "Today", "Three", "One"])
    entries(menu_of(desk, "Sums"))["Dissolve the folder"].trigger()
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "One"])


def test_the_menu_offers_what_can_be_done(desk, three):
    assert list(entries(menu_of(desk, "One"))) == ["Rename", "Pin", "Move to folder", "Export…", "Delete"]
    entries(menu_of(desk, "One"))["Delete"].trigger()
    desk.wait(lambda: "Recently deleted" in lines(desk))
    assert list(entries(menu_of(desk, "Recently deleted"))) == ["Open"]
    entries(menu_of(desk, "Recently deleted"))["Open"].trigger()
    assert lines(desk)[-1] == "One"
    click(desk, "One")
    assert desk.session.chat.current != three["One"]  # looking at it is not restoring it
    assert list(entries(menu_of(desk, "One"))) == ["Restore"]
    press(desk, Qt.Key.Key_Delete, Qt.Key.Key_P, Qt.Key.Key_F2)  # nothing of that here
    entries(menu_of(desk, "One"))["Restore"].trigger()
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "One"])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen, for a menu
def test_the_menu_opens_where_it_was_asked_for(desk, three):
    view = desk.window.sidebar.list
    click(desk, "Two")
    view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())
    menu = view.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    menu.close()
    desk.wait(lambda: view.findChild(QMenu) is None)
    view.customContextMenuRequested.emit(QPoint(5, view.visualRect(view.model().index(0, 0)).center().y()))
    assert view.findChild(QMenu) is None  # "Today" has none


def test_folded_folders_are_folded_the_next_time(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("One")
        desk.wait(lambda: lines(desk) == ["Today", "One"])
        desk.session.conversations.move(desk.session.chat.current, "Work")
        desk.wait(lambda: lines(desk) == ["Work", "One"])
        desk.session.groups.toggle(Group(Kind.FOLDER, "Work"))
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: lines(desk) == ["Work"])


def test_the_answer_that_is_written_moves_its_conversation_to_the_top(desk, three):
    click(desk, "One")
    desk.wait(lambda: desk.session.chat.current == three["One"])
    desk.engine.gated = True
    desk.type("more")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(1)
    desk.wait(lambda: lines(desk) == ["Today", "One", "Three", "Two"])
    view = desk.window.sidebar.list
    assert view.currentIndex().data(ID_ROLE) == desk.window.sidebar.rows.answering == three["One"]
    desk.engine.allow(1000)
    desk.desk.idle()


def test_ten_thousand_conversations_are_listed_without_a_pause(desk, qtbot):
    """Rows of one height: what is out of sight is neither measured nor drawn."""
    updated = datetime.now(UTC)
    rows = tuple(ConversationRow(n, f"Conversation {n} about something", updated) for n in range(10_000))
    started = time.perf_counter()
    desk.session.conversations.on_reply(ConversationsListed(rows))
    desk.window.grab()
    assert time.perf_counter() - started < 1.5
    assert len(lines(desk)) == 10_001


# Files


def save_as(desk, path, filter_word: str = "Slipstream") -> None:
    """Choose in the dialog that is open."""
    dialog = desk.window.transfers.dialog
    assert isinstance(dialog, QFileDialog)
    (chosen,) = [name for name in dialog.nameFilters() if name.startswith(filter_word)]
    dialog.selectNameFilter(chosen)
    dialog.filterSelected.emit(chosen)
    dialog.selectFile(str(path))
    dialog.accept()


def test_a_conversation_is_exported_by_the_menu_and_imported_by_the_menu(desk, three, tmp_path):
    acts = desk.window.acts
    click(desk, "Two")
    desk.wait(lambda: desk.session.chat.current == three["Two"])
    desk.key(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.transfers.dialog.selectedFiles()[0].endswith("Two.json")
    save_as(desk, tmp_path / "two", "Markdown")
    desk.wait(lambda: any("was written to" in text for text in desk.banners))
    assert (tmp_path / "two.md").read_text("utf-8").startswith("# Two\n\n## You\n\nTwo\n")

    acts.export_all.trigger()
    save_as(desk, tmp_path / "all.json")
    desk.wait(lambda: any("3 conversations were written" in text for text in desk.banners))
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))["conversations"]) == 3

    acts.import_file.trigger()
    dialog = desk.window.transfers.dialog
    dialog.selectFile(str(tmp_path / "all.json"))
    dialog.accept()
    desk.wait(lambda: lines(desk) == ["Today", "Three", "Two", "One", "Three", "Two", "One"])
    assert any("3 conversations were imported" in text for text in desk.banners)
    assert desk.window.transfers.progress is None


def test_one_of_the_list_is_exported_by_its_own_menu(desk, three, tmp_path):
    entries(menu_of(desk, "One"))["Export…"].trigger()
    assert desk.window.transfers.dialog.selectedFiles()[0].endswith("One.json")
    save_as(desk, tmp_path / "x.json", "ShareGPT")
    desk.wait(lambda: any("was written to" in text for text in desk.banners))
    data = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert data["conversations"][0] == {"from": "human", "value": "One"}


def test_what_takes_long_is_shown_with_a_way_to_leave_it(desk, qtbot, tmp_path):
    turns = [{"from": "human", "value": "word " * 50}, {"from": "gpt", "value": "word " * 50}] * 3
    path = tmp_path / "long.json"
    path.write_text(json.dumps([{"conversations": turns}] * 6000))
    desk.session.transfers.import_file(path)
    desk.wait(lambda: desk.window.transfers.progress is not None)
    dialog = desk.window.transfers.progress
    assert dialog.isVisible()
    assert dialog.labelText() == "Importing conversations…"
    desk.wait(lambda: dialog.value() > 0)
    dialog.canceled.emit()
    desk.wait(lambda: desk.window.transfers.progress is None)
    assert lines(desk) == []
    assert not [text for text in desk.banners if "import" in text.lower()]


def test_nothing_in_sight_is_nothing_to_export(desk):
    assert not desk.window.acts.export.isEnabled()
    desk.say("One")
    assert desk.window.acts.export.isEnabled()
