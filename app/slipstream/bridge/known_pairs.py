"""What ran on this machine, for whoever judges pairs of models: asked of the store, anew when more has run.

Nothing is read until somebody wants to know. `pairs` may be read on any thread: it is never changed, only replaced.
Lives on the window's thread; knows no widgets.
"""

from PySide6.QtCore import QObject, Signal, Slot

from slipstream.bridge.bench_messages import KnownPairsRead, ReadKnownPairs
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.known_pairs import KnownPairs


class PairKnowledge(QObject):
    """Signal: `changed()`, of `pairs`."""

    changed = Signal()

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._is_wanted = False
        self.pairs = KnownPairs()

    def now(self) -> KnownPairs:
        """As it is known at this moment; on any thread."""
        return self.pairs

    def want(self) -> None:
        """Read it, and from now on whenever more has run."""
        self._is_wanted = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read it anew, where somebody wants to know."""
        if self._is_wanted:
            self._store.ask(ReadKnownPairs())

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case KnownPairsRead(pairs):
                if pairs != self.pairs:
                    self.pairs = pairs
                    self.changed.emit()
            case StoreFailed(ReadKnownPairs()):
                pass  # a help, never a need: what is known already stays
            case _:
                return False
        return True
