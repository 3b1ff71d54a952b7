"""An answer token by token: plain text, told apart by where each token came from.

A section of such rows takes the place of a `MarkdownSection` while tokens are shown.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextCursor, QTextDocument

from slipstream.core.events import Origin, TextPiece
from slipstream.ui.chat.documents import block_format
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import DocumentRow, Row, Stretch

CHUNK = 1500  # characters after which text goes on in a new row, at the next line break
CHUNK_MOST = 4000
OUTLINE_RADIUS = 3.0


def origin_format(look: Look, origin: Origin, font: QFont) -> QTextCharFormat:
    """How text of this origin looks; never by colour alone."""
    form = QTextCharFormat()
    form.setFont(font)  # first: a font brings an underline setting of its own
    form.setForeground(QColor(look.text))
    theme = look.theme
    match origin:
        case Origin.ACCEPTED:
            form.setForeground(QColor(theme.text))
            form.setBackground(QColor(theme.drafted))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(QColor(theme.accent))
        case Origin.RECOVERED:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(QColor(theme.warning))
        case Origin.BONUS:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            form.setUnderlineColor(QColor(theme.muted))
    return form


class TokensRow(DocumentRow):
    """Pieces of plain text, each in the look of its origin. `outlined`: the piece a person looks at."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._pieces: list[TextPiece] = []  # their text as it is shown
        self._length = 0
        self._starts: list[int] = []  # where each piece begins in the document; made when needed
        self._formats = self._make_formats()
        self.outlined: int | None = None

    def _make_formats(self) -> dict[Origin, QTextCharFormat]:
        font = QFont(self.look.body)
        font.setFeature(QFont.Tag("calt"), 0)  # what was written is shown as it is: "->" is no arrow
        return {origin: origin_format(self.look, origin, font) for origin in Origin}

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self._formats = self._make_formats()

    def add(self, pieces: Sequence[TextPiece]) -> None:
        self._pieces.extend(pieces)
        self._length += sum(len(piece.text) for piece in pieces)
        self._starts.clear()
        if self.document is not None:
            self.note_last_line(self.document.toRawText() + "".join(piece.text for piece in pieces))
            self._write(self.document, pieces)
        self.ready = False

    @property
    def characters(self) -> int:
        return self._length

    @property
    def content(self) -> object:
        return self._length

    def _fill(self, document: QTextDocument) -> None:
        QTextCursor(document).setBlockFormat(block_format(round(self.look.line * 1.1)))
        self._write(document, self._pieces)

    def _write(self, document: QTextDocument, pieces: Sequence[TextPiece]) -> None:
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for piece in pieces:
            cursor.insertText(_as_shown(piece.text), self._formats[piece.origin])
        cursor.endEditBlock()

    def estimate(self, width: int) -> int:
        return self.height or round(self._length * self.look.digit / max(1, width) + 1) * round(
            self.look.line
        )

    def letters(self) -> str:
        """All its text."""
        return "".join(piece.text for piece in self._pieces)

    # Tokens

    def __len__(self) -> int:
        """Pieces."""
        return len(self._pieces)

    def piece(self, index: int) -> TextPiece:
        return self._pieces[index]

    def stretch(self, index: int) -> Stretch:
        """The characters of a piece."""
        starts = self._places()
        return starts[index], starts[index + 1]

    def piece_at(self, position: int) -> int | None:
        """The piece that has the character at this position."""
        index = bisect_right(self._places(), position) - 1
        return index if 0 <= index < len(self._pieces) else None

    def piece_under(self, point: QPointF) -> int | None:
        """The piece whose text is under a point of the row; None beside the text."""
        layout = self.ensure().documentLayout()
        position = layout.hitTest(point - self.origin(), Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        for near in (position, position - 1):  # it is the nearest border between two characters
            index = self.piece_at(near) if near >= 0 else None
            if index is not None and any(r.contains(point) for r in self.rects(self.stretch(index))):
                return index
        return None

    def _places(self) -> list[int]:
        """Where each piece begins, and where the last one ends."""
        if not self._starts:
            lengths = (_positions(_as_shown(piece.text)) for piece in self._pieces)
            self._starts = list(accumulate(lengths, initial=0))
        return self._starts

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        super().paint(painter, clip, selection)
        if self.outlined is None:
            return
        painter.setPen(QPen(QColor(self.look.theme.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in self.rects(self.stretch(self.outlined)):
            painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), OUTLINE_RADIUS, OUTLINE_RADIUS)


def _as_shown(text: str) -> str:
    """What is written: Qt makes one line break of these two characters, so it gets one."""
    return displayable(text).replace("\r\n", "\n")


def _positions(text: str) -> int:
    """How many characters Qt counts."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


class TokensSection:
    """Rows of pieces; a new row begins at a line break once a row is long."""

    def __init__(self, look: Look) -> None:
        self.rows: list[Row] = []
        self._look = look

    def feed(self, pieces: Sequence[TextPiece]) -> int:
        """Add pieces; returns the index of the first row that changed."""
        first = max(0, len(self.rows) - 1)
        row = self.rows[-1] if self.rows else None
        if not isinstance(row, TokensRow):
            pieces = _without_first_breaks(pieces)
            if not pieces:
                return first
            row = self._new_row()
        length, batch = row.characters, list[TextPiece]()
        for piece in pieces:  # thousands at once, where a long answer is opened
            text = piece.text
            if length > CHUNK and ("\n" in text or length > CHUNK_MOST):
                head, line_break, text = text.partition("\n") if "\n" in text else ("", "", text)
                if head:
                    batch.append(replace(piece, text=head))
                row.add(batch)
                row, length, batch = self._new_row(), 0, []
                if not text:
                    continue
                piece = replace(piece, text=text) if line_break else piece  # noqa: PLW2901  (what is left of it)
            batch.append(piece)
            length += len(text)
        row.add(batch)
        return first

    def finish(self) -> int:
        """Nothing is held back."""
        return len(self.rows)

    def restyle(self, look: Look) -> None:
        self._look = look
        for row in self.rows:
            row.restyle(look)

    def _new_row(self) -> TokensRow:
        row = TokensRow(self._look)
        row.separator = "\n" if self.rows else "\n\n"
        self.rows.append(row)
        return row


def _without_first_breaks(pieces: Sequence[TextPiece]) -> Sequence[TextPiece]:
    """Line breaks before the first text show nothing."""
    for skipped, piece in enumerate(pieces):
        if text := piece.text.lstrip("\n"):
            return [replace(piece, text=text), *pieces[skipped + 1 :]]
    return ()
