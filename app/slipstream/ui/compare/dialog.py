"""The window in which ways to draft are compared on one prompt: choices, verdict, the sides, their latencies.

Shows what `SideBySides` holds and asks it; measures nothing. It does not hold up the main window.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.comparison_messages import ComparisonRead
from slipstream.bridge.session import Session
from slipstream.bridge.side_by_side import Prompt
from slipstream.bridge.side_drafts import SideDrafts
from slipstream.bridge.side_report import as_markdown
from slipstream.bridge.status import sampling
from slipstream.bridge.tips import plain_tip
from slipstream.core.events import TextPiece
from slipstream.ui.compare.card import SideCard
from slipstream.ui.compare.choices import Choices
from slipstream.ui.compare.earlier import WIDTH, EarlierList
from slipstream.ui.compare.latency import LatencyOverlay
from slipstream.ui.compare.outcome import Outcome
from slipstream.ui.theme import SPACE, Theme, ThemeManager

MOST_TOKENS = 256  # of an answer, unless a person asks for more
ASIDE = 160  # px, beside the words before the first comparison


class CompareDialog(QDialog):
    """One comparison at a time; `ask` says of what. Signal: `export_wanted(id, name)`, of the one that is shown."""

    export_wanted = Signal(int, str)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._comparison = session.side_by_side
        self._kept = session.comparisons
        self._drafts = SideDrafts(lambda: session.models, session.pair, self)
        self._prompt: Prompt | None = None
        self.setWindowTitle(self.tr("Compare ways to draft"))
        self.resize(980, 780)
        self.prompt = QLabel()
        self.prompt.setTextFormat(Qt.TextFormat.PlainText)
        self.prompt.setProperty("kind", "heading")
        self.prompt.setMinimumWidth(1)
        self.choices = Choices(themes)
        self.outcome = Outcome(themes)
        self.earlier = EarlierList(self._kept)
        self.earlier.hide()
        self.cards: list[SideCard] = []
        self._sides = QHBoxLayout()
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(SPACE * 3 // 2)
        self.latency = LatencyOverlay(themes)
        self._pages = self._make_pages()
        self.start = QPushButton(self.tr("Compare"))
        self.again = QPushButton(self.tr("Measure on"))
        self.stop = QPushButton(self.tr("Stop"))
        self.copy = QPushButton(self.tr("Copy the result"))
        self.export = QPushButton(self.tr("Export…"))
        self.history = QPushButton()
        self.history.setCheckable(True)
        self.leave = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._on_theme(themes.theme)
        self._make_cards()
        self._on_changed()

    def _make_pages(self) -> QStackedWidget:
        title = QLabel(self.tr("Does drafting pay for this prompt?"))
        title.setProperty("kind", "title")
        words = QLabel(
            self.tr(
                "Each way writes the same answer, 32 tokens at a time and by turns, on the model that is loaded. "
                "What slows the machine down slows all of them alike, so a small difference can be told from chance."
            )
        )
        words.setProperty("kind", "muted")
        words.setWordWrap(True)
        empty = QFrame()
        middle = QVBoxLayout(empty)
        middle.setContentsMargins(ASIDE, 0, ASIDE, 0)
        middle.setSpacing(SPACE)
        middle.addStretch(2)
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            middle.addWidget(label)
        middle.addStretch(3)
        shown = QFrame()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 3 // 2)
        column.addLayout(self._sides, 1)
        column.addWidget(self.latency)
        pages = QStackedWidget()
        pages.addWidget(empty)
        pages.addWidget(shown)
        return pages

    def _lay_out(self) -> None:
        for button in (*self._asking, self.copy, self.export, self.history):
            button.setAutoDefault(False)
        self.start.setProperty("kind", "primary")
        self.start.setDefault(True)
        self.again.setToolTip(
            self.tr("Write it all once more, short answers several times: the intervals become narrower.")
        )
        self.copy.setToolTip(self.tr("The verdict and the figures, as Markdown"))
        self.export.setToolTip(
            self.tr("As a report, a table, JSON or pictures; with the prompt and the texts")
        )
        self.history.setToolTip(self.tr("Show what was compared before"))
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        for button in (self.history, self.copy, self.export):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in self._asking:
            foot.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(SPACE * 3 // 2)
        column.addWidget(self.prompt)
        column.addWidget(self.choices)
        column.addWidget(self.outcome)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.earlier)
        row.addLayout(column, 1)

    @property
    def _asking(self) -> tuple[QPushButton, ...]:
        """What stands at the right."""
        return self.leave, self.again, self.stop, self.start

    def _connect(self) -> None:
        session, comparison = self._session, self._comparison
        comparison.changed.connect(self._on_changed)
        comparison.begun.connect(self._on_begun)
        comparison.shown.connect(self._on_shown)
        comparison.measured.connect(self._on_measured)
        comparison.written.connect(self._on_written)
        session.pair.changed.connect(self._on_changed)
        session.parameters.changed.connect(self._on_changed)
        session.chat.busy_changed.connect(self._on_busy)
        self.choices.changed.connect(self._on_changed)
        self.outcome.difference_wanted.connect(self._on_difference_wanted)
        self.start.clicked.connect(self._on_start)
        self.again.clicked.connect(comparison.again)
        self.stop.clicked.connect(comparison.stop)
        self.copy.clicked.connect(self._on_copy)
        self.export.clicked.connect(self._on_export)
        self.history.toggled.connect(self._on_history)
        self.earlier.wanted.connect(self._kept.open)
        self.earlier.removal_wanted.connect(self._on_removal_wanted)
        self._kept.listed.connect(self._on_listed)
        self._kept.read.connect(self._on_read)
        self._drafts.changed.connect(self._on_changed)
        self.leave.clicked.connect(self.close)
        self._themes.changed.connect(self._on_theme)

    def ask(self, prompt: Prompt) -> None:
        """What is to be answered; nothing happens while a comparison runs."""
        if self._comparison.running:
            return
        self._prompt = prompt
        self._kept.refresh()
        self._drafts.look()
        self.choices.set_most(min(MOST_TOKENS, self._session.parameters.settings.max_tokens))
        self._show_prompt()
        self._on_changed()
        first = self.start if self.start.isEnabled() else self.leave
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Escape, or closed: what is under way ends, and what was measured stays."""
        self._comparison.stop()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._comparison.running:
            self._comparison.stop()  # first that; the window at the next
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_prompt()

    def _show_prompt(self) -> None:
        """On one line, as much as there is room for."""
        text = self._prompt.text if self._prompt else ""
        line = " ".join(text.split())
        metrics = self.prompt.fontMetrics()
        aside = 0 if self.earlier.isHidden() else WIDTH + SPACE * 2
        room = max(self.width() - SPACE * 6 - aside, 1)
        self.prompt.setText(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room))
        self.prompt.setToolTip(plain_tip(text if len(text) < 2000 else f"{text[:2000]}…"))
        self.prompt.setAccessibleName(self.tr("Prompt: {0}").format(line))

    def _make_cards(self) -> None:
        """A card for each side, in place of those that were there."""
        for card in self.cards:
            self._sides.removeWidget(card)
            card.hide()
            card.deleteLater()
        theme = self._themes.theme
        sides = self._comparison.sides
        lines = 1 + any(side.spec.draft for side in sides)  # a name with a draft's is long
        self.cards = [SideCard(side, place, theme, lines) for place, side in enumerate(sides)]
        for card, side in zip(self.cards, sides, strict=True):
            self._sides.addWidget(card, 1)
            card.text.add(side.pieces)
        self._pages.setCurrentIndex(int(bool(self.cards)))
        if self.cards:
            self._on_measured()

    @Slot()
    def _on_start(self) -> None:
        sides = self.choices.sides
        if self._prompt is not None and len(sides) > 1:
            self._comparison.begin(self._prompt, sides, self.choices.tokens.value())

    @Slot()
    def _on_begun(self) -> None:
        """A pass begins: the same cards, where the sides are the same."""
        if [id(card.side) for card in self.cards] != [id(side) for side in self._comparison.sides]:
            self._make_cards()
        for card in self.cards:
            card.text.start_over()
        self._on_measured()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, object)
    def _on_written(self, side: int, pieces: tuple[TextPiece, ...]) -> None:
        self.cards[side].text.add(pieces)

    @Slot()
    def _on_measured(self) -> None:
        """A segment is over: figures, plot, and where the texts part."""
        comparison = self._comparison
        speedups = comparison.speedups()
        for place, (card, side) in enumerate(zip(self.cards, comparison.sides, strict=True)):
            card.show_side(side, speedups[place - 1] if place else None)
        self.latency.show_gaps([card.name for card in self.cards], [side.gaps for side in comparison.sides])
        differences = comparison.differences()
        known = [at for at in differences if at is not None]
        for card, at in zip(self.cards, [min(known) if known else None, *differences], strict=True):
            card.text.mark(at)
        self.outcome.show_comparison(comparison)

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """What can be done now, and how far it is."""
        comparison, running = self._comparison, self._comparison.running
        self.choices.offer(
            self._session.pair.loaded, sampling(self._session.parameters.settings), self._drafts.drafts
        )
        self.choices.set_running(running)
        self.earlier.set_running(running)
        reason = comparison.why_not
        if not reason and len(self.choices.sides) < 2:
            reason = self.tr("Choose at least one way to draft.")
        self.start.setVisible(not running)
        self.start.setEnabled(not reason and self._prompt is not None)
        self.start.setToolTip(reason)
        self.stop.setVisible(running)
        self.again.setVisible(comparison.can_go_on)
        self.copy.setEnabled(any(side.segments for side in comparison.sides))
        self.outcome.show_comparison(comparison, "" if running else reason)
        self._on_listed()

    @Slot()
    def _on_difference_wanted(self) -> None:
        for card in self.cards:
            card.text.show_mark()

    @Slot()
    def _on_listed(self) -> None:
        """What is kept has changed."""
        lines = self._kept.lines
        self.history.setText(self.tr("Earlier ({0})").format(len(lines)) if lines else self.tr("Earlier"))
        self.history.setEnabled(bool(lines) or self.history.isChecked())
        self.export.setEnabled(self._kept.id is not None and not self._comparison.running)

    @Slot(bool)
    def _on_history(self, shown: bool) -> None:
        """The list beside the rest; the window grows by it where there is room."""
        self.earlier.setVisible(shown)
        room = self.screen().availableGeometry().width()
        more = WIDTH + SPACE * 2
        self.resize(min(self.width() + (more if shown else -more), room), self.height())
        self._show_prompt()

    @Slot(object)
    def _on_read(self, read: ComparisonRead) -> None:
        self._comparison.show(read.comparison)

    @Slot()
    def _on_shown(self) -> None:
        """Another comparison, or none: its prompt stands at the top, and can be compared anew."""
        self._prompt = self._comparison.prompt or self._prompt
        self._show_prompt()
        self._make_cards()
        self.earlier.show_current()

    @Slot(int)
    def _on_removal_wanted(self, number: int) -> None:
        if number == self._kept.id:
            self._comparison.clear()
        self._kept.remove(number)

    @Slot()
    def _on_export(self) -> None:
        prompt = self._comparison.prompt
        if prompt is not None and self._kept.id is not None:
            self.export_wanted.emit(self._kept.id, " ".join(prompt.text.split()))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(as_markdown(self._comparison))
        self.outcome.flash(self.tr("The result is on the clipboard."))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        for card in self.cards:
            card.set_theme(theme)
