"""A model that may answer or draft, wherever it is: a file, one of the library, or a remote one by its header."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from slipstream.core.vocabulary import Vocabulary
from slipstream.models.card import ModelCard, read_card
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.gguf_vocabulary import read_vocabulary
from slipstream.models.inspect import read_files
from slipstream.models.library import LibraryModel
from slipstream.models.split_files import ModelFiles, Part


@dataclass(frozen=True)
class PairModel:
    """A model that answers or drafts, wherever it is. `key` names it as `core.measurements.model_key` does."""

    name: str
    key: str
    card: ModelCard
    read_vocabulary: Callable[[], Vocabulary] = field(repr=False)  # raises ModelFileError
    repository: str | None = None  # on the hub
    path: Path | None = None  # on this machine

    @classmethod
    def of_header(
        cls, header: GgufHeader, size: int, name: str, repository: str | None = None
    ) -> "PairModel":
        """A file of `size` bytes of which only the header is at hand. Raises ModelFileError for damaged values."""
        return cls.of_files(ModelFiles(header, (Part(name, size),), 1), name, repository)

    @classmethod
    def of_files(
        cls, files: ModelFiles, name: str, repository: str | None = None, path: Path | None = None
    ) -> "PairModel":
        """A model, single or split, of which the headers are at hand. Raises ModelFileError for damaged values."""
        part = files.parts[files.number - 1]
        card = read_card(files, str(path or name))
        return cls(
            name, f"{part.name}:{part.size}", card, lambda: read_vocabulary(files.header), repository, path
        )

    @classmethod
    def of_path(cls, path: Path) -> "PairModel":
        """A file of this machine, single or split. Raises ModelFileError."""
        return cls.of_files(read_files(path), path.name, None, path)

    @classmethod
    def of_library(cls, model: LibraryModel) -> "PairModel | None":
        """A model of the library; None where it could not be read. Its vocabulary is read when it is asked for."""
        if model.card is None:
            return None
        first = model.card.summary.parts[0]
        path = model.path

        return cls(
            model.name,
            f"{first.name}:{first.size}",
            model.card,
            lambda: read_vocabulary(read_files(path).header),
            model.repository,
            path,
        )
