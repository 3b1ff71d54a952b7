"""Pictures of the conversation in its main states, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_chat.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery_texts import ANSWER, EVERYTHING, RTL, THINKING
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from slipstream.core.chat import Role
from slipstream.core.events import Origin, StepDone, TextPiece
from slipstream.core.metrics import ClosedBy, Phase, StepRecord
from slipstream.core.step_book import RunSteps
from slipstream.ui.chat.composer import Composer
from slipstream.ui.chat.messages import ShownMessage, StripText, ThoughtFigures
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

STRIP = StripText(
    (
        ("tokens/s", "24.1", "Tokens written per second"),
        ("τ", "2.31", "Mean tokens a verify pass yields"),
        ("accepted", "66 %", "Drafted tokens kept"),
        ("ms to first token", "412", "Request to first token"),
        ("tokens", "318", "Tokens written"),
    )
)


def steps(text: list[TextPiece]) -> RunSteps:
    """Steps that wrote these pieces: drafts of four, of which the last is refused, then one kept whole."""
    done, start = [], 0
    while start < len(text):
        index = start % 10
        drafted = {0: 4, 4: 4}.get(index, 0)
        count = min({0: 4, 4: 5}.get(index, 1), len(text) - start)
        record = StepRecord(
            index=len(done) + 1,
            drafter="model" if drafted else "none",
            rule="token",
            phase=Phase.ANSWER,
            position=100 + start,
            limit=8,
            drafted=tuple(range(5000, 5000 + drafted)),
            accepted=count - 1 if drafted else 0,
            emitted=tuple(range(start, start + count)),
            target_probs=(0.93, 0.71, 0.9996, 0.04)[:drafted],
            draft_probs=(0.88, 0.64, 0.97, 0.52)[:drafted],
            draft_ms=2.9 * bool(drafted),
            verify_ms=21.4,
            sample_ms=0.6,
            other_ms=0.2,
            t_ms=100.0,
        )
        done.append(StepDone(record, ()))
        start += count
    texts = {5003: " while", 5002: " of"}
    return RunSteps(1, "Qwen2.5-Coder-1.5B-Instruct", "Qwen2.5-Coder-0.5B-Instruct", tuple(done), texts)


def settle(chat: ChatView) -> None:
    """Until a search has read everything."""
    while chat.finding.finder._job is not None:
        QApplication.processEvents()


def pieces(text: str, phase: Phase = Phase.ANSWER) -> list[TextPiece]:
    """`text` cut into words, with origins as a draft of four tokens leaves them."""
    pattern = (
        [Origin.ACCEPTED] * 3 + [Origin.RECOVERED] + [Origin.ACCEPTED] * 4 + [Origin.BONUS, Origin.PLAIN]
    )
    words = [w if i == 0 else " " + w for i, w in enumerate(text.split(" "))]
    return [TextPiece(w, phase, pattern[i % len(pattern)], i) for i, w in enumerate(words)]


class Stage(QWidget):
    """The conversation over the composer, as in the window."""

    def __init__(self, themes: ThemeManager, size: QSize) -> None:
        super().__init__()
        self.chat = ChatView(themes)
        self.composer = Composer(themes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chat, 1)
        layout.addWidget(self.composer)
        self.resize(size)
        self.show()


def user(text: str, number: int = 0) -> ShownMessage:
    return ShownMessage(f"u{number}", Role.USER, text)


def states(themes: ThemeManager) -> Iterator[tuple[str, QWidget]]:
    """(name, widget) of each state."""
    size = QSize(980, 760)
    yield "empty", Stage(themes, size)

    stage = Stage(themes, QSize(440, 760))
    stage.composer.set_enabled_reason("Loading the model…")
    yield "empty_narrow", stage

    done = ShownMessage("a", Role.ASSISTANT, ANSWER, THINKING, strip=STRIP)
    rtl = ShownMessage("a", Role.ASSISTANT, RTL, strip=STRIP)
    everything = ShownMessage("a", Role.ASSISTANT, EVERYTHING, strip=STRIP)
    stage = Stage(themes, size)
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    stage.chat.canvas.verticalScrollBar().setValue(0)
    yield "answer_top", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    stage.composer.set_text("And how many are there below a billion?\nA second line.")
    yield "answer_end", stage

    stage = Stage(themes, QSize(980, 1900))
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    stage.chat._on_thinking_toggled("a")
    canvas = stage.chat.canvas
    canvas.selection.anchor, canvas.selection.focus = Place(1, 6, 4), Place(1, 10, 6)
    yield "answer_whole", stage

    stage = Stage(themes, QSize(430, 900))
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    yield "answer_narrow", stage

    stage = Stage(themes, size)
    stage.chat.add_message(user("How do I find all primes below n?\n\nPlease be brief, with an example."))
    stage.chat.begin_answer("a")
    stage.chat.set_progress("Reading the prompt… 340 / 512 tokens")
    stage.composer.set_busy(True)
    yield "reading", stage

    stage = Stage(themes, size)
    stage.chat.add_message(user("How do I find all primes below n?"))
    stage.chat.begin_answer("a")
    stage.chat.set_thought(ThoughtFigures(86, 12.4, 28.4))
    stage.chat.append(pieces(THINKING, Phase.THINK))
    stage.composer.set_busy(True)
    yield "thinking", stage

    stage = Stage(themes, size)
    stage.chat.add_message(user("How do I find all primes below n?"))
    stage.chat.begin_answer("a")
    stage.chat.set_thought(ThoughtFigures(86, 12.4, 28.4))
    stage.chat.append(pieces(THINKING, Phase.THINK))
    stage.chat._on_thinking_toggled("a")
    stage.chat.append(pieces(ANSWER[:700]))
    stage.composer.set_busy(True)
    yield "streaming", stage

    stage = Stage(themes, size)
    stage.chat.add_message(user("How do I find all primes below n?"))
    stage.chat.begin_answer("a")
    stage.chat.append(pieces(ANSWER))
    stage.chat.canvas.verticalScrollBar().setValue(300)
    stage.composer.set_busy(True)
    yield "scrolled_away", stage

    stage = Stage(themes, size)
    stage.chat.set_show_tokens(True)
    stage.chat.add_message(user("Tell me about the sieve."))
    stage.chat.begin_answer("a")
    stage.chat.append(pieces(ANSWER[:900]))
    stage.chat.finish_answer(STRIP, "Stopped before the answer was complete.")
    yield "tokens", stage

    stage = Stage(themes, size)
    stage.chat.set_messages(
        [user("Lies den langen Text:\n" + "Ein Satz steht hier. " * 400), done, user("ok", 1)]
    )
    stage.chat.canvas.verticalScrollBar().setValue(0)
    stage.composer._on_long_paste("x" * 1_234_567)
    yield "long_prompt", stage

    stage = Stage(themes, size)
    half = ShownMessage(
        *("a", Role.ASSISTANT, ANSWER[:420], THINKING),
        strip=STRIP,
        interrupted="Cut off: the longest answer set for this conversation was reached.",
        versions=("z", "a"),
        thought=ThoughtFigures(340, 12.4, 28.4, ClosedBy.PERSON),
    )
    asked = ShownMessage(
        "u", Role.USER, "How do I find all primes below n quickly?", versions=("t", "u", "v")
    )
    stage.chat.set_messages([asked, half])
    yield "cut_off", stage

    stage = Stage(themes, QSize(430, 760))
    stage.chat.set_messages([asked, half])
    yield "cut_off_narrow", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([asked, done])
    stage.chat.canvas.verticalScrollBar().setValue(0)
    stage.chat.begin_edit("u")
    yield "edit_message", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([asked, half])
    stage.chat.begin_edit("a")
    yield "edit_answer", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([asked])
    yield "unanswered", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([asked, half])
    stage.chat.continue_answer(replace(half, strip=None, interrupted=None))
    stage.chat.set_progress("Reading the prompt… 340 / 512 tokens")
    stage.composer.set_busy(True)
    yield "going_on", stage

    stage = Stage(themes, QSize(430, 760))
    stage.chat.add_message(user("How do I find all primes below n?"))
    stage.chat.begin_answer("a")
    stage.chat.set_thought(ThoughtFigures(1340, 72.4, 128.4))
    stage.chat.append(pieces(THINKING, Phase.THINK))
    stage.composer.set_busy(True)
    yield "thinking_narrow", stage

    stage = Stage(themes, size)
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    stage.chat.canvas.verticalScrollBar().setValue(0)
    stage.chat.finding.open()
    stage.chat.finding.bar.field.setText("prime")
    settle(stage.chat)
    yield "find", stage

    stage = Stage(themes, QSize(430, 700))
    stage.chat.set_messages([user("How do I find all primes below n quickly?"), done])
    stage.chat.finding.open()
    stage.chat.finding.bar.field.setText("no such word")
    settle(stage.chat)
    yield "find_nothing", stage

    for name, token in (("accepted", 1), ("recovered", 3), ("bonus", 8), ("plain", 9)):
        stage = Stage(themes, size)
        stage.chat.set_show_tokens(True)
        text = pieces(ANSWER[:900])
        message = ShownMessage("a", Role.ASSISTANT, ANSWER[:900], pieces=tuple(text), strip=STRIP)
        stage.chat.set_messages([user("Tell me about the sieve."), message])
        stage.chat.put_steps("a", 0, [steps(text)])
        stage.chat.canvas.verticalScrollBar().setValue(0)
        for _ in range(token + 21):
            QTest.keyClick(stage.chat.canvas, Qt.Key.Key_Right)
        yield f"token_{name}", stage

    stage = Stage(themes, QSize(980, 1500))
    stage.chat.set_messages([user("שלום! מה שלומך?\nאני רוצה ללמוד פייתון (Python)."), rtl])
    yield "right_to_left", stage

    stage = Stage(themes, QSize(980, 1900))
    stage.chat.set_messages([user("Show me everything Markdown has."), everything])
    yield "markdown", stage

    stage = Stage(themes, QSize(980, 1000))
    table = "| n | square | what it is |\n|--:|--:|:--|\n" + "".join(
        f"| {i} | {i * i} | the square of **{i}**, as `{i}**2` says |\n" for i in range(60)
    )
    stage.chat.set_messages([user("Squares?"), ShownMessage("a", Role.ASSISTANT, table)])
    stage.chat.canvas.verticalScrollBar().setValue(100)
    yield "long_table", stage


def main(folder: Path) -> None:
    app = QApplication([])
    app.setFont(QFont("Inter"))
    folder.mkdir(parents=True, exist_ok=True)
    themes = ThemeManager()
    themes.apply(app)
    for mode in ("light", "dark"):
        themes.set_mode(mode)
        for name, widget in states(themes):
            app.processEvents()
            picture = widget.grab()
            picture.save(str(folder / f"{name}_{mode}.png"))
            widget.close()
            widget.deleteLater()
            assert not picture.isNull(), QPoint()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
