"""The token for the hub, seen from the window: looked for, kept, tested and forgotten on a thread of its own.

A keyring may ask for its password, and the hub may not answer: the window's thread waits for neither. The thread
starts with the first wish. No signal carries a token. Knows no widgets.
"""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from slipstream.core.errors import AppError
from slipstream.models.hub import Hub
from slipstream.models.hub_token import TokenPlace, forget_token, keep_token, token_place

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TokenTold:
    """What came of a wish: where the token is now; whose it is, where that was asked; or what went wrong."""

    place: TokenPlace | None
    account: str = ""
    error: AppError | None = None


class TokenWorker(QObject):
    """Lives on the other thread. Signal `told(TokenTold)`, one for each wish."""

    told = Signal(object)

    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self._hub = hub

    @Slot()
    def on_look(self) -> None:
        self.told.emit(TokenTold(self._place()))

    @Slot(str)
    def on_keep(self, token: str) -> None:
        try:
            keep_token(token, self._hub.endpoint)
        except AppError as error:
            self._refuse(error)
        else:
            self.on_look()

    @Slot()
    def on_forget(self) -> None:
        try:
            forget_token(self._hub.endpoint)
        except AppError as error:
            self._refuse(error)
        else:
            self.on_look()

    @Slot(str)
    def on_test(self, token: str) -> None:
        """Test this token, or the one that is kept where it is empty."""
        try:
            account = self._hub.account(token.strip() or None)
        except AppError as error:
            self._refuse(error)
        else:
            self.told.emit(TokenTold(self._place(), account))

    @Slot()
    def on_close(self) -> None:
        """End the thread."""
        self.thread().quit()

    def _refuse(self, error: AppError) -> None:
        log.info("token: %s", error.message)
        self.told.emit(TokenTold(self._place(), error=error))

    def _place(self) -> TokenPlace:
        return token_place(self._hub.endpoint)


class HubToken(QObject):
    """What the window's thread holds. Signals: `told(TokenTold)`; `busy_changed(bool)`, around a wish."""

    told = Signal(object)
    busy_changed = Signal(bool)
    _look = Signal()
    _keep = Signal(str)
    _forget = Signal()
    _test = Signal(str)
    _close = Signal()

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = 0
        self._thread = QThread(self)
        self._thread.setObjectName("token")
        self._worker = TokenWorker(hub)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._look.connect(self._worker.on_look, queued)
        self._keep.connect(self._worker.on_keep, queued)
        self._forget.connect(self._worker.on_forget, queued)
        self._test.connect(self._worker.on_test, queued)
        self._close.connect(self._worker.on_close, queued)
        self._worker.told.connect(self._on_told, queued)

    @property
    def busy(self) -> bool:
        return self._waiting > 0

    def look(self) -> None:
        """Ask where the token is."""
        self._begin()
        self._look.emit()

    def keep(self, token: str) -> None:
        self._begin()
        self._keep.emit(token)

    def forget(self) -> None:
        self._begin()
        self._forget.emit()

    def test(self, token: str = "") -> None:
        """Ask the hub whose token this is; of the one that is kept, where none is given."""
        self._begin()
        self._test.emit(token)

    def close(self, timeout_ms: int = 6000) -> bool:
        """End the thread. False where it did not end in time, as with a keyring that waits for its password."""
        if not self._thread.isRunning():
            return True
        self._close.emit()
        return self._thread.wait(timeout_ms)

    def _begin(self) -> None:
        if not self._thread.isRunning():
            self._thread.start()
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(True)

    @Slot(object)
    def _on_told(self, told: TokenTold) -> None:
        self._waiting -= 1
        if not self._waiting:
            self.busy_changed.emit(False)
        self.told.emit(told)
