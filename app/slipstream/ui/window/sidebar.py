"""The left of the window: search, and below it the conversations, or what was found."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.finder import Results
from slipstream.bridge.session import Session
from slipstream.ui.icons import icon
from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.conversation_list import ConversationList
from slipstream.ui.window.search_field import SearchField
from slipstream.ui.window.search_results import SearchResults


class Sidebar(QWidget):
    """Signals: `conversation_chosen(id)`; `hit_chosen(id, message | None)`, of what was found; `new_wanted()`;
    `export_wanted(id)`; `left()`, the keyboard is done here.
    """

    conversation_chosen = Signal(object)
    hit_chosen = Signal(object, object)
    new_wanted = Signal()
    export_wanted = Signal(object)
    left = Signal()

    def __init__(self, themes: ThemeManager, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._conversations = session.conversations
        self.setObjectName("sidebar")
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(themes.px(180))
        title = QLabel(self.tr("Conversations"))
        title.setProperty("kind", "heading")
        self.new = QPushButton(self.tr("New"))
        self.new.setToolTip(self.tr("New conversation (Ctrl+N)"))
        self.new.clicked.connect(self.new_wanted)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.new)
        self.field = SearchField(themes)
        self.field.textChanged.connect(session.finder.search)
        self.list = ConversationList(themes, session.conversations, session.groups)
        self.rows, self.rename, self.remove = self.list.rows, self.list.rename, self.list.remove
        self.results = SearchResults(themes, session.finder)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.results)
        self.empty = QLabel(self.tr("What you talk about will be listed here."))
        self.empty.setProperty("kind", "small")
        self.empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self.empty)
        column.addWidget(self.pages, 1)
        self._connect(session)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)
        self._on_rows()

    def _connect(self, session: Session) -> None:
        self.list.conversation_chosen.connect(self.conversation_chosen)
        self.list.export_wanted.connect(self.export_wanted)
        self.results.chosen.connect(self.hit_chosen)
        self.results.left.connect(self.focus_search)
        self.field.down_pressed.connect(self._on_down)
        self.field.returnPressed.connect(self.results.choose_first)
        self.field.left.connect(self.left)
        session.finder.found.connect(self._on_found)
        session.groups.changed.connect(self._on_rows)

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor where one searches."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot(object)
    def show_current(self, conversation: int | None) -> None:
        """Mark the conversation that is shown."""
        self.list.show_current(conversation)

    @Slot(object)
    def show_answering(self, conversation: int | None) -> None:
        """Mark the conversation that is being answered, whichever is shown."""
        self.list.show_answering(conversation)

    @Slot()
    def _on_rows(self) -> None:
        is_empty = not self._conversations.rows and not self._conversations.deleted
        self.empty.setVisible(is_empty)
        self.field.setVisible(not is_empty or bool(self.field.text()))

    @Slot(object)
    def _on_found(self, results: Results) -> None:
        self.pages.setCurrentWidget(self.results if results.query else self.list)

    @Slot()
    def _on_down(self) -> None:
        if self.pages.currentWidget() is self.results:
            self.results.enter()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        side = self._themes.px(16)
        self.new.setIconSize(QSize(side, side))
        self.new.setIcon(icon("plus", theme.text, side))
