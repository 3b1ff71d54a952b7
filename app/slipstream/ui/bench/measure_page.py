"""Measure a benchmark: what to ask, Start, how far it is, and the figures as they come."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from slipstream.bridge.benchmarks import BenchState
from slipstream.bridge.session import Session
from slipstream.core.benchmark.figures import kind_figures
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.running import BenchProgress
from slipstream.ui.bench import words
from slipstream.ui.bench.figures_table import FiguresTable
from slipstream.ui.bench.labels import plain_label
from slipstream.ui.bench.plan_form import PlanForm
from slipstream.ui.theme import SPACE, ThemeManager

STEPS = 1000  # of the progress bar


class MeasurePage(QScrollArea):
    """Shows `Session.benchmarks` and asks it."""

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._benchmarks = session.benchmarks
        self.form = PlanForm(themes)
        self.compares = plain_label()
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("kind", "primary")
        self.start.clicked.connect(self._on_start)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("What is measured is kept, and it can go on later."))
        self.stop.clicked.connect(self._benchmarks.stop)
        self.go_on = QPushButton(self.tr("Go on"))
        self.go_on.clicked.connect(self._on_go_on)
        self.reason = plain_label("muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setAccessibleName(self.tr("Progress of the benchmark"))
        self.progress = plain_label("small")
        self.verdict = plain_label("heading")
        self.further = plain_label("muted")
        self.table = FiguresTable(themes)
        self.skipped = plain_label("warning-small")
        self.advice = plain_label("small")
        self.advice.setText(
            self.tr(
                "Figures are truest while nothing else runs. The chat waits meanwhile; what is measured is kept as "
                "it comes."
            )
        )
        self._lay_out()
        self._shown: Benchmark | None = None
        self._show_figures(None)
        self.form.changed.connect(self._show_state)
        self._benchmarks.changed.connect(self._on_changed)
        self._benchmarks.progressed.connect(self._on_progress)
        self._on_changed()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.start, self.go_on, self.stop):
            buttons.addWidget(button)
        buttons.addSpacing(SPACE)
        buttons.addWidget(self.reason, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(self.compares)
        column.addSpacing(SPACE)
        column.addWidget(self.form)
        column.addSpacing(SPACE)
        column.addLayout(buttons)
        column.addWidget(self.advice)
        column.addWidget(self.bar)
        column.addWidget(self.progress)
        column.addSpacing(SPACE)
        for part in (self.verdict, self.further, self.table, self.skipped):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @Slot()
    def _on_start(self) -> None:
        plan = self.form.plan
        if plan is not None:
            self.bar.setValue(0)
            self._benchmarks.start(plan, round(self.form.temperature.value(), 2), self.form.tokens.value())

    @Slot()
    def _on_go_on(self) -> None:
        if self._benchmarks.benchmark is not None:
            self._benchmarks.go_on(self._benchmarks.benchmark)

    @Slot()
    def _on_changed(self) -> None:
        self._show_state()
        if self._benchmarks.benchmark is not self._shown:  # long ones take a while to add up
            self._shown = self._benchmarks.benchmark
            self._show_figures(self._shown)

    @Slot()
    def _show_state(self) -> None:
        """What can be done now, and why not, if so."""
        benchmarks, loaded = self._benchmarks, self._session.pair.loaded
        running = benchmarks.running
        why_not = benchmarks.why_not or self.form.why_not
        stopped = benchmarks.benchmark is not None and not running and not benchmarks.benchmark.is_complete
        self.compares.setVisible(loaded is not None and (running or not benchmarks.why_not))
        if loaded is not None:
            under_way = benchmarks.benchmark.setup if running and benchmarks.benchmark else None
            drafting = under_way.speculation if under_way else benchmarks.drafting
            self.compares.setText(words.will_compare(loaded, drafting))
        self.form.setEnabled(not running)
        self.start.setVisible(not running)
        self.start.setEnabled(not why_not)
        self.go_on.setVisible(stopped)
        self.go_on.setEnabled(not benchmarks.why_not)
        self.stop.setVisible(running)
        self.stop.setEnabled(benchmarks.state is not BenchState.STOPPING)
        self.reason.setText("" if running else self.form.problem or why_not or benchmarks.failure)
        for part in (self.bar, self.progress):
            part.setVisible(running)
        if benchmarks.state is BenchState.STARTING:
            self.progress.setText(self.tr("Reading the model files once, for their hashes…"))
        elif benchmarks.state is BenchState.STOPPING:
            self.progress.setText(self.tr("Stopping…"))

    def _show_figures(self, benchmark: Benchmark | None) -> None:
        found = kind_figures(benchmark.pairs, complete=benchmark.is_complete) if benchmark else []
        self.table.set_figures(found)
        for part in (self.table, self.verdict, self.further):
            part.setVisible(bool(found))
        if benchmark is not None and found:
            self.verdict.setText(words.verdict(found[-1].decode, found[-1].unit))
            self.further.setText(words.further(found[-1], benchmark.setup))
        skips = benchmark.skips if benchmark else []
        lines = [self.tr("{0} was not measured: {1}").format(skip.prompt, skip.why) for skip in skips[:5]]
        self.skipped.setText("\n".join(lines))
        self.skipped.setVisible(bool(lines))

    @Slot(object)
    def _on_progress(self, progress: BenchProgress) -> None:
        self.bar.setValue(round(progress.fraction * STEPS))
        if self._benchmarks.state is BenchState.RUNNING:
            self.progress.setText(words.progress_words(progress))
