"""Rows by which turns are changed: what can be done with a person's turn, with an answer that is not whole, and the
field a turn is edited in.
"""

import math

from slipstream.ui.chat.control_rows import BUTTON, VersionedRow
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.leafrows import estimate_text
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import ControlRow

EDIT_LINES = 14  # the field grows to this many
EDIT_REST = 74  # px of the card around the field: its padding and its buttons


class UserFooterRow(VersionedRow):
    """What can be done with a person's turn. `unanswered`: an answer can be asked for."""

    def __init__(
        self, look: Look, message_id: str, versions: tuple[str, ...], *, unanswered: bool = False
    ) -> None:
        super().__init__(look, "user_footer", message_id, versions)
        self.unanswered = unanswered


class ContinueRow(ControlRow):
    """Lets an answer go on that was cut short."""

    def __init__(self, look: Look, message_id: str) -> None:
        super().__init__(look, "continue", look.px(BUTTON + 4))
        self.message_id = message_id


class EditRow(ControlRow):
    """The field a turn is edited in, with what is written so far: the widget comes and goes with the scrolling."""

    def __init__(self, look: Look, message_id: str, text: str, *, is_answer: bool) -> None:
        super().__init__(look, "edit", 0)
        self.message_id = message_id
        self.is_answer = is_answer
        self.original = self.text = displayable(text)
        self.measured = False  # the widget has told the height
        self.submitted = False  # the text is on its way to become another version

    @property
    def is_unfinished(self) -> bool:
        """Whether something would be lost with it."""
        return self.text != self.original and not self.submitted

    def lay_out(self, width: int) -> None:
        super().lay_out(width)
        if not self.measured:
            self.height = self.estimate(width)

    def estimate(self, width: int) -> int:
        if self.measured:
            return self.height
        lines = math.ceil(estimate_text(self.look, self.text, width) / self.look.line)
        return round(min(lines, EDIT_LINES) * self.look.line) + EDIT_REST

    def tell_height(self, height: int) -> bool:
        """What the widget needs, px; whether that is another height than before."""
        changed = height != self.height or not self.measured
        self.height, self.measured = height, True
        return changed
