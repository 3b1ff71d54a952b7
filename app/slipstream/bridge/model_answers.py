"""Reads the library and judges models, on the models' thread; the hub is asked elsewhere. Knows no widgets."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFile, QObject

from slipstream.bridge.download_thread import DownloadParts
from slipstream.bridge.model_messages import (
    DraftsJudged,
    JudgeCandidate,
    JudgeDrafts,
    JudgeVariants,
    KnownDraft,
    LibraryContents,
    MoveToTrash,
    ReadLibrary,
    RemoteModel,
    Role,
    Understand,
    VariantVerdict,
)
from slipstream.bridge.questions import Questions
from slipstream.bridge.told import told
from slipstream.core.errors import AppError, ModelFileError
from slipstream.core.known_pairs import KnownPairs
from slipstream.models.catalog import Catalog
from slipstream.models.estimate import scaled
from slipstream.models.fit import Fit, Sized, fit
from slipstream.models.here import surroundings
from slipstream.models.hub import Hub
from slipstream.models.library import Library, LibraryModel
from slipstream.models.memory import LoadOptions
from slipstream.models.memory_shape import MemoryShape
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import Pairing, Surroundings
from slipstream.models.patience import StoppedError
from slipstream.models.places import PlaceKind
from slipstream.models.relations import drafts_by_target
from slipstream.models.removal import is_ours, remove

log = logging.getLogger(__name__)


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelAnswers", text)


def move_to_trash(path: Path) -> bool:
    """To the system's trash, from which a person can bring it back."""
    return QFile(str(path)).moveToTrash()


@dataclass(frozen=True)
class ModelParts:
    """What is needed to find, judge and download models."""

    hub: Hub
    downloads: DownloadParts
    open_library: Callable[[Iterable[str]], Library]  # with the folders that a person added
    own: tuple[Path, ...]  # our own folders
    measurements: Path
    catalog: Catalog
    known: Callable[[], KnownPairs] = KnownPairs  # what ran here, as far as it is known now
    trash: Callable[[Path], bool] = move_to_trash


class ModelAnswerer:
    """One after the other, on one thread."""

    def __init__(self, parts: ModelParts) -> None:
        self._parts = parts

    def answer(self, question: object, dropped: threading.Event) -> object:
        match question:
            case ReadLibrary():
                return self._read(question, dropped)
            case JudgeDrafts():
                return self._judge_drafts(question, dropped)
            case Understand(_, remote):
                return _pair_model(remote)
            case JudgeVariants():
                return self._judge_variants(question)
            case JudgeCandidate(target, remote, options):
                return Pairing(_known(target), self._around(options)).judge(_pair_model(remote))
            case MoveToTrash(path):
                return remove(path, self._parts.own, self._parts.trash)
        raise TypeError(f"{question!r} is no question about models")

    def fault(self) -> AppError:
        return AppError(
            tr("The models could not be looked at because of a fault in Slipstream."),
            tr("The log says what happened."),
        )

    def _read(self, asked: ReadLibrary, dropped: threading.Event) -> LibraryContents:
        library = self._parts.open_library(
            asked.folders
        )  # places come and go, our own with the first download
        # Before the scan, which forgets what nobody asked for.
        opened = [library.read(path) for path in _unless(dropped, asked.files)]
        models = list(_unless(dropped, library.scan()))
        listed = {_real(model.path) for model in models}
        models += [model for model in opened if model.card is not None and _real(model.path) not in listed]
        drafts = drafts_by_target(models, partial(_look, dropped))
        try:
            library.save()
        except OSError as error:
            log.warning("what was read of models is not kept for the next time: %s", error)
        own = (m.path for m in models if m.place is PlaceKind.OWN and is_ours(m.path, self._parts.own))
        folders = tuple(place.folder for place in library.places)
        return LibraryContents(tuple(models), drafts, frozenset(own), tuple(library.problems), folders)

    def _judge_drafts(self, asked: JudgeDrafts, dropped: threading.Event) -> DraftsJudged:
        around = self._around(asked.options)
        target = _known(asked.target)
        pairing = Pairing(target, around)
        others = (PairModel.of_library(model) for model in asked.others if model.path != asked.target.path)
        verdicts = pairing.rank(_unless(dropped, (model for model in others if model is not None)))
        known = tuple(
            KnownDraft(model, pair, self._parts.catalog.source(pair)) for model, pair in pairing.recommended()
        )
        alone = _fit(_sized(target), None, around)
        return DraftsJudged(asked.target.path, asked.options.ctx_size, alone, tuple(verdicts), known)

    def _judge_variants(self, asked: JudgeVariants) -> Mapping[str, VariantVerdict]:
        """Those whose header was not read are judged by that of the one next to them in size."""
        around = self._around(asked.options)
        partner = _known(asked.partner) if asked.partner else None
        found = {}
        for name, size in asked.sizes.items():
            read = asked.read.get(name)
            if read is not None:
                found[name] = _judge_read(read, asked.role, partner, around)
            elif asked.read:
                nearest = min(asked.read, key=lambda other: abs(asked.sizes[other] - size))
                ratio = size / max(asked.sizes[nearest], 1)
                placed = _together(_sized(asked.read[nearest], ratio), asked.role, partner, around)
                found[name] = VariantVerdict(placed, exact=False, verdict=None)
        return found

    def _around(self, options: LoadOptions) -> Surroundings:
        return surroundings(options, self._parts.measurements, self._parts.catalog, self._parts.known())


class ModelQuestions(Questions):
    """The questions of `model_messages`; answered on the thread "models"."""

    def __init__(self, parts: ModelParts, parent: QObject | None = None) -> None:
        super().__init__("models", ModelAnswerer(parts), parent)


def _judge_read(
    model: PairModel, role: Role, partner: PairModel | None, around: Surroundings
) -> VariantVerdict:
    if partner is None:
        return VariantVerdict(_fit(_sized(model), None, around), exact=True, verdict=None)
    target, draft = (partner, model) if role is Role.DRAFT else (model, partner)
    verdict = Pairing(target, around).judge(draft)
    return VariantVerdict(verdict.fit, exact=True, verdict=verdict)


def _together(model: Sized | None, role: Role, partner: PairModel | None, around: Surroundings) -> Fit | None:
    other = _sized(partner) if partner else None
    if model is None or (partner is not None and other is None):
        return None
    return _fit(other, model, around) if role is Role.DRAFT and other else _fit(model, other, around)


def _fit(target: Sized | None, draft: Sized | None, around: Surroundings) -> Fit | None:
    """None where a header does not tell what its model takes."""
    if target is None:
        return None
    return fit(target, draft, around.options, around.machine, around.reordered)


def _sized(model: PairModel, ratio: float = 1.0) -> Sized | None:
    shape: MemoryShape | None = model.card.shape
    if shape is None:
        return None
    return Sized(shape if ratio == 1.0 else scaled(shape, ratio), model.card.summary.context_length)


def _known(model: LibraryModel) -> PairModel:
    """Raises ModelFileError where the file cannot be read."""
    paired = PairModel.of_library(model)
    if paired is None:
        raise ModelFileError(tr("{0} cannot be read").format(model.name), told(model.problem or ""))
    return paired


def _pair_model(remote: RemoteModel) -> PairModel:
    return PairModel.of_files(remote.files, remote.name, remote.repository)


def _unless[T](dropped: threading.Event, items: Iterable[T]) -> Iterator[T]:
    """The items, until nobody wants to know any more. Raises StoppedError."""
    for item in items:
        _look(dropped)
        yield item


def _look(dropped: threading.Event) -> None:
    """Raises StoppedError where nobody wants to know any more."""
    if dropped.is_set():
        raise StoppedError


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
