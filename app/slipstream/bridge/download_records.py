"""What is kept on the disk about downloads, on a thread of its own: found at the start, noted, deleted.

A download blocks its thread for hours; what was cancelled beside it goes at once all the same, and what still waits
for its turn is known after a restart. Never asked about the download that is under way: that keeps its record itself.
"""

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

from slipstream.bridge.download_messages import ForgetFailed, LeftOver, LeftOvers, RecordSettled
from slipstream.core.errors import DownloadError
from slipstream.models.download_record import ModelDownload, forget, load_record, recorded
from slipstream.models.hub_paths import make_folder

log = logging.getLogger(__name__)


def tr(text: str) -> str:
    return QCoreApplication.translate("DownloadRecords", text)


class RecordWorker(QObject):
    """Lives on the other thread. Signal `told`: a tuple of `DownloadMessage`."""

    told = Signal(object)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    @Slot()
    def on_look(self) -> None:
        """Find what an earlier session has begun."""
        unfinished = (download for download in recorded(self._root) if not download.finished)
        self.told.emit((LeftOvers(tuple(LeftOver(d, d.received(self._root)) for d in unfinished)),))

    @Slot(object)
    def on_note(self, download: ModelDownload) -> None:
        """Write down what is wanted and what for; what was learnt of it before stays."""
        root = self._root
        try:
            make_folder(root, download.place(root, download.files[0]))
            kept = load_record(root, download.record(root)) or download
            replace(kept, purpose=download.purpose).save(root)
        except (DownloadError, OSError) as error:  # the download says so itself when its turn comes
            log.warning("%s is not noted for the next start: %s", download.name, error)
        finally:
            self.told.emit((RecordSettled(download),))

    @Slot(object)
    def on_forget(self, download: ModelDownload) -> None:
        """Delete what there is of a download."""
        root = self._root
        try:
            forget(root, load_record(root, download.record(root)) or download)
        except DownloadError:  # a name that is not safe: nothing was written
            pass
        except OSError as error:
            log.warning("%s was not deleted: %s", download.name, error)
            told = tr("{0} could not be deleted: {1}").format(download.name, error.strerror or error)
            hint = tr("Delete it by hand in {0}.").format(root)
            self.told.emit((ForgetFailed(DownloadError(told, hint)),))
        finally:
            self.told.emit((RecordSettled(download),))

    @Slot()
    def on_close(self) -> None:
        """End the thread."""
        self.thread().quit()


class DownloadRecords(QObject):
    """What the window's thread holds. Signal `told`: a tuple of `DownloadMessage`.

    Each `note` and `forget` is followed by its `RecordSettled`.
    """

    told = Signal(object)
    _look = Signal()
    _note = Signal(object)
    _forget = Signal(object)
    _close = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        """`root` is the models folder."""
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("download records")
        self._worker = RecordWorker(root)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._worker.told.connect(self.told, queued)
        self._look.connect(self._worker.on_look, queued)
        self._note.connect(self._worker.on_note, queued)
        self._forget.connect(self._worker.on_forget, queued)
        self._close.connect(self._worker.on_close, queued)
        self._thread.start()

    def look(self) -> None:
        """Find what an earlier session has begun; `LeftOvers` follows."""
        self._look.emit()

    def note(self, download: ModelDownload) -> None:
        """Keep what is wanted, and what for, of a download that is not under way."""
        self._note.emit(download)

    def forget(self, download: ModelDownload) -> None:
        """Delete what there is of a download that is not under way."""
        self._forget.emit(download)

    def close(self, timeout_ms: int) -> bool:
        """End the thread, after all that it was asked for. False where it did not end in time."""
        self._close.emit()
        return self._thread.wait(timeout_ms)
