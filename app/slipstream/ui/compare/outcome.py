"""What a comparison says so far: the verdict in one sentence, whether the texts are the same, how far it is."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from slipstream.bridge.side_by_side import SideBySides
from slipstream.bridge.side_words import about_texts, verdict
from slipstream.bridge.told import told
from slipstream.core.compared import Stage
from slipstream.core.reports.comparison_words import Told, Tone, best
from slipstream.core.side_by_side import SEGMENT
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import FIGURE, FigureLabel
from slipstream.ui.theme import SPACE, Theme, ThemeManager

MARKS = {
    Tone.GOOD: ("▲", "good"),
    Tone.BAD: ("▼", "bad"),
    Tone.EVEN: ("≈", "text"),
    Tone.OPEN: ("?", "muted"),
}
FAILURE = ("!", "bad")
FLASH_MS = 2500
SOON_S = 90  # from here on, time is told in minutes


class Outcome(QWidget):
    """Signal: `difference_wanted()`, where the texts part is to be shown."""

    difference_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = themes.theme
        self._words = ""  # of the note, once what is told for a moment is over
        self.mark = FigureLabel(FIGURE, "▲")
        self.verdict = _wrapped("verdict")
        self.trouble = _wrapped("warning")
        self.texts = _wrapped("muted")
        self.find = QToolButton()
        self.find.setText(self.tr("Show where"))
        self.find.setProperty("kind", "bordered")
        self.find.setToolTip(self.tr("Scroll all texts to the place where they part"))
        self.find.clicked.connect(self.difference_wanted)
        self.note = _wrapped("small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._on_flash_over)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        texts = QHBoxLayout()
        texts.setSpacing(SPACE)
        texts.addWidget(self.texts, 1)
        texts.addWidget(self.find, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.trouble)
        column.addLayout(texts)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        themes.changed.connect(self._on_theme)
        self._on_theme(self._theme)

    def show_comparison(self, comparison: SideBySides, reason: str = "") -> None:
        """All of it as it is now. `reason`: why nothing can be compared."""
        self._show_verdict(comparison)
        self._show_trouble(comparison)
        self._show_texts(comparison)
        running = comparison.running
        self.bar.setVisible(running)
        loading = comparison.loading
        self.bar.setValue(round(1000 * (comparison.fraction if loading is None else loading.fraction)))
        words = (
            self._progress(comparison)
            if running
            else " ".join(filter(None, (self._end(comparison), self._evidence(comparison), reason)))
        )
        self._words = words
        if not self._flash.isActive():
            self._tell(words)

    def flash(self, words: str) -> None:
        """Say something for a moment."""
        self._tell(words)
        self._flash.start()

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _show_verdict(self, comparison: SideBySides) -> None:
        verdict = self._told(comparison)
        shape, colour = MARKS[verdict.tone] if comparison.error is None else FAILURE
        self.mark.show_text(shape)
        self.mark.set_colour(colour, self._theme)
        self.verdict.setText(verdict.sentence)
        for part in (self.mark, self.verdict):
            part.setVisible(bool(verdict.sentence))

    def _told(self, comparison: SideBySides) -> Told:
        """The verdict on the side to speak of; what went wrong comes before any."""
        if comparison.stage is Stage.EMPTY or comparison.loading is not None:
            return Told(Tone.OPEN, "")
        if comparison.error is not None:
            return Told(Tone.BAD, told(comparison.error.message))
        speedups = comparison.speedups()
        place = best(speedups)
        if place is None:
            return Told(Tone.OPEN, "")
        return verdict(comparison.sides[place + 1].spec, speedups[place])

    def _show_trouble(self, comparison: SideBySides) -> None:
        """A draft that failed: what was measured until then stands above and below."""
        failed = comparison.stage is Stage.DRAFT_FAILED
        if failed:
            why = comparison.note.removesuffix("; going on without it").rstrip(".")
            self.trouble.setText(self.tr("The comparison ended: {0}").format(f"{why}."))
        self.trouble.setVisible(failed)

    def _show_texts(self, comparison: SideBySides) -> None:
        """Once there is something to say: the texts differ, or the pass is over."""
        differ = any(at is not None for at in comparison.differences())
        written = any(side.tokens for side in comparison.sides)
        words = ""
        if comparison.prompt is not None and written and (differ or not comparison.running):
            sides = [side.spec for side in comparison.sides]
            partings = tuple(comparison.partings.values())
            words = about_texts(comparison.prompt.request, sides, differ, partings)
        self.texts.setText(words)
        self.texts.setVisible(bool(words))
        self.find.setVisible(differ)

    def _progress(self, comparison: SideBySides) -> str:
        if comparison.loading is not None:
            words = (
                self.tr("Measuring what the other drafts cost… {0}")
                if comparison.loading.stage == "costs"
                else self.tr("Loading the other drafts… {0}")
            )
            return words.format(figures.percent(comparison.loading.fraction))
        prefill = comparison.prefill
        if prefill is not None and prefill.total > 1:
            words = (
                self.tr("The draft reads the prompt… {done} / {total} tokens")
                if prefill.model == "draft"
                else self.tr("Reading the prompt… {done} / {total} tokens")
            )
            return words.format(done=prefill.done, total=prefill.total)
        assert comparison.prompt is not None
        written = " / ".join(str(len(side.tokens)) for side in comparison.sides)
        words = self.tr("{written} of up to {most} tokens.").format(
            written=written, most=comparison.prompt.request.max_tokens
        )
        left = comparison.seconds_left
        return words if left is None else f"{words} {self._time_left(left)}"

    def _time_left(self, seconds: float) -> str:
        if seconds < SOON_S:
            return self.tr("At most {0} s left.").format(max(5, 5 * round(seconds / 5)))
        return self.tr("At most {0} min left.").format(round(seconds / 60))

    def _end(self, comparison: SideBySides) -> str:
        """Why it ended before its end."""
        match comparison.stage:
            case Stage.STOPPED:
                return self.tr("Stopped by you; what was measured until then counts.")
            case Stage.CUT_OFF:
                return self.tr("Slipstream ended before it was over; what was measured until then counts.")
            case Stage.FAILED:
                hint = told(comparison.error.hint) if comparison.error else ""
                return f"{hint.rstrip('.')}." if hint else ""
        return ""

    def _evidence(self, comparison: SideBySides) -> str:
        """What the figures stand on."""
        count = max((len(side.segments) for side in comparison.sides), default=0)
        if not count:
            return ""
        passes = len(comparison.sides[0].passes)
        written = (
            self.tr("One segment of up to {tokens} tokens each.")
            if count == 1
            else self.tr("{n} segments of up to {tokens} tokens each, by turns.")
            if passes == 1
            else self.tr("{n} segments of up to {tokens} tokens each, by turns, in {passes} passes.")
        ).format(n=count, tokens=SEGMENT, passes=passes)
        turning = self.tr(
            "Turning from one to the other took {share} of the time and is in no figure."
        ).format(share=figures.percent(comparison.switch_share, 1))
        return f"{written} {turning}"

    @Slot()
    def _on_flash_over(self) -> None:
        self._tell(self._words)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.mark.set_theme(theme)


def _wrapped(kind: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("kind", kind)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
