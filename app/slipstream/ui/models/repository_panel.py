"""A repository of the hub: what it is, its models by quantization, and what the chosen one means for this machine."""

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.bridge.session import Session
from slipstream.models.hub_data import HubModel, Repository, Variant
from slipstream.models.hub_data import Role as FileRole
from slipstream.ui.models.badge import Badge
from slipstream.ui.models.judge_row import JudgeRow
from slipstream.ui.models.list_rows import ITEM_ROLE, ListRows
from slipstream.ui.models.rows import ROW_HEIGHT, RowList, RowText
from slipstream.ui.models.state_panel import StatePanel
from slipstream.ui.models.variant_details import VariantDetails
from slipstream.ui.models.words import (
    BAD,
    PLAIN,
    WARNING,
    count_text,
    date_text,
    fit_level,
    fit_word,
    joined,
    tokens_text,
    unbroken,
)
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.labels import ElidedLabel


class RepositoryPanel(QWidget):
    """Signal `downloads_wanted()`: something was queued."""

    downloads_wanted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._browser = session.models.browser
        self.title = ElidedLabel()
        self.title.setProperty("kind", "title")
        self.access = Badge()
        self.about = QLabel()
        self.about.setProperty("kind", "muted")
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.terms = QLabel(
            self.tr(
                "Its terms must be accepted first: open it on the hub, log in and accept them there. Then log in on "
                "this machine, with `hf auth login` or the variable HF_TOKEN."
            )
        )
        self.terms.setProperty("kind", "warning")
        self.terms.setWordWrap(True)
        self.terms.setTextFormat(Qt.TextFormat.PlainText)
        self.web = QPushButton(self.tr("Open on the hub"))
        self.web.clicked.connect(self._on_web)
        self.judge = JudgeRow(session, themes)
        self.judge.changed.connect(self._browser.judge)
        self.rows = ListRows(self)
        self.list = RowList(themes, self.rows.text, self.tr("Models of this repository"))
        self.list.setModel(self.rows)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.refused = QLabel()
        self.refused.setProperty("kind", "small")
        self.refused.setWordWrap(True)
        self.refused.setTextFormat(Qt.TextFormat.PlainText)
        self.details = VariantDetails(session, themes)
        self.details.queued.connect(self.downloads_wanted)
        self.state = StatePanel(themes)
        self.state.acted.connect(self._on_again)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page())
        self._pages.addWidget(self.state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._browser.opened.connect(self._on_opened)
        self._browser.judged.connect(self._on_judged)
        self._on_opened()

    def _page(self) -> QWidget:
        page = QWidget()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.access)
        head.addWidget(self.web)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.terms)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.judge)
        column.addWidget(self.list, 3)
        column.addWidget(self.refused)
        column.addWidget(self.details, 4)
        self.list.setMinimumHeight(2 * ROW_HEIGHT)
        return page

    def _text_of(self, variant: Variant) -> RowText:
        parts = self.tr("{0} parts").format(len(variant.files)) if len(variant.files) > 1 else ""
        detail = joined(size_text(variant.size), parts, variant.files[0].path)
        word, level = self._word(variant)
        title = variant.quantization if variant.role is FileRole.MODEL else None
        return RowText(title or variant.name, detail, word, level, is_faded=bool(variant.missing_parts))

    def _word(self, variant: Variant) -> tuple[str, str]:
        if variant.missing_parts:
            return self.tr("incomplete"), BAD
        if variant.role is FileRole.PROJECTOR:
            return self.tr("eyes or ears of another model"), PLAIN
        if variant.role is FileRole.CALIBRATION:
            return self.tr("data for quantizing"), PLAIN
        judged = self._browser.verdicts.get(variant.name)
        if judged is None or judged.fit is None:
            return "", PLAIN
        if judged.verdict is not None and not judged.verdict.fits:
            return self.tr("no pair"), BAD
        word = fit_word(judged.fit)
        return (word if judged.exact else self.tr("about: {0}").format(word)), fit_level(judged.fit)

    def _about(self, model: HubModel) -> str:
        told = (
            model.repo.partition("/")[0],
            model.architecture or "",
            self.tr("{0} parameters").format(count_text(model.parameters)) if model.parameters else "",
            self.tr("{0} of context").format(tokens_text(model.context_length))
            if model.context_length
            else "",
            self.tr("licence: {0}").format(model.license) if model.license else self.tr("no licence named"),
            self.tr("{0} downloads").format(count_text(model.downloads))
            if model.downloads is not None
            else "",
            date_text(model.updated) if model.updated else "",
        )
        return joined(*map(unbroken, told))

    def _show_repository(self, repository: Repository) -> None:
        model = repository.model
        self.title.setText(model.repo.partition("/")[2])
        self.title.setToolTip(model.repo)
        word = self.tr("private") if model.private else self.tr("gated") if model.gated else ""
        self.access.say(word, WARNING)
        self.about.setText(self._about(model))
        self.terms.setVisible(model.gated)
        names = ", ".join(repository.refused)
        self.refused.setText(self.tr("Not offered, as these names are not safe to write: {0}").format(names))
        self.refused.setVisible(bool(names))
        self.rows.show_rows([(variant, self._text_of(variant)) for variant in repository.variants])
        self.list.setMaximumHeight(
            max(2, len(repository.variants)) * ROW_HEIGHT + 4
        )  # no more than they fill

    @Slot()
    def _on_opened(self) -> None:
        """Another repository, or its list of files has come."""
        browser, state = self._browser, self.state
        if browser.repository is not None and browser.repository.variants:
            self._show_repository(browser.repository)
            self.judge.refresh()
            browser.judge(self.judge.judgement())
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentWidget(state)
        if browser.opening:
            state.wait(self.tr("Looking for its files…"), browser.repo)
        elif browser.open_error is not None:
            state.fail(browser.open_error, self.tr("Try again"))
        elif browser.repository is not None:
            state.say(self.tr("No GGUF files"), self.tr("This repository has none that can be used."), "info")
        else:
            text = self.tr("Its files, what they take of this machine's memory, and who drafts for whom.")
            state.say(self.tr("Choose a repository"), text, "model")

    @Slot()
    def _on_judged(self) -> None:
        """Another variant, or its figures have come."""
        repository, variant = self._browser.repository, self._browser.variant
        if repository is None:
            return
        self.rows.show_rows([(other, self._text_of(other)) for other in repository.variants])
        index = self.rows.index_of(variant)
        if index.isValid() and index != self.list.currentIndex():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self.details.refresh(self.judge.judgement())

    @Slot(object, object)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        variant = index.data(ITEM_ROLE) if index.isValid() else None
        if isinstance(variant, Variant) and variant != self._browser.variant:
            self._browser.choose(variant)

    @Slot()
    def _on_again(self) -> None:
        if self._browser.repo:
            self._browser.open(self._browser.repo)

    @Slot()
    def _on_web(self) -> None:
        if self._browser.repository is not None:
            address = f"{self._session.models.hub_address}/{self._browser.repository.model.repo}"
            QDesktopServices.openUrl(QUrl(address))
