"""Turns changed through the real window: edited in place, gone on with, removed, and thinking that is steered."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton
from window_desk import open_window

from slipstream.bridge.notices import Remedy
from slipstream.core.chat import Role
from slipstream.core.metrics import ClosedBy
from slipstream.ui.chat.control_rows import FooterRow, ThinkRow
from slipstream.ui.chat.figures import FigureStrip
from slipstream.ui.chat.turn_rows import ContinueRow, EditRow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def view(desk):
    return desk.window.pane.view


def button(desk, name, which=-1):
    """A button of the conversation that can be seen, by its accessible name; the last one."""
    found = [b for b in view(desk).findChildren(QToolButton) if b.accessibleName() == name and b.isVisible()]
    found.sort(key=lambda b: b.mapTo(view(desk), QPoint()).y())
    return found[which]


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def edit_field(desk):
    fields = [f for f in view(desk).findChildren(QPlainTextEdit) if f.isVisible()]
    return fields[0] if fields else None


def rows(desk, kind):
    return [row for turn in view(desk).canvas.turns for row in turn.rows if isinstance(row, kind)]


def say(desk, *texts):
    for text in texts:
        desk.say(text)


def contents(desk):
    return [turn.content for turn in desk.session.chat.turns]


def cut_off(desk):
    """An answer of two words, cut off by its limit."""
    desk.session.preferences.update(max_tokens=2)
    say(desk, "Go")
    desk.session.preferences.update(max_tokens=100)


# Editing


def test_a_message_is_edited_in_its_place_and_sent_again(desk):
    say(desk, "One", "Two")
    click(button(desk, "Edit message", 0))
    field = edit_field(desk)
    assert field.toPlainText() == "One"
    assert desk.window.focusWidget() is field
    QTest.keyClicks(field, " and")
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(field, "more")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.desk.idle()
    assert contents(desk)[0] == "One and\nmore"
    assert len(desk.session.chat.turns) == 2
    assert edit_field(desk) is None
    assert desk.window.focusWidget() is desk.field  # one goes on where one writes
    click(button(desk, "Previous version"))
    desk.wait(lambda: contents(desk)[0] == "One" and len(contents(desk)) == 4)
    labels = [label for label in view(desk).findChildren(QLabel) if label.isVisible()]
    assert "Version 1 of 2" in [label.accessibleName() for label in labels]
    assert not button(desk, "Previous version").isEnabled()
    click(button(desk, "Next version"))
    desk.wait(lambda: contents(desk)[0] == "One and\nmore")


@pytest.mark.parametrize("way", ["escape", "button", "unchanged"])
def test_an_edit_can_be_left(desk, way):
    say(desk, "One")
    desk.key(Qt.Key.Key_E, CTRL)
    field = edit_field(desk)
    if way != "unchanged":
        QTest.keyClicks(field, " changed")
    match way:
        case "escape":
            QTest.keyClick(field, Qt.Key.Key_Escape)
        case "unchanged":
            QTest.keyClick(field, Qt.Key.Key_Return)
        case "button":
            click(next(b for b in view(desk).findChildren(QPushButton) if b.text() == "Cancel"))
    assert edit_field(desk) is None
    assert rows(desk, EditRow) == []
    assert contents(desk)[0] == "One"
    assert len(desk.engine.requests) == 1


def test_an_edit_that_cannot_be_sent_stays_with_its_text(desk):
    say(desk, "One")
    desk.engine.gated = True
    desk.type("Two")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(1)
    click(button(desk, "Edit message", 0))
    field = edit_field(desk)
    QTest.keyClicks(field, " changed")
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)  # is this field's, not the composer's
    assert [banner for banner in desk.banners if "still being written" in banner]
    assert edit_field(desk).toPlainText() == "One changed"
    home = desk.session.chat.current
    desk.key(Qt.Key.Key_N, CTRL)
    desk.session.chat.open(home)
    desk.wait(lambda: desk.session.chat.current == home)
    field = edit_field(desk)
    assert field.toPlainText() == "One changed"  # it is still there
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)  # leaves the edit, and does not stop the answer
    assert edit_field(desk) is None
    assert desk.session.chat.busy
    desk.engine.allow(1000)
    desk.desk.idle()
    assert desk.session.chat.turns[-1].interrupted is None


def test_an_answer_is_edited_and_says_so(desk):
    say(desk, "Go")
    click(button(desk, "Edit answer"))
    field = edit_field(desk)
    assert field.toPlainText() == " ".join(desk.engine.words)
    field.selectAll()
    QTest.keyClicks(field, "Mine")
    click(next(b for b in view(desk).findChildren(QPushButton) if b.text() == "Save"))
    desk.wait(lambda: contents(desk) == ["Go", "Mine"])
    (footer,) = rows(desk, FooterRow)
    assert [value for _, value, _ in footer.strip.items] == ["edited"]
    assert len(footer.versions) == 2
    assert len(desk.engine.requests) == 1
    say(desk, "On")
    assert [message.content for message in desk.engine.requests[-1].messages] == ["Go", "Mine", "On"]


def test_everything_below_a_turn_is_reached_by_the_keyboard(desk, qtbot):
    cut_off(desk)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    view(desk).canvas.setFocus()
    names = []
    for _ in range(9):
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        names.append(desk.window.focusWidget().accessibleName())
    assert names == [
        *("Copy message", "Edit message", "Remove message"),
        *("Continue", "Copy answer", "Regenerate", "Compare ways to draft", "Edit answer", "Remove answer"),
    ]
    desk.key(Qt.Key.Key_E, CTRL)
    for _ in range(2):
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
    assert desk.window.focusWidget().text() == "Send"


# Going on


@pytest.mark.parametrize("way", ["button", "key", "menu"])
def test_an_answer_that_was_cut_off_goes_on(desk, way):
    cut_off(desk)
    assert len(rows(desk, ContinueRow)) == 1
    desk.engine.gated = True
    match way:
        case "button":
            click(button(desk, "Continue"))
        case "key":
            desk.key(Qt.Key.Key_Return, CTRL | SHIFT)
        case "menu":
            menu_entry(desk, -1, "Continue").trigger()
    desk.desk.steps(2)
    (turn,) = [
        turn for turn in view(desk).canvas.turns if turn.id == str(desk.session.chat._answering.live.answer)
    ]
    assert turn.streaming
    assert turn.copy_text() == "It runs It runs"
    assert rows(desk, ContinueRow) == []
    desk.engine.allow(100)
    desk.desk.idle()
    assert contents(desk)[-1] == "It runs " + " ".join(desk.engine.words) + " "
    (footer,) = rows(desk, FooterRow)
    assert footer.strip.items[0][:2] == ("last part:", "")
    assert "tokens/s" in [label for label, *_ in footer.strip.items]
    strip = view(desk).canvas.control_on(footer).findChild(FigureStrip)
    assert strip.accessibleName().startswith("last part: ")
    assert rows(desk, ContinueRow) == []


def menu_entry(desk, turn, text):
    """An entry of the context menu of a turn."""
    canvas = view(desk).canvas
    shown = canvas.turns[turn]
    left, _ = canvas.column()
    row = shown.rows[0]
    menu = canvas.make_menu(QPointF(left + row.x + 4, shown.y + row.y - canvas.top + 4))
    menu.close()
    return next(action for action in menu.findChildren(QAction) if action.text() == text)


def test_only_the_last_answer_offers_to_go_on(desk):
    cut_off(desk)
    say(desk, "Next")
    assert rows(desk, ContinueRow) == []
    assert "Continue" not in {action.text() for action in menu_entry(desk, 1, "Edit").parent().actions()}
    assert desk.window.acts.continue_answer.isEnabled()  # the last one, whole as it is
    desk.key(Qt.Key.Key_N, CTRL)
    assert not desk.window.acts.continue_answer.isEnabled()


def test_another_conversation_and_back_the_answer_still_grows(desk):
    cut_off(desk)
    home = desk.session.chat.current
    desk.engine.gated = True
    click(button(desk, "Continue"))
    desk.desk.steps(1)
    desk.key(Qt.Key.Key_N, CTRL)
    desk.session.chat.open(home)
    desk.wait(lambda: desk.session.chat.current == home)
    assert view(desk).canvas.turns[-1].copy_text() == "It runs It"
    desk.engine.allow(100)
    desk.desk.idle()
    assert view(desk).canvas.turns[-1].copy_text() == "It runs " + " ".join(desk.engine.words)


# Removing


def test_a_message_is_removed_and_undone(desk):
    say(desk, "One", "Two")
    click(button(desk, "Remove message"))
    desk.wait(lambda: len(contents(desk)) == 2)
    assert desk.banners[-1] == "The message and the one after it were removed."
    desk.press(Remedy.UNDO_REMOVE_MESSAGE)
    desk.wait(lambda: len(contents(desk)) == 4)
    assert desk.banners == []


def test_a_message_left_without_an_answer_offers_one(desk):
    say(desk, "One")
    click(button(desk, "Remove answer"))
    desk.wait(lambda: contents(desk) == ["One"])
    click(button(desk, "Answer"))
    desk.desk.idle()
    assert [turn.role for turn in desk.session.chat.turns] == [Role.USER, Role.ASSISTANT]


# Thinking


def think(desk, steps):
    desk.engine.thinking = ["So"] * 40
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(steps)


@pytest.mark.parametrize("way", ["button", "key"])
def test_the_answer_can_be_had_at_once(desk, way):
    think(desk, 3)
    (head,) = rows(desk, ThinkRow)
    desk.wait(lambda: head.summary == "Thinking… 0 s · 3 tokens · 50.0 tokens/s")
    if way == "button":
        click(button(desk, "Answer now"))
    else:
        desk.key(Qt.Key.Key_T, CTRL | SHIFT)
    assert desk.engine.closing.is_set()
    assert not button(desk, "Answer now").isEnabled()  # once is enough
    desk.engine.allow(1000)
    desk.desk.idle()
    answer = desk.session.chat.turns[-1]
    assert answer.stats.thinking_closed is ClosedBy.PERSON
    assert head.summary.endswith("ended by you")
    assert head.summary.startswith("Thought for 0 s · ")
    assert not [b for b in view(desk).findChildren(QToolButton) if b.text() == "Answer now" and b.isVisible()]


def test_the_summary_of_thinking_comes_back_with_the_conversation(desk):
    think(desk, 2)
    desk.engine.allow(1000)
    desk.desk.idle()
    (head,) = rows(desk, ThinkRow)
    before = head.summary
    assert before == "Thought for 0 s · 40 tokens · 50.0 tokens/s"
    home = desk.session.chat.current
    desk.key(Qt.Key.Key_N, CTRL)
    desk.session.chat.open(home)
    desk.wait(lambda: desk.session.chat.current == home)
    (head,) = rows(desk, ThinkRow)
    assert head.summary == before


def test_nothing_to_end_where_nothing_is_thought(desk):
    assert not desk.window.acts.answer_now.isEnabled()
    say(desk, "Go")
    assert not rows(desk, ThinkRow)
    assert not desk.window.acts.answer_now.isEnabled()
