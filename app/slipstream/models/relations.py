"""Which models of a library can draft for which: the "draft for …" of a list, without judging how well.

Two models with the same vocabulary digest speak the same tokens; others are compared once per pair of digests, where
their sizes allow it at all (a family pads its vocabulary to different sizes).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from slipstream.core.errors import ModelFileError
from slipstream.core.vocabulary import MAX_SIZE_DIFFERENCE, Vocabulary, compare_vocabularies
from slipstream.models.card import ModelCard
from slipstream.models.library import LibraryModel
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import LARGE

MOST_COMPARISONS = 200  # a tenth of a second each


def drafts_by_target(
    models: Sequence[LibraryModel], look: Callable[[], None] | None = None
) -> Mapping[Path, tuple[Path, ...]]:
    """For each model that has any: its possible drafts among the others, the smallest first.

    `look` is called before each comparison, and may raise to end it.
    """
    usable = [model for model in models if _can_pair(model)]
    groups: dict[str, list[LibraryModel]] = defaultdict(list)
    for model in usable:
        groups[_card(model).vocabulary_digest or ""].append(model)
    kin = _kin({digest: group[0] for digest, group in groups.items()}, look)
    found = {}
    for target in usable:
        most = LARGE * _reads(target)
        candidates = [
            draft
            for digest in kin[_card(target).vocabulary_digest or ""]
            for draft in groups[digest]
            if _reads(draft) <= most
        ]
        if candidates:
            found[target.path] = tuple(draft.path for draft in sorted(candidates, key=_reads))
    return found


def _kin(examples: Mapping[str, LibraryModel], look: Callable[[], None] | None) -> dict[str, list[str]]:
    """By digest, the digests of vocabularies that fit it, itself among them."""
    kin = {digest: [digest] for digest in examples}
    comparisons = 0
    for a, one in examples.items():
        vocabulary: Vocabulary | None = None
        for b, other in examples.items():
            if a >= b or not _comparable(_card(one), _card(other)) or comparisons >= MOST_COMPARISONS:
                continue
            if look is not None:
                look()
            comparisons += 1
            try:
                vocabulary = vocabulary or _vocabulary(one)
                fits = compare_vocabularies(vocabulary, _vocabulary(other)).fits
            except ModelFileError:
                continue  # changed since it was listed: the next scan says what it is now
            if fits:
                kin[a].append(b)
                kin[b].append(a)
    return kin


def _comparable(one: ModelCard, other: ModelCard) -> bool:
    a, b = one.summary.vocabulary, other.summary.vocabulary
    return (
        a is not None and b is not None and a.type == b.type and abs(a.size - b.size) <= MAX_SIZE_DIFFERENCE
    )


def _vocabulary(model: LibraryModel) -> Vocabulary:
    paired = PairModel.of_library(model)
    if paired is None:
        raise ModelFileError(f"{model.name}: cannot be read")
    return paired.read_vocabulary()


def _can_pair(model: LibraryModel) -> bool:
    card = model.card
    return (
        model.usable
        and card is not None
        and card.shape is not None
        and card.vocabulary_digest is not None
        and not card.recurrent
    )


def _card(model: LibraryModel) -> ModelCard:
    assert model.card is not None  # of usable models
    return model.card


def _reads(model: LibraryModel) -> int:
    shape = _card(model).shape
    return shape.read_per_token if shape else 0
