"""The conversation that was shown last is shown again at the next start, once the list of them is there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from slipstream.bridge.session import Session


class Reopen(QObject):
    """Acts once, and only where a person has not begun something else."""

    def __init__(
        self, session: Session, conversation: int | None, untouched: Callable[[], bool], parent: QObject
    ) -> None:
        """`untouched` tells whether nothing was typed since the start."""
        super().__init__(parent)
        self._session = session
        self._untouched = untouched
        self._wanted = conversation
        if conversation is not None:
            session.conversations.modelReset.connect(self._on_listed)
            session.chat.current_changed.connect(self._on_current)
            session.chat.busy_changed.connect(self._on_busy)

    @Slot()
    def _on_listed(self) -> None:
        wanted, self._wanted = self._wanted, None
        listed = wanted is not None and self._session.conversations.row_of(wanted) >= 0
        if listed and self._untouched():
            self._session.chat.open(wanted)

    @Slot(object)
    def _on_current(self, _conversation: int | None) -> None:
        self._wanted = None

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._wanted = None
