"""Searching in the window: the field, what is found, and the way to a message."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_desk import open_window

from slipstream.bridge.groups import LINE_ROLE
from slipstream.ui.chat.reveal import place_of
from slipstream.ui.chat.rows import Row

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.window.acts.sidebar.setChecked(True)  # a small screen starts without
        desk.engine.words = ["Only", "whales", "know", "that", "song"]
        desk.say("Tell me about the sea")
        desk.key(Qt.Key.Key_N, CONTROL)
        desk.engine.words = ["Nothing", "to", "say"]
        desk.say("Whales and their songs")
        desk.wait(lambda: desk.window.sidebar.list.model().rowCount() == 3)
        yield desk


def search(desk, text: str) -> None:
    """By the keyboard, as a person does."""
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert desk.window.sidebar.field.hasFocus()
    QTest.keyClicks(desk.window.sidebar.field, text)
    desk.wait(lambda: not desk.session.finder.results.is_pending)


def found(desk) -> list[str]:
    model = desk.window.sidebar.results.model()
    return [model.index(i, 0).data() for i in range(model.rowCount())]


def test_titles_and_messages_are_listed_as_one_types(desk):
    sidebar = desk.window.sidebar
    assert sidebar.pages.currentWidget() is sidebar.list
    search(desk, "whal")
    assert sidebar.pages.currentWidget() is sidebar.results
    assert found(desk) == [
        "Titles",
        "Whales and their songs",
        "Messages",
        "Whales and their songs: Whales and their songs",
        "Tell me about the sea: Only whales know that song",
    ]
    hit = sidebar.results.model().index(4, 0).data(LINE_ROLE).hit
    assert [part.text for part in hit.snippet if part.is_hit] == ["whal"]
    desk.window.grab()  # every line draws itself


def test_nothing_found_is_said(desk):
    search(desk, "walrus")
    assert found(desk) == ["Nothing was found."]
    desk.window.grab()
    index = desk.window.sidebar.results.model().index(0, 0)
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled


def test_escape_clears_then_leaves(desk):
    sidebar = desk.window.sidebar
    search(desk, "whales")
    QTest.keyClick(sidebar.field, Qt.Key.Key_Escape)
    assert sidebar.field.text() == ""
    assert sidebar.pages.currentWidget() is sidebar.list
    QTest.keyClick(sidebar.field, Qt.Key.Key_Escape)
    assert desk.field.hasFocus()


def test_escape_in_the_field_does_not_stop_an_answer(desk):
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(1)
    search(desk, "whales")
    QTest.keyClick(desk.window.sidebar.field, Qt.Key.Key_Escape)
    assert desk.window.sidebar.field.text() == ""
    assert desk.session.chat.busy
    desk.engine.allow(1000)
    desk.desk.idle()
    assert desk.session.chat.turns[-1].interrupted is None


def test_enter_opens_the_first_and_the_arrows_walk(desk):
    sidebar = desk.window.sidebar
    first = desk.session.chat.current
    search(desk, "know")
    QTest.keyClick(sidebar.field, Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.current not in (None, first))
    other = desk.session.chat.current
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert sidebar.field.selectedText() == "know"
    QTest.keyClicks(sidebar.field, "whales")
    desk.wait(lambda: len(found(desk)) == 5)
    QTest.keyClick(sidebar.field, Qt.Key.Key_Down)
    assert sidebar.results.hasFocus()
    assert sidebar.results.currentIndex().row() == 1
    QTest.keyClick(sidebar.results, Qt.Key.Key_Down)
    assert sidebar.results.currentIndex().row() == 3  # headings are nothing to stand on
    QTest.keyClick(sidebar.results, Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.current == first)
    sidebar.results.setFocus()
    QTest.keyClick(sidebar.results, Qt.Key.Key_Up)
    QTest.keyClick(sidebar.results, Qt.Key.Key_Up)
    assert sidebar.field.hasFocus()
    assert other != first


def test_a_hit_leads_to_its_message_and_marks_it(desk, qtbot):
    """In a long conversation, far from its end; the mark goes by itself."""
    desk.engine.words = ["word"] * 60
    for number in range(12):
        desk.desk.send(f"Question {number}\nwith\nmany\nlines")
    canvas = desk.window.pane.view.canvas
    assert canvas.pinned
    search(desk, '"question 3"')
    view = desk.window.sidebar.results
    (row,) = [i for i, text in enumerate(found(desk)) if ": Question 3 " in text]
    index = view.model().index(row, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    desk.wait(lambda: canvas.marked is not None)
    assert canvas.marked.copy_text().startswith("Question 3\n")
    assert not canvas.pinned
    assert 0 <= canvas.marked.y - canvas.top <= 40
    assert desk.window.grab().toImage() != without_mark(desk, canvas)
    desk.wait(lambda: canvas.marked is None)


def without_mark(desk, canvas):
    marked, canvas.marked = canvas.marked, None
    picture = desk.window.grab().toImage()
    canvas.marked = marked
    return picture


def led_to(desk) -> tuple[Row, tuple[int, int]] | None:
    """The row and the characters in it that the reader was led to, in sight."""
    canvas = desk.window.pane.view.canvas
    desk.window.grab()
    for turn in canvas.turns:
        for index, row in enumerate(turn.rows):
            if row.marks.current is not None:
                rect = place_of(canvas, turn, index, row.marks.current).toAlignedRect()
                assert canvas.viewport().rect().contains(rect)
                return row, row.marks.current
    return None


def marked_words(desk) -> int:
    """How many places are marked as found."""
    desk.window.grab()
    turns = desk.window.pane.view.canvas.turns
    return sum(len(row.marks.found) for turn in turns for row in turn.rows)


def open_first(desk, text: str) -> None:
    search(desk, text)
    QTest.keyClick(desk.window.sidebar.field, Qt.Key.Key_Return)


def test_a_hit_leads_to_the_word_however_far_into_its_message(desk):
    desk.engine.words = ["filler"] * 900 + ["sea", "lions", "bark"] + ["filler"] * 300
    desk.say("Go on")
    open_first(desk, "lion")
    desk.wait(lambda: led_to(desk) is not None)
    row, (start, end) = led_to(desk)
    assert row.text((start, end + len("s bark"))) == "lions bark"
    assert marked_words(desk) == 1
    canvas = desk.window.pane.view.canvas
    assert not canvas.pinned
    assert canvas.turns[-1].y < canvas.top  # the word counts, not where its message begins
    assert desk.window.pane.view.finding.bar.isHidden()


def test_of_several_places_it_is_the_one_that_was_shown(desk):
    desk.engine.words = (
        ["dolphins", "eat"] + ["filler"] * 500 + ["dolphins", "sing", "loudly"] + ["filler"] * 90
    )
    desk.say("Go on")
    open_first(desk, "dolphins loud")
    desk.wait(lambda: led_to(desk) is not None)
    row, (start, _) = led_to(desk)
    assert row.text((start, start + len("dolphins sing"))) == "dolphins sing"
    assert marked_words(desk) >= 2  # all its words are marked
    desk.key(Qt.Key.Key_F3)
    row, stretch = led_to(desk)
    assert row.text(stretch) == "loud"
    assert desk.window.pane.view.finding.bar.isHidden()


def test_a_hit_in_folded_thinking_unfolds_it(desk):
    desk.engine.thinking = ["Perhaps", "a", "walrus", "then"]
    desk.say("Go on")
    turn = desk.window.pane.view.canvas.turns[-1]
    assert not turn.unfolded
    open_first(desk, "walrus")
    desk.wait(lambda: led_to(desk) is not None)
    assert turn.unfolded
    row, stretch = led_to(desk)
    assert row.text(stretch) == "walrus"


@pytest.mark.parametrize("way", ["field", "conversation", "search", "other"])
def test_what_was_led_to_stays_marked_until_one_is_done_with_it(desk, way):
    home = desk.session.chat.current
    open_first(desk, "nothing")
    desk.wait(lambda: led_to(desk) is not None)
    match way:
        case "field":
            QTest.keyClick(desk.field, Qt.Key.Key_Escape)
        case "conversation":
            QTest.keyClick(desk.window.pane.view.canvas, Qt.Key.Key_Escape)
        case "search":
            desk.window.sidebar.field.clear()
        case "other":
            desk.key(Qt.Key.Key_N, CONTROL)
            desk.session.chat.open(home)
            desk.wait(lambda: desk.session.chat.current == home and bool(desk.window.pane.view.canvas.turns))
    assert marked_words(desk) == 0
    assert led_to(desk) is None


def test_the_bar_takes_over_the_word_that_was_led_to(desk):
    open_first(desk, "noth")
    desk.wait(lambda: led_to(desk) is not None)
    desk.key(Qt.Key.Key_F, CONTROL)
    bar = desk.window.pane.view.finding.bar
    assert bar.field.text() == "Noth"
    desk.wait(lambda: bar.count.text() == "1 of 1")


def test_a_hit_on_another_branch_opens_that_branch(desk, qtbot):
    home = desk.session.chat.current
    first = desk.session.chat.turns[-1]
    desk.engine.words = ["Otherwise"]
    desk.session.chat.regenerate(first.id)
    desk.desk.idle()
    search(desk, "nothing")
    QTest.keyClick(desk.window.sidebar.field, Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.turns[-1].id == first.id)
    assert desk.session.chat.current == home
    desk.wait(lambda: desk.window.pane.view.canvas.marked is not None)


def test_the_sidebar_opens_for_a_search(desk):
    desk.key(Qt.Key.Key_B, CONTROL)
    assert not desk.window.sidebar.isVisible()
    search(desk, "sea")
    assert desk.window.sidebar.isVisible()
    assert desk.window.acts.sidebar.isChecked()


def test_what_was_typed_is_kept_when_a_hit_opens_another_conversation(desk):
    first = desk.session.chat.current
    desk.type("half a thought")
    search(desk, "know")
    QTest.keyClick(desk.window.sidebar.field, Qt.Key.Key_Return)
    desk.wait(lambda: desk.session.chat.current != first)
    assert desk.field.toPlainText() == ""
    desk.session.chat.open(first)
    desk.wait(lambda: desk.field.toPlainText() == "half a thought")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_line_is_drawn_in_both_themes(desk, themes, mode):
    themes.set_mode(mode)
    desk.session.conversations.move(
        desk.session.chat.current, "A folder with a name too long for the sidebar"
    )
    desk.session.chat.new()
    search(desk, "s")
    search(desk, "ong")
    desk.window.grab()
    desk.window.sidebar.field.clear()
    desk.window.grab()


def test_controls_have_names(desk):
    sidebar = desk.window.sidebar
    for widget in (sidebar.field, sidebar.list, sidebar.results):
        assert widget.accessibleName()
