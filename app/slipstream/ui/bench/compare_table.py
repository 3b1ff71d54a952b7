"""Two saved benchmarks side by side: the gain of drafting in each, and how fast the one is against the other.

The gains were measured prompt by prompt and can be trusted alike. The two were measured at different times, maybe on
different machines: their tokens/s are compared over the prompts both have, which says something and proves nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from slipstream.core.benchmark.across import Across
from slipstream.ui.bench.figures_table import Cell, Column, Table, speedup_cell
from slipstream.ui.bench.words import kind_word
from slipstream.ui.dashboard import figures as written
from slipstream.ui.theme import ThemeManager


def tr(text: str) -> str:
    return QCoreApplication.translate("CompareTable", text)


class CompareTable(Table):
    """One row a kind of text that either of them has."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        gain = tr("How many times as fast with drafting as without it, with its 95 % interval.")
        rate = tr("Decode tokens/s with drafting: the geometric mean over prompts.")
        columns = [
            Column(tr("Text"), tr("The kind of text that is asked for.")),
            Column(tr("A: speed-up"), gain),
            Column(tr("B: speed-up"), gain),
            Column(tr("A: tokens/s"), rate),
            Column(tr("B: tokens/s"), rate),
            Column(
                tr("B against A"),
                tr(
                    "Tokens/s with drafting of B over those of A, on the prompts both have. They were measured at "
                    "different times, so other things than the settings may have changed."
                ),
            ),
        ]
        super().__init__(themes, columns, parent)
        self.setAccessibleName(tr("Two benchmarks side by side"))

    def set_across(self, rows: Sequence[Across]) -> None:
        self.set_rows([_row(row) for row in rows], bold_last=len(rows) > 2)


def _row(row: Across) -> list[Cell]:
    nothing = Cell(written.NA)
    return [
        Cell(kind_word(row.kind)),
        speedup_cell(row.first.decode) if row.first else nothing,
        speedup_cell(row.second.decode) if row.second else nothing,
        Cell(written.rate(row.first.drafting_rate if row.first else None)),
        Cell(written.rate(row.second.drafting_rate if row.second else None)),
        Cell(written.gained(row.second_against_first)),
    ]
