"""Drafts that the catalog knows for a model: looked at on the hub by their headers, judged, and fetched.

A list is never the judge: what it names is compared token by token before gigabytes are downloaded. Nothing is asked
of the hub until a person wants to know. Lives on the window's thread; knows no widgets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.hub_questions import HubQuestions, ListFiles, ReadHeader
from slipstream.bridge.model_answers import ModelQuestions
from slipstream.bridge.model_messages import JudgeCandidate, KnownDraft, RemoteModel
from slipstream.bridge.notices import Level, Notice
from slipstream.bridge.questions import Answer
from slipstream.core.errors import AppError, HubAccessError, HubNotFoundError
from slipstream.models.download_record import ModelDownload
from slipstream.models.hub_data import Repository, Role, Variant
from slipstream.models.hub_files import find_variant
from slipstream.models.library import LibraryModel
from slipstream.models.memory import LoadOptions
from slipstream.models.pairing import PairVerdict, Suitability
from slipstream.models.split_files import ModelFiles

GOOD = (Suitability.RECOMMENDED, Suitability.SUITABLE)


def tr(text: str) -> str:
    return QCoreApplication.translate("DraftFinder", text)


class Stage(StrEnum):
    UNKNOWN = "unknown"  # nobody has asked yet
    WAITING = "waiting"  # for its turn
    LISTING = "listing"  # which files there are
    READING = "reading"  # a header
    JUDGING = "judging"
    JUDGED = "judged"
    FAILED = "failed"


UNDER_WAY = (Stage.WAITING, Stage.LISTING, Stage.READING, Stage.JUDGING)


@dataclass(frozen=True)
class Candidate:
    """A draft of the catalog for one target, and how much is known of it."""

    known: KnownDraft
    stage: Stage = Stage.UNKNOWN
    tried: int = 0  # repositories that do not have it, or not for this person
    repository: Repository | None = None
    variant: Variant | None = None
    verdict: PairVerdict | None = None
    error: AppError | None = None


@dataclass(frozen=True)
class _Errand:
    """What is being done: look at the candidates of a target, perhaps to fetch the first good one."""

    target: LibraryModel
    options: LoadOptions
    fetch: bool


class DraftFinder(QObject):
    """Signals: `changed()`; `wanted(ModelDownload, target)`, to be downloaded as its draft; `noticed(Notice)`;
    `resolved(topic)`.
    """

    changed = Signal()
    wanted = Signal(object, object)
    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(self, hub: HubQuestions, models: ModelQuestions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._models = models
        self._candidates: dict[Path, list[Candidate]] = {}
        self._errand: _Errand | None = None
        self._at = -1  # the candidate that is being looked at
        hub.answered.connect(self._on_hub)
        models.answered.connect(self._on_models)

    def know(self, target: Path, known: Sequence[KnownDraft]) -> None:
        """The catalog's drafts for a model; what was found out of them already stays."""
        if [candidate.known for candidate in self._candidates.get(target, [])] != list(known):
            self._candidates[target] = [Candidate(draft) for draft in known]
            self.changed.emit()

    def candidates(self, target: Path) -> tuple[Candidate, ...]:
        """The best first, as the catalog has them."""
        return tuple(self._candidates.get(target, ()))

    @property
    def busy_with(self) -> Path | None:
        """The model whose drafts are being looked at on the hub."""
        return self._errand.target.path if self._errand else None

    @property
    def fetching(self) -> bool:
        """Whether the first good one will be downloaded."""
        return self._errand is not None and self._errand.fetch

    def look(self, target: LibraryModel, options: LoadOptions) -> None:
        """Look at all of them on the hub: megabytes, of the headers."""
        self._begin(_Errand(target, options, fetch=False))

    def get_recommended(self, target: LibraryModel, options: LoadOptions) -> None:
        """Download the first that is expected to pay; where none is, say so, and download nothing."""
        self._begin(_Errand(target, options, fetch=True))

    def get(self, target: Path, number: int) -> None:
        """Download this one, of which the files are known."""
        candidate = self.candidates(target)[number]
        if candidate.repository is None or candidate.variant is None:
            return
        try:
            download = ModelDownload.of(candidate.repository, candidate.variant)
        except AppError as error:
            self._set(target, number, replace(candidate, stage=Stage.FAILED, error=error))
        else:
            self.wanted.emit(download, target)

    def cancel(self) -> None:
        """Look no further; what was found out stays."""
        if self._errand is not None:
            target = self._errand.target.path
            for number, candidate in enumerate(self.candidates(target)):
                if candidate.stage in UNDER_WAY:
                    self._candidates[target][number] = Candidate(candidate.known)
        for kind in (ListFiles, ReadHeader):
            self._hub.drop(kind)
        self._models.drop(JudgeCandidate)
        self._errand = None
        self.changed.emit()

    def _begin(self, errand: _Errand) -> None:
        self.cancel()
        self.resolved.emit("drafts")
        self._errand = errand
        target = errand.target.path
        waiting = [Candidate(old.known, Stage.WAITING) for old in self.candidates(target)]
        self._candidates[target] = waiting
        self._at = -1
        self._next()

    def _next(self) -> None:
        """Go on with the next one, or come to an end."""
        errand = self._errand
        if errand is None:
            return
        target = errand.target.path
        self._at += 1
        candidates = self.candidates(target)
        if self._at < len(candidates):
            self._list(candidates[self._at])
            return
        self._errand = None
        self.changed.emit()
        if errand.fetch:
            self._tell_none(errand.target, candidates)

    def _list(self, candidate: Candidate) -> None:
        repositories = candidate.known.model.repositories
        self._put(replace(candidate, stage=Stage.LISTING))
        self._hub.ask(ListFiles(repositories[candidate.tried]))

    def _on_listed(self, candidate: Candidate, result: object) -> None:
        model = candidate.known.model
        if isinstance(result, Repository):
            variant = variant_of(result, model.quantization)
            if variant is not None:
                self._put(
                    replace(candidate, stage=Stage.READING, repository=result, variant=variant, error=None)
                )
                self._hub.ask(ReadHeader(result, variant))
                return
            result = HubNotFoundError(
                tr("{0} has no model that is whole").format(result.model.repo), tr("Look for another copy.")
            )
        assert isinstance(result, AppError)
        tried = candidate.tried + 1
        if isinstance(result, HubNotFoundError | HubAccessError) and tried < len(model.repositories):
            self._list(replace(candidate, tried=tried))
        else:
            self._fail(result)

    def _on_read(self, candidate: Candidate, result: object) -> None:
        errand = self._errand
        if errand is None or candidate.repository is None or candidate.variant is None:
            return
        if isinstance(result, ModelFiles):
            self._put(replace(candidate, stage=Stage.JUDGING))
            name = candidate.variant.files[0].path.rpartition("/")[2]
            remote = RemoteModel(result, name, candidate.repository.model.repo)
            self._models.ask(JudgeCandidate(errand.target, remote, errand.options))
        elif isinstance(result, AppError):
            self._fail(result)

    def _on_judged(self, candidate: Candidate, result: object) -> None:
        errand = self._errand
        if isinstance(result, AppError):
            self._fail(result)
        elif isinstance(result, PairVerdict) and errand is not None:
            self._put(replace(candidate, stage=Stage.JUDGED, verdict=result))
            if errand.fetch and result.suitability in GOOD:
                number = self._at
                self.cancel()
                self.get(errand.target.path, number)
            else:
                self._next()

    def _fail(self, error: AppError) -> None:
        """This one cannot be had; the others may."""
        assert self._errand is not None
        candidate = self.candidates(self._errand.target.path)[self._at]
        self._put(replace(candidate, stage=Stage.FAILED, error=error))
        self._next()

    def _tell_none(self, target: LibraryModel, candidates: Sequence[Candidate]) -> None:
        failed = [candidate.error for candidate in candidates if candidate.error is not None]
        if len(failed) == len(candidates) and failed:
            notice = Notice(Level.ERROR, failed[0].message, failed[0].hint, topic="drafts")
        else:
            text = tr("No draft was downloaded: none that is known for {0} is expected to pay here.")
            hint = tr("What speaks against each stands below it; it can be had all the same.")
            notice = Notice(Level.INFO, text.format(target.name), hint, topic="drafts")
        self.noticed.emit(notice)

    def _put(self, candidate: Candidate) -> None:
        assert self._errand is not None
        self._set(self._errand.target.path, self._at, candidate)

    def _set(self, target: Path, number: int, candidate: Candidate) -> None:
        self._candidates[target][number] = candidate
        self.changed.emit()

    @Slot(object)
    def _on_hub(self, answer: Answer) -> None:
        if self._errand is None:
            return
        candidate = self.candidates(self._errand.target.path)[self._at]
        if isinstance(answer.question, ListFiles):
            self._on_listed(candidate, answer.result)
        elif isinstance(answer.question, ReadHeader):
            self._on_read(candidate, answer.result)

    @Slot(object)
    def _on_models(self, answer: Answer) -> None:
        if self._errand is not None and isinstance(answer.question, JudgeCandidate):
            self._on_judged(self.candidates(self._errand.target.path)[self._at], answer.result)


def variant_of(repository: Repository, quantization: str) -> Variant | None:
    """The model of this quantization that is whole; else the smallest that is."""
    whole = [v for v in repository.variants if v.role is Role.MODEL and not v.missing_parts]
    return find_variant(whole, quantization) or (whole[0] if whole else None)
