"""The shortcuts sheet, and that shortcuts do not stand in each other's way."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel
from window_desk import open_window

from slipstream.ui.window.actions import keys_of, plain
from slipstream.ui.window.shortcuts_sheet import ShortcutsSheet, joined, view_keys

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def test_the_sheet_lists_every_shortcut_there_is(desk):
    desk.key(Qt.Key.Key_Slash, CONTROL)
    sheet = desk.window.commands.dialog
    assert isinstance(sheet, ShortcutsSheet)
    rows = {row.name: row.keys for group in sheet.groups for row in group.rows}
    for action in desk.window.actions():
        if keys_of(action):
            assert rows[plain(action)] == tuple(keys_of(action))
    assert rows["Rename"] == ("F2",)  # of the list of conversations only
    assert rows["New line"] == ("Shift+Return",)
    labels = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"File", "Answer", "View", "Conversations", "Reading a conversation", "Ctrl+K"} <= set(labels)
    sheet.reject()


def test_titles_stand_once():
    assert [group.title for group in joined([*view_keys(), *view_keys()])] == [
        group.title for group in view_keys()
    ]


def test_it_has_one_column_where_there_is_no_room_for_two(desk):
    desk.window.acts.shortcuts.trigger()
    sheet = desk.window.commands.dialog
    page = sheet.area.widget().layout()
    assert page.direction() == QBoxLayout.Direction.LeftToRight
    sheet.resize(420, 600)
    QApplication.processEvents()
    assert page.direction() == QBoxLayout.Direction.TopToBottom
    assert sheet.area.widget().width() <= sheet.area.viewport().width()
    sheet.reject()


def test_no_two_actions_have_one_shortcut(desk):
    keys = Counter(
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in desk.window.actions()
        for key in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_of_the_window_stands_in_a_section(desk):
    listed = [action for section in desk.window.keyboard.sections() for action in section.actions]
    assert set(desk.window.acts.all()) <= set(listed)
    assert len(listed) == len(set(listed))


def test_no_letter_leads_to_two_entries_of_a_menu(desk):
    for section in desk.window.keyboard.sections():
        letters = Counter(
            action.text()[action.text().index("&") + 1].lower()
            for action in section.actions
            if "&" in action.text()
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], section.title
