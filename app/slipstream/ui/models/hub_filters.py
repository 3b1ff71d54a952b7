"""What is searched for on the hub: words, architecture, size, order."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from slipstream.models.hub_data import SearchQuery, SortBy
from slipstream.ui.flow import FlowLayout
from slipstream.ui.models.word_field import WordField
from slipstream.ui.theme import SPACE, ThemeManager

ARCHITECTURES = (
    "llama", "qwen2", "qwen3", "qwen2moe", "qwen3moe", "deepseek2", "gemma2", "gemma3", "phi3", "granite",
    "mistral3", "command-r", "gpt-oss", "falcon", "stablelm", "starcoder2",
)  # fmt: skip
_SIZES = ((None, None), (None, 10**9), (10**9, 4 * 10**9), (4 * 10**9, 10**10), (10**10, 20 * 10**9),
          (20 * 10**9, 40 * 10**9), (40 * 10**9, None))  # fmt: skip


class HubFilters(QWidget):
    """Signal `wanted(SearchQuery)`: Enter was pressed, or a filter changed after something was searched for."""

    wanted = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was_searched = False
        hint = self.tr("Search for GGUF models, then Enter")
        self.field = WordField(themes, self.tr("Search the hub"), hint)
        self.architecture = _choice(self.tr("Architecture"))
        self.architecture.addItem(self.tr("Any architecture"), "")
        for name in ARCHITECTURES:
            self.architecture.addItem(name, name)
        self.size = _choice(self.tr("Parameters"))
        self.size.addItems(self._size_texts())
        self.sort = _choice(self.tr("Order"))
        self.sort.addItem(self.tr("By downloads"), SortBy.DOWNLOADS)
        self.sort.addItem(self.tr("By likes"), SortBy.LIKES)
        self.sort.addItem(self.tr("Newest first"), SortBy.UPDATED)
        self.field.returnPressed.connect(self._on_search)
        choices = QWidget()
        flow = FlowLayout(choices, SPACE // 2)
        for box in (self.architecture, self.size, self.sort):
            flow.addWidget(box)
            box.currentIndexChanged.connect(self._on_choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.field)
        column.addWidget(choices)

    def _size_texts(self) -> tuple[str, ...]:
        return (
            self.tr("Any size"),
            self.tr("Up to 1 B"),
            self.tr("1 to 4 B"),
            self.tr("4 to 10 B"),
            self.tr("10 to 20 B"),
            self.tr("20 to 40 B"),
            self.tr("Over 40 B"),
        )

    def query(self) -> SearchQuery:
        least, most = _SIZES[self.size.currentIndex()]
        return SearchQuery(
            self.field.text(),
            self.architecture.currentData(),
            least,
            most,
            SortBy(self.sort.currentData()),
        )

    def search(self, text: str) -> None:
        """Search for this."""
        self.field.setText(text)
        self._on_search()

    @Slot()
    def _on_search(self) -> None:
        self._was_searched = True
        self.wanted.emit(self.query())

    @Slot()
    def _on_choice(self) -> None:
        if self._was_searched:
            self._on_search()


class _Choice(QComboBox):
    """As wide as its longest entry needs."""

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())


def _choice(name: str) -> QComboBox:
    box = _Choice()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box
