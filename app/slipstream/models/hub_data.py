"""What the hub says about models, as plain data: what is searched for, what is found, which files there are.

Everything in it was checked on its way in (`hub_reading`): names are safe to show, sizes are numbers. Whether a
file's name is safe to write to is `hub_paths`' question.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ALGORITHMS = ("sha256", "git-sha1")  # of checksums


class SortBy(StrEnum):
    """What comes first in a search."""

    DOWNLOADS = "downloads"
    LIKES = "likes"
    UPDATED = "updated"


class Role(StrEnum):
    """What a GGUF file is for."""

    MODEL = "model"
    PROJECTOR = "projector"  # eyes or ears of another model
    CALIBRATION = "calibration"  # data for quantizing


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched for; an empty text, "" or None leaves a filter out. Parameters are counts."""

    text: str = ""
    architecture: str = ""  # llama.cpp's name, e.g. "qwen2"
    least_parameters: int | None = None
    most_parameters: int | None = None
    sort: SortBy = SortBy.DOWNLOADS
    limit: int = 30


@dataclass(frozen=True, slots=True)
class HubModel:
    """A repository as a search shows it. None is what the hub does not tell."""

    repo: str  # "owner/name"
    architecture: str | None
    parameters: int | None
    context_length: int | None  # tokens
    quantizations: tuple[str, ...]
    license: str | None
    gated: bool  # its terms must be accepted first
    private: bool
    downloads: int | None  # of the last month
    likes: int | None
    updated: datetime | None
    base_models: tuple[str, ...]  # the repositories it was made from


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a file's bytes must come to: "sha256" of them, or "git-sha1" of them as a git blob."""

    algorithm: str
    digest: str  # lower-case hex


@dataclass(frozen=True, slots=True)
class HubFile:
    path: str  # in the repository, with "/"
    size: int  # bytes
    checksum: Checksum | None  # None: the hub gives none, so it cannot be downloaded for sure


@dataclass(frozen=True, slots=True)
class Variant:
    """One model of a repository: a file, or all parts of a split one, in order."""

    name: str  # the path without ".gguf" and the part's number
    quantization: str | None  # e.g. "Q4_K_M", from the name
    role: Role
    files: tuple[HubFile, ...]
    missing_parts: int = 0  # parts that the repository lacks

    @property
    def size(self) -> int:
        """Bytes, of all parts."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository's models at one commit, the smallest first."""

    model: HubModel
    commit: str
    variants: tuple[Variant, ...]
    refused: tuple[str, ...] = ()  # names of GGUF files that are not safe to write, made fit to show
