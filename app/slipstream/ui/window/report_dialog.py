"""What of the statistics is to be exported, and as what. The place is asked after it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.core.reports import ReportForm, Scope, ScopeKind
from slipstream.ui.theme import SPACE

FORMS_OF_COMPARISONS = (
    *(ReportForm.PAGE, ReportForm.SEGMENTS, ReportForm.JSON),
    *(ReportForm.PNG, ReportForm.SVG),
)
INDENT = 24  # px: what a form is stands under its name, not under its button
WIDTH = 480  # px


class ReportDialog(QDialog):
    """Signal: `chosen(Scope, ReportForm)`. `scopes`: what can be exported, in words, the offered one first."""

    chosen = Signal(object, object)

    def __init__(
        self, scopes: list[tuple[str, Scope]], form: ReportForm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export statistics"))
        self.setMinimumWidth(WIDTH)
        self.scopes = QComboBox()
        self.scopes.setAccessibleName(self.tr("What is exported"))
        self.scopes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for words, scope in scopes:
            self.scopes.addItem(words, scope)
        self._forms = QButtonGroup(self)
        self.buttons: dict[ReportForm, QRadioButton] = {}
        self._meanings: dict[ReportForm, QLabel] = {}
        compares = scopes[0][1].kind is ScopeKind.COMPARISON
        self.about = QLabel(
            self.tr("The prompt and the texts are exported with the figures.")
            if compares
            else self.tr("Figures, names and settings are exported, never what was said.")
        )
        self.about.setProperty("kind", "small")
        self.about.setWordWrap(True)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = box.addButton(self.tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.export.setProperty("kind", "primary")
        self.export.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(self.scopes)
        column.addSpacing(SPACE)
        column.addLayout(self._choices(form, compares=compares))
        column.addSpacing(SPACE)
        column.addWidget(self.about)
        column.addSpacing(SPACE // 2)
        column.addWidget(box)
        self.accepted.connect(self._on_accepted)
        self.scopes.currentIndexChanged.connect(self._on_scope)
        self._on_scope()

    def _choices(self, chosen: ReportForm, *, compares: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(1)
        for form, (name, meaning) in self._forms_in_words().items():
            if form not in FORMS_OF_COMPARISONS if compares else form is ReportForm.SEGMENTS:
                continue
            button = QRadioButton(name)
            button.setAccessibleDescription(meaning)
            button.setChecked(form is chosen)
            self._forms.addButton(button)
            self.buttons[form] = button
            told = self._meanings[form] = QLabel(meaning)
            told.setProperty("kind", "small")
            told.setWordWrap(True)
            told.setContentsMargins(INDENT, 0, 0, SPACE)
            column.addWidget(button)
            column.addWidget(told)
        return column

    def _forms_in_words(self) -> dict[ReportForm, tuple[str, str]]:
        return {
            ReportForm.PAGE: (
                self.tr("&Report (HTML)"),
                self.tr("Plots, figures and settings on one page, for any browser"),
            ),
            ReportForm.RUNS: (
                self.tr("Table of &answers (CSV)"),
                self.tr("A row an answer, for a spreadsheet"),
            ),
            ReportForm.STEPS: (self.tr("Table of &steps (CSV)"), self.tr("A row a step")),
            ReportForm.SEGMENTS: (
                self.tr("Table of &segments (CSV)"),
                self.tr("A row a segment of each side, without texts, for a spreadsheet"),
            ),
            ReportForm.JSON: (
                self.tr("&JSON"),
                self.tr(
                    "All that was measured, for programs; with the ids of the tokens, which can be read as text"
                ),
            ),
            ReportForm.PNG: (
                self.tr("Pictures of the &plots (PNG)"),
                self.tr("A folder with a picture a plot"),
            ),
            ReportForm.SVG: (
                self.tr("Pictures of the plots (S&VG)"),
                self.tr("The same, sharp at every size and open to editing"),
            ),
        }

    def _tables_in_words(self, scope: Scope) -> dict[ReportForm, str]:
        """What a row of the tables is, of what is chosen."""
        if scope.kind is ScopeKind.BENCHMARK:
            return {
                ReportForm.RUNS: self.tr("A row an answer, with drafting and without, for a spreadsheet"),
                ReportForm.STEPS: self.tr("A row a chunk of text: how many tokens, and when"),
            }
        runs = self.tr("A row an answer, for a spreadsheet")
        steps = self.tr("A row a step")
        if scope.kind is ScopeKind.ALL:
            runs = self.tr("A row an answer, for a spreadsheet; of conversations alone")
            steps = self.tr("A row a step; of conversations alone")
        return {ReportForm.RUNS: runs, ReportForm.STEPS: steps}

    def showEvent(self, event: QShowEvent) -> None:
        """High enough for lines that had to be wrapped."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.layout().totalHeightForWidth(self.width()))

    @property
    def form(self) -> ReportForm:
        return next(form for form, button in self.buttons.items() if button.isChecked())

    @Slot()
    def _on_scope(self) -> None:
        for form, meaning in self._tables_in_words(self.scopes.currentData()).items():
            if form not in self.buttons:  # a comparison has a table of its own
                continue
            self._meanings[form].setText(meaning)
            self.buttons[form].setAccessibleDescription(meaning)
        self._fit()

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.scopes.currentData(), self.form)
