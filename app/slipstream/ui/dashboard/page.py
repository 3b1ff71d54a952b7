"""All figures of one run, one below the other, as they scroll in the panel. Lays them out; gives nobody a turn."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from slipstream.core.history import History, Levels
from slipstream.ui.dashboard.chunks import ChunkBars
from slipstream.ui.dashboard.headline import Headline
from slipstream.ui.dashboard.labels import OVERHANG
from slipstream.ui.dashboard.memory_bar import MemoryBar
from slipstream.ui.dashboard.pace_line import PaceLine
from slipstream.ui.dashboard.phases import PhaseTable
from slipstream.ui.dashboard.plot_column import PlotColumn
from slipstream.ui.dashboard.positions import PositionBars
from slipstream.ui.dashboard.recording import Recording
from slipstream.ui.dashboard.timeline import StepTimeline
from slipstream.ui.theme import SPACE, Theme


class FiguresPage(QScrollArea):
    """`levels` is shared with the plots."""

    def __init__(self, theme: Theme, levels: Levels) -> None:
        super().__init__()
        self._levels = levels
        self.headline = Headline(theme)
        self.phases = PhaseTable(theme)
        self.pace = PaceLine(theme)
        self.timeline = StepTimeline(theme)
        self.column = PlotColumn(theme, levels)
        self.chunks = ChunkBars(theme)
        self.positions = PositionBars(theme)
        self.memory = MemoryBar(theme)
        above = (self.headline, self.phases, self.pace, self.timeline)
        below = (self.chunks, self.positions, self.memory)
        self._parts = (*above, self.column, *below)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE - OVERHANG, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        for part in above:
            column.addWidget(part)
        column.addWidget(self.column, 1000)
        for part in below:
            column.addWidget(part)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the plots and bars in it take the keyboard
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    @property
    def light(self) -> tuple[QWidget, ...]:
        """The parts that cost little to draw: each shows a run as it is now, by `show_history(history)`."""
        return self.timeline, self.positions, self.chunks, self.phases, self.pace, self.memory

    def show_recording(self, recording: Recording) -> None:
        """Show another run from now on; its figures come by turns."""
        self.headline.begin(recording.levels.plain, recording.drafting)
        self.show_levels(recording)
        self.pace.show_reason(recording.reason)
        for part in (self.positions, self.chunks, self.phases, self.pace, self.memory):
            part.show_history(History())
        self.timeline.begin(recording.history)
        self.column.begin(recording.history)

    def show_levels(self, recording: Recording) -> None:
        """What this run is compared with; the plots take it at their next turn."""
        levels = recording.levels
        self._levels.plain, self._levels.break_even = levels.plain, levels.break_even
        self.headline.set_level(levels.plain)
        self.headline.set_break_even(levels.break_even)

    def set_theme(self, theme: Theme) -> None:
        for part in self._parts:
            part.set_theme(theme)
