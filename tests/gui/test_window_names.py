"""Names nobody would choose: tags, ampersands, line breaks, other directions, bytes that are no text, 200 letters.

A name is shown as it is, on one line, and means nothing: neither to Qt, nor to the eye of the reader.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument
from window_desk import open_window

from slipstream.bridge.pair import PairState
from slipstream.bridge.tips import plain_tip
from slipstream.ui.window.labels import ElidedLabel, as_label

NAMES = [
    "<img src='file:///etc/passwd'> <b>bold</b>",
    "R&D &amp; more",
    "first line\nsecond line\ttab",
    "abc\u202egnp.exe",
    os.fsdecode(b"caf\xe9 \xff"),
    "x" * 200,
]


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def read(tip: str) -> str:
    """What a tooltip shows: Qt guesses what it is."""
    document = QTextDocument()
    if Qt.mightBeRichText(tip):
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    return document.toPlainText()


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:24])
def test_a_model_of_any_name_is_loaded_and_listed(desk, name):
    folder = desk.desk.paths.data / "m"
    folder.mkdir()
    path = folder / f"{name.replace('/', '_')}.gguf"
    path.write_bytes(desk.desk.model.read_bytes())
    desk.session.choose_target(path)
    desk.wait(lambda: desk.session.pair.state is PairState.READY and desk.session.pair.target == path)
    bar = desk.window.bar
    for shown in (bar.target.value(), desk.session.status.sentence):
        assert shown.isprintable()
    assert "/" in read(bar.target.toolTip())  # the path, as text
    assert not read(bar.target.toolTip()).endswith("\ufffc")  # the place of a picture
    actions = desk.menu(bar.target)
    (label,) = [text for text in actions if text == as_label(path.stem)]
    assert label.isprintable()
    assert label.count("&") == 2 * path.stem.count("&")
    assert actions[label].isEnabled()
    desk.say("hello")
    assert desk.desk.answers
    desk.session.choose_draft(str(path))
    desk.wait(lambda: desk.session.pair.state is PairState.READY)


def test_a_recent_model_that_may_not_be_looked_at_is_greyed(desk):
    gone = ["/" + "x" * 300 + ".gguf", "/nul\0.gguf", str(Path("/dev/null/x.gguf"))]
    desk.session.preferences.update(recent_models=tuple(gone))
    actions = desk.menu(desk.window.bar.target)
    for name in gone:
        assert not actions[as_label(Path(name).stem)].isEnabled()


@pytest.mark.parametrize(
    "text",
    [
        *NAMES[:4],
        "a < b",
        "if x<y and y>z\nnext line",
        "x &lt;b&gt; y",
        "<qt>page</qt>",
        "<!DOCTYPE html>",
        "</p>",
    ],
)
def test_a_tooltip_shows_every_letter(text):
    assert read(plain_tip(text)).split() == text.split()


def test_a_label_has_its_whole_text_in_its_tooltip(qtbot):
    label = ElidedLabel("<h1>title</h1> of a conversation")
    qtbot.addWidget(label)
    assert read(label.toolTip()) == "<h1>title</h1> of a conversation"
