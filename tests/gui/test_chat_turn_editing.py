"""The field a turn is edited in, as the conversation has it: it grows, stays in sight, and outlives scrolling."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QProxyStyle, QPushButton, QStyle, QWidget
from pytestqt.qtbot import QtBot

from slipstream.core.chat import Role
from slipstream.core.events import TextPiece
from slipstream.core.metrics import ClosedBy, Phase
from slipstream.ui.chat.messages import ShownMessage, ThoughtFigures
from slipstream.ui.chat.pasted import PastedDialog
from slipstream.ui.chat.thinking import Thinking
from slipstream.ui.chat.turn_rows import EditRow
from slipstream.ui.chat.unfold import Unfold, motion_wanted
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    widget = ChatView(themes)
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def user(text: str, number: int = 0) -> ShownMessage:
    return ShownMessage(f"u{number}", Role.USER, text)


def answer(text: str, number: int = 0, **more: object) -> ShownMessage:
    return ShownMessage(f"a{number}", Role.ASSISTANT, text, **more)  # type: ignore[arg-type]  # by name


def field(view: ChatView) -> QPlainTextEdit:
    (found,) = [f for f in view.findChildren(QPlainTextEdit) if f.isVisible()]
    return found


def edit_row(view: ChatView) -> EditRow:
    (row,) = [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, EditRow)]
    return row


def is_whole_in_sight(view: ChatView) -> bool:
    canvas, row = view.canvas, edit_row(view)
    turn = next(turn for turn in canvas.turns if row in turn.rows)
    top = turn.y + row.y - canvas.top
    return top >= 0 and top + row.height <= canvas.viewport().height()


def test_the_field_stands_where_the_text_stood_and_is_as_high_as_what_is_written(
    view: ChatView, qtbot: QtBot
) -> None:
    view.set_messages([user("One line"), answer("Answer"), user("Last", 1)])
    below = view.canvas.turns[1]
    view.begin_edit("u0")
    control = view.canvas.control_on(edit_row(view))
    assert control is not None
    qtbot.waitUntil(lambda: control.height() == edit_row(view).height)
    height, y = edit_row(view).height, below.y
    QTest.keyClick(field(view), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: edit_row(view).height > height)
    qtbot.waitUntil(lambda: below.y - y == edit_row(view).height - height)  # what is below makes room
    assert view.canvas.control_on(edit_row(view)) is control
    assert control.height() == edit_row(view).height
    left, width = view.canvas.column()
    assert (control.x(), control.width()) == (left, width)


def test_a_field_far_from_what_is_read_comes_into_sight(view: ChatView, qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {i} " + "word " * 60 for i in range(30))
    view.set_messages([user("The first question"), answer(text), user("The second", 1), answer(text, 1)])
    assert view.canvas.top > 2000
    view.begin_edit("u0")
    qtbot.waitUntil(lambda: edit_row(view).measured and is_whole_in_sight(view))
    assert field(view).hasFocus()
    view.begin_edit("u0")  # again: nothing changes
    assert edit_row(view).text == "The first question"


@pytest.mark.parametrize("lines", [1, 7, 12])
def test_all_of_a_text_is_seen_that_fits(view: ChatView, qtbot: QtBot, lines: int) -> None:
    view.set_messages(
        [user("Q"), answer("\n".join(f"Line {i} " + "of words " * 14 for i in range(lines // 2 + 1)))]
    )
    view.begin_edit("a0")
    row, box = edit_row(view), field(view)
    control = view.canvas.control_on(row)
    assert control is not None
    qtbot.waitUntil(lambda: control.height() == row.height)
    assert (box.verticalScrollBar().value(), box.verticalScrollBar().maximum()) == (0, 0)


def test_what_is_typed_at_the_end_stays_in_sight(view: ChatView, qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {i}" for i in range(40))
    view.set_messages([user("Q"), answer(text), user("The last", 1)])
    view.begin_edit("u1")
    for _ in range(8):
        QTest.keyClick(field(view), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: is_whole_in_sight(view))


def test_what_was_typed_outlives_scrolling_and_a_new_theme(
    view: ChatView, qtbot: QtBot, themes: ThemeManager
) -> None:
    text = "\n\n".join(f"Paragraph {i} " + "word " * 60 for i in range(30))
    view.set_messages([user("Question"), answer(text)])
    view.begin_edit("u0")
    QTest.keyClicks(field(view), " and more")
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.canvas.control_on(edit_row(view)) is None
    bar.setValue(0)
    assert field(view).toPlainText() == "Question and more"
    themes.set_mode("dark")
    assert field(view).toPlainText() == "Question and more"
    view.resize(500, 600)
    qtbot.waitUntil(lambda: is_whole_in_sight(view))
    assert field(view).toPlainText() == "Question and more"


def test_what_is_being_written_is_there_when_one_comes_back(view: ChatView) -> None:
    view.set_messages([user("Question"), answer("Answer")])
    view.begin_edit("u0")
    QTest.keyClicks(field(view), " and more")
    view.set_messages([user("Another conversation", 5)])
    assert not [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, EditRow)]
    view.set_messages([user("Question"), answer("Answer")])
    assert field(view).toPlainText() == "Question and more"
    QTest.keyClick(field(view), Qt.Key.Key_Return)  # sent: another version takes its place
    view.set_messages([user("Question and more", 1)])
    view.set_messages([user("Question"), answer("Answer")])
    assert not [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, EditRow)]


def test_an_answer_keeps_its_thinking_above_the_field(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("Q"), answer("The answer", thinking="hm")])
    view.begin_edit("a0")
    turn = view.canvas.turns[1]
    assert [type(row).__name__ for row in turn.rows] == ["ThinkRow", "EditRow"]
    with qtbot.waitSignal(view.edit_submitted) as told:
        field(view).setPlainText("Another")
        QTest.keyClick(field(view), Qt.Key.Key_Return)
    assert told.args == ["a0", "Another"]


def test_an_answer_that_is_being_written_cannot_be_edited(view: ChatView) -> None:
    view.add_message(user("Q"))
    view.begin_answer("a0")
    view.append([TextPiece("Half", Phase.ANSWER, "plain", 0)])  # type: ignore[arg-type]  # its value
    view.begin_edit("a0")
    view.begin_edit("no such turn")
    assert not [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, EditRow)]
    view.finish_answer()


def test_an_empty_field_is_not_sent(view: ChatView) -> None:
    view.set_messages([user("Q")])
    view.begin_edit("u0")
    field(view).setPlainText("  ")
    told: list[object] = []
    view.edit_submitted.connect(lambda *what: told.append(what))
    QTest.keyClick(field(view), Qt.Key.Key_Return)
    assert told == []
    send = next(b for b in view.findChildren(QPushButton) if b.text() == "Send")
    assert not send.isEnabled()


def test_a_long_text_is_edited_in_a_window_of_its_own(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("word " * 5000)])
    view.begin_edit("u0")
    dialog = view.findChild(PastedDialog)
    assert dialog is not None
    with qtbot.waitSignal(view.edit_submitted) as told:
        dialog.field.setPlainText("short")
        dialog.accept()
    assert told.args == ["u0", "short"]


def test_a_long_paste_moves_to_a_window_of_its_own_with_what_was_written(
    view: ChatView, qtbot: QtBot
) -> None:
    view.set_messages([user("🙂 before after")])
    view.begin_edit("u0")
    cursor = field(view).textCursor()
    cursor.setPosition(len("🙂 before ".encode("utf-16-le")) // 2)
    field(view).setTextCursor(cursor)
    QGuiApplication.clipboard().setText("x" * 30_000)
    field(view).paste()
    dialog = view.findChild(PastedDialog)
    assert dialog is not None
    assert dialog.field.toPlainText() == "🙂 before " + "x" * 30_000 + "after"
    dialog.reject()
    assert not [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, EditRow)]


# Thinking opens and closes


THOUGHTS = "\n\n".join(f"thought {i}" for i in range(12))


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that wants things to move."""
    monkeypatch.setattr("slipstream.ui.chat.unfold.motion_wanted", lambda _widget: True)


def test_thinking_is_seen_to_open_over_what_already_stands(
    view: ChatView, qtbot: QtBot, moving: None
) -> None:
    view.set_messages([user("Q"), answer("Short answer.", thinking=THOUGHTS)])
    closed = view.canvas.viewport().grab().toImage()
    view._on_thinking_toggled("a0")
    play = view.findChild(Unfold)
    assert play is not None
    head = view.canvas.turns[1].rows[0]
    assert view.canvas.turns[1].rows[-1].y > head.y + 200  # laid out at once
    below = (0, play._top, play.width(), play.height() - play._top)
    assert play.grab().toImage().copy(*below) == closed.copy(*below)  # and seen to begin where it was
    qtbot.waitUntil(lambda: view.findChild(Unfold) is None)
    opened = view.canvas.viewport().grab().toImage()
    assert opened != closed
    view._on_thinking_toggled("a0")
    assert view.findChild(Unfold) is not None
    qtbot.waitUntil(lambda: view.findChild(Unfold) is None)


def test_whatever_moves_or_changes_the_paper_ends_the_play(
    view: ChatView, qtbot: QtBot, themes: ThemeManager, moving: None
) -> None:
    text = "\n\n".join(f"Paragraph {i} " + "word " * 60 for i in range(30))
    for change in (
        lambda: view.canvas.verticalScrollBar().setValue(40),
        lambda: themes.set_mode("dark"),
        lambda: view.resize(700, 500),
        lambda: view.add_message(user("More", 2)),
    ):
        view.set_messages([user("Q"), answer(text, thinking=THOUGHTS)])
        view.canvas.verticalScrollBar().setValue(0)
        view._on_thinking_toggled("a0")
        (play,) = [unfold for unfold in view.findChildren(Unfold) if unfold.isVisible()]
        change()
        assert not play.isVisible()
        qtbot.waitUntil(lambda: view.findChild(Unfold) is None)


def test_without_motion_it_is_open_at_once(view: ChatView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slipstream.ui.chat.unfold.motion_wanted", lambda _widget: False)
    view.set_messages([user("Q"), answer("Short answer.", thinking=THOUGHTS)])
    view._on_thinking_toggled("a0")
    assert view.findChild(Unfold) is None
    assert len(view.canvas.turns[1].rows) > 10


class Still(QProxyStyle):
    """A style in which nothing moves."""

    def styleHint(self, hint: QStyle.StyleHint, *more: object) -> int:
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, *more)  # type: ignore[call-overload]  # handed through


def test_a_style_in_which_nothing_moves_is_obeyed(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert motion_wanted(widget)
    style = Still("fusion")
    widget.setStyle(style)
    assert not motion_wanted(widget)
    widget.setStyle(None)


# The line above it


def test_the_summary_of_thinking() -> None:
    thinking = Thinking([])
    assert thinking.summary(live=True) == "Thinking…"
    thinking.add([TextPiece("a", Phase.THINK, "plain", i) for i in range(1200)])  # type: ignore[arg-type]  # its value
    assert thinking.summary(live=True) == "Thinking… 1,200 tokens"
    thinking.figures = ThoughtFigures(1201, 75.9, 15.84)
    assert thinking.summary(live=True) == "Thinking… 1 min 15 s · 1,201 tokens · 15.8 tokens/s"
    assert thinking.summary(live=False) == "Thought for 1 min 15 s · 1,201 tokens · 15.8 tokens/s"
    thinking.figures = ThoughtFigures(3, 0.4, None, ClosedBy.BUDGET)
    assert thinking.summary(live=False) == "Thought for 0 s · 1,200 tokens · ended by its budget"
    assert thinking.summary(live=False, short=True) == "Thought for 0 s · 1,200 tokens"
    assert Thinking([]).summary(live=False) == "Thinking"
