"""One model of a repository, judged for this machine by its header: what it is, what it takes, and how to get it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from slipstream.bridge.downloads import DownloadRow, DownloadState
from slipstream.bridge.hub_browser import Judgement
from slipstream.bridge.model_messages import Role, VariantVerdict
from slipstream.bridge.session import Session
from slipstream.bridge.told import told
from slipstream.core.errors import HubAccessError, ModelFileError
from slipstream.models.download_purpose import Purpose
from slipstream.models.hub_data import Role as FileRole
from slipstream.models.hub_data import Variant
from slipstream.models.library import LibraryModel
from slipstream.models.pair_model import PairModel
from slipstream.models.untrusted import printable
from slipstream.ui.models.badge import Badge
from slipstream.ui.models.fit_view import FitView
from slipstream.ui.models.words import (
    GOOD,
    count_text,
    error_text,
    expected_text,
    joined,
    ratio_text,
    reason_sentences,
    suitability_level,
    suitability_word,
    tokens_text,
)
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.labels import ElidedLabel


class VariantDetails(QWidget):
    """Signal `queued()`: its download was queued, or is to be looked at."""

    queued = Signal()

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = session.models
        self._judgement = Judgement()
        self.name = ElidedLabel()
        self.name.setProperty("kind", "heading")
        self.state = Badge()
        self.about = _line("small")
        self.fit = FitView(themes)
        self.pair = Badge()
        self.pair_words = _line("small")
        self.reasons = _line("warning-small")
        self.error = _line("bad")
        self.use = QPushButton()
        self.use.setProperty("kind", "primary")
        self.use.clicked.connect(self._on_use)
        self.get = QPushButton(self.tr("Download"))
        self.get.clicked.connect(self._on_get)
        self.show_downloads = QPushButton(self.tr("Show downloads"))
        self.show_downloads.clicked.connect(self.queued)
        self.again = QPushButton(self.tr("Try again"))
        self.again.clicked.connect(self._on_again)
        self._lay_out()
        for signal in (
            self._desk.downloads.rowsInserted,
            self._desk.downloads.rowsRemoved,
            self._desk.downloads.finished,
        ):
            signal.connect(self._on_changed)
        self._desk.library.changed.connect(self._on_changed)
        session.pair.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.name, 1)
        head.addWidget(self.pair)
        head.addWidget(self.state)
        page = QWidget()
        words = QVBoxLayout(page)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(SPACE * 3 // 4)
        words.addLayout(head)
        for widget in (self.about, self.fit, self.pair_words, self.reasons, self.error):
            words.addWidget(widget)
        words.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, SPACE, 0, SPACE * 2)
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        for button in (self.again, self.show_downloads, self.get, self.use):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(line)
        column.addWidget(area, 1)
        column.addLayout(buttons)

    def refresh(self, judgement: Judgement) -> None:
        """Show what is known of the chosen variant now."""
        self._judgement = judgement
        self._show()

    @property
    def _variant(self) -> Variant | None:
        return self._desk.browser.variant

    @property
    def _download(self) -> DownloadRow | None:
        variant = self._variant
        return self._desk.row_of(self._desk.browser.repo, variant.files[0].path) if variant else None

    @property
    def _local(self) -> LibraryModel | None:
        """The same model on this machine, where it is there."""
        variant, repo = self._variant, self._desk.browser.repo
        if variant is None:
            return None
        name = variant.files[0].path.rpartition("/")[2]
        for model in self._desk.library.contents.models:
            if model.usable and model.repository == repo and model.path.name == name:
                return model
        return None

    def _show(self) -> None:
        browser, variant = self._desk.browser, self._variant
        self.setVisible(variant is not None)
        if variant is None:
            return
        read, verdict = browser.read.get(variant.name), browser.verdicts.get(variant.name)
        error = browser.read_errors.get(variant.name)
        repository = browser.repository
        is_denied = isinstance(error, HubAccessError) and repository is not None and repository.model.gated
        is_damaged = isinstance(error, ModelFileError)
        self.name.setText(variant.files[0].path)
        denied = self.tr("What is in it can be read, and downloaded, only after that.")
        self.about.setText(denied if is_denied else self._about(variant, read))
        self.about.setVisible(bool(self.about.text()))
        if is_damaged:  # another quantization's header says nothing of it
            verdict = None
        self.fit.setVisible(verdict is not None)
        if verdict is not None:
            self.fit.show_fit(verdict.fit, about=not verdict.exact)
        self._show_pair(verdict)
        self.error.setText(error_text(error) if error and not is_denied else "")  # the terms stand above
        self.error.setVisible(bool(self.error.text()))
        self.again.setVisible(error is not None)
        self._show_buttons(variant, verdict, is_useless=is_denied or is_damaged)

    def _about(self, variant: Variant, read: PairModel | None) -> str:
        if variant.missing_parts == 1:
            return self.tr("One of its parts is not in the repository.")
        if variant.missing_parts:
            return self.tr("{0} of its parts are not in the repository.").format(variant.missing_parts)
        if read is not None:
            summary = read.card.summary
            context = summary.context_length
            return joined(
                printable(summary.name or "", 60),
                self.tr("{0} parameters").format(count_text(summary.parameters))
                if summary.parameters
                else "",
                printable(summary.quantization or "", 20),
                self.tr("trained for {0}").format(tokens_text(context)) if context is not None else "",
                printable(told(read.card.problem or ""), 120),
            )
        return self.tr("Reading its header…") if self._desk.browser.inspecting else ""

    def _show_pair(self, verdict: VariantVerdict | None) -> None:
        pair = verdict.verdict if verdict else None
        self.pair.say("")
        for label in (self.pair_words, self.reasons):
            label.setVisible(pair is not None)
        if pair is None:
            return
        self.pair.say(suitability_word(pair.suitability), suitability_level(pair.suitability))
        ratio = self.tr("The draft {0}.").format(ratio_text(pair)) if pair.fits and ratio_text(pair) else ""
        self.pair_words.setText(" ".join(filter(None, (ratio, expected_text(pair)))))
        reasons = reason_sentences(pair)
        self.reasons.setText("\n".join(reasons))
        self.reasons.setVisible(bool(reasons))
        self.pair_words.setVisible(bool(self.pair_words.text()))

    def _show_buttons(self, variant: Variant, verdict: VariantVerdict | None, *, is_useless: bool) -> None:
        local, row = self._local, self._download
        coming = row is not None and row.state is not DownloadState.DONE
        takes = variant.role is FileRole.MODEL and not variant.missing_parts and not is_useless
        is_draft = self._judgement.role is Role.DRAFT
        self.state.say(
            self.tr("on this machine") if local else self.tr("in the downloads") if coming else "", GOOD
        )
        self.show_downloads.setVisible(coming and local is None)
        self.get.setVisible(takes and local is None and not coming)
        self.use.setVisible(takes and not (coming and local is None))
        fits = verdict is None or verdict.verdict is None or verdict.verdict.fits
        if local is not None:
            self.use.setText(self.tr("Use as draft") if is_draft else self.tr("Use as model"))
            in_use = local.path == self._session.pair.target
            self.use.setEnabled(fits and not in_use)
        else:
            self.use.setText(
                self.tr("Download and use as draft") if is_draft else self.tr("Download and use as model")
            )
            self.use.setEnabled(fits or not is_draft)

    @Slot()
    def _on_changed(self) -> None:
        if self._desk.browser.repository is not None:
            self._show()

    @Slot()
    def _on_use(self) -> None:
        local = self._local
        target = self._judgement.partner if self._judgement.role is Role.DRAFT else None
        if local is None:
            self._queue(Purpose(target))
        elif target is not None:
            self._session.take_pair(target, local.path)
        else:
            self._session.choose_target(local.path)

    @Slot()
    def _on_get(self) -> None:
        self._queue(None)

    @Slot()
    def _on_again(self) -> None:
        if self._variant is not None:
            self._desk.browser.choose(self._variant)

    def _queue(self, purpose: Purpose | None) -> None:
        browser = self._desk.browser
        if browser.repository is not None and browser.variant is not None:
            self._desk.download(browser.repository, browser.variant, purpose)


def _line(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
