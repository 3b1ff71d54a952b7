"""A person finds the window as it was left."""

from PySide6.QtCore import Qt
from window_desk import WindowDesk, open_window

from slipstream.ui.window.memory import WindowMemory

CONTROL = Qt.KeyboardModifier.ControlModifier


def listed(desk: WindowDesk) -> int:
    return desk.session.conversations.rowCount()


def test_the_conversation_shown_last_is_shown_again(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("The first")
        desk.key(Qt.Key.Key_N, CONTROL)
        desk.say("The second")
        desk.wait(lambda: listed(desk) == 2)
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(1))
        desk.wait(lambda: desk.shown.startswith("user: The first"))
        desk.type("half a thought")
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: desk.shown.startswith("user: The first"))
        assert desk.field.toPlainText() == "half a thought"
        assert desk.window.windowTitle() == "The first — Slipstream"
        assert desk.window.sidebar.list.currentIndex().data() == "The first"


def test_one_that_was_moved_out_of_the_list_is_not(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Gone")
        desk.wait(lambda: listed(desk) == 1)
        shown = desk.session.chat.current
        desk.key(Qt.Key.Key_N, CONTROL)
        desk.say("Stays")
        desk.wait(lambda: listed(desk) == 2)
        desk.session.conversations.remove(shown)
    WindowMemory(tmp_path / "config" / "window.ini").keep_conversation(shown)  # as if it had been shown last
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: listed(desk) == 1)
        assert desk.session.chat.current is None
        assert desk.banners == []


def test_a_new_conversation_stays_new(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Older")
        desk.wait(lambda: listed(desk) == 1)
        desk.key(Qt.Key.Key_N, CONTROL)
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: listed(desk) == 1)
        assert desk.session.chat.current is None


def test_whoever_has_begun_to_write_is_not_disturbed(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Older")
        desk.wait(lambda: listed(desk) == 1)
    with open_window(qtbot, tmp_path, themes, start=False) as desk:
        desk.type("Already at it")
        desk.desk.start()
        desk.wait(lambda: listed(desk) == 1)
        assert desk.session.chat.current is None
        assert desk.field.toPlainText() == "Already at it"
