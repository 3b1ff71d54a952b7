"""What is on this machine: the list, beside it all about the chosen model, and what can be done with it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.bridge.model_messages import DraftsJudged
from slipstream.bridge.session import Session
from slipstream.core.errors import AppError
from slipstream.models.library import LibraryModel
from slipstream.models.memory import LoadOptions
from slipstream.models.untrusted import printable
from slipstream.ui.models.library_list import LibraryList
from slipstream.ui.models.model_details import ModelDetails
from slipstream.ui.models.state_panel import StatePanel
from slipstream.ui.theme import ThemeManager

LIST_WIDTH, WIDTH = 432, 1120  # px
LEAST_LIST, LEAST_BESIDE = 280, 420  # px


class LibraryPage(QWidget):
    """Signals: `hub_wanted()`; `file_wanted()`, to open one by hand."""

    hub_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library = session.models.library
        self._drafts = session.models.drafts
        self._path: Path | None = None  # of the chosen model
        self._in_use: tuple[Path | None, Path | None] = (None, None)  # model and draft, as they are shown
        self.dialog: QMessageBox | None = None  # asks whether a model is to go
        self.list = LibraryList(session, themes)
        self.list.setProperty("kind", "surface")
        self.list.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.details = ModelDetails(themes, session.settings.ctx_size)
        hint = StatePanel(themes)
        text = self.tr("What it is, what it takes, and who drafts for it.")
        hint.say(self.tr("Choose a model"), text, "model")
        self._right = QStackedWidget()
        self._right.addWidget(hint)
        self._right.addWidget(self.details)
        self.splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.list)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self.list.setMinimumWidth(themes.px(LEAST_LIST))
        self._right.setMinimumWidth(themes.px(LEAST_BESIDE))
        splitter.setSizes([themes.px(LIST_WIDTH), themes.px(WIDTH - LIST_WIDTH)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self._connect()

    def _connect(self) -> None:
        session, details, drafts = self._session, self.details, self.details.drafts
        self.list.chosen.connect(self._on_chosen)
        self.list.changed.connect(self._show)
        self.list.activated.connect(self._on_use)
        self.list.hub_wanted.connect(self.hub_wanted)
        self.list.file_wanted.connect(self.file_wanted)
        details.target_wanted.connect(self._on_use)
        details.draft_wanted.connect(self._on_use_as_draft)
        details.folder_wanted.connect(self._on_folder)
        details.trash_wanted.connect(self._on_trash)
        details.context.changed.connect(self._on_context)
        drafts.chosen.connect(self._on_draft)
        drafts.recommended_wanted.connect(self._on_recommended)
        drafts.look_wanted.connect(self._on_look)
        drafts.cancel_wanted.connect(self._drafts.cancel)
        drafts.candidate_wanted.connect(self._on_candidate)
        self._library.judged.connect(self._on_judged)
        self._library.unjudged.connect(self._on_unjudged)
        self._drafts.changed.connect(self._show_drafts)
        session.pair.changed.connect(self._on_pair)
        session.preferences.changed.connect(self._on_pair)

    def choose(self, path: Path | None) -> None:
        """Show this model, now or when it is found."""
        self._path = path
        self.list.choose(path)
        self._show()

    @property
    def _model(self) -> LibraryModel | None:
        return self._library.contents.model(self._path)

    @property
    def _options(self) -> LoadOptions:
        return LoadOptions(self.details.context.value())

    @Slot()
    def _show(self) -> None:
        """The chosen model, if it is still there; its verdicts follow."""
        model = self._model
        self._right.setCurrentIndex(int(model is not None))
        if model is not None:
            self.details.show_model(model, self._library.contents)
            self._show_use()
            self._show_drafts()
            self._judge()

    def _judge(self) -> None:
        if self._path is not None:
            self._library.judge(self._path, self.details.context.value())

    def _show_use(self) -> None:
        target, draft = self._in_use = (self._session.pair.target, self.list.draft_in_use)
        self.details.show_use(target, draft, can_draft=target is not None)

    @Slot()
    def _show_drafts(self) -> None:
        if self._path is not None:
            busy = self._drafts.busy_with == self._path
            self.details.drafts.show_candidates(self._drafts.candidates(self._path), is_busy=busy)

    @Slot(object)
    def _on_chosen(self, path: Path) -> None:
        self._path = path
        self._show()

    @Slot(object)
    def _on_judged(self, judged: DraftsJudged) -> None:
        self._drafts.know(judged.target, judged.known)
        self.details.show_judged(judged)
        self._show_drafts()

    @Slot(object)
    def _on_unjudged(self, error: AppError) -> None:
        self.details.fit.show_fit(None)
        self.details.drafts.fail(error)

    @Slot()
    def _on_pair(self) -> None:
        """Another model is loaded, or another draft chosen."""
        if self._in_use != (self._session.pair.target, self.list.draft_in_use):
            self.list.list.viewport().update()
            self._show_use()
            self._judge()

    @Slot(int)
    def _on_context(self, _tokens: int) -> None:
        self._judge()

    @Slot()
    def _on_use(self) -> None:
        model = self._model
        if model is not None and model.usable and model.path != self._session.pair.target:
            self._session.choose_target(model.path)

    @Slot()
    def _on_use_as_draft(self) -> None:
        if self._path is not None:
            self._session.choose_draft(str(self._path))

    @Slot(object)
    def _on_draft(self, draft: Path) -> None:
        if self._path is not None:
            self._session.take_pair(self._path, draft)

    @Slot()
    def _on_recommended(self) -> None:
        if (model := self._model) is not None:
            self._drafts.get_recommended(model, self._options)

    @Slot()
    def _on_look(self) -> None:
        if (model := self._model) is not None:
            self._drafts.look(model, self._options)

    @Slot(int)
    def _on_candidate(self, number: int) -> None:
        if self._path is not None:
            self._drafts.get(self._path, number)

    @Slot()
    def _on_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    @Slot()
    def _on_trash(self) -> None:
        """Ask once: gigabytes are quickly gone and slowly back."""
        model = self._model
        if model is None:
            return
        text = self.tr("Move “{0}” to the trash?").format(printable(model.name))
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Move to trash"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        freed = self.tr(
            "{0} are freed once the trash is emptied; until then it can be brought back from there."
        )
        box.setInformativeText(freed.format(size_text(model.size)))
        box.addButton(self.tr("Move to trash"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.setProperty("model", str(model.path))
        box.finished.connect(self._on_dialog_closed)
        self.dialog = box
        box.open()

    @Slot()
    def _on_dialog_closed(self) -> None:
        box, self.dialog = self.dialog, None
        if box is None:
            return
        clicked = box.clickedButton()
        if clicked is not None and box.buttonRole(clicked) == QMessageBox.ButtonRole.AcceptRole:
            self._library.move_to_trash(Path(box.property("model")))
        box.deleteLater()
