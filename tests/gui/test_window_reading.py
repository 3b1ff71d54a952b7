"""Reading in the real window: find, copy, and the story of a token, from the keys to the store and back."""

import pytest
from chat_hands import at_character, clipboard, hover, rows
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from window_desk import open_window

from slipstream.ui.chat.tokenrows import TokensRow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.window.activateWindow()
        desk.wait(desk.window.isActiveWindow)
        yield desk


def test_find_from_the_keys(desk):
    desk.say("Where is the model?")
    view = desk.window.pane.view
    desk.key(Qt.Key.Key_F, CONTROL)
    bar = view.finding.bar
    assert QApplication.focusWidget() is bar.field
    for char in "model":
        desk.key(getattr(Qt.Key, f"Key_{char.upper()}"))
    desk.wait(lambda: bar.count.text() == "1 of 2")
    desk.key(Qt.Key.Key_F3)
    assert bar.count.text() == "2 of 2"
    desk.key(Qt.Key.Key_F3, SHIFT)
    assert bar.count.text() == "1 of 2"
    desk.key(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert view.canvas.selection.text(view.canvas.turns) == "model"


def test_escape_in_the_bar_does_not_stop_the_answer(desk):
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(3)
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.pane.view.finding.bar.isHidden()
    assert desk.session.chat.busy
    desk.desk.steps(1)
    desk.session.chat.stop()
    desk.desk.idle()


def test_copying_by_keys(desk):
    desk.engine.words = ["So", "**it**", "is"]
    desk.say("Go")
    desk.key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert clipboard() == "So **it** is"
    desk.key(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert clipboard() == "So it is"
    desk.window.acts.copy_conversation.trigger()
    assert clipboard() == "## You\n\nGo\n\n## Answer\n\nSo **it** is\n"


def words_of_card(desk) -> str:
    card = desk.window.pane.view.inspector.card
    return " | ".join(label.text() for label in card.findChildren(QLabel))


def test_a_token_tells_where_it_comes_from(desk):
    desk.session.choose_draft("ngram")
    desk.say("Go")
    desk.key(Qt.Key.Key_T, CONTROL)
    view = desk.window.pane.view
    row = rows(view, TokensRow)[0]
    hover(view, at_character(view, row, row.stretch(1)[0] + 1))
    card = view.inspector.card
    desk.wait(lambda: not card.isHidden() and "Step 2" in words_of_card(desk))
    assert "Place 1 of 3, drafted by a lookup" in words_of_card(desk)
    assert "90.0 %" in words_of_card(desk)


def test_a_token_of_the_answer_under_way(desk):
    desk.session.choose_draft("ngram")
    desk.session.preferences.update(show_tokens=True)
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(3)
    view = desk.window.pane.view
    view.canvas.setFocus()
    desk.key(Qt.Key.Key_Right)
    desk.wait(lambda: "Step 1" in words_of_card(desk))
    for _ in range(4):
        desk.key(Qt.Key.Key_Right)
    desk.wait(lambda: "Step 3" in words_of_card(desk))
    desk.desk.steps(1)
    for _ in range(3):
        desk.key(Qt.Key.Key_Right)
    desk.wait(lambda: "Step 4" in words_of_card(desk))
    desk.session.chat.stop()
    desk.desk.idle()


def test_after_a_restart_the_story_is_still_there(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.choose_draft("ngram")
        desk.say("Go")
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.preferences.update(show_tokens=True)
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(0))
        desk.wait(lambda: len(desk.session.chat.turns) == 2)
        view = desk.window.pane.view
        desk.wait(lambda: bool(rows(view, TokensRow)))
        view.canvas.setFocus()
        desk.key(Qt.Key.Key_Right)
        desk.key(Qt.Key.Key_Right)
        desk.wait(lambda: "Step 2" in words_of_card(desk))


def test_answers_beyond_the_newest_get_their_tokens_when_they_are_looked_at(
    qtbot, tmp_path, themes, monkeypatch
):
    monkeypatch.setattr("slipstream.bridge.store_thread.TOKENS_KNOWN", 2)
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.choose_draft("ngram")
        for question in ("One", "Two", "Three"):
            desk.say(question)
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(0))
        desk.wait(lambda: len(desk.session.chat.turns) == 6)
        assert [bool(turn.pieces) for turn in desk.session.chat.turns[1::2]] == [False, False, True]
        view = desk.window.pane.view
        desk.key(Qt.Key.Key_T, CONTROL)
        desk.wait(lambda: len(rows(view, TokensRow)) == 3)
        texts = [row.letters().strip() for row in rows(view, TokensRow)]
        assert texts == [turn.content.strip() for turn in desk.session.chat.turns[1::2]]
