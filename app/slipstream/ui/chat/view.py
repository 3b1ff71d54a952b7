"""The conversation as one widget: what the rest of the window talks to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from slipstream.core.events import TextPiece
from slipstream.ui.chat.messages import ShownMessage, StripText
from slipstream.ui.theme import ThemeManager


class ChatView(QWidget):
    """Shows turns and streams the last one.

    Signals: `regenerate_requested(message_id)`; `copy_done(what)`, a line that says what is on the
    clipboard now; `link_opened(url)`; `example_chosen(prompt)` from the empty state.
    """

    regenerate_requested = Signal(str)
    copy_done = Signal(str)
    link_opened = Signal(str)
    example_chosen = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    def set_messages(self, messages: Sequence[ShownMessage]) -> None:
        """Show this whole conversation (on open, on a change of branch), scrolled to its end."""

    def add_message(self, message: ShownMessage) -> None:
        """Add one finished turn and scroll to it."""

    def begin_answer(self, message_id: str) -> None:
        """Add an answer that will stream."""

    def append(self, pieces: Sequence[TextPiece]) -> None:
        """More of the streaming answer; to be called at most 30 times a second."""

    def set_progress(self, text: str) -> None:
        """What goes on while nothing streams yet, e.g. "Reading the prompt… 340 / 512 tokens"; "" clears."""

    def finish_answer(self, strip: StripText | None = None, interrupted: str | None = None) -> None:
        """The streaming answer is over; `interrupted` says why it is not whole."""

    def remove_message(self, message_id: str) -> None:
        """Take one turn out; unknown ids are ignored."""

    def set_show_tokens(self, on: bool) -> None:
        """Show answers token by token, as plain text with drafted tokens marked."""
