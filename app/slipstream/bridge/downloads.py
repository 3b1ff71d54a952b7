"""Downloads as a list: queued, running one at a time, paused, failed, done; unfinished ones of earlier sessions too.

Lives on the window's thread. The list is the queue: the first that waits is next. What waits is noted on the disk,
with what it is for, so that the next session knows of it. Knows no widgets.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from slipstream.bridge.download_messages import (
    DownloadAdvanced,
    DownloadDone,
    DownloadEnd,
    DownloadEnded,
    DownloadFailed,
    DownloadJob,
    DownloadMessage,
    ForgetFailed,
    LeftOver,
    LeftOvers,
    RecordSettled,
)
from slipstream.bridge.download_records import DownloadRecords
from slipstream.bridge.download_thread import DownloadParts, DownloadThread
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.tips import plain_tip
from slipstream.bridge.told import told
from slipstream.core.errors import AppError
from slipstream.models.download_progress import DownloadProgress
from slipstream.models.download_record import ModelDownload

ROW_ROLE = Qt.ItemDataRole.UserRole  # the whole DownloadRow
TOPIC = "downloads"  # of the notices

Index = QModelIndex | QPersistentModelIndex


def tr(text: str) -> str:
    return QCoreApplication.translate("Downloads", text)


class DownloadState(StrEnum):
    WAITING = "waiting"  # for its turn
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"  # `error` says why; it may be resumed
    DONE = "done"


RESUMABLE = (DownloadState.PAUSED, DownloadState.FAILED)


@dataclass(frozen=True, slots=True)
class DownloadRow:
    """One line of the list. `progress` is there while it runs, `place` (the file to load) once it is done."""

    id: int
    download: ModelDownload
    state: DownloadState
    done: int  # bytes
    progress: DownloadProgress | None = None
    error: AppError | None = None
    place: Path | None = None
    begun: bool = False  # it was under way at some time


class Downloads(QAbstractListModel):
    """Signals: `finished(DownloadRow)`; `noticed(Notice)`, `resolved(topic)`; `changed()` after any change."""

    finished = Signal(object)
    noticed = Signal(object)
    resolved = Signal(str)
    changed = Signal()

    def __init__(self, parts: DownloadParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DownloadRow] = []
        self._last_id = 0
        self._running: DownloadJob | None = None
        self._settling: list[ModelDownload] = []  # their records are being written or deleted
        self._thread = DownloadThread(parts, self)
        self._records = DownloadRecords(parts.root, self)
        self._thread.told.connect(self._on_told)
        self._records.told.connect(self._on_told)

    def start(self) -> None:
        """List what earlier sessions have begun, paused."""
        self._records.look()

    @property
    def rows(self) -> tuple[DownloadRow, ...]:
        return tuple(self._rows)

    def row(self, id: int) -> DownloadRow | None:
        index = self._index(id)
        return None if index is None else self._rows[index]

    def add(self, download: ModelDownload) -> int:
        """Queue a download, and return its id; one that is in the list already goes on as it is, or is resumed.

        What it is for now counts, where that is said.
        """
        for row in self._rows:
            if _is_same(row.download, download):
                self._add_again(row, download)
                return row.id
        id = self._append(download, DownloadState.WAITING, 0, begun=False)
        self._go_on()
        self._keep_waiting(id)
        return id

    def _add_again(self, row: DownloadRow, download: ModelDownload) -> None:
        if row.state is DownloadState.DONE:
            self._queue_anew(row, download)
            return
        purpose = download.purpose or row.download.purpose
        if row.state in RESUMABLE:
            self._queue_anew(row, replace(download, purpose=purpose))
        elif purpose != row.download.purpose:
            # One under way stops, and goes on with its new purpose in its record.
            self._set(
                replace(
                    row,
                    download=replace(row.download, purpose=purpose),
                    state=DownloadState.WAITING,
                    progress=None,
                )
            )
            self._stop(row.id)
            self._keep_waiting(row.id)

    def _queue_anew(self, row: DownloadRow, download: ModelDownload) -> None:
        waiting = DownloadState.WAITING
        self._set(replace(row, download=download, state=waiting, error=None, place=None, begun=False))
        self._go_on()
        self._keep_waiting(row.id)

    def _keep_waiting(self, id: int) -> None:
        """Have one that waits for its turn known after a restart; one under way keeps its record itself."""
        row = self.row(id)
        if row is None or row.state is not DownloadState.WAITING:
            return
        if self._running is None or self._running.number != id:
            self._note(row.download)

    def pause(self, id: int) -> None:
        """Stop it for now; what has come is kept."""
        row = self.row(id)
        if row is not None and row.state in (DownloadState.WAITING, DownloadState.RUNNING):
            self._set(replace(row, state=DownloadState.PAUSED, progress=None))
            self._stop(id)

    def resume(self, id: int) -> None:
        """Queue it again."""
        row = self.row(id)
        if row is not None and row.state in RESUMABLE:
            self.resolved.emit(TOPIC)
            self._set(replace(row, state=DownloadState.WAITING, error=None))
            self._go_on()

    def cancel(self, id: int) -> None:
        """Take it out of the list, and delete what has come of it; a finished one is only taken out."""
        row = self.row(id)
        if row is None:
            return
        if row.error is not None:
            self.resolved.emit(TOPIC)
        self._remove(id)
        if self._running is not None and self._running.number == id:
            self._stop(id)  # its files go when it has ended
        elif row.state is not DownloadState.DONE:
            self._forget(row.download)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Stop, and end the threads. False where one did not end in time."""
        running = self._running
        if running is not None:
            running.stopped.set()
        ended = self._thread.close(timeout_ms)
        if running is not None:  # what was decided while it was under way
            row = self.row(running.number)
            if row is None:
                self._forget(running.download)
            elif row.download.purpose != running.download.purpose:
                self._note(row.download)
        return self._records.close(timeout_ms) and ended

    def _stop(self, id: int) -> None:
        if self._running is not None and self._running.number == id:
            self._running.stopped.set()

    def _go_on(self) -> None:
        """Start the first that waits, where none is under way."""
        if self._running is not None:
            return
        waiting = (row for row in self._rows if row.state is DownloadState.WAITING)
        row = next((row for row in waiting if not self._is_settling(row.download)), None)
        if row is not None:
            self._running = DownloadJob(row.id, row.download, row.begun)
            self._set(replace(row, state=DownloadState.RUNNING))
            self._thread.download(self._running)

    @Slot(object)
    def _on_told(self, messages: tuple[DownloadMessage, ...]) -> None:
        newest = {m.number: m for m in messages if isinstance(m, DownloadAdvanced)}
        for message in messages:
            match message:
                case DownloadAdvanced(number, progress):
                    if newest[number] is message:
                        self._show(number, progress)
                case DownloadEnded(number, end):
                    self._end(number, end)
                case LeftOvers(found):
                    self._list(found)
                case ForgetFailed(error):
                    self.noticed.emit(error_notice(error, topic=TOPIC))
                case RecordSettled(download):
                    self._settling.remove(download)
                    self._go_on()

    def _note(self, download: ModelDownload) -> None:
        self._settling.append(download)
        self._records.note(download)

    def _forget(self, download: ModelDownload) -> None:
        self._settling.append(download)
        self._records.forget(download)

    def _is_settling(self, download: ModelDownload) -> bool:
        return any(_is_same(other, download) for other in self._settling)

    def _show(self, number: int, progress: DownloadProgress) -> None:
        row = self.row(number)
        if row is not None and row.state is DownloadState.RUNNING:
            self._set(replace(row, done=progress.done, progress=progress))

    def _end(self, number: int, end: DownloadEnd) -> None:
        assert self._running is not None  # ends come one for each job
        job, self._running = self._running, None
        row = self.row(number)
        if row is None:  # it was cancelled
            self._forget(job.download)
        elif isinstance(end, DownloadDone):
            files = end.result.files
            row = replace(
                row,
                download=replace(end.result.download, purpose=row.download.purpose),
                state=DownloadState.DONE,
                done=end.result.download.size,
                progress=None,
                error=None,
                place=files[0],
            )
            self._set(row)
            self.finished.emit(row)
        elif isinstance(end, DownloadFailed) and row.state is DownloadState.RUNNING:
            done = row.done if end.done is None else end.done
            self._set(
                replace(
                    row, state=DownloadState.FAILED, done=done, progress=None, error=end.error, begun=True
                )
            )
            self.noticed.emit(failed_notice(row.download, end.error))
        else:  # it was paused, and perhaps resumed since
            self._set(replace(row, progress=None, begun=True))
        self._go_on()

    def _list(self, found: tuple[LeftOver, ...]) -> None:
        for left in found:
            if not any(_is_same(row.download, left.download) for row in self._rows):
                self._append(left.download, DownloadState.PAUSED, left.done, begun=True)

    def _append(self, download: ModelDownload, state: DownloadState, done: int, *, begun: bool) -> int:
        self._last_id += 1
        end = len(self._rows)
        self.beginInsertRows(QModelIndex(), end, end)
        self._rows.append(DownloadRow(self._last_id, download, state, done, begun=begun))
        self.endInsertRows()
        self.changed.emit()
        return self._last_id

    def _remove(self, id: int) -> None:
        index = self._index(id)
        if index is not None:
            self.beginRemoveRows(QModelIndex(), index, index)
            del self._rows[index]
            self.endRemoveRows()
            self.changed.emit()

    def _set(self, row: DownloadRow) -> None:
        index = self._index(row.id)
        if index is not None and self._rows[index] != row:
            self._rows[index] = row
            place = self.index(index)
            self.dataChanged.emit(place, place)
            self.changed.emit()

    def _index(self, id: int) -> int | None:
        return next((i for i, row in enumerate(self._rows) if row.id == id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.download.name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.download.repo)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.download.name}, {state_text(row.state)}"
            case _ if role == ROW_ROLE:
                return row
        return None


def failed_notice(download: ModelDownload, error: AppError) -> Notice:
    """Why a download has failed, by its name."""
    message = told(error.message)
    if download.name not in message:
        message = tr("{0} was not downloaded: {1}").format(download.name, message)
    return Notice(Level.ERROR, message, error.hint, topic=TOPIC)


def state_text(state: DownloadState) -> str:
    """The state in a word, for people."""
    words = {
        DownloadState.WAITING: tr("waiting"),
        DownloadState.RUNNING: tr("downloading"),
        DownloadState.PAUSED: tr("paused"),
        DownloadState.FAILED: tr("failed"),
        DownloadState.DONE: tr("done"),
    }
    return words[state]


def _is_same(one: ModelDownload, other: ModelDownload) -> bool:
    """Whether they have the same place on the disk."""
    return (one.repo, one.files[0].path) == (other.repo, other.files[0].path)
