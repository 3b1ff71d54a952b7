"""What the window's thread and the models' thread tell each other: the library, verdicts, what goes to the trash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from slipstream.models.catalog import CatalogModel, CatalogPair, Source
from slipstream.models.fit import Fit
from slipstream.models.library import LibraryModel
from slipstream.models.memory import LoadOptions
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import PairVerdict
from slipstream.models.split_files import ModelFiles


@dataclass(frozen=True, slots=True)
class ReadLibrary:
    """Answered by `LibraryContents`. `folders` are those of the settings, `files` what was opened by hand."""

    folders: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class LibraryContents:
    """Every model on this machine; for each that has any, the possible drafts among the others."""

    models: tuple[LibraryModel, ...] = ()
    drafts: Mapping[Path, tuple[Path, ...]] = field(default_factory=dict)
    own: frozenset[Path] = frozenset()  # those that may be moved to the trash: what Slipstream downloaded
    problems: tuple[str, ...] = ()  # folders that could not be looked at
    folders: tuple[Path, ...] = ()  # where models were looked for

    def model(self, path: Path | None) -> LibraryModel | None:
        return next((model for model in self.models if model.path == path), None)

    def targets_of(self, draft: Path) -> tuple[Path, ...]:
        """The models that a draft could draft for."""
        return tuple(target for target, drafts in self.drafts.items() if draft in drafts)


@dataclass(frozen=True, slots=True)
class KnownDraft:
    """A draft that the bundled catalog names for a target, and where that is said."""

    model: CatalogModel
    pair: CatalogPair
    source: Source


@dataclass(frozen=True, slots=True)
class JudgeDrafts:
    """Answered by `DraftsJudged`."""

    target: LibraryModel
    others: tuple[LibraryModel, ...]
    options: LoadOptions


@dataclass(frozen=True)
class DraftsJudged:
    """What a model takes by itself, every draft on this machine judged for it, and what the catalog knows."""

    target: Path
    context: int  # tokens that were asked for
    alone: Fit | None
    verdicts: tuple[PairVerdict, ...]  # the best first
    known: tuple[KnownDraft, ...]  # the best first


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model on the hub of which the headers were read."""

    files: ModelFiles
    name: str
    repository: str


@dataclass(frozen=True, slots=True)
class Understand:
    """Answered by a `PairModel`: what the headers of a model on the hub mean. `variant` is which of them it is."""

    variant: str
    remote: RemoteModel


class Role(StrEnum):
    """What a model on the hub is judged as."""

    MODEL = "model"
    DRAFT = "draft"


@dataclass(frozen=True)
class JudgeVariants:
    """Answered by `VariantsJudged`. All variants of one repository, from the headers that were read of some."""

    read: Mapping[str, PairModel]  # by the variant's name
    sizes: Mapping[str, int]  # bytes of each variant, by name
    role: Role
    partner: LibraryModel | None  # the draft, or the target; None: by itself
    options: LoadOptions


@dataclass(frozen=True, slots=True)
class VariantVerdict:
    """`fit` is of both models together; `exact` where the variant's own header was read."""

    fit: Fit | None
    exact: bool
    verdict: PairVerdict | None


type VariantsJudged = Mapping[str, VariantVerdict]


@dataclass(frozen=True, slots=True)
class JudgeCandidate:
    """Answered by a `PairVerdict`: a draft on the hub for a target on this machine."""

    target: LibraryModel
    remote: RemoteModel
    options: LoadOptions


@dataclass(frozen=True, slots=True)
class MoveToTrash:
    """Answered by the files that went."""

    model: Path


type ModelQuestion = ReadLibrary | JudgeDrafts | Understand | JudgeVariants | JudgeCandidate | MoveToTrash
