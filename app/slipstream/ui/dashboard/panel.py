"""The right side of the window: headline figures and plots of the answer under way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from slipstream.core.metrics import RunStats, StepRecord

if TYPE_CHECKING:
    from slipstream.ui.theme import ThemeManager


class DashboardPanel(QWidget):
    """Shows one run at a time; what was shown stays until the next run or `clear`."""

    def __init__(self, themes: "ThemeManager", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._pending: list[StepRecord] = []
        self.setMinimumWidth(300)

    def begin_run(self, plain_tokens_per_second: float | None, drafting: bool) -> None:
        """A run starts: forget the last one. `plain_tokens_per_second`: the no-drafting level where measured."""

    def add_steps(self, steps: Sequence[StepRecord]) -> None:
        """Store steps, in their order; they are drawn on the panel's own tick."""
        self._pending.extend(steps)

    def finish_run(self, stats: RunStats) -> None:
        """The run ended; its figures stay."""

    def set_plain_level(self, tokens_per_second: float | None) -> None:
        """The measured no-drafting level, None while unknown."""

    def set_break_even(self, tau: float | None) -> None:
        """The τ above which drafting pays, None while unknown."""

    def clear(self) -> None:
        """Back to the empty state."""

    def sizeHint(self) -> QSize:
        return QSize(340, 720)
