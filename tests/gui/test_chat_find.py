"""Find in the conversation: everywhere, marked, counted, gone through, and never in the way of a keystroke."""

import gc
import sys
import time
from collections.abc import Iterator

import pytest
from chat_hands import SHIFT, answer, clipboard, key, open_view, piece, rows, select, selected, stream, user
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.core.metrics import Phase
from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.findbar import FindBar
from slipstream.ui.chat.findtext import Needle
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import LIGHT, ThemeManager

WAIT_MS = 10_000


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


def bar(view: ChatView) -> FindBar:
    return view.finding.bar


def find(view: ChatView, qtbot: QtBot, text: str) -> str:
    """Open the bar, type, and wait until everything was read; what is said of the hits."""
    view.finding.open()
    bar(view).field.clear()
    if text.isascii():
        QTest.keyClicks(bar(view).field, text)
    else:  # which QTest cannot type
        bar(view).field.setText(text)
    return counted(view, qtbot)


def counted(view: ChatView, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: view.finding.finder._job is None, timeout=WAIT_MS)
    return bar(view).count.text()


def in_sight(view: ChatView) -> tuple[Row, tuple[int, int]]:
    """The row and the characters that are marked as the current hit."""
    view.grab()
    found = [row for row in rows(view) if row.marks.current is not None]
    assert len(found) == 1
    return found[0], found[0].marks.current


@pytest.mark.parametrize(
    ("text", "needle", "hits"),
    [
        ("plain words, more Words", "words", 2),
        ("over **bold** marks", "over bold marks", 1),
        ("```py\nlong_name = 1\n# long_name\n```", "LONG_name", 2),
        ("| a | b |\n|---|---|\n| cell one | two |\n| three | cell four |", "cell", 2),
        ("# Head line\n\n- item one\n  - inner one\n\n> quoted one", "one", 3),
        ("two\nlines", "two lines", 1),
        ("a *b* `c` d", "a b c d", 1),
        ("smile 🙂 and more 🙂", "🙂", 2),
        ("İstanbul and istanbul", "istanbul", 1),
        ("aaaa", "aa", 2),
        ("nothing here", "elsewhere", 0),
    ],
)
def test_it_is_found_in_what_is_shown(
    view: ChatView, qtbot: QtBot, text: str, needle: str, hits: int
) -> None:
    view.set_messages([answer(text)])
    said = find(view, qtbot, needle)
    assert said == (f"1 of {hits}" if hits else "Nothing found")
    view.grab()
    assert sum(len(row.marks.found) for row in rows(view)) == hits


def test_marks_stand_on_the_characters_that_were_found(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("Where is 🙂 it?"), answer("Here **it** is")])
    assert find(view, qtbot, "it") == "1 of 2"
    view.grab()
    texts = [(row.searchable()[a:b], row.text((a, b))) for row in rows(view) for a, b in row.marks.found]
    assert texts == [("it", "it"), ("it", "it")]


def test_hits_are_gone_through_in_reading_order_and_around(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("one"), answer("two one\n\nand **one** more", thinking="not 1")])
    assert find(view, qtbot, "one") == "1 of 3"
    field = bar(view).field
    seen = []
    for _ in range(4):
        row, (start, _) = in_sight(view)
        seen.append((rows(view).index(row), start, bar(view).count.text()))
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert [said for *_, said in seen] == ["1 of 3", "2 of 3", "3 of 3", "1 of 3"]
    assert [place for *place, _ in seen] == [*sorted(place for *place, _ in seen[:3]), list(seen[0][:2])]
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert bar(view).count.text() == "3 of 3"


def test_the_current_hit_is_stronger_than_the_others(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("word word")])
    find(view, qtbot, "word")
    picture = view.canvas.viewport().grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(120)}
    assert QColor(LIGHT.found).name() in colours
    assert QColor(LIGHT.found_now).name() in colours


def test_match_case(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("Word word WORD")])
    assert find(view, qtbot, "word") == "1 of 3"
    bar(view).case.click()
    assert counted(view, qtbot) == "1 of 1"
    bar(view).case.click()
    assert counted(view, qtbot).endswith("of 3")


def test_folded_thinking_is_searched_and_unfolds_when_the_hit_is_there(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("Q"), answer("The answer", thinking="A needle\n\nin a haystack")])
    turn = view.canvas.turns[1]
    assert find(view, qtbot, "needle") == "1 of 1"
    assert turn.unfolded
    row, stretch = in_sight(view)
    assert row.text(stretch) == "needle"
    assert row.look.text == LIGHT.muted


def test_hits_in_folded_thinking_count_without_unfolding_it(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("needle"), answer("The answer", thinking="A needle")])
    view.canvas.verticalScrollBar().setValue(0)
    assert find(view, qtbot, "needle") == "1 of 2"
    assert not view.canvas.turns[1].unfolded


def test_a_long_question_unfolds(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("A sentence. " * 600 + "The needle. " + "More. " * 600), answer("Yes")])
    assert find(view, qtbot, "needle") == "1 of 1"
    assert view.canvas.turns[0].unfolded
    row, stretch = in_sight(view)
    assert row.text(stretch) == "needle"


def test_what_is_edited_is_not_searched_until_it_is_text_again(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("A needle?"), answer("The needle", thinking="no needle")])
    assert find(view, qtbot, "needle") == "1 of 3"
    for message, left in (("u0", 2), ("a0", 2)):
        view.begin_edit(message)
        qtbot.waitUntil(lambda left=left: counted(view, qtbot).endswith(f"of {left}"), timeout=WAIT_MS)
        view.finding.next()
        view.grab()
        view._editing.end(message)
        qtbot.waitUntil(lambda: counted(view, qtbot).endswith("of 3"), timeout=WAIT_MS)


def test_the_hit_is_scrolled_to_however_far_away(view: ChatView, qtbot: QtBot) -> None:
    text = "\n\n".join(["short", "long " * 150, "```\n" + "code\n" * 15 + "```"] * 4)
    messages = [m for i in range(40) for m in (user("Question?", i), answer(text, i))]
    messages[5] = answer(text + "\n\nThe needle is here.\n\n" + text, 2)
    view.set_messages(messages)
    assert find(view, qtbot, "needle") == "1 of 1"
    row, stretch = in_sight(view)
    rect = row.rects(stretch)[0]
    turn = view.canvas.turns[5]
    y = turn.y + row.y + rect.top() - view.canvas.top
    assert 40 < y < view.canvas.viewport().height() - 40
    assert not view.canvas.pinned


def test_wide_code_is_scrolled_sideways_to_the_hit(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("```\n" + "long " * 100 + "needle\n```")])
    find(view, qtbot, "needle")
    code, stretch = in_sight(view)
    assert isinstance(code, CodeRow)
    rect = code.rects(stretch)[0]
    assert 0 < rect.left() < rect.right() < code.width


def test_what_streams_is_found_too(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    stream(view, piece("The word is "))
    assert find(view, qtbot, "word") == "1 of 1"
    stream(view, piece("a word,\n\nanother word"), piece("\n\n```\nword"))
    qtbot.waitUntil(lambda: bar(view).count.text() == "1 of 4", timeout=WAIT_MS)
    stream(view, piece("\n```\n\nno more"))
    view.finish_answer()
    assert bar(view).count.text() == "1 of 4"
    row, _stretch = in_sight(view)
    assert row is rows(view, LeafRow)[0]


def test_thinking_that_streams_folded_is_found(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    stream(view, piece("A needle", Phase.THINK))
    view.set_progress("")
    assert find(view, qtbot, "needle") == "1 of 1"
    view._on_thinking_toggled("a0")
    stream(view, piece(" and a needle", Phase.THINK))
    qtbot.waitUntil(lambda: bar(view).count.text() == "1 of 2", timeout=WAIT_MS)
    stream(view, piece("Done"))
    view.finish_answer()


def test_tokens_are_searched_as_they_are_shown(view: ChatView, qtbot: QtBot) -> None:
    pieces = tuple(piece(text, token=i) for i, text in enumerate(("so **", "bo", "ld** it", " is")))
    view.set_messages([answer("so **bold** it is", pieces=pieces)])
    assert find(view, qtbot, "bold") == "1 of 1"
    view.set_show_tokens(True)
    assert counted(view, qtbot) == "1 of 1"
    assert find(view, qtbot, "**bold**") == "1 of 1"
    view.set_show_tokens(False)
    assert counted(view, qtbot) == "Nothing found"


def test_closing_leaves_the_hit_selected(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("first second third")])
    find(view, qtbot, "second")
    QTest.keyClick(bar(view).field, Qt.Key.Key_Escape)
    assert bar(view).isHidden()
    assert selected(view) == "second"
    view.grab()
    assert not any(row.marks.found for row in rows(view))
    key(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "second"


def test_the_bar_begins_with_what_is_selected(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("first second first")])
    select(view, (0, 0, 0), (0, 0, 5))
    view.finding.open()
    assert bar(view).field.text() == "first"
    assert counted(view, qtbot) == "1 of 2"
    bar(view).close_bar()
    select(view, (0, 0, 0), (0, 0, 0))
    view.finding.next()
    assert bar(view).field.text() == "first"
    assert not bar(view).isHidden()


def test_changes_of_the_conversation_are_followed(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("word"), answer("word word")])
    assert find(view, qtbot, "word") == "1 of 3"
    view.remove_message("a0")
    assert counted(view, qtbot) == "1 of 1"
    view.add_message(answer("a word more", 1))
    assert counted(view, qtbot).endswith("of 2")
    view.set_messages([user("nothing")])
    assert counted(view, qtbot) == "Nothing found"


def test_the_bar_stands_inside_a_narrow_window(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("text")])
    view.finding.open()
    for width in (900, 380, 300):
        view.resize(width, 500)
        QApplication.processEvents()
        assert view.rect().contains(bar(view).geometry())


def test_every_control_of_the_bar_has_a_name_and_is_reached_by_tab(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("word")])
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    find(view, qtbot, "word")
    names = [QApplication.focusWidget().accessibleName()]
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Find in this conversation", "Match case", "Previous hit", "Next hit", "Close"]


PLACES = ["shown", "never in sight", "folded thinking"]


def longest_wait(view: ChatView, where: str) -> float:
    """Type a word over 40,000 characters; the longest the thread works in one go, s. The program was warm."""
    paragraph = "A paragraph with **bold words**, `code`, and some more of them to read. "
    code = "```python\n" + "x = [1, 2]  # code\n" * 12 + "```"
    text = "\n\n".join([paragraph * 5, "- item\n- item two", code] * 75)[:40_000]
    view.set_messages([answer(paragraph + "\n\n" + code)])
    view.grab()
    if where == "folded thinking":
        view.set_messages([user("Q"), answer("Short", thinking=text)])
    else:
        after = [answer("x\n\n" * 200, 1)] if where == "never in sight" else []
        view.set_messages([user("Q"), answer(text), *after])
    view.finding.open()
    finder = view.finding.finder
    times = []
    gc.collect()
    gc.disable()  # the window collects when it is idle
    for char in "words":
        began = time.thread_time()
        QTest.keyClicks(bar(view).field, char)
        times.append(time.thread_time() - began)
        while finder._job is not None:
            began = time.thread_time()
            finder._on_slice()
            times.append(time.thread_time() - began)
    gc.enable()
    assert " of " in bar(view).count.text()
    return max(times)


@pytest.mark.parametrize("where", PLACES)
def test_no_keystroke_waits(view: ChatView, where: str) -> None:
    """A wide limit, for a busy machine: all at once would take ten times that."""
    assert longest_wait(view, where) < 0.05


@pytest.mark.bench
@pytest.mark.parametrize("where", PLACES)
def test_time_of_a_keystroke(view: ChatView, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Less than 16 ms of the window's thread, also where the hit is far away and has to be laid out."""
    longest = longest_wait(view, where)
    with capsys.disabled():
        sys.stdout.write(f"\nfinding, {where}: at most {longest * 1000:.1f} ms at once\n")
    assert longest < 0.016


def test_a_needle_is_case_blind_unless_told(qtbot: QtBot) -> None:
    assert Needle("ÄÖ", match_case=False).find("äö ÄÖ") == [(0, 2), (3, 5)]
    assert Needle("ÄÖ", match_case=True).find("äö ÄÖ") == [(3, 5)]
    assert Needle("a\u00a0b", match_case=True).find("a b") == [(0, 3)]
    assert not Needle("", match_case=True)
