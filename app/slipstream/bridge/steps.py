"""The steps of an answer, asked for when somebody wants to know about one of its tokens, and not before."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from slipstream.bridge.store_messages import ReadSteps, Reply, StepsRead, StoreFailed
from slipstream.bridge.store_thread import StoreThread


class AnswerSteps(QObject):
    """Signals: `read(StepsRead)`; `failed(answer)`, nothing could be read."""

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, store: StoreThread, save: Callable[[], None], parent: QObject | None = None) -> None:
        """`save` brings the store up to date with the answer under way."""
        super().__init__(parent)
        self._store = store
        self._save = save

    def ask(self, answer: int, known: int) -> None:
        """Read an answer's steps from number `known` on."""
        self._save()
        self._store.ask(ReadSteps(answer, known))

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case StepsRead():
                self.read.emit(reply)
            case StoreFailed(ReadSteps(answer)):
                self.failed.emit(answer)
            case _:
                return False
        return True
