"""The benchmarks that were kept: a list, the figures of the one that is chosen, and a second one beside it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.bench_messages import BenchmarkRead
from slipstream.bridge.session import Session
from slipstream.core.benchmark.figures import kind_figures
from slipstream.core.benchmark.rows import Benchmark
from slipstream.store.benchmarks import BenchmarkLine
from slipstream.ui.bench import words
from slipstream.ui.bench.compare_table import CompareTable
from slipstream.ui.bench.figures_table import FiguresTable
from slipstream.ui.bench.labels import plain_label
from slipstream.ui.theme import SPACE, ThemeManager

LIST_WIDTH = 260  # px
_LIST = """
    QListWidget { border: none; background: palette(alternate-base); padding: 8px; }
    QListWidget::item { padding: 8px 10px; border-radius: 6px; color: palette(text); }
    QListWidget::item:hover { background: palette(light); }
    QListWidget::item:selected { background: palette(light); color: palette(text); }
"""


class SavedPage(QSplitter):
    """Signals: `going_on()`, a benchmark that was stopped goes on; `export_wanted(id, name)`."""

    going_on = Signal()
    export_wanted = Signal(int, str)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._benchmarks = session.benchmarks
        self._lines: tuple[BenchmarkLine, ...] = ()
        self._read: dict[int, Benchmark] = {}  # those that are shown
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Saved benchmarks"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMinimumWidth(200)
        self.list.setStyleSheet(_LIST)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.empty = plain_label("muted")
        self.empty.setText(self.tr("Nothing is saved yet. What you measure is kept here."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = plain_label("title")
        self.verdict = plain_label("heading")
        self.further = plain_label("muted")
        self.table = FiguresTable(themes)
        self.second = QComboBox()
        self.second.setAccessibleName(self.tr("Compare with"))
        self.second.activated.connect(self._on_second)
        self.compared = CompareTable(themes)
        self.compared_note = plain_label("small")
        self.details = QFormLayout()
        self.go_on = QPushButton(self.tr("Go on"))
        self.go_on.setToolTip(self.tr("Measure what is left of it."))
        self.go_on.clicked.connect(self._on_go_on)
        self.export = QPushButton(self.tr("Export…"))
        self.export.setToolTip(self.tr("As a report, a table, JSON or pictures"))
        self.export.clicked.connect(self._on_export)
        self.rename = QPushButton(self.tr("Rename…"))
        self.rename.clicked.connect(self._on_rename)
        self.remove = QPushButton(self.tr("Remove…"))
        self.remove.clicked.connect(self._on_remove)
        self._lay_out()
        self._benchmarks.listed.connect(self._on_listed)
        self._benchmarks.read.connect(self._on_read)
        self._benchmarks.changed.connect(self._show_state)
        self._show_chosen()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.go_on, self.export, self.rename, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        with_second = QHBoxLayout()
        with_second.setSpacing(SPACE * 2)
        label = QLabel(self.tr("Beside it"))
        label.setBuddy(self.second)
        self._second_label = label
        with_second.addWidget(label)
        with_second.addWidget(self.second, 1)
        self.details.setHorizontalSpacing(SPACE * 3)
        self.details.setVerticalSpacing(SPACE // 2)
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        for part in (self.title, self.verdict, self.further, self.table):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addSpacing(SPACE * 2)
        column.addLayout(with_second)
        column.addWidget(self.compared)
        column.addWidget(self.compared_note)
        column.addSpacing(SPACE * 2)
        heading = QLabel(self.tr("Measured with"))
        heading.setProperty("kind", "heading")
        column.addWidget(heading)
        column.addLayout(self.details)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self.page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHandleWidth(1)
        self.addWidget(self.list)
        self.addWidget(self.empty)
        self.addWidget(area)
        self.setStretchFactor(2, 1)
        for place in range(3):
            self.setCollapsible(place, False)
        self.setSizes([LIST_WIDTH, 0, 4 * LIST_WIDTH])
        self._area = area

    @property
    def chosen(self) -> BenchmarkLine | None:
        item = self.list.currentItem()
        number = item.data(Qt.ItemDataRole.UserRole) if item else None
        return next((line for line in self._lines if line.id == number), None)

    def refresh(self) -> None:
        """Ask for the list anew."""
        self._benchmarks.refresh()

    @Slot(object)
    def _on_listed(self, lines: tuple[BenchmarkLine, ...]) -> None:
        before, known = self.chosen, {line.id for line in self._lines}
        self._lines = lines
        self._read = {number: self._read[number] for number in self._read if number in {x.id for x in lines}}
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(_line_text(line))
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            self.list.addItem(item)
        numbers = [line.id for line in lines]
        if lines:
            stays = before is not None and before.id in numbers and numbers[0] in known
            self.list.setCurrentRow(numbers.index(before.id) if before and stays else 0)
        self.list.blockSignals(False)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        """Read what is chosen anew: it may have grown."""
        chosen = self.chosen
        if chosen is not None:
            self._benchmarks.open(chosen.id)
        second = self.second.currentData()
        self.second.blockSignals(True)
        self.second.clear()
        self.second.addItem(self.tr("nothing"), None)
        for line in self._lines:
            if chosen is not None and line.id != chosen.id:
                self.second.addItem(f"{_name(line)} · {words.when(line.created)}", line.id)
        self.second.setCurrentIndex(max(0, self.second.findData(second)))
        self.second.blockSignals(False)
        self._show_chosen()

    @Slot(object)
    def _on_read(self, read: BenchmarkRead) -> None:
        self._read[read.id] = read.benchmark
        self._show_chosen()

    @Slot(int)
    def _on_second(self, index: int) -> None:
        if (number := self.second.itemData(index)) is not None:
            self._benchmarks.open(number)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        benchmark = self._read.get(chosen.id) if chosen else None
        has_any = bool(self._lines)
        self.list.setVisible(has_any)
        self.empty.setVisible(not has_any)
        self._area.setVisible(has_any)
        self.page.setVisible(benchmark is not None)
        if chosen is None or benchmark is None:
            return
        self.title.setText(_name(chosen))
        found = kind_figures(benchmark.pairs, complete=benchmark.is_complete)
        self.verdict.setText(
            words.verdict(found[-1].decode, found[-1].unit) if found else self.tr("Nothing is measured yet.")
        )
        state = words.further(found[-1], benchmark.setup) if found else ""
        if not benchmark.is_complete:
            left = self.tr("It was stopped: {0} of {1} prompts are still to be measured.")
            state = f"{left.format(benchmark.left, benchmark.plan.size)} {state}"
        self.further.setText(state.strip())
        self.table.set_figures(found)
        self.table.setVisible(bool(found))
        self._show_details(benchmark)
        self._show_second(benchmark)
        self._show_state()

    def _show_details(self, benchmark: Benchmark) -> None:
        while self.details.rowCount():
            self.details.removeRow(0)
        plan = words.counted(len(benchmark.plan.prompts), "prompts")
        if benchmark.plan.repeats > 1:
            plan = self.tr("{0}, {1} times each").format(plan, benchmark.plan.repeats)
        rows = [
            (self.tr("Begun"), words.when(benchmark.created)),
            (self.tr("Asked"), plan),
            *words.setup_lines(benchmark.setup),
        ]
        for name, value in rows:
            what, told = QLabel(name), plain_label()
            what.setProperty("kind", "muted")
            told.setText(value)
            told.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.details.addRow(what, told)

    def _show_second(self, benchmark: Benchmark) -> None:
        from slipstream.core.benchmark.across import across  # noqa: PLC0415  # NumPy: when it is needed

        others = len(self._lines) > 1
        self.second.setVisible(others)
        self._second_label.setVisible(others)
        second = self._read.get(self.second.currentData())
        self.compared.setVisible(second is not None)
        self.compared_note.setVisible(second is not None)
        if second is not None:
            self.compared.set_across(across(benchmark, second))
            note = self.tr("A: {0}. B: {1}. They were measured at different times.")
            self.compared_note.setText(
                note.format(words.pair_words(benchmark.setup), words.pair_words(second.setup))
            )

    @Slot()
    def _show_state(self) -> None:
        chosen = self.chosen
        benchmark = self._read.get(chosen.id) if chosen else None
        stopped = benchmark is not None and not benchmark.is_complete
        self.go_on.setVisible(stopped)
        if benchmark is not None and stopped:
            reason = self._benchmarks.why_not or self._benchmarks.why_not_this(benchmark)
            self.go_on.setEnabled(not reason)
            self.go_on.setToolTip(reason or self.tr("Measure what is left of it."))
        under_way = self._benchmarks.running and self._benchmarks.benchmark
        self.remove.setEnabled(not (under_way and chosen and under_way.uid == chosen.uid))

    @Slot()
    def _on_go_on(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.id in self._read:
            self._benchmarks.go_on(self._read[chosen.id])
            if self._benchmarks.running:
                self.going_on.emit()

    @Slot()
    def _on_export(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.export_wanted.emit(chosen.id, _name(chosen))

    @Slot()
    def _on_rename(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename the benchmark"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(_name(chosen))
        dialog.textValueSelected.connect(self._on_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(str)
    def _on_name(self, name: str) -> None:
        if self.chosen is not None:
            self._benchmarks.rename(self.chosen.id, name)

    @Slot()
    def _on_remove(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove the benchmark"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove “{0}” with all its figures?").format(_name(chosen)))
        box.setInformativeText(self.tr("This cannot be undone."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(self._on_remove_wanted)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot()
    def _on_remove_wanted(self) -> None:
        if self.chosen is not None:
            self._benchmarks.remove(self.chosen.id)


def _name(line: BenchmarkLine) -> str:
    return line.name or words.pair_words(line.setup)


def _line_text(line: BenchmarkLine) -> str:
    """Two lines: what it is; when, and how far it came."""
    done = f"{line.done} / {line.planned}"
    return f"{_name(line)}\n{words.when(line.created)} · {done}"
