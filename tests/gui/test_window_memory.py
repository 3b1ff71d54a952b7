"""The file where the window keeps where it was, after somebody else wrote into it: the window opens all the same."""

import random

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter
from window_desk import open_window

from slipstream.ui.window.memory import WindowMemory

WORDS = {
    "garbage": "geometry=@ByteArray(\\0\\1garbage)\nsplitter=zzz\nsidebar=maybe\nconversation=\u00b2\nfolded=a, b",
    "large": "conversation=99999999999999999999999\nfolded=[[[[\nunsent=x, y\nsidebar=@Rect(1 2 3 4)",
    "deep": f'folded="{"[" * 50_000}"\nconversation=-5',
    "bytes": "conversation=@ByteArray(12)\nfolded=@ByteArray([1])\nunsent=@ByteArray(abc)\nsidebar=@ByteArray(on)",
    **{
        f"noise {seed}": "".join(map(chr, random.Random(seed).choices(range(1, 0x2FF), k=2000)))
        for seed in range(5)
    },
}


@pytest.mark.parametrize("words", WORDS)
def test_whatever_stands_in_it_is_left_aside(qtbot, tmp_path, words):
    path = tmp_path / "window.ini"
    path.write_text(f"[General]\n{WORDS[words]}\n", "utf-8")
    memory = WindowMemory(path)
    window, splitter = QMainWindow(), QSplitter()
    qtbot.addWidget(window)
    qtbot.addWidget(splitter)
    memory.restore(window, splitter, QAction(), QAction())
    assert isinstance(memory.unsent, str)
    assert memory.conversation is None or memory.conversation < 2**63
    assert all(isinstance(name, str) for name in memory.folded)
    memory.keep_conversation(7)
    memory.keep_unsent("text")
    assert (memory.conversation, memory.unsent) == (7, "text")


def test_the_window_opens(qtbot, tmp_path, themes):
    for config in (tmp_path / "config", tmp_path / "data", tmp_path / "cache"):
        config.mkdir(parents=True)
        (config / "window.ini").write_text(f"[General]\n{WORDS['deep']}\n", "utf-8")
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("hello")
        assert desk.desk.answers
