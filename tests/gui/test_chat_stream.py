"""10,000 tokens at 500 tokens/s, with code, tables, lists and maths, in the real view: what each update costs.

Run by `make bench TESTS=tests/gui/test_chat_stream.py`. Updates come as the window's outbox delivers them, 30 times a
second; what is measured is the time that the window's thread works for one, from the text to the last pixel. Whatever
else the thread does meanwhile (the caret, the line about the thinking) is measured apart.
"""

import statistics
import sys
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stream_texts import RATE, SIZE, text_of

from slipstream.bridge.outbox import INTERVAL
from slipstream.core.chat import Role
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

INTERVAL_MS = INTERVAL * 1000
MEDIAN_MS, P95_MS, P99_MS = 3.0, 8.0, 16.0

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]


def updates(text: str, phase: Phase) -> Iterator[list[TextPiece]]:
    """The tokens of one interval each."""
    tokens = [text[i : i + SIZE] for i in range(0, len(text), SIZE)]
    each = round(RATE * INTERVAL)
    for start in range(0, len(tokens), each):
        yield [
            TextPiece(token, phase, Origin.ACCEPTED if i % 4 else Origin.RECOVERED, i)
            for i, token in enumerate(tokens[start : start + each], start)
        ]


def wait_until(moment_ms: float, clock: QElapsedTimer) -> None:
    """Let the window's other timers run, without turning in circles."""
    rest = round(moment_ms - clock.elapsed())
    if rest > 0:
        loop = QEventLoop()
        QTimer.singleShot(rest, loop.quit)
        loop.exec()


@pytest.mark.parametrize("kind", ["mixed", "thinking", "tokens", "table", "code", "list", "finding"])
def test_a_long_answer_at_full_speed(
    qtbot: QtBot, themes: ThemeManager, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Median < 3 ms, p95 < 8 ms, p99 < 16 ms an update, in the last tenth as in the first."""
    view = ChatView(themes)
    qtbot.addWidget(view)
    view.resize(1000, 800)
    view.show()
    view.set_show_tokens(kind == "tokens")
    view.add_message(ShownMessage("u", Role.USER, "Tell me everything"))
    view.begin_answer("a")
    phase = Phase.THINK if kind == "thinking" else Phase.ANSWER
    text = text_of(kind)
    if kind == "finding":
        view.finding.open()
        view.finding.bar.field.setText("words")
    times, clock = [], QElapsedTimer()
    clock.start()
    began_all = time.thread_time()
    for number, pieces in enumerate(updates(text, phase)):
        wait_until(number * INTERVAL_MS, clock)
        began = time.thread_time()
        view.append(pieces)
        if kind == "thinking" and number == 0:
            view._on_thinking_toggled("a")
        QApplication.processEvents()
        times.append((time.thread_time() - began) * 1000)
    other = (time.thread_time() - began_all) * 1000 - sum(times)
    waited = view.pacing.waiting
    view.finish_answer()
    marks = statistics.quantiles(times, n=100)
    tenth = len(times) // 10
    ends = [statistics.quantiles(part, n=100) for part in (times[:tenth], times[-tenth:])]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind}: {len(times)} updates in {clock.elapsed() / 1000:.1f} s; median {marks[49]:.2f} ms, "
            f"p95 {marks[94]:.2f}, p99 {marks[98]:.2f}, max {max(times):.1f}; first tenth {ends[0][49]:.2f} / "
            f"{ends[0][94]:.2f}, last tenth {ends[1][49]:.2f} / {ends[1][94]:.2f} (median / p95); "
            f"besides {other / len(times):.2f} ms an update\n"
        )
    assert not waited, "an update was so dear that text had to wait"
    assert marks[49] < MEDIAN_MS
    assert marks[94] < P95_MS
    assert marks[98] < P99_MS
    assert ends[1][49] < MEDIAN_MS
    assert ends[1][94] < P95_MS
