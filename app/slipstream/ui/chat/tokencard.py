"""The card beside a token: what the draft had proposed there, what the model made of it, and in which step.

`card_text` says it in words, for the eye and for a screen reader alike; `TokenCard` shows that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from slipstream.core.events import Origin
from slipstream.core.step_book import Proposal, TokenSource
from slipstream.ui.chat.look import Look
from slipstream.ui.numbers import decimal

WIDTH, ASIDE = 440, 180  # px at zoom 1; of these what stands beside a token
LARGE_ENOUGH = 18  # px of a letter: where there is little room, larger ones are made smaller down to this
GAP = 6  # px between a token and its card
EDGE = 8  # px kept to the edges of the conversation
SHOWN = 24  # characters of a token that are shown
MOST_LINES = 2
DROPPED = 6  # dropped tokens that are named
_VISIBLE = str.maketrans({" ": "·", "\n": "↵", "\t": "⇥", "\r": "↵"})


def tr(text: str) -> str:
    return QCoreApplication.translate("TokenCard", text)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A token with both probabilities as they are shown, "–" where there is none."""

    label: str
    token: str
    draft: str
    model: str


@dataclass(frozen=True, slots=True)
class CardText:
    """`lines` is empty where no draft was at stake."""

    token: str
    origin: Origin
    sentence: str
    lines: tuple[CardLine, ...] = ()
    notes: tuple[str, ...] = ()

    def spoken(self) -> str:
        """All of it in one line."""
        lines = (
            tr("{label} {token}: draft {draft}, model {model}").format(
                label=line.label, token=line.token, draft=line.draft, model=line.model
            )
            for line in self.lines
        )
        return ". ".join((self.token, self.sentence, *lines, *self.notes))


def visible(text: str) -> str:
    """A token's text with its white space made visible, cut where it is long."""
    shown = text.translate(_VISIBLE)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"


def percent(probability: float | None) -> str:
    """A probability to one decimal; "–" where it is not known."""
    if probability is None:
        return "–"
    if 0 < probability < 0.0005:
        return decimal("< 0.1 %")
    if 0.9995 <= probability < 1:
        return decimal("> 99.9 %")
    return decimal(f"{probability * 100:.1f} %")


def sentence(origin: Origin) -> str:
    """What an origin means."""
    match origin:
        case Origin.ACCEPTED:
            return tr("Drafted, and kept")
        case Origin.RECOVERED:
            return tr("The draft was wrong here: the model's own")
        case Origin.BONUS:
            return tr("The model's own, after a draft that was kept whole")
    return tr("Written without a draft")


def card_text(text: str, origin: Origin, source: TokenSource | None, pending: str = "") -> CardText:
    """What is known of a token; `pending` says why its source is not, where it is not."""
    token = visible(text)
    if source is None:
        return CardText(token, origin, sentence(origin), (), (pending,) if pending else ())
    return CardText(token, origin, sentence(origin), tuple(_lines(token, source)), tuple(_notes(source)))


def _lines(token: str, source: TokenSource) -> Sequence[CardLine]:
    proposal = source.proposal
    if proposal is None:
        return ()
    draft, model = percent(proposal.draft_prob), percent(proposal.target_prob)
    if source.place <= source.record.accepted:
        return (CardLine(tr("proposed"), token, draft, model),)
    return (
        CardLine(tr("refused"), named(proposal), draft, model),
        CardLine(tr("taken"), token, "–", "–"),
    )


def named(proposal: Proposal) -> str:
    """A proposed token as text, or by its id where nobody knows the text."""
    if proposal.text is None:
        return tr("token {id}").format(id=proposal.token)
    return visible(proposal.text) or tr("token {id}").format(id=proposal.token)


def _notes(source: TokenSource) -> Sequence[str]:
    record, notes = source.record, []
    if source.proposal is not None and source.place > record.accepted:
        notes.append(tr("Probabilities are recorded of proposals only."))
    if source.dropped:
        names = " ".join(named(proposal) for proposal in source.dropped[:DROPPED])
        more = " …" if len(source.dropped) > DROPPED else ""
        notes.append(tr("Dropped behind it: {tokens}").format(tokens=names + more))
    if record.drafted:
        place = tr("Place {n} of {count}, drafted by {drafter}")
        after = tr("After a draft of {count} by {drafter}")
        kept_whole = source.place > len(record.drafted)
        words = after if kept_whole else place
        notes.append(
            words.format(n=source.place, count=len(record.drafted), drafter=_drafter(record.drafter, source))
        )
    times = tr("Step {n}: {total} ms = {draft} draft + {verify} verify + {sample} sample + {other} other")
    notes.append(
        times.format(
            n=record.index,
            total=_ms(record.duration_ms),
            draft=_ms(record.draft_ms),
            verify=_ms(record.verify_ms),
            sample=_ms(record.sample_ms),
            other=_ms(record.other_ms),
        )
    )
    return notes


def _drafter(drafter: str, source: TokenSource) -> str:
    match drafter:
        case "model":
            return source.draft or tr("the draft model")
        case "ngram":
            return tr("a lookup")
    return drafter


def _ms(value: float) -> str:
    return decimal(f"{value:.1f}") if value < 100 else f"{value:.0f}"


class TokenCard(QFrame):
    """Stands beside a token, and lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text: CardText | None = None
        self._look: Look | None = None
        self._room = 0.0  # px for a token in the grid
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._token = _label()
        self._origin = _label("muted")
        self._grid = QWidget()
        self._heads: list[QLabel] = []
        self._lines: list[tuple[QLabel, ...]] = []
        self._make_grid()
        self._notes = _label("muted")
        self._notes.setWordWrap(True)
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self._token)
        self._head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(5)
        column.addLayout(self._head)
        column.addWidget(self._origin)
        column.addWidget(self._grid)
        column.addWidget(self._notes)
        self._origin.setWordWrap(True)
        self.hide()

    def show_text(self, text: CardText, look: Look) -> None:
        """Say this, in the type of the conversation."""
        room = self.parentWidget().width() - 2 * EDGE
        width = min(look.px(WIDTH), room)
        as_before = look is self._look and width == self.width()
        if as_before and text == self.text and not self.isHidden():
            return
        self.text = text
        if not as_before:
            self._show_look(look, width)
        self._token.setText(text.token or "∅")
        self._origin.setText(text.sentence)
        self._notes.setText("\n".join(text.notes))
        self._notes.setVisible(bool(text.notes))
        self._fill_grid(text.lines)
        self.setAccessibleName(text.spoken())
        self.setFixedWidth(width)
        for layout in (self._head, self._grid.layout(), self.layout()):
            layout.invalidate()  # what is hidden tells it of no change
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.layout().totalHeightForWidth(self.width()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._look is not None:
            self._fit()  # the style has given a label another size
        return super().event(event)

    def _show_look(self, look: Look, width: int) -> None:
        """Letters as large as those of the conversation, or as this width has room for."""
        scale = min(1.0, width / look.px(WIDTH))

        def sized(font: QFont) -> QFont:
            font = QFont(font)
            font.setPixelSize(max(min(LARGE_ENOUGH, font.pixelSize()), round(font.pixelSize() * scale)))
            return font

        self._look = look
        small, words, mono = sized(look.small), sized(look.words), sized(look.mono)
        self._room = max(40.0, width - look.px(ASIDE) * small.pixelSize() / look.small.pixelSize())
        self._token.setFont(mono)
        for label in (self._origin, self._notes, *self._heads):
            label.setFont(small)
        for label, token, draft, model in self._lines:
            label.setFont(small)
            token.setFont(mono)
            for probability in (draft, model):
                probability.setFont(words)

    def _make_grid(self) -> None:
        """Heads over the two columns of probabilities, and lines below that are shown as needed."""
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, words in ((2, tr("draft")), (3, tr("model"))):
            head = _label("muted")
            head.setText(words)
            grid.addWidget(head, 0, column, right)
            self._heads.append(head)
        for number in range(1, MOST_LINES + 1):
            line = (_label("muted"), _label(), _label(), _label())
            for column, label in enumerate(line):
                grid.addWidget(label, number, column, right if column > 1 else Qt.AlignmentFlag.AlignVCenter)
            self._lines.append(line)

    def _fill_grid(self, lines: Sequence[CardLine]) -> None:
        self._grid.setVisible(bool(lines))
        metrics = QFontMetricsF(self._token.font())
        for number, labels in enumerate(self._lines):
            for label in labels:
                label.setVisible(number < len(lines))
            if number < len(lines):
                line = lines[number]
                elided = metrics.elidedText(line.token, Qt.TextElideMode.ElideRight, self._room)
                for label, words in zip(labels, (line.label, elided, line.draft, line.model), strict=True):
                    label.setText(words)

    def stand_beside(self, token: QRect) -> None:
        """Take a place under the token (coordinates of the parent), or above it where there is more room."""
        area = self.parentWidget().rect()
        left = min(token.left(), area.right() - self.width() - EDGE)
        top = token.bottom() + GAP
        if top + self.height() > area.bottom() - EDGE and token.top() - GAP - self.height() >= EDGE:
            top = token.top() - GAP - self.height()
        self.move(max(EDGE, left), max(EDGE, min(top, area.bottom() - self.height())))
        self.show()
        self.raise_()


def _label(kind: str = "") -> QLabel:
    """Text as it is: what a model wrote is no markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        label.setProperty("kind", kind)
    return label
