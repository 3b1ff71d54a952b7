"""The answer under way is kept in the store: brought up to date while it grows, closed when it is over.

What the store cannot write waits there (`late_writes`); here nothing is kept twice.
"""

from PySide6.QtCore import QObject, QTimer, Slot

from slipstream.bridge.answer import AnswerEnd, LiveAnswer
from slipstream.bridge.store_messages import FinishAnswer, SaveAnswer, TakeBackTurn
from slipstream.bridge.store_thread import StoreThread

SAVE_INTERVAL_MS = 700


class AnswerKeeper(QObject):
    """One answer at a time."""

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._live: LiveAnswer | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_INTERVAL_MS)
        self._timer.timeout.connect(self._on_time)

    def begin(self, live: LiveAnswer) -> None:
        """Keep what this answer gains from here on."""
        self._live = live
        self._timer.start()

    def save(self) -> None:
        """Keep now what the answer under way has gained."""
        if self._live is not None and self._live.unsaved:
            self._store.ask(SaveAnswer(self._live.run, self._live.take_unsaved()))

    def finish(self, live: LiveAnswer, end: AnswerEnd) -> None:
        """Keep the rest of an answer, and how it ended."""
        self._release()
        self._store.ask(FinishAnswer(live.run, live.take_unsaved(), live.finished, end.interrupted or ""))

    def take_back(self, live: LiveAnswer) -> None:
        """Keep nothing of an answer whose prompt was refused but that prompt, as unsent text."""
        self._release()
        self._store.ask(TakeBackTurn(live.run))

    def _release(self) -> None:
        self._timer.stop()
        self._live = None

    @Slot()
    def _on_time(self) -> None:
        self.save()
