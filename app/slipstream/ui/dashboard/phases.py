"""Thinking and answer told apart: the main figures of each, side by side. Shown for models that think."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from slipstream.core.history import History
from slipstream.core.metrics import Metrics, Phase
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import CAPTION, OVERHANG, TITLE, VALUE, FigureLabel
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, Theme

WIDTHS = (11, 8, 7, 10, 11)  # of the columns, beside each other
ROOMY = 34  # digits: a narrower table, of large text, goes without the column of tokens


class PhaseTable(QWidget):
    """A line each; a phase that has not begun has dashes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._labels: list[FigureLabel] = []
        self._cells: dict[Phase, list[FigureLabel]] = {}
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, OVERHANG, 0)
        grid.setHorizontalSpacing(SPACE // 2)
        grid.setVerticalSpacing(2)
        heads = (
            (self.tr("tokens"), self.tr("Tokens given out.")),
            (self.tr("tok/s"), self.tr("Decode speed within this part.")),
            (self.tr("τ"), self.tr("Acceptance length: the mean tokens a verify pass yields.")),
            (self.tr("kept"), self.tr("Acceptance rate: accepted / drafted tokens.")),
            (self.tr("p95"), self.tr("Inter-chunk latency: 95 % of the gaps are shorter.")),
        )
        right = Qt.AlignmentFlag.AlignRight
        for column, (head, tip) in enumerate(heads, start=1):
            grid.setColumnStretch(column, WIDTHS[column - 1])
            label = self._label(FigureLabel(CAPTION, align=right), tip)
            label.setText(head)
            grid.addWidget(label, 0, column)
        names = {Phase.THINK: self.tr("Thinking"), Phase.ANSWER: self.tr("Answer")}
        for row, (phase, name) in enumerate(names.items(), start=1):
            title = self._label(FigureLabel(TITLE, name), "")
            title.setText(name)
            grid.addWidget(title, row, 0)
            cells = [self._label(FigureLabel(VALUE, align=right), tip) for _, tip in heads]
            for column, cell in enumerate(cells, start=1):
                grid.addWidget(cell, row, column)
            self._cells[phase] = cells
        self._tokens = [grid.itemAtPosition(row, 1).widget() for row in range(1 + len(self._cells))]
        self._heads = [head for head, _ in heads]
        self._names = names
        self.setAccessibleName(self.tr("Thinking and answer apart"))
        self.set_theme(theme)
        self.show_phases({})

    def _label(self, label: FigureLabel, tip: str) -> FigureLabel:
        label.setToolTip(tip)
        self._labels.append(label)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_tokens = self.width() >= ROOMY * self.fontMetrics().horizontalAdvance("0")
        self._grid.setColumnStretch(1, WIDTHS[0] if has_tokens else 0)
        for label in self._tokens:
            label.setVisible(has_tokens)

    def set_theme(self, theme: Theme) -> None:
        for label in self._labels:
            label.set_theme(theme)

    def show_history(self, history: History) -> None:
        self.show_phases({phase: meter.metrics() for phase, meter in history.phases.items()})

    def show_phases(self, phases: Mapping[Phase, Metrics]) -> None:
        """The table comes with the first thinking, and stays for the answer after it."""
        self.setVisible(Phase.THINK in phases)
        spoken = []
        for phase, cells in self._cells.items():
            values = _values(phases.get(phase))
            for cell, value in zip(cells, values, strict=True):
                cell.show_text(value)
            pairs = (f"{head} {value}" for head, value in zip(self._heads, values, strict=True))
            spoken.append(f"{self._names[phase]}: " + ", ".join(pairs))
        self.setAccessibleDescription(". ".join(spoken))


def _values(metrics: Metrics | None) -> tuple[str, ...]:
    if metrics is None:
        return (figures.NA,) * 5
    return (
        grouped(metrics.emitted),
        figures.rate(metrics.tokens_per_second),
        figures.length(metrics.acceptance_length),
        figures.percent(metrics.acceptance_rate),
        figures.duration(metrics.icl.p95),
    )
