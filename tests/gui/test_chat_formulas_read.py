"""Drawn formulas are text to whoever reads: they are found, copied as Markdown, and there again behind the tokens."""

from collections.abc import Iterator

import pytest
from chat_hands import answer, clipboard, formulas_at_work, open_view, rows, select, selected
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.bridge.formula_thread import FormulaThread
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.ui.chat.documents import OBJECT
from slipstream.ui.chat.formularow import FormulaRow
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.tablerow import TableRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

WAIT_MS = 30_000
TEXT = r"So \( \frac{a}{b} \), and word after word."


@pytest.fixture(scope="module")
def thread(qapp: QApplication) -> Iterator[FormulaThread]:
    with formulas_at_work() as thread:
        yield thread


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager, thread: FormulaThread) -> ChatView:
    with open_view(qtbot, themes, formulas=thread) as view:
        return view


def drawn(qtbot: QtBot, view: ChatView) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not any(row.waiting and row.ready for row in rows(view)), timeout=WAIT_MS)


def find(qtbot: QtBot, view: ChatView, text: str) -> str:
    view.finding.open()
    view.finding.bar.field.clear()
    QTest.keyClicks(view.finding.bar.field, text)
    qtbot.waitUntil(lambda: view.finding.finder._job is None, timeout=WAIT_MS)
    return view.finding.bar.count.text()


def in_sight(view: ChatView) -> tuple[Row, tuple[int, int]]:
    """The row and the characters that are marked as the current hit."""
    view.grab()
    ((row, stretch),) = [(row, row.marks.current) for row in rows(view) if row.marks.current is not None]
    return row, stretch


def test_words_behind_a_formula_are_marked_where_they_stand(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(TEXT)])
    drawn(qtbot, view)
    assert find(qtbot, view, "after") == "1 of 1"
    row, stretch = in_sight(view)
    assert OBJECT in row.ensure().toPlainText()
    assert row.text(stretch) == "after"


@pytest.mark.parametrize("text", [TEXT, r"\[ \frac{a}{b} \]", "| a |\n|---|\n| " + TEXT + " |"])
def test_a_drawn_formula_is_found_by_its_latex(qtbot: QtBot, view: ChatView, text: str) -> None:
    view.set_messages([answer(text)])
    drawn(qtbot, view)
    assert find(qtbot, view, "frac") == "1 of 1"
    row, (start, end) = in_sight(view)
    assert row.ensure().toRawText()[start:end] == OBJECT


def test_a_hit_stays_on_its_formula_when_the_drawing_comes(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(r"So \( \frac{late}{r} \) and late words.")])
    assert find(qtbot, view, "late") == "1 of 2"
    drawn(qtbot, view)
    row, (start, end) = in_sight(view)
    assert row.ensure().toRawText()[start:end] == OBJECT
    view.finding.next()
    row, stretch = in_sight(view)
    assert row.text(stretch) == "late"
    assert view.finding.bar.count.text() == "2 of 2"


@pytest.mark.parametrize(
    ("text", "start", "copied"),
    [
        (TEXT, 0, TEXT),
        (TEXT, 1, TEXT[1:]),
        (r"- \( x_1 \) **bold**", 1, " **bold**"),
        (r"\[ \frac{a}{b} \]", 0, r"\[ \frac{a}{b} \]"),
    ],
)
def test_copying_as_markdown_gives_latex(
    qtbot: QtBot, view: ChatView, text: str, start: int, copied: str
) -> None:
    view.set_messages([answer(text)])
    drawn(qtbot, view)
    (row,) = rows(view, LeafRow)
    select(view, (0, 0, start), (0, 0, row.length))
    view.copier.copy_markdown()
    assert clipboard() == copied


def test_a_message_as_plain_text_has_latex(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(TEXT + "\n\n**And** $x$.")])
    drawn(qtbot, view)
    view.copier.copy_message("a0", as_markdown=False)
    assert clipboard() == TEXT + "\n\nAnd $x$."


def test_formulas_that_come_while_tokens_are_shown_are_drawn_behind_them(
    qtbot: QtBot, view: ChatView
) -> None:
    source = r"Then \( \sqrt{kept} \) it is."
    view.set_messages([answer(source, pieces=(TextPiece(source, Phase.ANSWER, Origin.PLAIN, 0),))])
    (row,) = rows(view, LeafRow)
    assert row.waiting
    view.set_show_tokens(True)
    assert row not in rows(view)
    qtbot.waitUntil(lambda: OBJECT in row.ensure().toPlainText(), timeout=WAIT_MS)
    view.set_show_tokens(False)
    drawn(qtbot, view)
    select(view, (0, 0, 0), (0, 0, row.length))
    assert rows(view, LeafRow) == [row]
    assert selected(view) == source


def test_a_column_has_room_for_its_formula(qtbot: QtBot, view: ChatView) -> None:
    wide = r"$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8$"
    view.set_messages([answer(f"| formula | words |\n|---|---|\n| {wide} | {'word ' * 90} |")])
    drawn(qtbot, view)
    (row,) = rows(view, TableRow)
    text = row.ensure().toRawText()
    ((left, right),) = [
        (r.left(), r.right()) for r in row.rects((text.index(OBJECT), text.index(OBJECT) + 1))
    ]
    words = row.rects((text.index("word word"), text.index("word word") + 4))[0]
    assert right - left > 150
    assert right < words.left()


def test_a_formula_in_an_item_from_the_right_stands_in_the_item(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer("- שלום לך\n\n  \\[ x = \\tag{7} 1 \\]\n\n- $y$ שלום `f(x)`")])
    drawn(qtbot, view)
    (row,) = rows(view, FormulaRow)
    rect = row.rects((0, 1))[0]
    assert row.rtl
    assert row.paragraph_at(0) == (0, 1)
    assert rect.right() <= row.width - row.indent() + 1
