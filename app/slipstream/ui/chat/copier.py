"""Puts what a person wants to have on the clipboard: a selection, a message, all of the conversation."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from slipstream.ui.chat.copying import conversation_text, turn_text
from slipstream.ui.chat.reading import ReadingCanvas
from slipstream.ui.chat.user_turn import UserTurn


class Copier(QObject):
    """Signal `done(what)`: a line that says what is on the clipboard now."""

    done = Signal(str)

    def __init__(self, canvas: ReadingCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        canvas.copied.connect(self.done)
        canvas.message_copy.connect(self.copy_message)
        canvas.conversation_copy.connect(self.copy_conversation)

    @Slot(str, str)
    def copy_text(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.emit(what)

    @Slot(str)
    @Slot(str, bool)
    def copy_message(self, message_id: str, as_markdown: bool = True) -> None:
        """A whole turn; unknown ids are ignored."""
        turn = next((turn for turn in reversed(self._canvas.turns) if turn.id == message_id), None)
        if turn is not None:
            what = self.tr("Message copied") if isinstance(turn, UserTurn) else self.tr("Answer copied")
            self.copy_text(turn.copy_text() if as_markdown else turn_text(turn), what)

    @Slot(bool)
    def copy_conversation(self, as_markdown: bool) -> None:
        if self._canvas.turns:
            text = conversation_text(self._canvas.turns, as_markdown=as_markdown)
            self.copy_text(text, self.tr("Conversation copied"))

    @Slot()
    def copy_markdown(self) -> None:
        """What is selected, or the last message."""
        if not self._canvas.selection.is_empty:
            self._canvas.copy_as_markdown()
        elif self._canvas.turns:
            self.copy_message(self._canvas.turns[-1].id)

    @Slot()
    def copy_plain(self) -> None:
        """The same without any marks."""
        if not self._canvas.selection.is_empty:
            self._canvas.copy_selection()
        elif self._canvas.turns:
            self.copy_message(self._canvas.turns[-1].id, as_markdown=False)
