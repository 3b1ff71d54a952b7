"""What a benchmark is to ask: the kinds of text or a file, how many prompts, how often, how long."""

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from slipstream.core.benchmark.plan import MOST_REPEATS, BenchPlan
from slipstream.core.benchmark.prompts import KINDS, BenchPrompt, built_in, in_turn, kinds_of, read_prompts
from slipstream.core.errors import AppError
from slipstream.core.settings import option
from slipstream.ui.bench.words import kind_word
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.labels import ElidedLabel
from slipstream.ui.window.setting_controls import make_control


@dataclass(frozen=True)
class Numbers:
    """What a person can set, and what is set where nothing is said."""

    prompts: int = option(4, "Prompts of each kind", minimum=1, maximum=10_000)
    repeats: int = option(1, "Repeats", minimum=1, maximum=MOST_REPEATS)
    tokens: int = option(200, "Longest answer", minimum=8, maximum=16_384, step=50)
    temperature: float = option(0.0, "Temperature", minimum=0.0, maximum=2.0, step=0.1)


class PlanForm(QWidget):
    """Signal: `changed()`, of the plan or why there is none."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._own: list[BenchPrompt] = []  # of the file
        self._built_in = built_in()
        self.problem = ""  # why the file that was chosen last could not be read
        self.kinds = {kind: QCheckBox(kind_word(kind)) for kind in KINDS}
        for box in self.kinds.values():
            box.setChecked(True)
            box.toggled.connect(self._on_changed)
        self.choose_file = QPushButton(self.tr("Take prompts from a file…"))
        self.choose_file.setToolTip(self.tr('One JSON object a line: {"id", "kind", "prompt"}'))
        self.choose_file.clicked.connect(self._on_choose_file)
        self.file_name = ElidedLabel()
        self.leave_file = QPushButton(self.tr("Back to the built-in texts"))
        self.leave_file.clicked.connect(self._on_leave_file)
        self.texts = QStackedWidget()
        self.texts.addWidget(_row(*self.kinds.values(), self.choose_file))
        self.texts.addWidget(_row(self.file_name, self.leave_file))
        controls = [make_control(spec, spec.default, themes) for spec in fields(Numbers)]
        for control in controls:
            control.setParent(self)
            control.changed.connect(self._on_changed)
        self.prompts, self.repeats, self.tokens, self.temperature = (control.widget for control in controls)
        self.size = QLabel()
        self.size.setProperty("kind", "small")
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 3)
        form.setVerticalSpacing(SPACE)
        self._add(form, self.tr("Texts"), self.texts)
        self._add(form, self.tr("Prompts of each kind"), self.prompts, self.tr("The first of each kind."))
        self._add(
            form,
            self.tr("Repeats"),
            self.repeats,
            self.tr("How often each is asked; they narrow the interval."),
        )
        self._add(form, self.tr("Longest answer"), self.tokens, self.tr("Tokens."))
        self._add(
            form,
            self.tr("Temperature"),
            self.temperature,
            self.tr("At 0 both answers are the same text, so that only speed differs."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(form)
        column.addWidget(self.size)
        self._on_changed()

    @property
    def plan(self) -> BenchPlan | None:
        """None where there is nothing to ask."""
        found = self._own
        if self._file is None:
            found = [prompt for prompt in self._built_in if self.kinds[prompt.kind].isChecked()]
        by_kind: dict[str, list[BenchPrompt]] = {}
        for prompt in found:
            by_kind.setdefault(prompt.kind, []).append(prompt)
        chosen = [prompt for own in by_kind.values() for prompt in own[: self.prompts.value()]]
        return BenchPlan(tuple(in_turn(chosen)), self.repeats.value()) if chosen else None

    @property
    def why_not(self) -> str:
        """Why nothing can be asked; "" when it can."""
        return "" if self.plan else self.tr("Choose at least one kind of text.")

    def take_file(self, path: Path) -> None:
        """Take the prompts of a file; where it cannot be used, what was chosen stays, and `problem` says why."""
        try:
            if path.is_fifo():  # it would be waited for
                raise AppError(self.tr("{0} is not a file with prompts in it.").format(path.name))
            self._own = read_prompts(path)
        except AppError as error:
            self.problem = error.one_line()
        else:
            self._file, self.problem = path, ""
            kinds = ", ".join(kind_word(kind) for kind in kinds_of(self._own))
            words = self.tr("{0}: {1} prompts ({2})")
            self.file_name.setText(words.format(path.name, len(self._own), kinds))
            self.texts.setCurrentIndex(1)
        self._on_changed()

    def _add(self, form: QFormLayout, name: str, control: QWidget, help_text: str = "") -> None:
        label = QLabel(name)
        label.setMinimumWidth(150)
        label.setBuddy(control)
        control.setAccessibleName(name)
        if not help_text:
            form.addRow(label, control)
            return
        control.setAccessibleDescription(help_text)
        note = QLabel(help_text)
        note.setProperty("kind", "small")
        form.addRow(label, _row(control, note))

    @Slot()
    def _on_changed(self) -> None:
        plan = self.plan
        words = self.tr("{0} prompts, each answered with and without drafting: {1} answers.")
        self.size.setText(words.format(plan.size, 2 * plan.size) if plan else self.why_not)
        self.changed.emit()

    @Slot()
    def _on_choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        filters = self.tr("Prompts (*.jsonl);;All files (*)")
        dialog = QFileDialog(self, self.tr("Prompts"), folder, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file(self, name: str) -> None:
        self.take_file(Path(name))

    @Slot()
    def _on_leave_file(self) -> None:
        self._file, self._own, self.problem = None, [], ""
        self.texts.setCurrentIndex(0)
        self._on_changed()


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE * 2)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return row
