"""Everything behind the Models window: the library, the hub, drafts, downloads; and what becomes of a download.

Made when the window is first opened. What a download is for is part of it, so it is known after a restart, too. Lives
on the window's thread; knows no widgets.
"""

from dataclasses import replace
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
from slipstream.models.download_purpose import Purpose
from slipstream.models.download_record import ModelDownload
from slipstream.models.hub_data import Repository, Variant


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelDesk", text)


class ModelDesk(QObject):
    """Signals: `target_wanted(Path)` and `pair_wanted(target, draft)` when a download that was made for it is whole;
    `noticed(Notice)`, `resolved(topic)` from all parts.
    """

    target_wanted = Signal(object)
    pair_wanted = Signal(object, object)
    noticed = Signal(object)
    resolved = Signal(str)

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
        for part in (self.library, self.drafts, self.downloads):
            part.noticed.connect(self.noticed)
        for part in (self.drafts, self.downloads):
            part.resolved.connect(self.resolved)
        self.drafts.wanted.connect(self._on_draft_wanted)
        self.downloads.finished.connect(self._on_finished)
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
        return self.downloads.add(replace(download, purpose=purpose))

    def purpose(self, id: int) -> Purpose | None:
        """What becomes of a download once it is whole; None: nothing by itself, or no more."""
        row = self.downloads.row(id)
        return row.download.purpose if row is not None and row.state is not DownloadState.DONE else None

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

    @Slot(object, object)
    def _on_draft_wanted(self, download: ModelDownload, target: Path) -> None:
        self.downloads.add(replace(download, purpose=Purpose(target)))
        text = tr("{0} is being downloaded; once it is whole, it drafts for {1}.")
        told = text.format(download.name, target.name)
        self.noticed.emit(Notice(Level.INFO, told, topic="drafts", seconds=12))

    @Slot(object)
    def _on_finished(self, row: DownloadRow) -> None:
        """It can be used at once, and stands in the library."""
        self.library.refresh()
        purpose = row.download.purpose
        if purpose is None or row.place is None:
            told = tr("{0} is downloaded, and its checksum is right.").format(row.download.name)
            self.noticed.emit(Notice(Level.INFO, told, topic="downloads", seconds=12))
        elif purpose.target is None:
            self.target_wanted.emit(row.place)
        elif not purpose.target.is_file():
            told = tr("{0} is downloaded. The model that it was to draft for is not there any more: {1}.")
            told = told.format(row.download.name, purpose.target)
            self.noticed.emit(Notice(Level.WARNING, told, topic="drafts"))
        else:
            self.pair_wanted.emit(purpose.target, row.place)
