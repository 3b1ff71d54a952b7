"""What the store's thread does besides answering requests: one export or import at a time, and the purge when idle.

Both go in slices between which requests are answered, so that the answer under way is saved on time. Lives on the
store's thread.
"""

import logging
import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from slipstream.bridge.faults import fault
from slipstream.bridge.library_messages import Transfer, TransferCancelled, TransferProgressed
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.transfer_jobs import Job, job_for
from slipstream.core.errors import AppError, TransferError
from slipstream.store.store import Store

log = logging.getLogger(__name__)

SLICE_S = 0.02
TOLD_AFTER_S, TOLD_EVERY_S = 0.4, 0.1  # progress: what is over sooner needs none
IDLE_MS = 10_000  # after the start until the purge
PURGE_PAUSE_MS = 50  # between two parts of it


def tr(text: str) -> str:
    return QCoreApplication.translate("Transfers", text)


class StoreJobs(QObject):
    """Signal `replied(Reply)`."""

    replied = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._job: Job | None = None
        self._request: Transfer | None = None
        self._told = 0.0  # when progress was told last
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._on_slice)
        self._purge = QTimer(self)
        self._purge.setSingleShot(True)
        self._purge.timeout.connect(self._on_purge)

    def begin(self, store: Store) -> None:
        """The store is open."""
        self._store = store
        self._purge.start(IDLE_MS)

    def take(self, request: Transfer) -> None:
        """Begin an export or import. Raises TransferError where there is one under way."""
        assert self._store is not None
        if self._job is not None:
            raise TransferError(tr("Another export or import is under way"), tr("Wait for it, or cancel it."))
        self._job, self._request = job_for(self._store, request), request
        self._told = time.monotonic() + TOLD_AFTER_S - TOLD_EVERY_S
        self._slices.start(0)

    def cancel(self) -> None:
        """Leave the export or import under way."""
        if self._job is not None:
            self._forget()
            self.replied.emit(TransferCancelled())

    def end(self) -> None:
        """The store is about to be closed."""
        if self._job is not None:
            self._forget()
        self._purge.stop()
        self._store = None

    @Slot()
    def _on_slice(self) -> None:
        if self._job is None:
            return
        reply: Reply | None = StoreFailed(self._request, fault())  # should a bug come out of it
        is_over = True
        try:
            fraction = self._work(self._job)
            reply, is_over = self._progress(fraction), False
        except StopIteration as done:
            reply = done.value
        except AppError as error:
            log.error("%s: %s", type(self._request).__name__, error.one_line())
            reply = StoreFailed(self._request, error)
        finally:
            if is_over:
                self._forget()
            if reply is not None:
                self.replied.emit(reply)

    def _work(self, job: Job) -> float:
        """One slice; how much is done. Raises StopIteration with the reply at the end."""
        until = time.monotonic() + SLICE_S
        while True:
            fraction = next(job)
            if time.monotonic() >= until:
                return fraction

    def _progress(self, fraction: float) -> TransferProgressed | None:
        now = time.monotonic()
        if now - self._told < TOLD_EVERY_S:
            return None
        self._told = now
        return TransferProgressed(fraction)

    def _forget(self) -> None:
        """Close the job; what it leaves out of sight is purged."""
        self._slices.stop()
        if self._job is not None:
            self._job.close()
        self._job = self._request = None
        self._purge.start(PURGE_PAUSE_MS)

    @Slot()
    def _on_purge(self) -> None:
        if self._store is None or self._job is not None:  # an import is out of sight until it is whole
            return
        try:
            if self._store.purge_some():
                self._purge.start(PURGE_PAUSE_MS)
        except AppError as error:
            log.warning("deleted conversations could not be purged: %s", error.one_line())
