"""What is known of a model as a table of two columns; what is not known has no row."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.models.inspect import ModelSummary
from slipstream.models.split_files import parse_split_name
from slipstream.models.untrusted import printable
from slipstream.ui.models.words import (
    count_text,
    template_text,
    tokens_text,
    tr,
    vocabulary_text,
    whole,
)
from slipstream.ui.theme import SPACE

MAX_VALUE = 200  # characters


class Facts(QWidget):
    """`values` are the texts shown, by label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, str] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(SPACE * 2)
        self._form.setVerticalSpacing(SPACE // 2)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """In place of what was shown; rows without a value are left out."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.values = {label: value for label, value in rows if value}
        for label, value in self.values.items():
            name = QLabel(label)
            name.setProperty("kind", "muted")
            text = QLabel(value)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._form.addRow(name, text)


def rows_of(summary: ModelSummary) -> list[tuple[str, str]]:
    """What a header tells."""

    def text(value: str | None) -> str:
        return printable(value, MAX_VALUE) if value else ""

    def amount(value: int | tuple[int, ...] | None) -> str:
        if isinstance(value, tuple):
            return tr("{0} to {1}, by layer").format(min(value), max(value))
        return whole(value) if value is not None else ""

    split = parse_split_name(summary.parts[0].name) if len(summary.parts) > 1 else None
    context = summary.context_length
    return [
        (tr("Name"), text(summary.name)),
        (tr("Architecture"), text(summary.architecture)),
        (tr("Parameters"), count_text(summary.parameters) if summary.parameters else ""),
        (tr("Quantization"), text(summary.quantization)),
        (tr("Size"), size_text(summary.size)),
        (tr("Parts"), str(split.count) if split else ""),
        (tr("Trained for"), tr("{0} of context").format(tokens_text(context)) if context is not None else ""),
        (tr("Layers"), amount(summary.layers)),
        (tr("Layers that predict ahead"), amount(summary.mtp_layers or None)),
        (tr("Heads"), _heads(amount(summary.heads), amount(summary.kv_heads))),
        (tr("Vocabulary"), vocabulary_text(summary.vocabulary)),
        (tr("Chat template"), template_text(summary.chat_template)),
        (tr("Licence"), text(summary.license)),
        (tr("Note"), text("; ".join(summary.notes))),
    ]


def _heads(all_heads: str, kept: str) -> str:
    return tr("{0}, {1} for keys and values").format(all_heads, kept) if all_heads and kept else all_heads
