"""Answers, which stand over the whole column.

Rows of a turn that was never in sight do not exist yet (`build`).
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from slipstream.core.events import UNKNOWN_TOKEN, Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.ui.chat.control_rows import (
    FooterRow,
    LegendRow,
    NoticeRow,
    ProgressRow,
    ThinkRow,
)
from slipstream.ui.chat.editing import Editable
from slipstream.ui.chat.leafrows import estimate_text
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.messages import ShownMessage, StripText, ThoughtFigures
from slipstream.ui.chat.rows import ControlRow, DocumentRow, Row
from slipstream.ui.chat.sections import MarkdownSection
from slipstream.ui.chat.thinking import Thinking
from slipstream.ui.chat.tokenrows import TokensSection
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turn_rows import ContinueRow

THINK_INDENT = 18

Section = MarkdownSection | TokensSection
PARTS = (Phase.THINK, Phase.ANSWER)  # of an answer, in the order they stand in


class AnswerTurn(Editable, Turn):
    """An answer: thinking (folded), the text, and what stands under it."""

    is_answer = True

    def __init__(
        self, look: Look, message: ShownMessage, *, streaming: bool = False, show_tokens: bool = False
    ) -> None:
        super().__init__(look, message.id)
        self.texts = {Phase.THINK: message.thinking, Phase.ANSWER: message.content}
        self._pieces = list(message.pieces)
        self._strip, self._interrupted = message.strip, message.interrupted
        self._versions = message.versions
        self.streaming = streaming
        self._show_tokens = show_tokens
        self.unfolded = False
        self._sections: dict[Phase, Section] = {}
        self._others: dict[Phase, Section] = {}  # the same as tokens, or as Markdown: shown before the switch
        self._starts: dict[Phase, int] = {}  # where the rows of each shown part begin
        self._think_row = ThinkRow(look, message.id)
        self._progress = ProgressRow(look)
        self._thinking = Thinking(self._pieces, message.thought)
        self._waits = streaming  # for its first words

    # Streaming

    def append(self, pieces: Sequence[TextPiece]) -> int:
        """Add text; returns the first row that changed."""
        self._pieces.extend(pieces)
        changed = len(self.rows)
        for phase in Phase:
            own = [piece for piece in pieces if piece.phase is phase]
            if own:
                changed = min(changed, self._append(phase, own))
        return changed

    def _append(self, phase: Phase, pieces: list[TextPiece]) -> int:
        text = "".join(piece.text for piece in pieces)
        self._others.clear()
        if not self.texts[phase]:
            text = text.lstrip("\n")
        first_of_all = not any(self.texts.values())
        if phase is Phase.THINK:
            self._thinking.add(pieces)
        elif self._thinking.under_way:
            self._thinking.end()
            if section := self._sections.get(Phase.THINK):
                section.finish()
        if not text:
            return len(self.rows)
        self.texts[phase] += text
        unseen = phase is Phase.THINK and not self.unfolded and not (first_of_all or self._waits)
        self._waits = False
        section = self._sections.get(phase)
        if section is None:
            if not unseen:
                self._compose()
            return len(self.rows) if unseen else 0
        changed = section.feed(pieces) if isinstance(section, TokensSection) else section.feed(text)
        if unseen:
            return len(self.rows)
        start = self._compose(section, changed)
        return 0 if first_of_all else start

    def set_progress(self, words: str) -> None:
        self._progress.words = words

    def beat(self) -> None:
        """One tick of whatever moves while the answer is written."""
        self._progress.beat += 1
        self._summarise()

    def resume(self, message: ShownMessage) -> None:
        """It was over and goes on; `message` is what there is of it."""
        self.texts = {Phase.THINK: message.thinking, Phase.ANSWER: message.content}
        self._pieces = list(message.pieces)
        self._strip, self._interrupted = None, None
        self.streaming = self._waits = True
        self._sections.clear()  # they were finished
        self._others.clear()
        self._thinking = Thinking(self._pieces, self._thinking.figures)
        self.relist()

    def set_thought(self, figures: ThoughtFigures) -> None:
        """What the thinking came to so far."""
        self._thinking.figures = figures

    def set_closing(self) -> None:
        """A person asked for the answer; the thinking is about to end."""
        self._think_row.closing = self._think_row.stale_control = True

    def finish(
        self, strip: StripText | None, interrupted: str | None, versions: tuple[str, ...] = ()
    ) -> None:
        self.streaming = False
        self._versions = versions
        self._strip, self._interrupted = strip, interrupted
        self._thinking.end()
        self._others.clear()
        for section in self._sections.values():
            section.finish()
        self._compose()

    # Rows

    def build(self) -> None:
        super().build()
        self._compose()

    def relist(self) -> None:
        if self.built:
            self._compose()

    def text_to_edit(self) -> str:
        return self.texts[Phase.ANSWER].strip()

    def _section(self, phase: Phase) -> Section:
        if phase not in self._sections:
            look = self.look.quiet() if phase is Phase.THINK else self.look
            own = [piece for piece in self._pieces if piece.phase is phase]
            if self._show_tokens and own:
                tokens = TokensSection(look)
                tokens.feed(own)
                self._sections[phase] = tokens
            else:
                markdown = MarkdownSection(look)
                markdown.feed(self.texts[phase])
                self._sections[phase] = markdown
            if self._is_over(phase):
                self._sections[phase].finish()
        return self._sections[phase]

    def _is_over(self, phase: Phase) -> bool:
        return not self.streaming or (phase is Phase.THINK and bool(self.texts[Phase.ANSWER]))

    def section(self, phase: Phase) -> Section | None:
        """The rows of a part, where they were made: what is folded has none yet.

        Of tokens they are always made: that takes no parsing.
        """
        if self._show_tokens and self._pieces and self.texts[phase]:
            return self._section(phase)
        return self._sections.get(phase)

    def take_section(self, phase: Phase, section: MarkdownSection) -> None:
        """Rows of all of a part's text so far, that somebody made in advance."""
        section.restyle(self.look.quiet() if phase is Phase.THINK else self.look)
        if self._is_over(phase):
            section.finish()
        self._sections[phase] = section

    def _compose(self, changed: Section | None = None, at: int = 0) -> int:
        """List the rows anew; returns the index of row `at` of section `changed`."""
        look, rows, index = self.look, list[Row](), 0
        self._thoughts = (0, 0)
        self._starts.clear()
        if self.texts[Phase.THINK]:
            self._update_think_row()
            rows.append(self._think_row)
            if self.unfolded:
                thoughts = self._section(Phase.THINK)
                index = len(rows) + at if thoughts is changed else index
                self._starts[Phase.THINK] = len(rows)
                rows += thoughts.rows
                self._thoughts = (1, len(rows))
                if len(rows) > 1:
                    rows[1].gap = look.px(8)
        if self.edit_row is not None:
            self.edit_row.gap = look.px(10) if rows else 0
            self.rows = [*rows, self.edit_row]
            return 0
        if self.texts[Phase.ANSWER]:
            answer = self._section(Phase.ANSWER)
            index = len(rows) + at if answer is changed else index
            self._starts[Phase.ANSWER] = len(rows)
            if rows and answer.rows:
                answer.rows[0].gap = look.px(16 if self.unfolded else 10)
            rows += answer.rows
        if self.streaming:
            if self._waits:
                self._progress.gap = look.px(12) if rows else 0
                rows.append(self._progress)
        else:
            rows += self._footer()
        self.rows = rows
        return index

    def _footer(self) -> list[Row]:
        look, rows = self.look, list[Row]()
        if self._show_tokens and any(isinstance(s, TokensSection) for s in self._sections.values()):
            rows.append(LegendRow(look))
            rows[-1].gap = look.px(14)
        if self._interrupted:
            rows.append(NoticeRow(look, self._interrupted))
            rows[-1].gap = look.px(10)
            if self.is_last:
                rows.append(ContinueRow(look, self.id))
                rows[-1].gap = look.px(8)
        rows.append(FooterRow(look, self.id, self._strip, self._versions))
        rows[-1].gap = look.px(12)
        return rows

    def all_rows(self) -> Iterable[Row]:
        sections = chain(self._sections.values(), self._others.values())
        return (row for section in sections for row in section.rows)

    def _update_think_row(self) -> None:
        """What the line about the thinking says is brought up to date here where it must be; else by the beat, often
        enough to be read.
        """
        row, live = self._think_row, self.streaming and not self.texts[Phase.ANSWER]
        stale = row.live != live or not self.streaming or not row.summary
        row.live = live
        row.closing = row.closing and live
        row.unfolded = self.unfolded
        if stale:
            self._summarise()

    def _summarise(self) -> None:
        if not self.texts[Phase.THINK]:
            return
        row = self._think_row
        summary = self._thinking.summary(live=row.live)
        row.stale_control = row.stale_control or summary != row.summary
        row.summary, row.short = summary, self._thinking.summary(live=row.live, short=True)

    def toggle_thinking(self) -> None:
        self.unfolded = not self.unfolded
        self._think_row.stale_control = True
        self._compose()

    def part_at(self, index: int) -> tuple[int, int]:
        for part, phase in reversed(list(enumerate(PARTS))):
            if phase in self._starts and index >= self._starts[phase]:
                return part, index - self._starts[phase]
        return 0, 0

    def row_of(self, part: int, number: int) -> int:
        return self._starts.get(PARTS[part], 0) + number

    def is_folded(self, part: int) -> bool:
        return PARTS[part] is Phase.THINK and not self.unfolded

    def unfold(self, part: int) -> None:
        if self.is_folded(part):
            self.toggle_thinking()

    @property
    def pieces(self) -> Sequence[TextPiece]:
        """Its tokens, as far as they are known."""
        return self._pieces

    @property
    def lacks_tokens(self) -> bool:
        """Whether tokens are to be shown and none are known."""
        return self._show_tokens and not self._pieces and not self.streaming

    def set_pieces(self, pieces: Sequence[TextPiece]) -> None:
        """What a finished answer is made of, where it came without; left out where its text is another.

        The beginning may be a person's own: that is no token.
        """
        own: list[TextPiece] = []
        for phase in Phase:
            told = "".join(piece.text for piece in pieces if piece.phase is phase).rstrip()
            text = self.texts[phase].strip()
            if text == told.strip():
                continue
            if not pieces or not text.endswith(told):
                return
            own.append(TextPiece(text.removesuffix(told), phase, Origin.PLAIN, UNKNOWN_TOKEN))
        self._pieces = [*own, *pieces]
        self._thinking = Thinking(self._pieces, self._thinking.figures)
        if self._show_tokens and self._pieces:
            self._sections, self._others = {}, self._sections
            if self.built:
                self._compose()

    def show_tokens(self, on: bool) -> None:
        if on == self._show_tokens:
            return
        self._show_tokens = on
        if self._pieces:
            self._sections, self._others = self._others, self._sections
            if self.built:
                self._compose()

    def restyle(self, look: Look) -> None:
        self.look = look
        self._others.clear()
        for phase, section in self._sections.items():
            own = look.quiet() if phase is Phase.THINK else look
            section.restyle(own)
        for row in (self._think_row, self._progress, *([self.edit_row] if self.edit_row else [])):
            row.restyle(look)
            row.stale_control = True
        if self.built:
            self._compose()

    # Geometry and text

    def row_x(self, row: Row) -> int:
        return 0 if self.look.rtl else self._indent(row)

    def row_width(self, row: Row) -> int:
        return self.width - self._indent(row)

    def _indent(self, row: Row) -> int:
        return self.look.px(THINK_INDENT) if self._in_thoughts(row) else 0

    def _in_thoughts(self, row: Row) -> bool:
        """Thoughts are told by their look."""
        return not isinstance(row, ControlRow) and row.look.text == self.look.theme.muted

    def caret_rect(self) -> QRectF | None:
        """Where a dot says that the text goes on, in turn coordinates; None where it does not."""
        row = self.rows[-1] if self.rows else None
        if not isinstance(row, DocumentRow) or not row.ready:
            return None
        size = self.look.px(9)
        point = row.end_point() + QPointF(row.x + self.look.px(5), row.y - size / 2)
        return QRectF(point.x(), point.y(), size, size)

    def paint_behind(self, painter: QPainter) -> None:
        start, end = self._thoughts
        if end > start:
            top = self.rows[start].y
            bottom = self.rows[end - 1].y + self.rows[end - 1].height
            wide = self.look.px(2)
            left = self.width - self.look.px(5) - wide if self.look.rtl else self.look.px(5)
            bar = QRectF(left, top, wide, bottom - top)
            painter.fillRect(bar, QColor(self.look.theme.border))

    _thoughts = (0, 0)  # rows of the unfolded thinking

    def estimate(self, width: int) -> int:
        text = estimate_text(self.look, self.texts[Phase.ANSWER], width)
        return round(text * 1.1) + self.look.px(60)

    def copy_text(self) -> str:
        return self.texts[Phase.ANSWER].strip() or self.texts[Phase.THINK].strip()
