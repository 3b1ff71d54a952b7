"""Rows: what a turn is made of from top to bottom, each drawn from one text document.

A row knows its width, its height and how to draw itself; not where it stands on the screen, and nothing of
turns. Its document is made when it is first needed (`lay_out`); until then its height is an estimate.
"""

import math
import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCursor, QTextDocument

from slipstream.core.formulas import Formula
from slipstream.ui.chat.documents import (
    NO_MARKS,
    SOURCE,
    SealedDocument,
    caret_rect,
    cursor_over,
    format_at,
    paint_document,
    plain_text,
    searchable_text,
    shown_stretch,
    source_of,
    stretch_rects,
)
from slipstream.ui.chat.look import Look

Stretch = tuple[int, int]  # characters from, to
NOT_STACKED = 1 << 30  # px: below everything that has its place, so that what is in sight can be looked up
_BOTH_WAYS = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)  # letters and marks of scripts that run from the right


@dataclass(frozen=True)
class ControlPlace:
    """A real widget that stands on a row while it is in sight: which, and where in the row."""

    kind: str
    rect: QRect


class Row:
    """Base: an empty stretch of some height."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.ready = False  # laid out for `width`
        self.width = 0
        self.height = 0
        self.x = 0  # set by the turn
        self.y = NOT_STACKED  # within the turn; set by the turn
        self.gap = 0  # room above; set by the turn
        self.separator = "\n\n"  # what copying puts before this row's text
        self.same_above = 0  # px from its top that look as they were drawn last; read once
        self.stale_control = True  # its widget has to be told of a change
        self.waiting: frozenset[Formula] = frozenset()  # formulas shown as source until they are drawn
        self.marks = NO_MARKS  # what a search found here; set by the canvas

    def lay_out(self, width: int) -> None:
        """Make what is needed to draw, and learn the height."""
        self.width, self.ready = width, True

    def restyle(self, look: Look) -> None:
        """Another look: what was made is dropped, the height stays as an estimate."""
        self.look, self.ready, self.stale_control, self.same_above = look, False, True, 0

    def estimate(self, _width: int) -> int:
        return self.height

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        """Draw in row coordinates."""

    def control(self) -> ControlPlace | None:
        return None

    # Text, for selecting and copying.

    @property
    def length(self) -> int:
        """Characters that can be selected."""
        return 0

    def hit(self, _point: QPointF) -> int:
        return 0

    def text(self, _stretch: Stretch) -> str:
        return ""

    def letters(self) -> str:
        """Its text as it was written, to tell how far somebody has read."""
        return ""

    def searchable(self) -> str:
        """The text a search looks through, formulas as LaTeX; see `searchable_text` and `found_at`."""
        return ""

    def found_at(self, stretch: Stretch) -> Stretch:
        """The characters that show a stretch of `searchable`."""
        return stretch

    def rects(self, _stretch: Stretch) -> list[QRectF]:
        """Where these characters stand, a rectangle a line. The row is laid out."""
        return []

    def caret(self, _position: int) -> QRectF:
        """Where a caret before this character stands; no width."""
        return QRectF(0, 0, 0, self.height)

    def link_at(self, _point: QPointF) -> str:
        return ""

    def tip_at(self, point: QPointF) -> str:
        """What a tooltip says here, as plain text."""
        return self.link_at(point)

    def formula_at(self, _point: QPointF) -> str:
        """The formula here as LaTeX with its delimiters, drawn or not; "" where there is none."""
        return ""

    def word_at(self, position: int) -> Stretch:
        return position, position

    def paragraph_at(self, position: int) -> Stretch:
        return position, position

    def bar_ratio_at(self, _point: QPointF) -> float:
        """On a sideways scroll bar: content px for each px the bar is dragged; else 0."""
        return 0.0

    def scroll_sideways(self, _delta: int) -> bool:
        """Move wide content; False when it cannot (further)."""
        return False


class DocumentRow(Row):
    """A row that is one text document. Subclasses fill it in `_fill`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.document: QTextDocument | None = None
        self.builds = 0  # how often the document was written from scratch
        self._searchable: tuple[object, str] | None = None  # and of what

    def _fill(self, document: QTextDocument) -> None:
        raise NotImplementedError

    def origin(self) -> QPointF:
        """Where the document stands in the row."""
        return QPointF(0, 0)

    def text_width(self, width: int) -> float:
        """Width given to the document, px; -1 for no wrapping."""
        return max(1.0, width - self.origin().x())

    def ensure(self) -> QTextDocument:
        if self.document is None:
            self.document = SealedDocument(self.look)
            self._fill(self.document)
            self.builds += 1
        return self.document

    def lay_out(self, width: int) -> None:
        document = self.ensure()
        wanted = self.text_width(width)
        if document.textWidth() != wanted:  # setting it lays out all of the document again, changed or not
            document.setTextWidth(wanted)
        self.width, self.ready = width, True
        self.height = self._measure(document)

    def _measure(self, document: QTextDocument) -> int:
        return math.ceil(document.size().height())

    def note_last_line(self, text: str) -> None:
        """To be called before text comes behind what is there, `text` with it: lines above the last one stay as they
        are. Where it runs both ways, what comes may turn what stands before it.
        """
        if not self.ready:
            return
        self.same_above = 0
        block = self.ensure().lastBlock()
        layout = block.layout()
        if layout is not None and layout.lineCount() and not _BOTH_WAYS.search(text):
            top = self.ensure().documentLayout().blockBoundingRect(block).top()
            last = layout.lineAt(layout.lineCount() - 1).y()
            self.same_above = max(0, math.floor(self.origin().y() + top + last))

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self.document = self._searchable = None

    def renew(self) -> None:
        """What the document is made of has changed: it is to be written anew."""
        self.document = self._searchable = None
        self.ready, self.same_above = False, 0

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        if self.document is None:
            return
        origin = self.origin()
        painter.translate(origin)
        paint_document(self.document, painter, clip.translated(-origin), selection, self.look, self.marks)
        painter.translate(-origin)

    @property
    def length(self) -> int:
        return max(0, self.ensure().characterCount() - 1)

    def hit(self, point: QPointF) -> int:
        layout = self.ensure().documentLayout()
        return max(0, layout.hitTest(point - self.origin(), Qt.HitTestAccuracy.FuzzyHit))

    def text(self, stretch: Stretch) -> str:
        return plain_text(cursor_over(self.ensure(), stretch))

    @property
    def content(self) -> object:
        """Compares equal as long as the text is the same; asked while there is no document."""
        return None

    def searchable(self) -> str:
        key = self.content if self.document is None else (self.document, self.document.revision())
        if self._searchable is None or self._searchable[0] != key:
            there = self.document is not None
            self._searchable = key, searchable_text(source_of(self.ensure()))
            if not there:
                self.document = None  # of a thousand rows that are read, few are looked at
        return self._searchable[1]

    def found_at(self, stretch: Stretch) -> Stretch:
        return shown_stretch(self.ensure(), stretch)

    def rects(self, stretch: Stretch) -> list[QRectF]:
        origin = self.origin()
        return [rect.translated(origin) for rect in stretch_rects(self.ensure(), stretch)]

    def caret(self, position: int) -> QRectF:
        return caret_rect(self.ensure(), position).translated(self.origin())

    def link_at(self, point: QPointF) -> str:
        if self.document is None:
            return ""
        return self.document.documentLayout().anchorAt(point - self.origin())

    def tip_at(self, point: QPointF) -> str:
        if self.document is None:
            return ""
        return self.link_at(point) or format_at(self.document, point - self.origin()).toolTip()

    def formula_at(self, point: QPointF) -> str:
        if self.document is None:
            return ""
        return format_at(self.document, point - self.origin()).stringProperty(SOURCE)

    def word_at(self, position: int) -> Stretch:
        return self._select(position, QTextCursor.SelectionType.WordUnderCursor)

    def paragraph_at(self, position: int) -> Stretch:
        return self._select(position, QTextCursor.SelectionType.BlockUnderCursor)

    def _select(self, position: int, unit: QTextCursor.SelectionType) -> Stretch:
        cursor = cursor_over(self.ensure(), (position, position))
        cursor.select(unit)
        return cursor.selectionStart(), cursor.selectionEnd()

    def end_point(self) -> QPointF:
        """Right behind the last character, at half the height of its line."""
        block = self.ensure().lastBlock()
        layout = block.layout()
        origin = self.origin()
        if layout is None or layout.lineCount() == 0:
            return origin
        line = layout.lineAt(layout.lineCount() - 1)
        top = self.ensure().documentLayout().blockBoundingRect(block).topLeft()
        x: float = line.cursorToX(block.length() - 1)[0]  # type: ignore[index]  # the stub says object
        return origin + top + QPointF(x, line.y() + line.height() / 2)


class ControlRow(Row):
    """A row that is a real widget: a button, a line of figures."""

    def __init__(self, look: Look, kind: str, height: int) -> None:
        super().__init__(look)
        self.kind = kind
        self.height = height
        self._usual_height = height / look.zoom

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self.height = look.px(self._usual_height)

    def control(self) -> ControlPlace | None:
        return ControlPlace(self.kind, QRect(0, 0, self.width, self.height))
