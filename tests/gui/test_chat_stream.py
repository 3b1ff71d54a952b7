"""10,000 tokens at 500 tokens/s, with code, tables, lists and maths, in the real window: what each update costs.

Run by `make bench TESTS=tests/gui/test_chat_stream.py`. The engine's events come as a GPU's do, through the
session's own outbox, 30 times a second; the live figures are open beside the conversation. What is measured is all
the time that the window's thread works from one update to the next: text, figures, status line, the last pixel.
"""

import random
import statistics
import sys
import time
from pathlib import Path

import pytest
from paced_engine import PacedEngine
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot
from window_desk import WindowDesk, open_window

from slipstream.core.metrics import Phase
from slipstream.ui.theme import ThemeManager

TOKENS, RATE = 10_000, 500
SIZE = 4  # characters a token: 40,000 in all
PLOTS = 5  # of the live figures; made one after another once the window is shown
MEDIAN_MS, P95_MS, P99_MS = 3.0, 8.0, 16.0
FEWEST = 450  # updates: 30 a second at most, when the next step has come
WAIT_MS = 60_000

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

BLOCKS = (
    "A paragraph of prose with **bold words**, `code` and a [link](https://example.org), going on for a while "
    "so that it takes three or four lines of the column, as the paragraphs of an answer usually do. It says "
    "little, but it says it in whole sentences, and then it ends.\n\n",
    "## A heading\n\n",
    "1. First point, with some words\n2. Second point, with `code`\n   - inner point\n   "
    "- [x] done\n   - [ ] open\n\n",
    "```python\ndef f(x: int) -> int:\n    # a comment\n    return x * 2  # twice\n\n\nprint(f(21))\n```\n\n",
    "| name | value | what it is |\n|---|--:|:-:|\n" + "| one | 1 | the **first** of them |\n" * 6 + "\n",
    "> A quote of a line or so, with *emphasis*.\n\n",
    "So that \\( x_1 = \\frac{1}{2} \\) holds for all $n > 3$, and\n\n"
    "\\[ \\boxed{\\sum_{i=1}^n i = \\frac{n(n+1)}{2}} \\]\n\n",
)
LONG_TABLE = "| n | square | cube |\n|--:|--:|--:|\n" + "".join(
    f"| {i} | {i**2} | {i**3} |\n" for i in range(2000)
)
LONG_CODE = "```python\n" + "def f(x: int) -> list[int]:\n    return [x, 2 * x]  # a pair\n\n" * 700
LONG_LIST = "".join(f"{i}. Point number {i}, with **some** words and `code` in it\n" for i in range(1, 900))


def mixed() -> str:
    rng = random.Random(7)
    text = ""
    while len(text) < TOKENS * SIZE:
        text += rng.choices(BLOCKS, weights=(6, 1, 2, 2, 1, 1, 2))[0]
    return text


class Updates(QObject):
    """The time the window's thread worked for each update, ms, and what a person did with the first."""

    def __init__(self, desk: WindowDesk, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._last = 0.0
        self.times: list[float] = []
        desk.session.chat.written.connect(self._on_written)

    @Slot(object)
    def _on_written(self, _pieces: object) -> None:
        now = time.thread_time()
        if self._last:
            self.times.append((now - self._last) * 1000)
        else:
            self._begin()
        self._last = now

    def _begin(self) -> None:
        view = self._desk.window.pane.view
        if self._kind == "thinking":
            view._on_thinking_toggled(view.canvas.turns[-1].id)
        elif self._kind == "finding":
            view.finding.open()
            view.finding.bar.field.setText("words")


@pytest.mark.parametrize(
    "kind", ["mixed", "thinking", "folded thinking", "tokens", "table", "code", "list", "finding"]
)
def test_a_long_answer_at_full_speed(
    qtbot: QtBot, themes: ThemeManager, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Median < 3 ms, p95 < 8 ms, p99 < 16 ms an update, in the last tenth as in the first."""
    text = {"table": LONG_TABLE, "code": LONG_CODE, "list": LONG_LIST}.get(kind) or mixed()
    phase = Phase.THINK if "thinking" in kind else Phase.ANSWER
    engine = PacedEngine(text=text[: TOKENS * SIZE], phase=phase, rate=RATE, size=SIZE, gpu_layers=99)
    with open_window(qtbot, tmp_path, themes, engine) as desk:
        desk.window.resize(1600, 1000)
        desk.session.preferences.update(show_tokens=kind == "tokens", max_tokens=TOKENS)
        qtbot.waitUntil(lambda: len(desk.window.dashboard.plots) == PLOTS, timeout=WAIT_MS)
        updates = Updates(desk, kind)
        desk.type("Tell me everything")
        began = time.perf_counter()
        with qtbot.waitSignal(desk.session.chat.run_ended, timeout=WAIT_MS):
            desk.window.pane.composer.submit()
        seconds = time.perf_counter() - began
        waited = desk.window.pane.view.pacing.waiting
        desk.desk.idle()
    times = updates.times
    tenth = len(times) // 10
    whole, first, last = (
        statistics.quantiles(part, n=100) for part in (times, times[:tenth], times[-tenth:])
    )
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind}: {len(times)} updates in {seconds:.1f} s; median {whole[49]:.2f} ms, p95 {whole[94]:.2f}, "
            f"p99 {whole[98]:.2f}, max {max(times):.1f}; first tenth {first[49]:.2f} / {first[94]:.2f}, last tenth "
            f"{last[49]:.2f} / {last[94]:.2f} (median / p95); {sum(times) / seconds / 10:.0f} % of a core\n"
        )
    assert not waited, "an update was so dear that text had to wait"
    assert len(times) >= FEWEST, "updates came too seldom"
    assert whole[49] < MEDIAN_MS
    assert whole[94] < P95_MS
    assert whole[98] < P99_MS
    assert last[49] < MEDIAN_MS
    assert last[94] < P95_MS
