"""Turns: what they are made of, and answers, which stand over the whole column.

A turn owns its rows and stacks them; where it stands in the conversation, and what of it is in sight, is
the canvas's business. Rows of a turn that was never in sight do not exist yet (`build`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from slipstream.core.events import TextPiece
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
from slipstream.ui.chat.sections import MarkdownSection, TokensSection
from slipstream.ui.chat.thinking import Thinking
from slipstream.ui.chat.turn_rows import ContinueRow

THINK_INDENT = 18


class Turn:
    """Base: rows from top to bottom. Heights of rows that are not laid out are estimates."""

    def __init__(self, look: Look, message_id: str) -> None:
        self.look = look
        self.id = message_id
        self.rows: list[Row] = []
        self.built = False
        self.width = 0
        self.height = 0
        self.y = 0  # set by the canvas

    def build(self) -> None:
        """Make the rows."""
        self.built = True

    def estimate(self, width: int) -> int:
        """Height before the rows exist, px."""
        raise NotImplementedError

    def copy_text(self) -> str:
        """The whole turn as it was written."""
        raise NotImplementedError

    def row_width(self, _row: Row) -> int:
        return self.width

    def row_x(self, _row: Row) -> int:
        return 0

    def place(self, width: int, first: int = 0) -> None:
        """Stack the rows from `first` on."""
        if width != self.width:
            self.width, first = width, 0
            for row in self.rows:
                row.ready = False
        if not self.built:
            self.height = self.estimate(width)
            return
        y = self._top()
        if 0 < first <= len(self.rows):
            above = self.rows[first - 1]
            y = above.y + above.height
        for i in range(first, len(self.rows)):
            row = self.rows[i]
            y += row.gap if i else 0
            if not row.ready:
                row.height = row.estimate(self.row_width(row))
            row.x, row.y = self.row_x(row), y
            y += row.height
        self.height = y + self._bottom()

    def _top(self) -> int:
        return 0

    def _bottom(self) -> int:
        return 0

    def all_rows(self) -> Iterable[Row]:
        """Those that are shown, and those that are folded away."""
        return self.rows

    def rows_between(self, top: float, bottom: float) -> range:
        """Indices of the rows that touch this stretch (turn coordinates)."""
        start = max(0, bisect_right(self.rows, top, key=lambda row: row.y) - 1)
        end = start
        while end < len(self.rows) and self.rows[end].y < bottom:
            end += 1
        return range(start, end)

    def paint_behind(self, painter: QPainter) -> None:
        """What lies under the rows, in turn coordinates."""

    def restyle(self, look: Look) -> None:
        self.look = look
        for row in self.rows:
            row.restyle(look)
            row.stale_control = True


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
        self._sections: dict[Phase, MarkdownSection | TokensSection] = {}
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
        self._waits = False
        section = self._sections.get(phase)
        if section is None:
            self._compose()
            return 0
        changed = section.feed(pieces) if isinstance(section, TokensSection) else section.feed(text)
        start = self._compose(section, changed)
        return 0 if first_of_all else start

    def set_progress(self, words: str) -> None:
        self._progress.words = words

    def beat(self) -> None:
        """One tick of whatever moves while the answer is written."""
        self._progress.beat += 1
        self._update_think_row()

    def resume(self, message: ShownMessage) -> None:
        """It was over and goes on; `message` is what there is of it."""
        self.texts = {Phase.THINK: message.thinking, Phase.ANSWER: message.content}
        self._pieces = list(message.pieces)
        self._strip, self._interrupted = None, None
        self.streaming = self._waits = True
        self._sections.clear()  # they were finished
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

    def _section(self, phase: Phase) -> MarkdownSection | TokensSection:
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
            over = not self.streaming or (phase is Phase.THINK and bool(self.texts[Phase.ANSWER]))
            if over:
                self._sections[phase].finish()
        return self._sections[phase]

    def _compose(self, changed: MarkdownSection | TokensSection | None = None, at: int = 0) -> int:
        """List the rows anew; returns the index of row `at` of section `changed`."""
        look, rows, index = self.look, list[Row](), 0
        self._thoughts = (0, 0)
        if self.texts[Phase.THINK]:
            self._update_think_row()
            rows.append(self._think_row)
            if self.unfolded:
                thoughts = self._section(Phase.THINK)
                index = len(rows) + at if thoughts is changed else index
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
        return (row for section in self._sections.values() for row in section.rows)

    def _update_think_row(self) -> None:
        row = self._think_row
        row.live = self.streaming and not self.texts[Phase.ANSWER]
        row.closing = row.closing and row.live
        row.unfolded = self.unfolded
        summary = self._thinking.summary(live=row.live)
        row.stale_control = row.stale_control or summary != row.summary
        row.summary, row.short = summary, self._thinking.summary(live=row.live, short=True)

    def toggle_thinking(self) -> None:
        self.unfolded = not self.unfolded
        self._think_row.stale_control = True
        self._compose()

    def show_tokens(self, on: bool) -> None:
        if on == self._show_tokens:
            return
        self._show_tokens = on
        if self._pieces:
            self._sections.clear()
            if self.built:
                self._compose()

    def restyle(self, look: Look) -> None:
        self.look = look
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
        return self.look.px(THINK_INDENT) if self._in_thoughts(row) else 0

    def row_width(self, row: Row) -> int:
        return self.width - self.row_x(row)

    def _in_thoughts(self, row: Row) -> bool:
        """Thoughts are told by their look."""
        return not isinstance(row, ControlRow) and row.look.text == self.look.theme.muted

    def paint_caret(self, painter: QPainter) -> None:
        """Where the text goes on, in turn coordinates."""
        row = self.rows[-1] if self.rows else None
        if not isinstance(row, DocumentRow) or not row.ready:
            return
        size = self.look.px(9)
        point = row.end_point() + QPointF(row.x + self.look.px(5), row.y - size / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.theme.accent))
        painter.drawEllipse(QRectF(point.x(), point.y(), size, size))

    def paint_behind(self, painter: QPainter) -> None:
        start, end = self._thoughts
        if end > start:
            top = self.rows[start].y
            bottom = self.rows[end - 1].y + self.rows[end - 1].height
            bar = QRectF(self.look.px(5), top, self.look.px(2), bottom - top)
            painter.fillRect(bar, QColor(self.look.theme.border))

    _thoughts = (0, 0)  # rows of the unfolded thinking

    def estimate(self, width: int) -> int:
        text = estimate_text(self.look, self.texts[Phase.ANSWER], width)
        return round(text * 1.1) + self.look.px(60)

    def copy_text(self) -> str:
        return self.texts[Phase.ANSWER].strip() or self.texts[Phase.THINK].strip()
