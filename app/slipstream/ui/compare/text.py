"""The text of one side as it is written, the place where it parts from the first side's marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from slipstream.core.events import TextPiece
from slipstream.core.metrics import Phase
from slipstream.ui.chat.inline import displayable
from slipstream.ui.theme import Theme

BREAK = "\n\n"  # between thinking and answer
LOWEST = 72  # px


class SideText(QPlainTextEdit):
    """Plain text: two answers are compared by their letters, not by what Markdown makes of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer_from: int | None = None  # where the thinking ends
        self._places: list[tuple[int, int, int]] = []  # token, where its text begins and ends
        self._marked: int | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "bare")
        self.document().setDocumentMargin(0)
        self.setMinimumHeight(LOWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are broken anywhere
        self._follows = True  # the reader is at the end
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range)

    @property
    def marked(self) -> str:
        """The text that is marked."""
        return "".join(selection.cursor.selectedText() for selection in self.extraSelections())

    def start_over(self) -> None:
        self.clear()
        self._follows = True
        self._answer_from = None
        self._places.clear()
        self.mark(None)

    def add(self, pieces: Sequence[TextPiece]) -> None:
        """More of the text; the reader who is at its end stays there."""
        cursor = self._cursor(self.document().characterCount() - 1)
        cursor.beginEditBlock()
        for piece in pieces:
            if piece.phase is Phase.ANSWER and self._answer_from is None:
                cursor.insertText(BREAK if self._places else "")
                self._answer_from = cursor.position()
            begin = cursor.position()
            cursor.insertText(displayable(piece.text), self._format(piece.phase))
            self._places.append((piece.token, begin, cursor.position()))
        cursor.endEditBlock()

    def mark(self, token: int | None) -> None:
        """Mark where this token stands, or the end of a text that ends there. None takes the mark away."""
        self._marked = token
        place = self._place(token) if token is not None else None
        if place is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(*place)
        selection.format.setBackground(QColor(self._theme.found_now))
        selection.format.setForeground(QColor(self._theme.text))
        self.setExtraSelections([selection])

    def show_mark(self) -> None:
        """Scroll to what is marked."""
        for selection in self.extraSelections():
            self.setTextCursor(self._cursor(selection.cursor.selectionStart()))
            self.centerCursor()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        end = self.document().characterCount() - 1
        answer = end if self._answer_from is None else self._answer_from
        self._cursor(0, answer).mergeCharFormat(self._format(Phase.THINK))
        self._cursor(answer, end).mergeCharFormat(self._format(Phase.ANSWER))
        self.mark(self._marked)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum()

    @Slot(int, int)
    def _on_range(self, _least: int, most: int) -> None:
        """More text, or less room for it."""
        if self._follows:
            self.verticalScrollBar().setValue(most)

    def _place(self, token: int) -> tuple[int, int] | None:
        """Where the text of a token begins and ends: the next one's where it has none of its own."""
        for known, begin, end in self._places:
            if known >= token and end > begin:
                return begin, end
        return self._places[-1][1:] if self._places else None

    def _cursor(self, begin: int, end: int | None = None) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        if end is not None:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _format(self, phase: Phase) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(QColor(self._theme.muted if phase is Phase.THINK else self._theme.text))
        return form
