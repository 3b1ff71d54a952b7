"""A turn that is edited in its own place: while it is, a field stands where its text stood."""

from slipstream.ui.chat.look import Look
from slipstream.ui.chat.turn_rows import EditRow


class Editable:
    """What both kinds of turn share. `edit_row` is there while the turn is edited."""

    look: Look
    id: str
    is_answer = False
    is_last = False  # of the conversation: it could go on from here

    edit_row: EditRow | None = None

    def text_to_edit(self) -> str:
        """What the field begins with."""
        raise NotImplementedError

    def relist(self) -> None:
        """List the rows anew, if there are any yet."""
        raise NotImplementedError

    def begin_edit(self) -> EditRow:
        """Put the field in, unless it is there."""
        if self.edit_row is None:
            self.edit_row = EditRow(self.look, self.id, self.text_to_edit(), is_answer=self.is_answer)
            self.relist()
        return self.edit_row

    def end_edit(self) -> None:
        """Take the field out."""
        if self.edit_row is not None:
            self.edit_row = None
            self.relist()

    def set_last(self, last: bool) -> None:
        if last != self.is_last:
            self.is_last = last
            self.relist()
