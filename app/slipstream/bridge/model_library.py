"""The models on this machine, for the window: read on another thread, judged there, moved to the trash from here.

Read again when a model has come to, or gone from, the folders they lie in. Knows no widgets. `contents` is what the
last reading found; it stays while the next one is under way.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.folder_watch import FolderWatch
from slipstream.bridge.model_answers import ModelQuestions
from slipstream.bridge.model_messages import (
    DraftsJudged,
    JudgeDrafts,
    LibraryContents,
    MoveToTrash,
    ReadLibrary,
)
from slipstream.bridge.notices import error_notice
from slipstream.bridge.pair import draft_file
from slipstream.bridge.preferences import Preferences
from slipstream.bridge.questions import Answer
from slipstream.core.errors import AppError
from slipstream.core.settings import Settings
from slipstream.models.memory import LoadOptions

TOPIC = "models"


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelLibrary", text)


class ModelLibrary(QObject):
    """Signals: `changed()` when `contents`, `reading` or `error` have; `judged(DraftsJudged)`; `unjudged(AppError)`;
    `trashed(Path)`; `noticed(Notice)`.
    """

    changed = Signal()
    judged = Signal(object)
    unjudged = Signal(object)
    trashed = Signal(object)
    noticed = Signal(object)

    def __init__(
        self, questions: ModelQuestions, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._questions = questions
        self._preferences = preferences
        self.contents = LibraryContents()
        self.was_read = False  # at least once
        self._judged: JudgeDrafts | None = None  # what was asked last
        self.error: AppError | None = None  # why the last reading brought nothing
        self._watch = FolderWatch(self)
        self._watch.library_changed.connect(self.refresh)
        questions.answered.connect(self._on_answered)
        self._folders = preferences.settings.model_folders
        preferences.changed.connect(self._on_settings)

    @property
    def reading(self) -> bool:
        return self._questions.is_open(ReadLibrary)

    @property
    def trashing(self) -> bool:
        return self._questions.is_open(MoveToTrash)

    @property
    def options(self) -> LoadOptions:
        """How the next load would be."""
        return LoadOptions(self._preferences.settings.ctx_size)

    @Slot()
    def refresh(self) -> None:
        """Read everything again; quick for what has not changed."""
        settings = self._preferences.settings
        chosen = (draft_file(name) for name in (settings.target, settings.draft, *settings.recent_models))
        files = tuple(dict.fromkeys(path for path in chosen if path is not None))
        self._questions.ask(ReadLibrary(settings.model_folders, files))
        self.changed.emit()

    @Slot(str)
    def add_folder(self, folder: str) -> None:
        """One more of the person's own; read at once."""
        folders = self._preferences.settings.model_folders
        self._preferences.update(model_folders=tuple(dict.fromkeys((*folders, folder))))

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        if settings.model_folders != self._folders:
            self._folders = settings.model_folders
            if self.was_read:
                self.refresh()

    def judge(self, path: Path, context: int | None = None) -> None:
        """Judge a model, and every other one as its draft; `judged` follows. `context` in tokens."""
        model = self.contents.model(path)
        if model is not None and model.card is not None:
            options = self.options if context is None else LoadOptions(context)
            self._judged = JudgeDrafts(model, self.contents.models, options)
            self._questions.ask(self._judged)

    @Slot()
    def judge_again(self) -> None:
        """More is known of what ran here than when the last model was judged."""
        if self._judged is not None:
            self._questions.ask(self._judged)

    def move_to_trash(self, path: Path) -> None:
        """One at a time; only what `contents.own` holds."""
        if not self.trashing and path in self.contents.own:
            self._questions.ask(MoveToTrash(path))
            self.changed.emit()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        result = answer.result
        match answer.question:
            case ReadLibrary():
                self.was_read = True
                self.error = result if isinstance(result, AppError) else None
                if isinstance(result, LibraryContents):
                    if result.folders != self.contents.folders:
                        self._watch.watch(result.folders)
                    self.contents = result
                self.changed.emit()
            case JudgeDrafts():
                if isinstance(result, DraftsJudged):
                    self.judged.emit(result)
                elif isinstance(result, AppError):
                    self.unjudged.emit(result)
            case MoveToTrash(path):
                if isinstance(result, AppError):
                    self.noticed.emit(error_notice(result, topic=TOPIC))
                else:
                    self.trashed.emit(path)
                self.refresh()
