"""What all that was measured says of each pair on this machine, and every answer's speed over time."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from slipstream.bridge.bench_messages import HistoryRead
from slipstream.bridge.session import Session
from slipstream.core.benchmark.history import KindHistory, PairHistory
from slipstream.core.measurements import this_machine
from slipstream.store.run_history import RunLine
from slipstream.ui.bench import words
from slipstream.ui.bench.figures_table import Cell, Column, Table, speedup_cell
from slipstream.ui.bench.run_plot import RunPlot
from slipstream.ui.dashboard import figures as written
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import SPACE, ThemeManager

MOST_SENTENCES = 6


class HistoryPage(QScrollArea):
    """Filters on top, sentences, a table by pair and kind of text, and a plot of all answers."""

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._benchmarks = session.benchmarks
        self._pairs: tuple[PairHistory, ...] = ()
        self._runs: tuple[RunLine, ...] = ()
        self._machine = this_machine()
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Kind of text"))
        for box in (self.model, self.kind):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._show)
        self.sentences = QLabel()
        self.sentences.setWordWrap(True)
        self.sentences.setTextFormat(Qt.TextFormat.PlainText)
        self.table = Table(themes, self._columns(), gives_way=True)
        self.table.setAccessibleName(self.tr("Speed-up by pair and kind of text"))
        self.plot = RunPlot(themes)
        self.plot_note = QLabel()
        self.plot_note.setProperty("kind", "small")
        self.plot_note.setWordWrap(True)
        self._lay_out()
        self._benchmarks.history_read.connect(self._on_history)
        self._show()

    def _columns(self) -> list[Column]:
        return [
            Column(self.tr("Pair"), self.tr("Both models, and how it was drafted.")),
            Column(self.tr("Text"), self.tr("The kind of text that was asked for."), is_text=True),
            Column(
                self.tr("Speed-up"),
                self.tr("Of decoding, against no drafting in the same process, with its 95 % interval."),
            ),
            Column(self.tr("whole answer"), self.tr("The same of total latency.")),
            Column(self.tr("kept"), self.tr("Acceptance rate: accepted / drafted tokens.")),
            Column(self.tr("τ"), self.tr("Acceptance length: 1 + accepted / steps.")),
            Column(self.tr("prompts"), self.tr("Each counts once, however often it was measured.")),
            Column(self.tr("last measured"), self.tr("When the latest benchmark was begun.")),
        ]

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(SPACE)
        for name, box in ((self.tr("Model"), self.model), (self.tr("Kind of text"), self.kind)):
            label = QLabel(name)
            label.setBuddy(box)
            filters.addWidget(label)
            filters.addWidget(box)
            filters.addSpacing(SPACE * 2)
        filters.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        column.addLayout(filters)
        column.addSpacing(SPACE)
        column.addWidget(self.sentences)
        column.addWidget(self.table)
        column.addSpacing(SPACE * 2)
        heading = QLabel(self.tr("Every answer over time"))
        heading.setProperty("kind", "heading")
        column.addWidget(heading)
        column.addWidget(self.plot)
        column.addWidget(self.plot_note)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def refresh(self) -> None:
        self._benchmarks.read_history()

    @Slot(object)
    def _on_history(self, history: HistoryRead) -> None:
        self._pairs, self._runs = history.pairs, history.runs
        models = [pair.setup.target.name for pair in self._pairs] + [
            run.target for run in reversed(self._runs)
        ]
        kinds = [kind.kind for pair in self._pairs for kind in pair.kinds]
        _fill(self.model, self.tr("All models"), [(name, name) for name in dict.fromkeys(models)])
        _fill(self.kind, self.tr("All texts"), [(words.kind_word(k), k) for k in dict.fromkeys(kinds)])
        self._show()

    @Slot()
    def _show(self) -> None:
        model, kind = self.model.currentData(), self.kind.currentData()
        pairs = [
            replace(pair, kinds=tuple(own for own in pair.kinds if kind in (None, own.kind)))
            for pair in self._pairs
            if model in (None, pair.setup.target.name)
        ]
        pairs = [pair for pair in pairs if pair.kinds]
        rows = [(pair, own) for pair in pairs for own in pair.kinds]
        self.sentences.setText(self._told(pairs))
        self.table.set_rows([_row(pair, own) for pair, own in rows])
        self.table.setVisible(bool(rows))
        runs = [run for run in self._runs if model in (None, run.target)]
        self.plot.set_runs(runs)
        self.plot_note.setText(
            self.tr(
                "Tokens/s of the answers in your conversations. Their texts differ, so they compare nothing: for "
                "that, measure a benchmark."
            )
            if runs
            else self.tr("No answer was written yet.")
        )

    def _told(self, pairs: list[PairHistory]) -> str:
        """What is known of pairs on this machine, a sentence each."""
        here = [pair for pair in pairs if pair.setup.machine == self._machine]
        if not pairs:
            return self.tr(
                "Nothing was measured against no drafting yet: measure a benchmark, and here stands what drafting "
                "gains with each pair, by kind of text."
            )
        if not here:
            return self.tr("Nothing of this was measured on this machine.")
        lines = [words.pair_sentence(pair) for pair in here[:MOST_SENTENCES]]
        return "\n".join([self.tr("On this machine, as many times as fast with drafting:"), *lines])


def _row(pair: PairHistory, own: KindHistory) -> list[Cell]:
    way = f"{words.pair_words(pair.setup)} · {words.drafting_words(pair.setup.speculation)}"
    return [
        Cell(way),
        Cell(words.kind_word(own.kind)),
        speedup_cell(own.decode),
        speedup_cell(own.total),
        Cell(written.percent(own.acceptance_rate)),
        Cell(written.length(own.acceptance_length)),
        Cell(grouped(own.total.n)),
        Cell(words.when(pair.last)),
    ]


def _fill(box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
    """Offer these; what was chosen stays where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, None)
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
    box.blockSignals(False)
