"""Pictures of formulas in the conversation, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_formulas.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parents[1] / "formulas"))

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from real_world import sources

from slipstream.bridge.formula_thread import FormulaThread
from slipstream.core.chat import Role
from slipstream.formulas.process import FormulaProcess
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

ANSWER = r"""Let's solve \( ax^2 + bx + c = 0 \) for \(x\), where \(a \neq 0\). Dividing by \(a\) ↵
gives $x^2 + \frac{b}{a}x + \frac{c}{a} = 0$, and completing the square ↵
turns this into an equation of the form \( (x + p)^2 = q \) ↵
with \( p = \frac{b}{2a} \). Lines go on ↵
as before: the discriminant \( \Delta = b^2 - 4ac \) decides.

\[
\begin{aligned}
x^2 + \frac{b}{a}x &= -\frac{c}{a} \\
\left(x + \frac{b}{2a}\right)^2 &= \frac{b^2 - 4ac}{4a^2}
\end{aligned}
\]

## The formula for \( \Delta \ge 0 \)

$$ x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a} \tag{1} $$

1. If \(\Delta > 0\) there are two roots, \(x_1 \ne x_2\).
2. If \(\Delta = 0\) there is one:

   \[ x = -\frac{b}{2a} \]

3. If \(\Delta < 0\), none in \(\mathbb{R}\).

> As a function: \( f(x) = \begin{cases} x^2 & \text{if } x \ge 0 \\ 0 & \text{otherwise} \end{cases} \)

| n | \(\sum_{k=1}^n k\) | \( \binom{n}{2} \) |
|--:|:-:|---|
| 2 | \(3\) | \(1\) |
| 10 | \(\frac{10 \cdot 11}{2} = 55\) | \(45\) |

What cannot be drawn stays as it is: \(\ce{2 H2 + O2 -> 2 H2O}\).

\[ A = \begin{pmatrix} 1 & 0 & \cdots & 0 \\ 0 & 1 & & \vdots \\ \vdots & & \ddots & 0 \\ 0 & \cdots & 0 & 1 ↵
\end{pmatrix}, \qquad \int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi} \]

So the answer is

\[ \boxed{x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}} \]
""".replace(" ↵\n", " ")

WIDE = rf"""Too wide to fit:

\[ {" + ".join(f"x_{{{i}}}" for i in range(26))} = 0 \tag{{12}} \]

A little too wide:

\[ \sum_{{i=1}}^n (a_i + b_i)^2 = \sum_{{i=1}}^n a_i^2 + 2\sum_{{i=1}}^n a_i b_i + \sum_{{i=1}}^n b_i^2 \]

And within a line: \( {" + ".join(f"y_{{{i}}}" for i in range(16))} \), which is shrunk.
"""

THINKING = r"""Okay, so \( x^2 = 4 \) means \( x = \pm 2 \).

\[ x = \pm\sqrt{4} = \pm 2 \]"""


def states(themes: ThemeManager, thread: FormulaThread) -> Iterator[tuple[str, ChatView]]:
    def show(text: str, size: QSize, thinking: str = "") -> ChatView:
        view = ChatView(themes, formulas=thread)
        view.resize(size)
        view.show()
        view.set_messages([ShownMessage("a", Role.ASSISTANT, text, thinking)])
        return view

    yield "answer", show(ANSWER, QSize(900, 1500))
    yield "narrow", show(ANSWER, QSize(430, 1800))
    yield "wide", show(WIDE, QSize(480, 400))
    view = show(ANSWER, QSize(900, 700), THINKING)
    view._on_thinking_toggled("a")
    view.canvas.verticalScrollBar().setValue(0)
    yield "thinking", view
    view = show(ANSWER, QSize(900, 700))
    view.canvas.verticalScrollBar().setValue(0)
    view.canvas.selection.anchor, view.canvas.selection.focus = Place(0, 0, 8), Place(0, 3, 1)
    yield "selected", view
    known = sources()
    for part in range(4):
        lines = (f"{source}\n" for source in known[part * 50 : part * 50 + 50])
        yield f"set_{part}", show("\n".join(lines), QSize(760, 3600))


def settle(view: ChatView) -> None:
    """Until everything in sight is drawn."""
    loop, poll = QEventLoop(), QTimer()

    def check() -> None:
        if not any(row.waiting for turn in view.canvas.turns for row in turn.rows if row.ready):
            loop.quit()

    poll.timeout.connect(check)
    poll.start(100)
    loop.exec()


def main(folder: Path) -> None:
    app = QApplication([])
    app.setFont(QFont("Inter"))
    folder.mkdir(parents=True, exist_ok=True)
    themes = ThemeManager()
    themes.apply(app)
    thread = FormulaThread(FormulaProcess())
    for mode in ("light", "dark"):
        themes.set_mode(mode)
        for name, view in states(themes, thread):
            if mode == "light" or not name.startswith("set_"):
                settle(view)
                view.grab().save(str(folder / f"{name}_{mode}.png"))
            view.close()
            view.deleteLater()
    thread.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
