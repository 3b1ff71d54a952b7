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

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from slipstream.core.chat import Role
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import ClosedBy, Phase
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

ANSWER = """\
The number of primes below *n* is found quickly with the **Sieve of Eratosthenes**: cross out the multiples
of every prime, and what is left is prime. See [the article](https://en.wikipedia.org/wiki/Sieve) for more.

## How it works

1. Write down all numbers from 2 to `n`.
2. Take the smallest number *p* that is not crossed out:
   - it is prime,
   - cross out p², p² + p, p² + 2p, …
     - nothing below p² is left to cross out
3. Stop when p² > n.

```python
from math import isqrt

def primes_below(n: int) -> list[int]:
    \"\"\"All primes smaller than n.

    Takes O(n log log n) steps.
    \"\"\"
    sieve = bytearray([1]) * n
    sieve[:2] = b"\\0\\0"  # 0 and 1 are not prime
    for p in range(2, isqrt(n - 1) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, n, p)))  # a long line that does not fit in here
    return [i for i, is_prime in enumerate(sieve) if is_prime]
```

> A quote says: the sieve is older than the wheel.
>
> Nearly.

| n | primes below | share |
|:--|--:|:-:|
| 10 | 4 | 40 % |
| 1,000 | 168 | 17 % |
| 1,000,000 | 78,498 | 8 % |

- [x] Checked for 10
- [ ] Left to you: 10⁹

The count is about \\( n / \\ln n \\), so that

\\[ \\pi(10^6) \\approx \\boxed{72382} \\]

---

### And in Hebrew

זהו משפט בעברית עם מילה באנגלית (sieve) באמצע.

- פריט ראשון
- פריט שני
"""

THINKING = """\
The user wants primes. Let me think about which algorithm fits.

A sieve is the natural choice. I need to be careful with **n < 2**, where the slice assignment would fail.

- trial division: O(n√n)
- sieve: O(n log log n)

So the sieve it is."""


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
        interrupted="Cut off: the longest answer set in the settings was reached.",
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
