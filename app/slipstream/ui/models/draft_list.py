"""Who can draft for a model: those here, judged and ranked; those the catalog knows; and why others cannot.

Nothing is hidden: what does not fit is behind a line that counts it, with its reason.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from slipstream.bridge.draft_finder import Candidate
from slipstream.bridge.model_messages import DraftsJudged
from slipstream.core.errors import AppError
from slipstream.models.pairing import PairVerdict
from slipstream.ui.flow import FlowLayout
from slipstream.ui.icons import icon
from slipstream.ui.models.draft_card import DraftCard, HubDraft, LocalDraft
from slipstream.ui.models.words import error_text
from slipstream.ui.theme import SPACE, Theme, ThemeManager


class DraftList(QWidget):
    """Signals: `chosen(Path)`, a draft on this machine; `recommended_wanted()`, `look_wanted()`, `cancel_wanted()`;
    `candidate_wanted(number)`, of the catalog's.
    """

    chosen = Signal(object)
    recommended_wanted = Signal()
    look_wanted = Signal()
    cancel_wanted = Signal()
    candidate_wanted = Signal(int)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._are_unfit_shown = False
        self.local: list[LocalDraft] = []
        self.hub: list[HubDraft] = []
        self.unfit: list[DraftCard] = []  # made when they are first unfolded: there may be hundreds
        self._unfit_verdicts: tuple[PairVerdict, ...] = ()
        heading = QLabel(self.tr("Drafts for this model"))
        heading.setProperty("kind", "heading")
        self.note = _note()
        self.known = _heading(self.tr("Known to go with it, on the hub"))
        self.known_note = _note()
        self.get = QPushButton(self.tr("Get the recommended draft"))
        self.get.setToolTip(
            self.tr("Looks at the drafts below, downloads the best that fits, and loads it with this model")
        )
        self.get.clicked.connect(self.recommended_wanted)
        self.look = QPushButton(self.tr("Compare them on the hub"))
        self.look.setToolTip(self.tr("Reads a few megabytes of each, and downloads none"))
        self.look.clicked.connect(self.look_wanted)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.unfold = QToolButton()
        self.unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.unfold.setProperty("kind", "think")
        self.unfold.clicked.connect(self._on_unfold)
        buttons = QWidget()
        flow = FlowLayout(buttons, SPACE)
        for button in (self.get, self.look, self.cancel):
            flow.addWidget(button)
        self._buttons = buttons
        self._local, self._hub, self._unfit = _column(), _column(), _column()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(heading)
        column.addWidget(self.note)
        column.addLayout(self._local)
        across = QHBoxLayout()
        across.addWidget(self.unfold)
        across.addStretch(1)
        column.addLayout(across)
        column.addLayout(self._unfit)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.known)
        column.addWidget(self.known_note)
        column.addWidget(buttons)
        column.addLayout(self._hub)
        themes.changed.connect(self._on_theme)
        self.wait()
        self.show_candidates((), is_busy=False)

    def wait(self) -> None:
        """They are being judged."""
        self._clear_local()
        self.note.setText(self.tr("Comparing vocabularies…"))
        self.note.show()

    def fail(self, error: AppError) -> None:
        """They cannot be judged."""
        self._clear_local()
        self.note.setText(error_text(error))
        self.note.show()

    def show_judged(self, judged: DraftsJudged, draft_in_use: Path | None, *, is_loaded: bool) -> None:
        """`draft_in_use`: what drafts for this very model now. `is_loaded`: a draft is all that it lacks."""
        self._clear_local()
        fitting = [verdict for verdict in judged.verdicts if verdict.fits]
        for number, verdict in enumerate(fitting):
            in_use = draft_in_use is not None and verdict.draft.path == draft_in_use
            card = LocalDraft(verdict, best=is_loaded and number == 0 and not verdict.doubts, in_use=in_use)
            card.chosen.connect(self._on_local)
            self._local.addWidget(card)
            self.local.append(card)
        self._unfit_verdicts = tuple(verdict for verdict in judged.verdicts if not verdict.fits)
        self.note.setVisible(not fitting)
        self.note.setText(
            self.tr("No model on this machine can draft for it. N-gram lookup drafts without one.")
        )
        self.unfold.setVisible(bool(self._unfit_verdicts))
        self._show_unfit()

    def show_candidates(self, candidates: tuple[Candidate, ...], *, is_busy: bool) -> None:
        """What the catalog knows; `is_busy`: the hub is being asked about them."""
        for card in self.hub:
            self._hub.removeWidget(card)
            card.deleteLater()
        self.hub = []
        for number, candidate in enumerate(candidates):
            card = HubDraft(candidate, number)
            card.chosen.connect(self._on_candidate)
            self._hub.addWidget(card)
            self.hub.append(card)
        self.known.setVisible(bool(candidates))
        self._buttons.setVisible(bool(candidates))
        self.known_note.setVisible(bool(candidates))
        self.known_note.setText(
            self.tr(
                "A list is no judge: before anything is downloaded, the vocabularies are compared token by token."
            )
        )
        self.get.setEnabled(not is_busy)
        self.look.setEnabled(not is_busy)
        self.cancel.setVisible(is_busy)

    def _clear_local(self) -> None:
        for layout, cards in ((self._local, self.local), (self._unfit, self.unfit)):
            for card in cards:
                layout.removeWidget(card)
                card.deleteLater()
        self.local, self.unfit, self._unfit_verdicts = [], [], ()
        self.unfold.hide()

    def _show_unfit(self) -> None:
        count = len(self._unfit_verdicts)
        text = (
            self.tr("1 model here cannot draft for it")
            if count == 1
            else self.tr("{0} models here cannot draft for it").format(count)
        )
        self.unfold.setText(text)
        if self._are_unfit_shown and not self.unfit:
            for verdict in self._unfit_verdicts:
                card = DraftCard(verdict.draft.name, str(verdict.draft.path or ""))
                card.describe(verdict)
                self._unfit.addWidget(card)
                self.unfit.append(card)
        for card in self.unfit:
            card.setVisible(self._are_unfit_shown)
        self._on_theme(self._themes.theme)

    @Slot()
    def _on_unfold(self) -> None:
        self._are_unfit_shown = not self._are_unfit_shown
        self._show_unfit()

    @Slot()
    def _on_local(self) -> None:
        card = self.sender()
        if isinstance(card, LocalDraft):
            self.chosen.emit(card.verdict.draft.path)

    @Slot()
    def _on_candidate(self) -> None:
        card = self.sender()
        if isinstance(card, HubDraft):
            self.candidate_wanted.emit(card.number)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self.unfold.setIcon(
            icon("chevron-down" if self._are_unfit_shown else "chevron-right", theme.muted, 14)
        )


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE)
    return column


def _note() -> QLabel:
    label = QLabel()
    label.setProperty("kind", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "heading")
    return label
