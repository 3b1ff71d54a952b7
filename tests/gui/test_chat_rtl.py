"""Text from right to left: in bubbles, lists, quotes, headings, beside code and in it."""

from collections.abc import Iterator

import pytest
from chat_hands import answer, open_view, rows, user
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.rows import DocumentRow, Row
from slipstream.ui.chat.sections import PlainRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import LIGHT, ThemeManager

HEBREW = "שלום עולם"
ARABIC = "مرحبا بالعالم"


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


def text_edges(row: Row) -> tuple[float, float]:
    """Left and right edge of a row's first line of text."""
    assert isinstance(row, DocumentRow)
    rect = row.rects((0, row.length))[0]
    return rect.left(), rect.right()


def inked(view: ChatView, row: Row, left: float, right: float, colour: str) -> bool:
    """Whether something of this colour is drawn between two edges of a row."""
    turn = next(turn for turn in view.canvas.turns if row in turn.rows)
    column, _ = view.canvas.column()
    picture: QImage = view.canvas.viewport().grab().toImage()
    top = turn.y + row.y - view.canvas.top
    wanted = QColor(colour)
    return any(
        _near(picture.pixelColor(x, y), wanted)
        for x in range(round(column + row.x + left), round(column + row.x + right))
        for y in range(top, top + row.height)
    )


def _near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 60


@pytest.mark.parametrize("words", [HEBREW, ARABIC])
def test_a_question_stands_at_the_right_of_its_bubble(view: ChatView, words: str) -> None:
    view.set_messages([user(f"{words}\n{words} {words}\nend")])
    (row,) = rows(view, PlainRow)
    assert isinstance(row, PlainRow)
    right = max(rect.right() for rect in row.rects((0, row.length)))
    first = row.rects((0, len(words)))[0]
    assert row.rtl
    assert right - first.right() < 2
    assert row.x + row.natural <= view.canvas.turns[0].width


@pytest.mark.parametrize("words", [HEBREW, ARABIC])
def test_paragraphs_headings_and_quotes_begin_on_the_right(view: ChatView, words: str) -> None:
    view.set_messages([answer(f"## {words}\n\n{words}\n\n> {words}")])
    heading, paragraph, quote = rows(view, LeafRow)
    for row, indent in ((heading, 0), (paragraph, 0), (quote, quote.indent())):
        assert row.width - indent - text_edges(row)[1] < 4
    assert inked(view, quote, quote.width - 4, quote.width, LIGHT.border)
    assert not inked(view, quote, 0, 4, LIGHT.border)


def test_markers_stand_on_the_side_the_text_begins(view: ChatView) -> None:
    view.set_messages([answer(f"1. {HEBREW}\n   - {HEBREW}\n2. plain\n\n- [x] {HEBREW}\n- [ ] plain")])
    first, inner, plain, done, open_task = rows(view, LeafRow)
    for row in (first, inner):
        assert row.width - row.indent() - text_edges(row)[1] < 4
        assert inked(view, row, text_edges(row)[1] + 1, row.width, LIGHT.muted)
        assert not inked(view, row, 0, row.indent() - 2, LIGHT.muted)
    assert inked(view, plain, 0, plain.indent() - 2, LIGHT.muted)
    assert inked(view, done, done.width - done.indent(), done.width, LIGHT.accent)
    assert not inked(view, done, 0, done.indent(), LIGHT.accent)
    assert inked(view, open_task, 0, open_task.indent(), LIGHT.muted)


def test_code_runs_from_the_left_whatever_it_says(view: ChatView) -> None:
    view.set_messages([answer(f"```python\n# {HEBREW}\nx = 1\n```\n\n- {HEBREW}\n\n  ```\n  y = 2\n  ```")])
    alone, inside = rows(view, CodeRow)
    assert isinstance(alone, CodeRow)
    assert isinstance(inside, CodeRow)
    assert not alone.rtl
    start = alone.searchable().index("x")
    assert alone.rects((start, start + 1))[0].left() == alone.origin().x()
    # The block of an item keeps clear of its side, and of that only.
    assert inside.control().rect.left() == 0
    assert inside.control().rect.right() < inside.width - inside.indent() + 1
    assert inside.rects((0, 1))[0].left() == inside.origin().x()


def test_code_in_a_sentence_stays_in_order(view: ChatView) -> None:
    """Brackets with nothing in them would go to the other side of the word."""
    view.set_messages([answer(f"{HEBREW} `print()` {HEBREW}")])
    (row,) = rows(view, LeafRow)
    words = row.searchable()
    places = [
        row.caret(words.index(char)).x() for char in "rint()"
    ]  # a caret before "p" stands behind it all
    assert places == sorted(places)
    assert row.text((0, row.length)) == f"{HEBREW} print() {HEBREW}"


def test_mixed_directions_are_hit_where_they_are_seen(view: ChatView) -> None:
    view.set_messages([answer(f"{HEBREW} and words {HEBREW}")])
    (row,) = rows(view, LeafRow)
    for position in (1, len(HEBREW) + 3, row.length - 2):
        rect = row.rects((position, position + 1))[0]
        hit = row.hit(QPointF(rect.center().x(), rect.center().y()))
        assert hit in (position, position + 1)
