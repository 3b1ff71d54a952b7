"""A paragraph that grows by plain words is written on; it must read as if all of it had been written anew."""

import random

import pytest
from chat_hands import open_view, piece, stream
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.inline import reads_on
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.sections import MarkdownSection
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

TEXTS = [
    "Plain words, with **bold ones**, `code` and a [link](https://example.org/a_b), that go on and on. And on.",
    "An open **bold that stays open, an open `code too, and *emphasis* at last",
    "See https://example.org/path?q=1, or http://a.b.c; then costs of $5 and $6, and x < y > z &amp; &lt; end",
    r"So \\( x_1 \\), and \\(y\\); then $z$, or \\[ w \\] and more words, and 5 \\* 3 is not emphasis",
    "A [reference], and [another one][reference] with words behind (in brackets) and <br /> a break <br> here\n\n"
    "[reference]: https://example.org\n\nMore words that come after it",
    "## A heading with `code` in it\n\n- an item of a list, **bold** and long\n- another (one) words\n\n> quotes",
    "\u05e9\u05dc\u05d5\u05dd words from the right, and `code` among them, with more words behind",
]


def look_of(document: QTextDocument) -> list[tuple[str, object]]:
    """Its stretches of one format, with what can be seen of that; neighbours that look alike are one."""
    found: list[tuple[str, object]] = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment, form = fragments.fragment(), fragments.fragment().charFormat()
            look = (
                form.font().toString(),
                form.foreground().color().name(),
                form.anchorHref(),
                form.isAnchor(),
            )
            if found and found[-1][1] == look:
                found[-1] = found[-1][0] + fragment.text(), look
            else:
                found.append((fragment.text(), look))
            fragments += 1
        block = block.next()
    return found


@pytest.mark.parametrize("number", range(len(TEXTS)))
@pytest.mark.parametrize("seed", range(4))
def test_written_on_as_written_anew(qtbot: QtBot, themes: ThemeManager, number: int, seed: int) -> None:
    text, rng = TEXTS[number], random.Random(seed)
    with open_view(qtbot, themes) as view:
        section, done = MarkdownSection(view.canvas.look), 0
        while done < len(text):
            size = rng.randint(1, 9)
            section.feed(text[done : done + size])
            done += size
            anew = [LeafRow(row.look, row.leaf) for row in section.rows if isinstance(row, LeafRow)]
            for row, other in zip(section.rows, anew, strict=True):
                assert isinstance(row, LeafRow)
                row.lay_out(700)
                other.open, other.references = row.open, row.references
                assert look_of(row.ensure()) == look_of(other.ensure()), text[:done]


def test_most_of_running_text_is_written_on(qtbot: QtBot, themes: ThemeManager) -> None:
    with open_view(qtbot, themes) as view:
        view.begin_answer("a0")
        for _ in range(40):
            stream(view, piece("and more words, "))
        (row,) = view.canvas.turns[-1].rows
        assert isinstance(row, LeafRow)
        assert row.builds == 1
        view.finish_answer()


def test_what_stands_before_decides() -> None:
    assert reads_on("Some words", " and more")
    assert not reads_on("Some `words", " and more")
    assert not reads_on("[a](b", ") and")
    assert not reads_on("see https:", "//a.b")
    assert not reads_on(r"\\(x\\)", ", so")


def test_a_tall_block_of_code_stays_in_place_when_a_paragraph_begins_below(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("```\n" + "line\n" * 200))
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() - 400)
    before = bar.value()
    stream(view, piece("```\n\nWords below it, and more of them\n\nAnd a second paragraph"))
    assert bar.value() == before
    view.finish_answer()


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager):
    with open_view(qtbot, themes) as view:
        yield view
