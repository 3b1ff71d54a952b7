"""One draft for one model: its name, the verdict, what it brings and costs, what speaks against it, and a button."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.bridge.draft_finder import UNDER_WAY, Candidate, Stage
from slipstream.bridge.told import told
from slipstream.models.catalog import Standing
from slipstream.models.pairing import PairVerdict
from slipstream.ui.models.badge import Badge
from slipstream.ui.models.words import (
    BAD,
    GOOD,
    PLAIN,
    WARNING,
    cost_text,
    expected_text,
    joined,
    ratio_text,
    reason_sentences,
    suitability_level,
    suitability_word,
)
from slipstream.ui.theme import SPACE
from slipstream.ui.window.labels import ElidedLabel

BUTTON = 116  # px: one below the other, they are of one width


class DraftCard(QFrame):
    """Signal `chosen()`: use it, or get it."""

    chosen = Signal()

    def __init__(self, name: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.name = ElidedLabel(name)
        self.name.setToolTip(tip or name)
        self.name.setProperty("kind", "heading")
        self.badge = Badge()
        self.button = QPushButton()
        self.button.setMinimumWidth(BUTTON)
        self.button.clicked.connect(self._on_clicked)
        self.button.hide()
        self.lines: list[QLabel] = []
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addLayout(head)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE * 2)
        row.addLayout(self._words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, text: str, kind: str = "small") -> None:
        """One more line; none for ""."""
        if not text:
            return
        line = QLabel(text)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        line.setProperty("kind", kind)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.addWidget(line)
        self.lines.append(line)

    def offer(self, text: str, *, primary: bool = False) -> None:
        """A button; `primary` for the best of a list."""
        self.button.setText(text)
        self.button.setAccessibleName(f"{text}: {self.name.text()}")
        if primary:
            self.button.setProperty("kind", "primary")
        self.button.show()

    @property
    def words(self) -> str:
        """All its text, line by line."""
        return "\n".join([self.name.text(), self.badge.text(), *(line.text() for line in self.lines)])

    def describe(self, verdict: PairVerdict) -> None:
        """The verdict with its figures and reasons."""
        self.badge.say(suitability_word(verdict.suitability), suitability_level(verdict.suitability))
        if verdict.fits:
            size = size_text(verdict.draft.card.summary.size)
            self.say(joined(size, ratio_text(verdict), cost_text(verdict)))
            self.say(expected_text(verdict))
        for sentence in reason_sentences(verdict):
            self.say(sentence, "warning-small" if verdict.fits else "small")

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit()


class LocalDraft(DraftCard):
    """A draft on this machine. `in_use`: it drafts for this model now."""

    def __init__(
        self, verdict: PairVerdict, *, best: bool, in_use: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(verdict.draft.name, str(verdict.draft.path or ""), parent)
        self.verdict = verdict
        self.describe(verdict)
        if in_use:
            self.badge.say(self.tr("in use"), GOOD)
        elif verdict.fits:
            self.offer(self.tr("Use this pair"), primary=best)


class HubDraft(DraftCard):
    """A draft that the catalog names, as far as it is known what the hub has of it."""

    def __init__(self, candidate: Candidate, number: int, parent: QWidget | None = None) -> None:
        super().__init__(candidate.known.model.title, parent=parent)
        self.candidate = candidate
        self.number = number
        known = candidate.known
        if candidate.verdict is not None:
            self.describe(candidate.verdict)
            if candidate.verdict.fits:
                self.offer(self.tr("Get it"))
        elif candidate.stage is Stage.FAILED and candidate.error is not None:
            self.badge.say(self.tr("not to be had"), WARNING)
            self.say(joined(told(candidate.error.message), told(candidate.error.hint)), "warning-small")
        else:
            self.badge.say(self._standing(), PLAIN)
        source = known.source.title
        self.say(self.tr("{0} (source: {1})").format(known.pair.note, source))
        if known.source.url:
            self.lines[-1].setToolTip(known.source.url)
        if candidate.stage in UNDER_WAY:
            self.badge.say(self._stage_text(), PLAIN)
        if candidate.verdict is not None and not candidate.verdict.fits:
            self.badge.say(suitability_word(candidate.verdict.suitability), BAD)

    def _standing(self) -> str:
        words = {
            Standing.RECOMMENDED: self.tr("known as good"),
            Standing.PLAUSIBLE: self.tr("should fit"),
            Standing.WEAK: self.tr("little to gain"),
        }
        return words.get(Standing(self.candidate.known.pair.standing), "")

    def _stage_text(self) -> str:
        words = {
            Stage.WAITING: self.tr("waiting"),
            Stage.LISTING: self.tr("looking for its files…"),
            Stage.READING: self.tr("reading its header…"),
            Stage.JUDGING: self.tr("comparing vocabularies…"),
        }
        return words[self.candidate.stage]
