"""The downloads' own thread: one download at a time, told to stop by a flag, progress in batches.

`DownloadThread` is what the window's thread holds; `DownloadWorker` lives on the other one. Knows no queue, and
no records but that of the download under way.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

from slipstream.bridge.download_messages import (
    DownloadAdvanced,
    DownloadDone,
    DownloadEnd,
    DownloadEnded,
    DownloadFailed,
    DownloadJob,
    DownloadStopped,
)
from slipstream.bridge.outbox import Outbox
from slipstream.core.errors import AppError, DownloadError
from slipstream.models.download import download_model
from slipstream.models.download_record import ModelDownload, load_record
from slipstream.models.file_download import Patience
from slipstream.models.hub import Hub, shared_cache
from slipstream.models.patience import StoppedError

log = logging.getLogger(__name__)
INTERVAL = 0.1  # seconds between two batches of progress


def tr(text: str) -> str:
    return QCoreApplication.translate("DownloadThread", text)


@dataclass(frozen=True)
class DownloadParts:
    """What the thread works with. `cache` is asked on the thread, as it may have to import the hub's library."""

    hub: Hub
    root: Path  # the models folder
    cache: Callable[[], Path | None] = shared_cache
    patience: Patience = field(default_factory=Patience)


class DownloadWorker(QObject):
    """Does one thing at a time; a download blocks its thread until it has ended."""

    def __init__(self, parts: DownloadParts, outbox: Outbox) -> None:
        super().__init__()
        self._parts = parts
        self._outbox = outbox

    @Slot(object)
    def on_job(self, job: DownloadJob) -> None:
        """Download, and report the end, whatever happens. A bug goes on to the exception hook, and the log."""
        end: DownloadEnd = DownloadFailed(
            DownloadError(
                tr("The download ended because of a fault in Slipstream."), tr("The log says what happened.")
            )
        )
        try:
            end = self._download(job)
        except StoppedError:
            end = DownloadStopped()
        except AppError as error:
            end = DownloadFailed(error, self._received(job.download))
        finally:
            log.info("download %d of %s: %s", job.number, job.download.repo, type(end).__name__)
            self._outbox.put(DownloadEnded(job.number, end))

    def _download(self, job: DownloadJob) -> DownloadEnd:
        if job.stopped.is_set():
            return DownloadStopped()
        parts, download = self._parts, job.download
        if job.begun and (kept := load_record(parts.root, download.record(parts.root))):
            download = replace(kept, purpose=download.purpose)
        return DownloadDone(
            download_model(
                parts.hub,
                parts.root,
                download,
                lambda told: self._outbox.put(DownloadAdvanced(job.number, told)),
                job.stopped,
                parts.patience,
                parts.cache(),
            )
        )

    def _received(self, download: ModelDownload) -> int:
        """Bytes of it that are here."""
        root = self._parts.root
        try:
            return (load_record(root, download.record(root)) or download).received(root)
        except DownloadError:  # a name that is not safe: nothing was written
            return 0

    @Slot()
    def on_close(self) -> None:
        """End the thread."""
        self.thread().quit()


class DownloadThread(QObject):
    """Signal `told`: a tuple of `DownloadMessage`, on the window's thread, at most ten times a second."""

    told = Signal(object)
    _job = Signal(object)
    _close = Signal()

    def __init__(self, parts: DownloadParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outbox = Outbox(self)
        self._outbox.interval = INTERVAL
        self._outbox.batch.connect(self.told)
        self._thread = QThread(self)
        self._thread.setObjectName("downloads")
        self._worker = DownloadWorker(parts, self._outbox)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._job.connect(self._worker.on_job, queued)
        self._close.connect(self._worker.on_close, queued)
        self._thread.start()

    def download(self, job: DownloadJob) -> None:
        self._job.emit(job)

    def close(self, timeout_ms: int) -> bool:
        """End the thread, after what it is doing. False where it did not end in time."""
        self._close.emit()
        return self._thread.wait(timeout_ms)
