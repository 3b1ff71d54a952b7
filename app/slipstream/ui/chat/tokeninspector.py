"""Looking at single tokens while they are shown: by pointer, or by the arrow keys; a card says what became of each.

Left and Right go from token to token, with Ctrl to the next place where a draft was refused; Up and Down from line
to line; Enter has the step of a token shown. What is recorded of an answer is asked for (`steps_wanted`) when the
first of its tokens is looked at.
"""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from slipstream.core.events import Origin
from slipstream.core.step_book import RunSteps, StepBook
from slipstream.ui.chat.reading import ReadingCanvas
from slipstream.ui.chat.reveal import place_of, reveal
from slipstream.ui.chat.tokencard import CardText, TokenCard, card_text
from slipstream.ui.chat.tokenrows import TokensRow
from slipstream.ui.chat.tokenwalk import TokenAt, beside, first_in_sight, on_next_line

HOVER_MS = 140  # the pointer rests on a token before its card comes
BOOKS = 8  # answers whose steps are kept; others are read again


class TokenInspector(QObject):
    """Signals: `steps_wanted(message_id, known)`, the steps of an answer from number `known` on; give them to `put`.
    `token_chosen(message_id, token)`, its step is to be shown: Alt and a click, Enter, or the menu.
    """

    steps_wanted = Signal(str, int)
    token_chosen = Signal(str, int)

    def __init__(self, canvas: ReadingCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.card = TokenCard(parent)
        self.current: TokenAt | None = None
        self._by_key = False
        self._on = False
        self._books: OrderedDict[str, StepBook] = OrderedDict()
        self._asked: set[str] = set()
        self._failed: set[str] = set()
        self._vain: set[str] = set()  # asked for, and nothing new came
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(HOVER_MS)
        self._rest.timeout.connect(self._on_rest)
        canvas.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        canvas.placed.connect(self._on_placed)
        canvas.more_entries = self._add_entries

    def set_on(self, on: bool) -> None:
        """Whether tokens are shown at all."""
        if on == self._on:
            return
        self._on = on
        for watched in (self._canvas, self._canvas.viewport()):
            if on:
                watched.installEventFilter(self)
            else:
                watched.removeEventFilter(self)
        self.leave()

    def forget(self) -> None:
        """Another conversation is shown."""
        self.leave()
        self._books.clear()
        self._asked.clear()
        self._failed.clear()
        self._vain.clear()

    def put(self, message_id: str, known: int, runs: Iterable[RunSteps]) -> None:
        """Steps that were asked for."""
        self._asked.discard(message_id)
        self._failed.discard(message_id)
        book = self._book(message_id)
        before = book.tokens
        book.put(known, runs)
        if book.tokens == before:
            self._vain.add(message_id)
        self._refresh(message_id)

    def fail(self, message_id: str) -> None:
        """They could not be read."""
        self._asked.discard(message_id)
        self._failed.add(message_id)
        self._refresh(message_id)

    @Slot()
    def leave(self) -> None:
        """Look at no token any more."""
        self._rest.stop()
        self.card.hide()
        self._set_current(None)

    # Events of the canvas

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseMove if watched is not self._canvas and isinstance(event, QMouseEvent):
                if not event.buttons():
                    self._hover(event.position())
            case QEvent.Type.MouseButtonPress if watched is not self._canvas and _asks_for_step(event):
                return self._choose(self._under(event.position()))
            case QEvent.Type.Leave | QEvent.Type.MouseButtonPress if watched is not self._canvas:
                if not self._by_key:
                    self.leave()
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape and self.current is not None:
                    event.accept()  # the window's own Esc stops the answer
                    return True
            case QEvent.Type.KeyPress if watched is self._canvas and isinstance(event, QKeyEvent):
                return self._key(event)
            case QEvent.Type.FocusOut if watched is self._canvas and self._by_key:
                self.leave()
        return False

    @Slot()
    def _on_scrolled(self) -> None:
        if self.current is not None and not self._by_key:
            self.leave()

    @Slot()
    def _on_placed(self) -> None:
        """The card goes with the token that was walked to; one that has no place yet is being scrolled to."""
        if self.current is not None and self._by_key and self.current.row.ready:
            self._show_card()

    # Pointer

    def _hover(self, point: QPointF) -> None:
        token = self._under(point)
        if token is None:
            if not self._by_key:
                self.leave()
            return
        if token.same(self.current):
            return
        self._by_key = False
        was_shown = not self.card.isHidden()
        self._set_current(token)
        if was_shown:
            self._show_card()
        else:
            self._rest.start()

    def _under(self, point: QPointF) -> TokenAt | None:
        found = self._canvas.row_at(point)
        if found is None or not isinstance(found.row, TokensRow) or not found.row.ready:
            return None
        index = found.row.piece_under(found.inside)
        return TokenAt(found.turn, found.row, index) if index is not None else None

    @Slot()
    def _on_rest(self) -> None:
        if self.current is not None:
            self._show_card()

    # Keyboard

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the tokens."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = modifiers == Qt.KeyboardModifier.ControlModifier
        if modifiers and not control:
            return False
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._walk(step, refused=control)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self.current is not None and not control:
                self._line(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape if self.current is not None and not control:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current is not None and not control:
                self._choose(self.current)
            case _:
                return False
        return True

    def _walk(self, step: int, *, refused: bool) -> None:
        """To the next token, or to the next one whose draft was refused."""
        canvas = self._canvas
        token = beside(canvas, self.current, step) if self.current is not None else first_in_sight(canvas)
        while refused and token is not None and token.piece.origin is not Origin.RECOVERED:
            token = beside(canvas, token, step)
        if token is not None:
            self._go(token)

    def go_to(self, token: TokenAt) -> None:
        """Look at a token that was asked for elsewhere."""
        self._go(token)

    def _choose(self, token: TokenAt | None) -> bool:
        """Have the step of a token shown; whether there is one."""
        if token is None or token.piece.token < 0:
            return False
        self.token_chosen.emit(token.turn.id, token.piece.token)
        return True

    def _add_entries(self, menu: QMenu, point: QPointF) -> None:
        """What the menu of the conversation offers for a token."""
        token = self._under(point) if self._on else None
        if token is not None and token.piece.token >= 0:
            entry = QAction(self.tr("Show its step in the live figures"), menu)
            entry.triggered.connect(lambda: self._choose(token))
            menu.addAction(entry)
            menu.addSeparator()

    def _line(self, step: int) -> None:
        """To the token above or below."""
        assert self.current is not None
        if (token := on_next_line(self._canvas, self.current, step)) is not None:
            self._go(token)

    def _go(self, token: TokenAt) -> None:
        self._by_key = True
        self._rest.stop()
        self._set_current(token)
        if token.row in token.turn.rows:
            reveal(self._canvas, token.turn, token.turn.rows.index(token.row), token.row.stretch(token.index))
        self._show_card()

    # The card

    def _set_current(self, token: TokenAt | None) -> None:
        if token is None and self.current is None:
            return
        self._vain.clear()  # by now there may be more
        self._failed.clear()
        if self.current is not None:
            self.current.row.outlined = None
        self.current = token
        if token is not None:
            token.row.outlined = token.index
        else:
            self._by_key = False
        self._canvas.viewport().update()

    def _show_card(self) -> None:
        """Say what is known of the current token, beside it."""
        token = self.current
        if token is None or not token.row.ready or token.row not in token.turn.rows:
            self.leave()
            return
        index = token.turn.rows.index(token.row)
        rect = place_of(self._canvas, token.turn, index, token.row.stretch(token.index)).toAlignedRect()
        port = self._canvas.viewport()
        if not port.rect().intersects(rect.adjusted(0, 0, 1, 1)):
            self.card.hide()
            return
        before = self.card.text
        text = self._text(token)
        self.card.show_text(text, self._canvas.look)
        self.card.stand_beside(rect.translated(port.mapTo(self.card.parentWidget(), port.rect().topLeft())))
        if self._by_key and text != before and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, text.spoken()))

    def _text(self, token: TokenAt) -> CardText:
        piece, message = token.piece, token.turn.id
        book = self._books.get(message)
        source = book.source(piece.token) if book is not None else None
        if source is not None:
            return card_text(piece.text, piece.origin, source)
        if message in self._failed:
            return card_text(piece.text, piece.origin, None, self.tr("What is recorded could not be read."))
        if piece.token < 0 or message in self._vain:
            return card_text(piece.text, piece.origin, None, self.tr("Nothing is recorded of this token."))
        self.ask(message)
        return card_text(piece.text, piece.origin, None, self.tr("Looking it up…"))

    def ask(self, message: str) -> None:
        """Have the steps of an answer read, where that is not under way."""
        if message not in self._asked:
            self._asked.add(message)
            self.steps_wanted.emit(message, len(self._book(message)))

    def _book(self, message: str) -> StepBook:
        book = self._books.setdefault(message, StepBook())
        self._books.move_to_end(message)
        while len(self._books) > BOOKS:
            self._books.popitem(last=False)
        return book

    def _refresh(self, message: str) -> None:
        if self.current is not None and self.current.turn.id == message and not self.card.isHidden():
            self._show_card()


def _asks_for_step(event: QEvent) -> bool:
    """Alt and a click."""
    return (
        isinstance(event, QMouseEvent)
        and event.button() == Qt.MouseButton.LeftButton
        and event.modifiers() == Qt.KeyboardModifier.AltModifier
    )
