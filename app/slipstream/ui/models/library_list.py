"""The models on this machine as a list: a field to filter it, how many there are, and what to do where none is."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.bridge.library_rows import LINE_ROLE, LibraryLine, LibraryRows
from slipstream.bridge.pair import draft_file
from slipstream.bridge.session import Session
from slipstream.bridge.tips import plain_tip
from slipstream.bridge.told import told
from slipstream.models.library import LibraryModel
from slipstream.models.untrusted import printable
from slipstream.ui.icons import icon
from slipstream.ui.models.add_folder import AddFolder
from slipstream.ui.models.rows import RowList, RowText
from slipstream.ui.models.state_panel import StatePanel
from slipstream.ui.models.word_field import WordField
from slipstream.ui.models.words import BAD, GOOD, PLAIN, count_text, joined, tokens_text
from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.labels import ElidedLabel


class LibraryList(QWidget):
    """Signals: `chosen(Path)`; `activated()`, by Enter or a double click; `changed()`, after the library was read;
    `hub_wanted()`; `file_wanted()`, to open one by hand.
    """

    chosen = Signal(object)
    activated = Signal()
    changed = Signal()
    hub_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library = session.models.library
        self._wanted: Path | None = None  # stays while the lines change
        self.rows = LibraryRows(self._library, self)
        hint = self.tr("Filter by name, kind or licence")
        self.field = WordField(themes, self.tr("Filter the models on this machine"), hint)
        self.add = AddFolder(self._library, themes)
        self.again = QToolButton()
        self.again.setToolTip(self.tr("Look for models again (F5)"))
        self.again.setAccessibleName(self.tr("Look for models again"))
        self.again.setShortcut("F5")
        self.list = RowList(themes, self._text_of, self.tr("Models on this machine"))
        self.list.setModel(self.rows)
        self.count = QLabel()
        self.count.setProperty("kind", "small")
        self.trouble = ElidedLabel()
        self.trouble.setProperty("kind", "warning-small")
        self.state = StatePanel(themes)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.state)
        top = QHBoxLayout()
        top.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE // 2)
        top.setSpacing(SPACE // 2)
        top.addWidget(self.field, 1)
        top.addWidget(self.add)
        top.addWidget(self.again)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 2, SPACE // 2, SPACE * 2, SPACE)
        foot.setSpacing(2)
        foot.addWidget(self.trouble)
        foot.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.field.textChanged.connect(self._on_filter)
        self.field.down_pressed.connect(self.list.enter)
        self.again.clicked.connect(self._library.refresh)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self.activated)
        self.state.acted.connect(self._on_state)
        self.state.acted_second.connect(self.file_wanted)
        self._library.changed.connect(self._on_changed)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)
        self._on_changed()

    def choose(self, path: Path | None) -> None:
        """Go to this model, now or when it is found."""
        self._wanted = path
        index = self.rows.index_of(path)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    @property
    def draft_in_use(self) -> Path | None:
        """The draft model that is chosen, where there is a model for it to draft for."""
        return draft_file(self._session.settings.draft) if self._session.pair.target else None

    def _text_of(self, index: QModelIndex) -> RowText:
        line: LibraryLine = index.data(LINE_ROLE)
        model = line.model
        if model is None:
            return RowText(line.heading, word=str(line.count), is_heading=True)
        name = printable(model.name.removesuffix(".gguf"))
        if model.problem is not None:
            return RowText(name, printable(told(model.problem)), self.tr("unusable"), BAD, is_faded=True)
        word, level = self._word(line, model)
        is_used = model.path in (self._session.pair.target, self.draft_in_use)
        return RowText(name, _told(model), word, level, is_strong=is_used)

    def _word(self, line: LibraryLine, model: LibraryModel) -> tuple[str, str]:
        if model.path == self._session.pair.target:
            return self.tr("in use"), GOOD
        if model.path == self.draft_in_use:
            return self.tr("drafts"), GOOD
        if line.targets == 1:
            return self.tr("draft for 1"), PLAIN
        return (self.tr("draft for {0}").format(line.targets), PLAIN) if line.targets else ("", PLAIN)

    def _show_count(self) -> None:
        library = self._library
        models, problems = library.contents.models, library.contents.problems
        count = self.tr("1 model, {0}") if len(models) == 1 else self.tr("{1} models, {0}")
        size = size_text(sum(model.size for model in models))
        self.count.setText(
            joined(
                count.format(size, len(models)) if models else "",
                self.tr("looking…") if library.reading and models else "",
            )
        )
        lines = [printable(told(problem)) for problem in problems]
        more = self.tr(" and {0} more").format(len(lines) - 1) if len(lines) > 1 else ""
        self.trouble.setText(lines[0] + more if lines else "")
        self.trouble.setToolTip(plain_tip("\n".join(lines)))
        self.trouble.setVisible(bool(lines))

    def _show_state(self) -> None:
        library, state = self._library, self.state
        is_list = self.rows.shown > 0
        self.pages.setCurrentWidget(self.list if is_list else state)
        if is_list:
            return
        if library.contents.models:
            state.say(self.tr("Nothing matches"), self.tr("No model here has these words."), "search")
        elif library.error is not None:
            state.fail(library.error, self.tr("Try again"))
        elif library.reading or not library.was_read:
            state.wait(self.tr("Looking for models…"))
        else:
            text = self.tr(
                "Slipstream looks in its own folder, in your folders, and in those of Hugging Face, LM Studio, "
                "Ollama and llama.cpp."
            )
            hub, file = self.tr("Search the hub"), self.tr("Open a file…")
            state.say(self.tr("No models on this machine yet"), text, "folder", hub, file, primary=True)

    @Slot()
    def _on_changed(self) -> None:
        """The library was read, or is being read."""
        self.again.setEnabled(not self._library.reading)
        self._show_count()
        self._show_state()
        index = self.rows.index_of(self._wanted)
        if not index.isValid() and self._wanted is None and self.rows.shown:
            loaded = self.rows.index_of(self._session.pair.target)
            index = loaded if loaded.isValid() else self.rows.first()
        if index.isValid() and index != self.list.currentIndex():
            self.list.setCurrentIndex(index)
        self.changed.emit()

    @Slot()
    def _on_state(self) -> None:
        """The button of the empty list."""
        if self._library.error is not None:
            self._library.refresh()
        else:
            self.hub_wanted.emit()

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self.rows.set_filter(text)
        self._show_state()
        self.choose(self._wanted)

    @Slot(object, object)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self.rows.line(index)
        if line is not None and line.model is not None and line.model.path != self._wanted:
            self._wanted = line.model.path
            self.chosen.emit(self._wanted)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.again.setIcon(icon("regenerate", theme.muted, disabled=theme.border))


def _told(model: LibraryModel) -> str:
    """What a model is, in one line."""
    summary = model.card.summary if model.card else None
    if summary is None:
        return size_text(model.size)
    return joined(
        printable(summary.architecture or "", 24),
        count_text(summary.parameters) if summary.parameters else "",
        printable(summary.quantization or "", 16),
        size_text(model.size),
        tokens_text(summary.context_length) if summary.context_length is not None else "",
        printable(summary.license or "", 24),
    )
