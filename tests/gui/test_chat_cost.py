"""What an update of a growing answer costs: flat, however long the answer already is.

The fast test counts what is made anew. The measured one (`-m bench`) streams 40,000 characters at the pace of
the window and prints times, painting included.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.core.chat import Role
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.rows import DocumentRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

SIZE = 40_000  # characters

BLOCKS = (
    "A paragraph of prose with **bold words**, `code` and a [link](https://example.org), going on for a while "
    "so that it takes three or four lines of the column, as the paragraphs of an answer usually do. It says "
    "little, but it says it in whole sentences, and then it ends.\n\n",
    "## A heading\n\n",
    "1. First point, with some words\n2. Second point, with `code`\n   - inner point\n   - another one\n\n",
    "```python\ndef f(x: int) -> int:\n    # a comment\n    return x * 2  # twice\n\n\nprint(f(21))\n```\n\n",
    "| name | value |\n|---|--:|\n| one | 1 |\n| two | 2 |\n| three | 3 |\n\n",
    "> A quote of a line or so, with *emphasis*.\n\n",
    "So that \\( x_1 = \\frac{1}{2} \\) holds, and\n\n\\[ \\boxed{42} \\]\n\n",
)


def long_answer(size: int = SIZE) -> str:
    rng = random.Random(7)
    text = ""
    while len(text) < size:
        text += rng.choices(BLOCKS, weights=(6, 1, 2, 2, 1, 1, 1))[0]
    return text[:size]


def chunks(text: str, size: int) -> Iterator[list[TextPiece]]:
    """Pieces of about four characters, gathered into updates of about `size`."""
    for start in range(0, len(text), size):
        part = text[start : start + size]
        yield [
            TextPiece(part[i : i + 4], Phase.ANSWER, Origin.ACCEPTED, (start + i) // 4)
            for i in range(0, len(part), 4)
        ]


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> ChatView:
    widget = ChatView(themes)
    qtbot.addWidget(widget)
    widget.resize(1000, 800)
    widget.show()
    widget.add_message(ShownMessage("u", Role.USER, "Tell me everything"))
    widget.begin_answer("a")
    return widget


def made(view: ChatView) -> int:
    """Documents written so far, of rows that are still there."""
    return sum(r.builds for turn in view.canvas.turns for r in turn.rows if isinstance(r, DocumentRow))


def test_an_update_makes_only_the_last_rows_anew(view: ChatView) -> None:
    costs = []
    for pieces in chunks(long_answer(), 66):
        before = made(view)
        view.pacing.cost_ms = 0.0  # every update is shown at once
        view.append(pieces)
        costs.append(made(view) - before)
    third = len(costs) // 3
    assert max(costs) <= 8
    assert statistics.mean(costs[-third:]) < 1.5 * statistics.mean(costs[:third])
    rows = [row for row in view.canvas.turns[-1].rows if isinstance(row, CodeRow)]
    assert len(rows) > 20
    for row in rows[:-1]:
        assert row.lines_coloured == row.leaf.text.count("\n")
    view.finish_answer()


def test_open_code_is_written_once(view: ChatView) -> None:
    for pieces in chunks("```python\n" + "x = [1, 2, 3]  # a line\n" * 400, 66):
        view.pacing.cost_ms = 0.0
        view.append(pieces)
    (row,) = view.canvas.turns[-1].rows
    assert isinstance(row, CodeRow)
    assert row.builds == 1
    assert row.lines_coloured == 399  # the last line break is held back: it may be the fence's own
    view.finish_answer()


@pytest.mark.bench
@pytest.mark.parametrize("kind", ["mixed", "code", "prose", "table", "tokens"])
def test_time_of_an_update(view: ChatView, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Median < 3 ms and p95 < 8 ms per update and repaint, at the end as at the start.

    Judged by the time the window's thread worked, so that a busy machine does not decide; both are printed.
    """
    text = {
        "mixed": long_answer(),
        "tokens": long_answer(),
        "code": "```python\n" + "x = [1, 2, 3]  # a line of code\n" * (SIZE // 32),
        "prose": "word and word, " * (SIZE // 15),
        "table": "| a | b |\n|---|---|\n" + "| some words | other words |\n" * 200,
    }[kind]
    view.set_show_tokens(kind == "tokens")
    QApplication.processEvents()
    times, waited = [], []
    for pieces in chunks(text, 40):  # 10 tokens an update: 300 tokens/s
        view.pacing.cost_ms = 0.0
        began, clock = time.thread_time(), time.perf_counter()
        view.append(pieces)
        QApplication.processEvents()
        times.append((time.thread_time() - began) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    view.finish_answer()
    tenth = len(times) // 10
    marks = statistics.quantiles(times, n=100)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind}: {len(times)} updates, median {marks[49]:.2f} ms, p95 {marks[94]:.2f}, p99 {marks[98]:.2f}, "
            f"max {max(times):.1f}; first tenth {statistics.median(times[:tenth]):.2f}, "
            f"last tenth {statistics.median(times[-tenth:]):.2f}; by the clock: median "
            f"{statistics.median(waited):.2f}, p95 {statistics.quantiles(waited, n=20)[18]:.2f}\n"
        )
    # One table of 200 rows is laid out whole by Qt; there, the view waits between updates instead.
    if kind != "table":
        assert marks[49] < 3
        assert marks[94] < 8


@pytest.mark.parametrize("show_tokens", [False, True], ids=["markdown", "tokens"])
def test_what_is_not_painted_again_was_right_already(view: ChatView, *, show_tokens: bool) -> None:
    """Streaming scrolls the picture and paints only what is new: the same must come out as of painting all."""
    view.canvas._caret.beat.setInterval(
        1_000_000
    )  # a caret that blinks between the two pictures would differ
    view.set_show_tokens(show_tokens)
    text = long_answer(6000) + "```\n" + "a long line of code " * 20 + "\nx\n" * 40
    for number, pieces in enumerate(chunks(text, 50)):
        view.pacing.cost_ms = 0.0
        view.append(pieces)
        QApplication.processEvents()
        if number % 6 == 0:
            on_screen = view.screen().grabWindow(view.winId()).toImage()
            assert on_screen == view.grab().toImage().convertToFormat(on_screen.format()), number
    view.finish_answer()
