"""The examples of the CommonMark specification through the renderer, however they are cut, and laid out.

The set-up of the tests fetches the specification's examples (packaging/steps/test_data.py); they are not kept here
(CC BY-SA 4.0, not ours). What HTML they should become is not compared.
"""

import json
import random

import pytest
from markdown_it.token import Token
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from steps.test_data import COMMONMARK

from slipstream.ui.chat.leaves import Flattener, Leaf
from slipstream.ui.chat.look import Look, make_look
from slipstream.ui.chat.markdown import PARSER, MarkdownStream, read_markdown
from slipstream.ui.chat.sections import MarkdownSection
from slipstream.ui.theme import LIGHT

FILE = COMMONMARK.folder / "commonmark.json"
EXAMPLES = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []
TEXTS = {example["example"]: example["markdown"] for example in EXAMPLES}
WIDTHS = (680, 120)

pytestmark = pytest.mark.skipif(not EXAMPLES, reason=f"{FILE.name} could not be fetched")


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Look:
    return make_look(LIGHT)


def in_pieces(text: str, rng: random.Random | None) -> list[Leaf]:
    """The leaves of a text that comes in pieces; what was told final must stay as it was."""
    growing = MarkdownStream()
    before: list[Leaf] = []
    position = 0
    while position < len(text):
        size = rng.choice([1, 2, 3, 5, 9, 20]) if rng else 1
        first = growing.feed(text[position : position + size])
        assert before[:first] == growing.leaves[:first]
        before = list(growing.leaves)
        position += size
    first = growing.finish()
    assert before[:first] == growing.leaves[:first]
    return growing.leaves


def at_once(text: str) -> list[Leaf]:
    """The leaves of the parser's own tokens, without anything that is made for text that grows."""
    tokens: list[Token] = []
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    PARSER.block.parse(source, PARSER, {}, tokens)
    return [leaf for _, leaf in Flattener(source.split("\n"), None, True, 0).walk(tokens)]


def test_all_examples_are_here() -> None:
    assert len(TEXTS) >= 650
    assert all(isinstance(text, str) for text in TEXTS.values())


@pytest.mark.parametrize("number", TEXTS)
def test_the_leaves_are_the_same_however_it_is_cut(number: int) -> None:
    whole = read_markdown(TEXTS[number])
    assert whole == at_once(TEXTS[number])
    assert in_pieces(TEXTS[number], None) == whole
    for seed in range(3):
        assert in_pieces(TEXTS[number], random.Random(seed)) == whole


def test_all_examples_as_one_text() -> None:
    text = "\n\n".join(TEXTS.values())
    assert in_pieces(text, random.Random(1)) == read_markdown(text)


@pytest.mark.parametrize("number", TEXTS)
def test_it_is_laid_out_and_drawn(number: int, look: Look) -> None:
    text = TEXTS[number]
    section = MarkdownSection(look)
    image = QImage(WIDTHS[0], 100, QImage.Format.Format_RGB32)
    for start in range(0, len(text), 7):
        section.feed(text[start : start + 7])
        for row in section.rows:
            if not row.ready:
                row.lay_out(WIDTHS[0])
    section.finish()
    painter = QPainter(image)
    for row in section.rows:
        for width in WIDTHS:
            row.lay_out(width)
            assert row.height >= 0
            row.paint(painter, QRectF(0, 0, width, 100), None)
        assert isinstance(row.text((0, row.length)), str)
        assert len(row.searchable()) in (0, row.length, row.length + 1)
    painter.end()
