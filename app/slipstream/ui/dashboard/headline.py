"""What is read first: how fast, whether drafting pays, how much of the draft is kept.

Knows `Metrics` and the level without drafting; measures nothing itself. The speed-up is decode tokens/s of
this answer so far over that level; it is shown once there are enough gaps for the mean to mean something.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from slipstream.core.metrics import Metrics
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.labels import BODY, CAPTION, FIGURE, HERO, OVERHANG, FigureLabel, Type
from slipstream.ui.theme import SPACE, Theme

ENOUGH_STEPS = 8  # before this a speed-up is noise, while the answer still runs
AS_FAST = 0.02  # a speed-up this near to 1 is called neither faster nor slower


class Headline(QWidget):
    """Large figures of one run."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level: float | None = None
        self._break_even: float | None = None
        self._drafting = False
        self._metrics: Metrics | None = None
        self._final = False
        self.rate = FigureLabel(HERO, "0.0")
        self.recent = FigureLabel(FIGURE, "000.0", align=Qt.AlignmentFlag.AlignRight)
        self.speedup = FigureLabel(FIGURE, "▲ 0.00×")
        self.verdict = FigureLabel(
            BODY, lines=2, align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.lossy = FigureLabel(Type(BODY.scale, BODY.weight, "warning"), lines=2)
        self.acceptance = FigureLabel(FIGURE)
        self.acceptance_note = FigureLabel(CAPTION)
        self.tau = FigureLabel(FIGURE)
        self.tau_note = FigureLabel(CAPTION)
        self.ttft = FigureLabel(FIGURE)
        self.ttft_note = FigureLabel(CAPTION)
        self._captions: list[FigureLabel] = []
        self._lay_out()
        self._explain()
        self.set_theme(theme)
        self.begin(None, drafting=False)

    def _caption(self, text: str, kind: Type = CAPTION) -> FigureLabel:
        label = FigureLabel(kind)
        label.setText(text)
        self._captions.append(label)
        return label

    def _lay_out(self) -> None:
        unit = self._caption(self.tr("tokens/s"), Type(1.0, colour="muted"))
        unit_box = QVBoxLayout()
        unit_box.setContentsMargins(0, 0, 0, 5)  # onto the large figure's baseline
        unit_box.addStretch()
        unit_box.addWidget(unit)
        recent_box = QVBoxLayout()
        recent_box.setContentsMargins(0, 0, 0, 3)
        recent_box.setSpacing(0)
        recent_box.addStretch()
        recent_caption = FigureLabel(CAPTION, self.tr("last 2 s"), align=Qt.AlignmentFlag.AlignRight)
        recent_caption.setText(self.tr("last 2 s"))
        self._captions.append(recent_caption)
        recent_box.addWidget(recent_caption, 0, Qt.AlignmentFlag.AlignRight)
        recent_box.addWidget(self.recent, 0, Qt.AlignmentFlag.AlignRight)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.rate)
        top.addLayout(unit_box, 1)
        top.addLayout(recent_box)
        verdict = QHBoxLayout()
        verdict.setSpacing(SPACE)
        verdict.addWidget(self.speedup)
        verdict.addWidget(self.verdict, 1)
        cells = QGridLayout()
        cells.setHorizontalSpacing(SPACE)
        cells.setVerticalSpacing(1)
        columns = (
            (
                self.tr("Acceptance"),
                self.acceptance,
                self.acceptance_note,
                self.tr("Acceptance rate: accepted / drafted tokens."),
            ),
            (
                self.tr("τ, tokens/pass"),
                self.tau,
                self.tau_note,
                self.tr(
                    "Acceptance length τ: 1 + accepted / steps, the mean tokens a verify pass yields.\n"
                    "Drafting pays while τ is above the break-even τ: the mean time of a drafting step / "
                    "the mean time of a plain step."
                ),
            ),
            (
                self.tr("TTFT"),
                self.ttft,
                self.ttft_note,
                self.tr(
                    "Time to first token: from the request to the first emitted token, prefill included."
                ),
            ),
        )
        for column, (caption, figure, note, definition) in enumerate(columns):
            cells.setColumnStretch(column, 1)
            for row, label in enumerate((self._caption(caption), figure, note)):
                label.setToolTip(definition)
                cells.addWidget(label, row, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, OVERHANG, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addSpacing(SPACE // 2)
        layout.addLayout(verdict)
        layout.addWidget(self.lossy)
        layout.addSpacing(SPACE + 4)
        layout.addLayout(cells)

    def _explain(self) -> None:
        self.rate.setToolTip(
            self.tr("Decode tokens/s of this answer: (emitted − 1) / (last emission − first emission).")
        )
        self.recent.setToolTip(self.tr("The same over the last two seconds."))
        speedup = self.tr(
            "Tokens/s of this answer / the level measured on this machine, with this model, without drafting."
        )
        self.speedup.setToolTip(speedup)
        self.verdict.setToolTip(speedup)
        self.lossy.setToolTip(
            self.tr(
                "The acceptance rule kept drafted tokens that the exact rule would have refused, so this is not what "
                "the model would have written alone."
            )
        )
        names = {
            self.rate: self.tr("Tokens per second"),
            self.recent: self.tr("Tokens per second, last two seconds"),
            self.speedup: self.tr("Speed-up"),
            self.acceptance: self.tr("Acceptance rate"),
            self.tau: self.tr("Acceptance length τ"),
            self.ttft: self.tr("Time to first token"),
        }
        for label, name in names.items():
            label.setAccessibleDescription(name)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for label in self.findChildren(FigureLabel):
            label.set_theme(theme)

    def begin(self, level: float | None, drafting: bool) -> None:
        """A run starts; nothing is measured yet."""
        self._level, self._drafting = level, drafting
        self._metrics, self._final = None, False
        self.rate.show_text(figures.NA)
        self.recent.show_text(figures.NA)
        self.acceptance.show_text(figures.NA)
        self.acceptance_note.show_text("")
        self.tau.show_text(figures.NA)
        self.ttft.show_text(figures.NA)
        self.ttft_note.show_text(self.tr("waiting…"))
        self.lossy.hide()
        self._show_break_even()
        self._show_verdict()

    def show_metrics(
        self, metrics: Metrics, recent_rate: float | None, ttft_ms: float | None, final: bool = False
    ) -> None:
        """The run so far; `final` when it ended."""
        self._metrics, self._final = metrics, final
        self.rate.show_text(figures.rate(metrics.tokens_per_second))
        self.recent.show_text(figures.rate(recent_rate))
        self.acceptance.show_text(figures.percent(metrics.acceptance_rate))
        if metrics.drafted:
            kept = self.tr("{accepted} of {drafted}")
            note = kept.format(accepted=metrics.accepted, drafted=metrics.drafted)
        else:
            note = self.tr("nothing drafted")
        self.acceptance_note.show_text(note)
        self.tau.show_text(figures.length(metrics.acceptance_length))
        self.ttft.show_text(figures.duration(ttft_ms))
        self.ttft_note.show_text(self.tr("to first token"))
        self._show_lossy(metrics)
        self._show_verdict()

    def _show_lossy(self, metrics: Metrics) -> None:
        """The label of a lossy rule, with what it let through."""
        self.lossy.setVisible(metrics.changes_output)
        if metrics.changes_output:
            words = self.tr("Changes the output: the exact rule refuses {share} of what was kept")
            self.lossy.show_text(words.format(share=figures.percent(metrics.refused_share, 1)))

    def set_level(self, level: float | None) -> None:
        """The measured tokens/s without drafting."""
        self._level = level
        self._show_verdict()

    def set_break_even(self, tau: float | None) -> None:
        self._break_even = tau
        self._show_break_even()

    def _show_break_even(self) -> None:
        known = self._break_even is not None
        pays = self.tr("pays above {tau}").format(tau=figures.length(self._break_even))
        self.tau_note.show_text(pays if known else self.tr("break-even –"))

    def _show_verdict(self) -> None:
        """Say in a shape, a figure, a colour and words whether drafting pays."""
        speedup = self._speedup()
        if speedup is None:
            self.speedup.hide()
            self.verdict.set_colour("muted", self._theme)
            self.verdict.show_text(self._why_no_speedup())
            return
        if abs(speedup - 1) < AS_FAST:
            shape, colour = "≈", "text"
        else:
            shape, colour = ("▲", "good") if speedup > 1 else ("▼", "bad")
        self.speedup.set_colour(colour, self._theme)
        self.speedup.show_text(f"{shape} {figures.factor(speedup)}")
        self.speedup.show()
        self.verdict.set_colour("text", self._theme)
        self.verdict.show_text(
            self.tr("the {level} tok/s without drafting").format(level=figures.rate(self._level))
        )

    def _speedup(self) -> float | None:
        m = self._metrics
        if not self._drafting or not self._level or m is None or m.tokens_per_second is None:
            return None
        if not self._final and m.steps < ENOUGH_STEPS:
            return None
        return m.tokens_per_second / self._level

    def _why_no_speedup(self) -> str:
        if not self._drafting:
            return self.tr("Drafting is off: this is the level to compare with")
        if not self._level:
            return self.tr("Level not measured yet: answer once with drafting off")
        level = figures.rate(self._level)
        return self.tr("Comparing with the {level} tok/s without drafting…").format(level=level)
