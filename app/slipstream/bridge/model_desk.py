"""Everything behind the Models window: the library, the hub, drafts, downloads; and what becomes of a download.

Made when the window is first opened. Lives on the window's thread; knows no widgets.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.downloads import DownloadRow, Downloads, DownloadState
from slipstream.bridge.draft_finder import DraftFinder
from slipstream.bridge.hub_browser import HubBrowser
from slipstream.bridge.hub_questions import HubQuestions
from slipstream.bridge.known_pairs import PairKnowledge
from slipstream.bridge.model_answers import ModelParts, ModelQuestions
from slipstream.bridge.model_library import ModelLibrary
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.preferences import Preferences
from slipstream.core.errors import AppError
from slipstream.models.download_record import ModelDownload
from slipstream.models.hub_data import Repository, Variant


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelDesk", text)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a model is downloaded for: to answer, or to draft for `target`."""

    target: Path | None = None


class ModelDesk(QObject):
    """Signals: `target_wanted(Path)` and `pair_wanted(target, draft)` when a download that was made for it is whole;
    `noticed(Notice)`, `resolved(topic)` from all parts; `purposes_changed()`.
    """

    target_wanted = Signal(object)
    pair_wanted = Signal(object, object)
    noticed = Signal(object)
    resolved = Signal(str)
    purposes_changed = Signal()

    def __init__(
        self,
        parts: ModelParts,
        preferences: Preferences,
        known: PairKnowledge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        parts = replace(parts, known=known.now)
        self.hub_address = parts.hub.address
        self._questions = ModelQuestions(parts, self)
        self._browsing = HubQuestions(parts.hub, self)
        self._fetching = HubQuestions(parts.hub, self)
        self.library = ModelLibrary(self._questions, preferences, self)
        self.browser = HubBrowser(self._browsing, self._questions, self.library, self)
        self.drafts = DraftFinder(self._fetching, self._questions, self)
        self.downloads = Downloads(parts.downloads, self)
        self._purposes: dict[int, Purpose] = {}  # by the download's id
        for part in (self.library, self.drafts, self.downloads):
            part.noticed.connect(self.noticed)
        self.drafts.resolved.connect(self.resolved)
        self.drafts.wanted.connect(self._on_draft_wanted)
        self.downloads.finished.connect(self._on_finished)
        self.downloads.rowsRemoved.connect(self._on_removed)
        known.changed.connect(self.library.judge_again)
        known.want()
        self.downloads.start()

    def download(
        self, repository: Repository, variant: Variant, purpose: Purpose | None = None
    ) -> int | None:
        """Queue a model of the hub; its id in the list, None where it cannot be downloaded for sure."""
        try:
            download = ModelDownload.of(repository, variant)
        except AppError as error:
            self.noticed.emit(error_notice(error, topic="downloads"))
            return None
        return self._queue(download, purpose)

    def purpose(self, id: int) -> Purpose | None:
        """What becomes of a download once it is whole; None: nothing by itself."""
        return self._purposes.get(id)

    def row_of(self, repo: str, path: str) -> DownloadRow | None:
        """The download of the model with this first file, where it is in the list."""
        for row in self.downloads.rows:
            if (row.download.repo, row.download.files[0].path) == (repo, path):
                return row
        return None

    def close(self) -> bool:
        """End all threads; what is being downloaded is kept for the next time. False where one did not end."""
        ended = self.downloads.close()
        for questions in (self._browsing, self._fetching, self._questions):
            ended = questions.close() and ended
        return ended

    def _queue(self, download: ModelDownload, purpose: Purpose | None) -> int:
        id = self.downloads.add(download)
        if purpose is not None:
            self._purposes[id] = purpose
            self.purposes_changed.emit()
        return id

    @Slot(object, object)
    def _on_draft_wanted(self, download: ModelDownload, target: Path) -> None:
        self._queue(download, Purpose(target))
        text = tr("{0} is being downloaded; once it is whole, it drafts for {1}.")
        told = text.format(download.name, target.name)
        self.noticed.emit(Notice(Level.INFO, told, topic="drafts", seconds=12))

    @Slot(object)
    def _on_finished(self, row: DownloadRow) -> None:
        """It can be used at once, and stands in the library."""
        self.library.refresh()
        purpose = self._purposes.pop(row.id, None)
        if purpose is None or row.place is None:
            told = tr("{0} is downloaded, and its checksum is right.").format(row.download.name)
            self.noticed.emit(Notice(Level.INFO, told, topic="downloads", seconds=12))
            return
        self.purposes_changed.emit()
        if purpose.target is None:
            self.target_wanted.emit(row.place)
        else:
            self.pair_wanted.emit(purpose.target, row.place)

    @Slot()
    def _on_removed(self) -> None:
        """What was cancelled is for nothing any more."""
        known = {row.id for row in self.downloads.rows if row.state is not DownloadState.DONE}
        self._purposes = {id: purpose for id, purpose in self._purposes.items() if id in known}
