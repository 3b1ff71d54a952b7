"""Looking around on the hub: a search, a repository, what is in its files, and what that means for this machine.

Lives on the window's thread and asks others. Each thing that is asked for has three ends: it is here, it is on its
way, or an error says why not. Knows no widgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from slipstream.bridge.hub_questions import HubQuestions, ListFiles, ReadHeader, Search
from slipstream.bridge.model_answers import ModelQuestions
from slipstream.bridge.model_library import ModelLibrary
from slipstream.bridge.model_messages import (
    JudgeVariants,
    RemoteModel,
    Role,
    Understand,
    VariantVerdict,
)
from slipstream.bridge.questions import Answer
from slipstream.core.errors import AppError
from slipstream.models.hub_data import HubModel, Repository, SearchQuery, Variant
from slipstream.models.hub_data import Role as FileRole
from slipstream.models.memory import LoadOptions
from slipstream.models.pair_model import PairModel
from slipstream.models.split_files import ModelFiles

FIRST_READ = ("Q4_K_M", "Q4_K_S", "Q4_0", "Q5_K_M", "Q8_0")  # of a repository, the first of these that it has


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the variants are judged as: alone or with a partner, at a context of so many tokens."""

    role: Role = Role.MODEL
    partner: Path | None = None
    context: int = 4096


class HubBrowser(QObject):
    """Signals: `found()` after any change of the search; `opened()` of the repository; `judged()` of its figures."""

    found = Signal()
    opened = Signal()
    judged = Signal()

    def __init__(
        self,
        hub: HubQuestions,
        models: ModelQuestions,
        library: ModelLibrary,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._models = models
        self._library = library
        self.query: SearchQuery | None = None  # the newest
        self.results: tuple[HubModel, ...] = ()
        self.search_error: AppError | None = None
        self.repo = ""  # what is open, or being opened
        self.repository: Repository | None = None
        self.open_error: AppError | None = None
        self.variant: Variant | None = None  # the chosen one
        self.read: dict[str, PairModel] = {}  # by the variant's name
        self.read_errors: dict[str, AppError] = {}
        self.judgement = Judgement()
        self.verdicts: Mapping[str, VariantVerdict] = {}
        hub.answered.connect(self._on_hub)
        models.answered.connect(self._on_models)

    @property
    def searching(self) -> bool:
        return self._hub.is_open(Search)

    @property
    def opening(self) -> bool:
        return self._hub.is_open(ListFiles)

    @property
    def inspecting(self) -> bool:
        """Whether the header of the chosen variant is on its way."""
        return self._hub.is_open(ReadHeader) or self._models.is_open(Understand)

    def search(self, query: SearchQuery) -> None:
        self.query = query
        self.search_error = None
        self._hub.ask(Search(query))
        self.found.emit()

    def open(self, repo: str) -> None:
        """Show a repository: what it has, then what is in the file most people take."""
        self._forget()
        self.repo = repo
        self._hub.ask(ListFiles(repo))
        self.opened.emit()

    def leave(self) -> None:
        """No repository is open."""
        self._hub.drop(ListFiles)
        self._forget()
        self.opened.emit()

    def choose(self, variant: Variant) -> None:
        """Look into one of the repository's models."""
        self.variant = variant
        self._hub.drop(ReadHeader)
        self._models.drop(Understand)
        if self.repository is not None and variant.name not in self.read and not variant.missing_parts:
            self.read_errors.pop(variant.name, None)
            self._hub.ask(ReadHeader(self.repository, variant))
        self.judged.emit()

    def judge(self, judgement: Judgement) -> None:
        """Judge everything anew, as something else."""
        self.judgement = judgement
        self._judge()
        self.judged.emit()

    def _forget(self) -> None:
        self._hub.drop(ReadHeader)
        self._models.drop(Understand)
        self._models.drop(JudgeVariants)
        self.repo = ""
        self.repository = self.open_error = self.variant = None
        self.read, self.read_errors, self.verdicts = {}, {}, {}

    def _judge(self) -> None:
        if self.repository is None:
            return
        variants = (v for v in self.repository.variants if v.role is FileRole.MODEL)
        sizes = {variant.name: variant.size for variant in variants}
        read = {name: model for name, model in self.read.items() if name in sizes}
        if not read:
            return
        partner = self._library.contents.model(self.judgement.partner)
        options = LoadOptions(self.judgement.context)
        self._models.ask(JudgeVariants(read, sizes, self.judgement.role, partner, options))

    @Slot(object)
    def _on_hub(self, answer: Answer) -> None:
        result = answer.result
        match answer.question:
            case Search():
                self.search_error = result if isinstance(result, AppError) else None
                self.results = result if isinstance(result, tuple) else ()
                self.found.emit()
            case ListFiles():
                if isinstance(result, Repository):
                    self.repository = result
                    self.opened.emit()
                    first = first_read(result)
                    if first is not None:
                        self.choose(first)
                elif isinstance(result, AppError):
                    self.open_error = result
                    self.opened.emit()
            case ReadHeader(repository, variant):
                if isinstance(result, ModelFiles):
                    name = variant.files[0].path.rpartition("/")[2]
                    remote = RemoteModel(result, name, repository.model.repo)
                    self._models.ask(Understand(variant.name, remote))
                elif isinstance(result, AppError):
                    self.read_errors[variant.name] = result
                self.judged.emit()

    @Slot(object)
    def _on_models(self, answer: Answer) -> None:
        result = answer.result
        match answer.question:
            case Understand(variant):
                if isinstance(result, PairModel):
                    self.read[variant] = result
                    self._judge()
                elif isinstance(result, AppError):
                    self.read_errors[variant] = result
                self.judged.emit()
            case JudgeVariants():
                if isinstance(result, Mapping):
                    self.verdicts = result
                elif isinstance(result, AppError) and self.variant is not None:
                    self.read_errors[self.variant.name] = result
                self.judged.emit()


def first_read(repository: Repository) -> Variant | None:
    """The model of a repository that most people take; None where it has none that is whole."""
    whole = [v for v in repository.variants if v.role is FileRole.MODEL and not v.missing_parts]
    for quantization in FIRST_READ:
        for variant in whole:
            if variant.quantization == quantization:
                return variant
    return whole[0] if whole else None
