"""Which draft suits a target: every candidate judged, with its reasons, and the best first.

Works on headers alone, so files of a hub are judged as well as those on the disk, before anything is downloaded.
Whether a draft can draft at all is decided by its vocabulary, compared token by token, and by whether both models can
take tokens back; whether it is worth it, by size, memory and the expected gain. No candidate is hidden: an unfit one
says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from slipstream.core.errors import ModelFileError
from slipstream.core.known_pairs import KnownPairs, ModelFile
from slipstream.core.measurements import Measurements
from slipstream.core.vocabulary import Vocabulary, VocabularyVerdict, compare_vocabularies
from slipstream.models.catalog import Catalog, CatalogModel, CatalogPair, Standing
from slipstream.models.fit import Fit, Sized, Where, fit
from slipstream.models.machine_memory import MachineMemory
from slipstream.models.memory import LoadOptions
from slipstream.models.memory_shape import MemoryShape
from slipstream.models.pair_model import PairModel
from slipstream.models.prediction import Basis, Prediction, Regime, predict

LARGE = 0.4  # of the target's bytes: a draft that reads more of them has little to give
_WIDE = ("F32", "F16", "BF16")


class Suitability(StrEnum):
    """The verdict, the best first."""

    RECOMMENDED = "recommended"
    SUITABLE = "suitable"
    DOUBTFUL = "doubtful"  # it can draft, and there is little to gain, or no room
    UNFIT = "unfit"


class ReasonKind(StrEnum):
    """Why a draft is unfit or doubtful, and which figures the sentence has."""

    VOCABULARY = "vocabulary"  # one reason of the comparison, as it is
    TAKES_NOTHING_BACK = "takes_nothing_back"  # the model with a recurrent state
    NOT_A_DRAFT = "not_a_draft"  # what it is instead
    SAME_FILE = "same_file"
    LARGE = "large"  # percent of the target's bytes
    NO_ROOM = "no_room"  # bytes needed, bytes free
    BESIDE_GPU = "beside_gpu"  # the target has the GPU; no figure
    SHORT_CONTEXT = "short_context"  # tokens it was trained for, tokens asked for
    GAINS_NOTHING = "gains_nothing"  # τ needed, τ expected
    GAINED_NOTHING = "gained_nothing"  # measured here: times as fast with its interval, prompts
    LISTED_AGAINST = "listed_against"  # the catalog's note


@dataclass(frozen=True, slots=True)
class PairReason:
    kind: ReasonKind
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What is to be said of one draft for one target. What needs sizes is None where a header does not tell them."""

    draft: PairModel
    suitability: Suitability
    vocabulary: VocabularyVerdict | None  # None where one of the two has none
    unfit: tuple[PairReason, ...]  # why it cannot draft; every reason
    doubts: tuple[PairReason, ...]  # why little is to be expected
    size_ratio: float | None  # how many times less the draft reads for a token
    fit: Fit | None
    prediction: Prediction | None
    known: CatalogPair | None

    @property
    def fits(self) -> bool:
        """Whether it can draft for this target."""
        return not self.unfit


@dataclass(frozen=True)
class Surroundings:
    """What a verdict depends on beside the two models."""

    machine: MachineMemory
    options: LoadOptions = field(default_factory=LoadOptions)
    reordered: frozenset[int] = frozenset()
    measurements: Measurements | None = None
    known: KnownPairs = field(default_factory=KnownPairs)
    catalog: Catalog | None = None


class Pairing:
    """Judges drafts for one target. A vocabulary is compared once, however many files have it."""

    def __init__(self, target: PairModel, around: Surroundings) -> None:
        self.target = target
        self._around = around
        self._known = self._identify(target)
        self._vocabulary: Vocabulary | None = None
        self._compared: dict[str, VocabularyVerdict] = {}

    def recommended(self) -> tuple[tuple[CatalogModel, CatalogPair], ...]:
        """The drafts that the catalog knows for this target, the best first: what could be downloaded."""
        return self._around.catalog.drafts_for(self._known) if self._around.catalog else ()

    def rank(self, drafts: Iterable[PairModel]) -> list[PairVerdict]:
        """All of them, the best first; the unfit ones come last, by name."""
        order = list(Suitability)

        def place(verdict: PairVerdict) -> tuple[int, float, int, str]:
            gain = verdict.prediction.speedup if verdict.prediction and verdict.fits else 0.0
            needed = verdict.fit.total if verdict.fit else 0
            return order.index(verdict.suitability), -round(gain, 2), needed, verdict.draft.name

        return sorted((self.judge(draft) for draft in drafts), key=place)

    def judge(self, draft: PairModel) -> PairVerdict:
        """Never raises for a draft that cannot be used: the verdict says why."""
        vocabulary, unfit = self._compare(draft)
        known = (
            self._around.catalog.pair(self._known, self._identify(draft)) if self._around.catalog else None
        )
        target_shape, draft_shape = self.target.card.shape, draft.card.shape
        ratio = placed = prediction = None
        if target_shape is not None and draft_shape is not None:
            reads = target_shape.read_per_token, draft_shape.read_per_token
            ratio = reads[0] / reads[1] if all(reads) else None  # tensors of unknown types have no size
            target, drafted = (
                Sized(target_shape, self.target.card.summary.context_length),
                Sized(draft_shape, draft.card.summary.context_length),
            )
            around = self._around
            placed = fit(target, drafted, around.options, around.machine, around.reordered)
            if ratio is not None:
                prediction = predict(
                    (self.target.key, target_shape),
                    (draft.key, draft_shape),
                    self._regime(placed),
                    around.measurements,
                    around.known.of(
                        _file(self.target, target_shape),
                        _file(draft, draft_shape),
                        offloaded=placed.target.gpu_layers > 0,
                    ),
                )
        doubts = self._doubts(draft, ratio, placed, prediction, known)
        return PairVerdict(
            draft=draft,
            suitability=_suitability(unfit, doubts, prediction, known),
            vocabulary=vocabulary,
            unfit=unfit,
            doubts=doubts,
            size_ratio=ratio,
            fit=placed,
            prediction=prediction,
            known=known,
        )

    def _compare(self, draft: PairModel) -> tuple[VocabularyVerdict | None, tuple[PairReason, ...]]:
        unfit = []
        if draft.card.problem:
            unfit.append(PairReason(ReasonKind.NOT_A_DRAFT, (draft.card.problem,)))
        vocabulary = None
        try:
            vocabulary = self._verdict(draft)
            unfit += [PairReason(ReasonKind.VOCABULARY, (reason,)) for reason in vocabulary.reasons]
        except ModelFileError as error:
            if not draft.card.problem:
                unfit.append(PairReason(ReasonKind.NOT_A_DRAFT, (error.message,)))
        unfit += [
            PairReason(ReasonKind.TAKES_NOTHING_BACK, (model.name,))
            for model in (self.target, draft)
            if model.card.recurrent
        ]
        return vocabulary, tuple(unfit)

    def _verdict(self, draft: PairModel) -> VocabularyVerdict:
        """The comparison; files with the same digest are not compared again. Raises ModelFileError."""
        digest = draft.card.vocabulary_digest
        if digest is not None and digest == self.target.card.vocabulary_digest:
            return VocabularyVerdict((), None, 0)
        if digest is None or digest not in self._compared:
            if self._vocabulary is None:
                self._vocabulary = self.target.read_vocabulary()
            verdict = compare_vocabularies(self._vocabulary, draft.read_vocabulary())
            if digest is None:
                return verdict
            self._compared[digest] = verdict
        return self._compared[digest]

    def _doubts(
        self,
        draft: PairModel,
        ratio: float | None,
        placed: Fit | None,
        prediction: Prediction | None,
        known: CatalogPair | None,
    ) -> tuple[PairReason, ...]:
        doubts = []
        if known is not None and known.standing == Standing.REFUSED:
            doubts.append(PairReason(ReasonKind.LISTED_AGAINST, (known.note,)))
        if draft.key == self.target.key:
            doubts.append(PairReason(ReasonKind.SAME_FILE))
        elif ratio is not None and ratio * LARGE < 1:
            doubts.append(PairReason(ReasonKind.LARGE, (f"{100 / ratio:.0f}",)))
        trained = draft.card.summary.context_length
        if placed is not None:
            if not placed.fits:
                doubts.append(PairReason(ReasonKind.NO_ROOM, (str(placed.host), str(placed.free))))
            if placed.draft and placed.target.gpu_layers and not placed.draft.gpu_layers:
                doubts.append(PairReason(ReasonKind.BESIDE_GPU))
            if trained is not None and trained < placed.context:
                doubts.append(PairReason(ReasonKind.SHORT_CONTEXT, (str(trained), str(placed.context))))
        if prediction is not None and not prediction.pays:
            doubts.append(_no_gain(prediction))
        return tuple(doubts)

    def _regime(self, placed: Fit) -> Regime:
        if placed.where is Where.GPU:
            return Regime.GPU
        wide = (self.target.card.summary.quantization or "").startswith(_WIDE)
        return Regime.WIDE if wide else Regime.QUANTIZED

    def _identify(self, model: PairModel) -> CatalogModel | None:
        if self._around.catalog is None:
            return None
        summary = model.card.summary
        return self._around.catalog.identify(
            summary.architecture, (model.name, summary.name, model.repository)
        )


def _no_gain(prediction: Prediction) -> PairReason:
    """Measured, or only to be expected."""
    if prediction.is_measured and prediction.benchmarks is not None:
        gain = prediction.benchmarks.decode
        return PairReason(ReasonKind.GAINED_NOTHING, (gain.figures, str(gain.n)))
    return PairReason(ReasonKind.GAINS_NOTHING, (f"{prediction.needs_tau:.1f}", f"{prediction.tau:.1f}"))


def _file(model: PairModel, shape: MemoryShape) -> ModelFile:
    """As records of what ran here name it."""
    name, _, _ = model.key.rpartition(":")
    return ModelFile(name, shape.weights, str(model.path or ""))


def _suitability(
    unfit: tuple[PairReason, ...],
    doubts: tuple[PairReason, ...],
    prediction: Prediction | None,
    known: CatalogPair | None,
) -> Suitability:
    """What was measured here counts for more than any list."""
    if unfit:
        return Suitability.UNFIT
    gained = prediction is not None and prediction.is_measured
    measured = prediction is not None and (gained or prediction.costs is Basis.MEASURED)
    kinds = {doubt.kind for doubt in doubts}
    if gained or (measured and prediction is not None and prediction.acceptance is Basis.MEASURED):
        kinds.discard(ReasonKind.LARGE)
    elif known is not None and known.standing == Standing.RECOMMENDED and not measured:
        kinds -= {ReasonKind.GAINS_NOTHING, ReasonKind.LARGE}
    if kinds - {ReasonKind.BESIDE_GPU}:
        return Suitability.DOUBTFUL
    recommended = known is not None and known.standing == Standing.RECOMMENDED
    weak = known is not None and known.standing == Standing.WEAK and not measured
    if weak:
        return Suitability.DOUBTFUL
    return Suitability.RECOMMENDED if recommended else Suitability.SUITABLE
