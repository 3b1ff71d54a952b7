"""The figures of a benchmark by kind of text, as a table: one row a kind, the last one all together."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from slipstream.bridge.tips import plain_tip
from slipstream.core.benchmark.figures import ALL, KindFigures
from slipstream.core.comparing import Comparison, Verdict
from slipstream.ui.bench.words import kind_word
from slipstream.ui.dashboard import figures as written
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import Theme, ThemeManager

ROW_HEIGHT = 32  # px
LEAST = 40  # characters of a first column that gives way


@dataclass(frozen=True)
class Column:
    title: str
    definition: str
    is_text: bool = False  # stands to the left; figures stand to the right


@dataclass(frozen=True)
class Cell:
    """`verdict` colours it and gives it a shape."""

    text: str
    verdict: Verdict | None = None


def tr(text: str) -> str:
    return QCoreApplication.translate("FiguresTable", text)


class Table(QTableWidget):
    """A quiet table of figures: read by eye, by keyboard and by a screen reader; nothing is edited.

    As tall as its rows; what is too wide scrolls. With `gives_way` the first column is cut before that.
    """

    def __init__(
        self,
        themes: ThemeManager,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        gives_way: bool = False,
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._gives_way = gives_way
        self._theme = themes.theme
        self._rows: list[list[Cell]] = []
        self._columns = list(columns)
        self.setStyleSheet(_SHEET)
        self.setHorizontalHeaderLabels([column.title for column in columns])
        for place, column in enumerate(columns):
            head = self.horizontalHeaderItem(place)
            head.setToolTip(column.definition)
            head.setTextAlignment(self._side(place))
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(56)
        self.horizontalHeader().setHighlightSections(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalScrollBar().rangeChanged.connect(self._fit)
        themes.changed.connect(self._on_theme)
        self._fit()

    def set_rows(self, rows: Sequence[Sequence[Cell]], *, bold_last: bool = False) -> None:
        """Show these; unchanged ones stay as they are, selection and all."""
        self._rows = [list(row) for row in rows]
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                self._show(number, place, cell, bold=bold_last and number == len(rows) - 1)
        self.resizeColumnsToContents()
        self._spread()
        self._fit()

    def cells(self) -> list[list[str]]:
        """The texts, row by row."""
        return [[cell.text for cell in row] for row in self._rows]

    def _show(self, number: int, place: int, cell: Cell, *, bold: bool) -> None:
        item = self.item(number, place)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(self._side(place))
            self.setItem(number, place, item)
        shape = _SHAPES.get(cell.verdict) if cell.verdict else None
        text = f"{shape} {cell.text}" if shape else cell.text
        if item.text() != text:
            item.setText(text)
            if place == 0 and self._gives_way:
                item.setToolTip(plain_tip(text))
        font = QFont(item.font())
        font.setBold(bold)
        item.setFont(font)
        item.setForeground(QBrush(QColor(self._colour(cell.verdict))))

    def _colour(self, verdict: Verdict | None) -> str:
        match verdict:
            case Verdict.FASTER:
                return self._theme.good
            case Verdict.SLOWER:
                return self._theme.bad
            case Verdict.NOT_KNOWN_YET:
                return self._theme.muted
        return self._theme.text

    def _side(self, place: int) -> Qt.AlignmentFlag:
        left = place == 0 or self._columns[place].is_text
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """What room the figures leave belongs to the first column, which is not cut unless it gives way."""
        figures = sum(self.columnWidth(place) for place in range(1, self.columnCount()))
        needed = max(self.sizeHintForColumn(0), self.horizontalHeader().sectionSizeHint(0))
        if self._gives_way:
            needed = min(needed, LEAST * self.fontMetrics().averageCharWidth())
        self.setColumnWidth(0, max(needed, self.viewport().width() - figures))

    @Slot()
    def _fit(self) -> None:
        """No taller than its rows."""
        row = max(ROW_HEIGHT, self.fontMetrics().height() + 14)  # text may be set larger
        self.verticalHeader().setDefaultSectionSize(row)
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + max(1, self.rowCount()) * row + below)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        for number, row in enumerate(self._rows):
            for place, cell in enumerate(row):
                self.item(number, place).setForeground(QBrush(QColor(self._colour(cell.verdict))))


_SHEET = """
    QTableWidget { border: none; background: transparent; }
    QTableWidget::item { padding: 0 5px; border: none; }
    QTableWidget::item:selected { background: palette(light); color: palette(text); }
    QHeaderView { border: none; background: palette(alternate-base); }
"""
_SHAPES = {Verdict.FASTER: "▲", Verdict.SLOWER: "▼", Verdict.NO_DIFFERENCE: "≈"}


class FiguresTable(Table):
    """The figures of one benchmark."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, _columns(), parent)
        self.setAccessibleName(tr("Figures by kind of text"))

    def set_figures(self, found: Sequence[KindFigures]) -> None:
        """One row each; where there is one kind only, "all together" would say the same again."""
        shown = list(found) if len(found) > 2 else [each for each in found if each.kind != ALL]
        self.set_rows([_row(each) for each in shown], bold_last=len(found) > 2)


def speedup_cell(comparison: Comparison) -> Cell:
    return Cell(written.gained(comparison), comparison.verdict)


def _columns() -> list[Column]:
    icl = tr("Inter-chunk latency with drafting: the gap between two emissions, pooled over all answers.")
    return [
        Column(tr("Text"), tr("The kind of text that is asked for.")),
        Column(tr("Prompts"), tr("Prompts that were answered with and without drafting.")),
        Column(tr("tokens/s"), tr("Decode tokens/s with drafting: the geometric mean over prompts.")),
        Column(tr("without"), tr("The same without drafting.")),
        Column(
            tr("Speed-up"),
            tr("The ratio of both, prompt by prompt, in the same process, with its 95 % interval."),
        ),
        Column(tr("whole answer"), tr("The same of total latency: from the request to the last token.")),
        Column(tr("kept"), tr("Acceptance rate: accepted / drafted tokens.")),
        Column(tr("τ"), tr("Acceptance length: 1 + accepted / steps.")),
        Column(tr("gap p50"), icl),
        Column(tr("p95"), icl),
        Column(tr("p99"), icl),
        Column(tr("max"), icl),
    ]


def _row(each: KindFigures) -> list[Cell]:
    gaps = each.drafting_icl
    return [
        Cell(kind_word(each.kind)),
        Cell(grouped(each.prompts)),
        Cell(written.rate(each.drafting_rate)),
        Cell(written.rate(each.plain_rate)),
        speedup_cell(each.decode),
        speedup_cell(each.total),
        Cell(written.percent(each.acceptance_rate)),
        Cell(written.length(each.acceptance_length)),
        *(Cell(written.duration(value)) for value in (gaps.p50, gaps.p95, gaps.p99, gaps.max)),
    ]
