"""Selecting as people do it everywhere: by words, with Shift, over the edge, by keys alone."""

from collections.abc import Iterator

import pytest
from chat_hands import (
    CONTROL,
    LEFT,
    SHIFT,
    answer,
    at_character,
    drag,
    key,
    on_screen,
    open_view,
    release,
    rows,
    selected,
    user,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

BOTH = SHIFT | CONTROL


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


def test_a_double_click_that_is_dragged_selects_whole_words(view: ChatView) -> None:
    view.set_messages([answer("one two three four five\n\nsix seven")])
    row, below = rows(view, LeafRow)
    port = view.canvas.viewport()
    middle = at_character(view, row, len("one two th"))
    QTest.mouseDClick(port, LEFT, pos=middle)
    assert selected(view) == "three"
    # The second press of a double click stays down while it is dragged.
    view.canvas._dragging = True
    QTest.mouseMove(port, at_character(view, row, len("one two three fo")))
    assert selected(view) == "three four"
    QTest.mouseMove(port, at_character(view, row, 5))
    assert selected(view) == "two three"
    QTest.mouseMove(port, at_character(view, below, 1))
    assert selected(view) == "three four five\n\nsix"
    release(view, middle)


def test_a_triple_click_that_is_dragged_selects_whole_paragraphs(view: ChatView) -> None:
    view.set_messages([answer("one two\n\nthree four\n\nfive")])
    first, second, _ = rows(view, LeafRow)
    port = view.canvas.viewport()
    middle = at_character(view, first, 2)
    QTest.mouseDClick(port, LEFT, pos=middle)
    drag(view, middle, at_character(view, second, 3))
    assert selected(view).strip() == "one two\n\nthree four"
    release(view, middle)


def test_shift_click_extends_the_selection(view: ChatView) -> None:
    view.set_messages([answer("one two three four")])
    (row,) = rows(view, LeafRow)
    port = view.canvas.viewport()

    def click(position: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        point = on_screen(view, row, row.caret(position).center())
        QTest.mouseClick(port, LEFT, modifier, point)
        QTest.qWait(0)

    click(4)
    click(13, SHIFT)
    assert selected(view) == "two three"
    click(7, SHIFT)
    assert selected(view) == "two"
    click(0, SHIFT)
    assert selected(view) == "one "


def test_dragging_over_the_edge_scrolls_and_selects(
    view: ChatView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.set_messages([answer("\n\n".join(f"Paragraph {i}" for i in range(100)))])
    bar = view.canvas.verticalScrollBar()
    bar.setValue(0)
    port = view.canvas.viewport()
    below = QPoint(200, port.height() + 60)
    monkeypatch.setattr(QCursor, "pos", staticmethod(lambda: port.mapToGlobal(below)))
    drag(view, on_screen(view, rows(view, LeafRow)[0], QPointF(2, 5)), below)
    qtbot.waitUntil(lambda: bar.value() > 300)
    release(view, below)
    at = bar.value()
    text = selected(view)
    assert text.startswith("Paragraph 0\n\nParagraph 1\n\n")
    assert text.count("\n\n") > 15
    qtbot.wait(100)
    assert bar.value() == at


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ([(Qt.Key.Key_Right, SHIFT)] * 3, "one"),
        ([(Qt.Key.Key_Right, BOTH)] * 2, "one two "),
        ([(Qt.Key.Key_Right, BOTH)] * 2 + [(Qt.Key.Key_Left, SHIFT)], "one tw"),
        ([(Qt.Key.Key_End, SHIFT)], "one two"),
        ([(Qt.Key.Key_Down, SHIFT)], "one two\n\n"),
        ([(Qt.Key.Key_End, BOTH)], "one two\n\nthree four\n\n• five"),
        ([(Qt.Key.Key_End, SHIFT), (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Right, BOTH)], "one two\n\nthree "),
        ([(Qt.Key.Key_End, BOTH), (Qt.Key.Key_Home, BOTH)], ""),
    ],
)
def test_keys_alone_select(
    view: ChatView, keys: list[tuple[Qt.Key, Qt.KeyboardModifier]], wanted: str
) -> None:
    view.set_messages([answer("one two\n\nthree four\n\n- five")])
    for each, modifier in keys:
        key(view, each, modifier)
    assert selected(view).rstrip() == wanted.rstrip()


def test_keys_go_on_over_turns_and_scroll(view: ChatView) -> None:
    view.set_messages([m for i in range(30) for m in (user(f"Q{i}", i), answer("word " * 100, i))])
    view.canvas.verticalScrollBar().setValue(0)
    for _ in range(60):
        key(view, Qt.Key.Key_Down, SHIFT)
    text = selected(view)
    assert text.startswith("Q0\n\nword word")
    assert "\n\nQ5\n\n" in text
    focus = view.canvas.selection.focus
    turn = view.canvas.turns[focus.turn]
    y = turn.y + turn.rows[focus.row].y - view.canvas.top
    assert -turn.rows[focus.row].height < y < view.canvas.viewport().height()


def test_a_click_then_shift_and_arrows(view: ChatView) -> None:
    view.set_messages([answer("one two\n\nthree four")])
    first, second = rows(view, LeafRow)
    QTest.mouseClick(view.canvas.viewport(), LEFT, pos=on_screen(view, second, second.caret(6).center()))
    key(view, Qt.Key.Key_Right, BOTH)
    assert selected(view) == "four"
    for _ in range(4):  # the start of the paragraph and the end of the one before are two places
        key(view, Qt.Key.Key_Left, BOTH)
    assert selected(view) == "two\n\nthree "
    assert first.length == 7


def test_select_all_and_keys_pass_rows_without_text(view: ChatView) -> None:
    view.set_messages([user("Q"), answer("A\n\n---\n\nB", thinking="hm")])
    key(view, Qt.Key.Key_A, CONTROL)
    assert selected(view) == "Q\n\nA\n\nB"
    view.canvas.selection.anchor = view.canvas.selection.focus = Place(0, 0, 0)
    for _ in range(5):
        key(view, Qt.Key.Key_Right, SHIFT)
    assert selected(view) == "Q\n\nA\n\nB"
