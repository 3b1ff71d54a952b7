"""One run as the panel keeps it: what came in and is not measured yet, what was measured, what to compare it with.

The run that is written now is one; a run of an earlier answer, read again, is another. Plain data; knows no widgets.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from slipstream.core.history import History, Levels
from slipstream.core.metrics import Metrics, RunStats, StepRecord


@dataclass
class Recording:
    """`answer` is the message the run wrote, None where it wrote none; `tokens_before` those of its earlier runs."""

    drafting: bool
    levels: Levels = field(default_factory=Levels)
    answer: int | None = None
    tokens_before: int = 0
    earlier: bool = False  # read again, not written now
    reason: str = ""  # what is said of its drafting
    stats: RunStats | None = None
    over: bool = False
    history: History = field(default_factory=History)
    pending: deque[StepRecord] = field(default_factory=deque)

    def add(self, steps: Iterable[StepRecord]) -> None:
        """Keep steps, in their order."""
        self.pending.extend(steps)

    def measure(self, most: int) -> None:
        """Measure what was kept, so many steps at most."""
        steps = list(islice(self.pending, most))
        for _ in steps:
            self.pending.popleft()
        self.history.extend(steps)

    @property
    def tokens(self) -> int:
        """Tokens emitted, those that are not measured yet included."""
        return self.history.meter.emitted + sum(len(step.emitted) for step in self.pending)

    def has(self, answer: int, token: int) -> bool:
        """Whether it wrote this token of an answer."""
        return self.answer == answer and self.tokens_before <= token < self.tokens_before + self.tokens

    def metrics(self) -> tuple[Metrics, float | None]:
        """The run so far, and its time to first token, ms."""
        if self.stats is not None:
            return self.stats.metrics, self.stats.ttft_ms
        return self.history.meter.metrics(), self.history.meter.first_t_ms
