"""What drafts now, how far, and why: the choice of the automatic pace, or what was set."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from slipstream.core.history import History
from slipstream.core.metrics import StepRecord
from slipstream.ui.dashboard.labels import BODY, OVERHANG, TITLE, VALUE, FigureLabel, Type
from slipstream.ui.theme import SPACE, Theme


class PaceLine(QWidget):
    """The choice at the right of the title, the reason below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = FigureLabel(TITLE)
        self.title.setText(self.tr("Drafting"))
        self.choice = FigureLabel(VALUE, align=Qt.AlignmentFlag.AlignRight)
        tip = self.tr("Who drafted in the latest step, how many tokens, and the most it might have drafted.")
        self.title.setToolTip(tip)
        self.choice.setToolTip(tip)
        self.reason = FigureLabel(Type(BODY.scale, colour="muted"), lines=2)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title, 2)
        head.addWidget(self.choice, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, OVERHANG, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.reason)
        self.setAccessibleName(self.tr("What drafts, and why"))
        self.set_theme(theme)
        self.show_step(None)
        self.show_reason("")

    def set_theme(self, theme: Theme) -> None:
        for label in (self.title, self.choice, self.reason):
            label.set_theme(theme)

    def show_history(self, history: History) -> None:
        self.show_step(history.last)

    def show_step(self, step: StepRecord | None) -> None:
        """The latest step; None where there is none yet."""
        self.choice.show_text(self._words(step) if step is not None else "")

    def show_reason(self, words: str) -> None:
        """A sentence; "" where there is none to say."""
        self.reason.show_text(words)
        self.reason.setToolTip(words)
        self.reason.setVisible(bool(words))

    def _words(self, step: StepRecord) -> str:
        drafted = len(step.drafted)
        if not drafted:
            return (
                self.tr("nothing; may draft {most}").format(most=step.limit)
                if step.limit
                else self.tr("nothing")
            )
        words = {
            "model": self.tr("{n} of {most} by the draft model"),
            "ngram": self.tr("{n} of {most} by a lookup"),
        }.get(step.drafter, self.tr("{n} of {most} tokens"))
        return words.format(n=drafted, most=max(step.limit, drafted))
