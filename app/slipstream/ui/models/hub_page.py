"""The hub: a search, what it found, and beside it the repository that is open. Nothing is sent before a search."""

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.session import Session
from slipstream.models.hub_data import HubModel
from slipstream.ui.models.hub_filters import HubFilters
from slipstream.ui.models.library_page import LIST_WIDTH, WIDTH
from slipstream.ui.models.list_rows import ITEM_ROLE, ListRows
from slipstream.ui.models.repository_panel import RepositoryPanel
from slipstream.ui.models.rows import RowList, RowText
from slipstream.ui.models.state_panel import StatePanel
from slipstream.ui.models.words import WARNING, count_text, joined
from slipstream.ui.theme import ThemeManager

SUGGESTED = "deepseek r1 distill"
MOST_NAMED = 5  # quantizations in a line


class HubPage(QWidget):
    """`panel` has the signals of what is to be loaded."""

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._browser = session.models.browser
        self.filters = HubFilters(themes)
        self.rows = ListRows(self)
        self.list = RowList(themes, self.rows.text, self.tr("What the hub has"))
        self.list.setModel(self.rows)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.state = StatePanel(themes)
        self.panel = RepositoryPanel(session, themes)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.state)
        left = QWidget()
        left.setProperty("kind", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._lists, 1)
        self.splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([themes.px(LIST_WIDTH), themes.px(WIDTH - LIST_WIDTH)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.filters.wanted.connect(self._browser.search)
        self.filters.field.down_pressed.connect(self.list.enter)
        self.state.acted.connect(self._on_state)
        self.state.acted_second.connect(self._on_all)
        self._browser.found.connect(self._on_found)
        self._on_found()

    def _text_of(self, model: HubModel) -> RowText:
        quantizations = ", ".join(model.quantizations[:MOST_NAMED])
        if len(model.quantizations) > MOST_NAMED:
            quantizations += " …"
        detail = joined(
            model.architecture or "",
            count_text(model.parameters) if model.parameters else "",
            self.tr("{0} downloads").format(count_text(model.downloads))
            if model.downloads is not None
            else "",
            quantizations,
        )
        word = self.tr("private") if model.private else self.tr("gated") if model.gated else ""
        owner, _, name = model.repo.partition("/")
        return RowText(name, joined(owner, detail), word, WARNING)

    @Slot()
    def _on_found(self) -> None:
        """The search began, or ended."""
        browser, state = self._browser, self.state
        if browser.searching:
            self._lists.setCurrentWidget(state)
            state.wait(self.tr("Searching the hub…"))
            return
        self.rows.show_rows([(model, self._text_of(model)) for model in browser.results])
        if browser.results:
            self._lists.setCurrentWidget(self.list)
            return
        self._lists.setCurrentWidget(state)
        if browser.search_error is not None:
            state.fail(browser.search_error, self.tr("Try again"))
        elif browser.query is not None:
            text = self.tr(
                "Take fewer words or other filters. Only repositories with GGUF files are searched."
            )
            state.say(self.tr("Nothing found"), text, "search")
        else:
            title = self.tr("Find a model on the hub")
            text = self.tr(
                "Before you download it, you see whether it fits this machine and what can draft for it."
            )
            first, second = self.tr("DeepSeek-R1 distills"), self.tr("Most downloaded")
            state.say(title, text, "search", first, second, primary=True)

    @Slot()
    def _on_state(self) -> None:
        """The first button of the empty list."""
        query = self._browser.query
        if query is not None:
            self._browser.search(query)
        else:
            self.filters.search(SUGGESTED)

    @Slot()
    def _on_all(self) -> None:
        self.filters.search("")

    @Slot(object, object)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        model = index.data(ITEM_ROLE) if index.isValid() else None
        if isinstance(model, HubModel) and model.repo != self._browser.repo:
            self._browser.open(model.repo)
