"""Every GGUF model on this machine, used where it lies: our folder, other programs' caches, folders a person added.

    library = Library(find_places([own]), cache_file)
    for model in library.scan(): ...      models as they are found; nothing is loaded, copied or changed
    library.save()                        so that the next scan reads only what is new

A file that cannot be used is listed with its reason, and never ends a scan.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.errors import ModelFileError
from slipstream.models.card import ModelCard, read_card
from slipstream.models.header_cache import FileStamp, HeaderCache, Reading
from slipstream.models.hub_cache import cached_files
from slipstream.models.ollama import ollama_models
from slipstream.models.places import Place, PlaceKind
from slipstream.models.sources import open_file
from slipstream.models.split_files import parse_split_name, read_model
from slipstream.models.untrusted import printable
from slipstream.models.walk import Walk, WalkLimits

MAX_MODELS = 10_000
SUFFIX = ".gguf"


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """A model on this machine; of a split one, `path` is its first part."""

    path: Path
    place: PlaceKind
    name: str  # as a person knows it: the file's name, or Ollama's
    repository: str | None  # on the hub, where the place tells
    size: int  # bytes, of all parts
    card: ModelCard | None
    problem: str | None  # why it cannot be loaded: damaged, incomplete, no chat model

    @property
    def usable(self) -> bool:
        return self.problem is None


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    place: PlaceKind
    name: str
    repository: str | None


class Library:
    """Not thread-safe. `problems` and `folders` are those of the last scan."""

    def __init__(
        self,
        places: Sequence[Place],
        cache_file: Path,
        limits: WalkLimits | None = None,
        most: int = MAX_MODELS,
    ) -> None:
        self.places = tuple(places)
        self.problems: list[str] = []
        self.folders: tuple[Path, ...] = ()  # in which models lie: what to watch
        self._cache = HeaderCache(cache_file)
        self._limits = limits or WalkLimits()
        self._most = most

    def scan(self) -> Iterator[LibraryModel]:
        """All models, place by place; each real file once, however many links lead to it."""
        walk = Walk(self._limits)
        self.problems = walk.problems
        folders: set[Path] = {place.folder for place in self.places}
        seen: set[tuple[int, int]] = set()
        count = 0
        for found in self._candidates(walk):
            if count >= self._most:
                walk.problems.append(f"more than {self._most} models; the rest is left out")
                break
            folders.add(found.path.parent)
            identity = _identity(found.path)
            if identity is not None:
                if identity in seen:
                    continue
                seen.add(identity)
            count += 1
            yield self._read(found)
        self._cache.forget_others()
        self.folders = tuple(sorted(folders))

    def read(self, path: Path) -> LibraryModel:
        """One model that a person named, from the cache where it is known."""
        return self._read(_Found(path, PlaceKind.ADDED, path.name, None))

    def save(self) -> None:
        """Keep what was read for the next time. Raises OSError."""
        self._cache.save()

    def _candidates(self, walk: Walk) -> Iterator[_Found]:
        for place in self.places:
            kind = place.kind
            if kind is PlaceKind.OLLAMA:
                for model in ollama_models(place.folder, walk):
                    yield _Found(model.blob, kind, model.name, None)
            elif kind is PlaceKind.HUGGING_FACE:
                for file in cached_files(place.folder, walk, _is_candidate):
                    yield _Found(file.path, kind, file.path.name, file.repository)
            else:
                for path in walk.files(place.folder, _is_candidate):
                    if not _is_later_part(path):
                        yield _Found(path, kind, path.name, _repository(place, path))

    def _read(self, found: _Found) -> LibraryModel:
        reading = self._reading(found.path)
        card = reading.card
        return LibraryModel(
            path=found.path,
            place=found.place,
            name=found.name,
            repository=found.repository,
            size=sum(stamp.size for stamp in reading.stamps),
            card=card,
            problem=reading.problem or (card.problem if card else None),
        )

    def _reading(self, path: Path) -> Reading:
        stamps, problem = _stamps(path)
        if problem is not None:
            return Reading(stamps, None, problem)
        known = self._cache.get(path, stamps)
        if known is None:
            known = _read_headers(path, stamps)
            self._cache.put(path, known)
        return known


def _read_headers(path: Path, stamps: tuple[FileStamp, ...]) -> Reading:
    try:
        files = read_model(
            path.name, lambda name: open_file(path if name == path.name else path.with_name(name))
        )
        if files.number != 1:
            return Reading(stamps, None, f"part {files.number} of a split model; its first part is used")
        return Reading(stamps, read_card(files, str(path)), None)
    except ModelFileError as error:
        return Reading(stamps, None, error.message.removeprefix(f"{printable(path.name)}: "))
    except FileNotFoundError:
        return Reading(stamps, None, "the file has gone")


def _stamps(path: Path) -> tuple[tuple[FileStamp, ...], str | None]:
    """Of a file, or of all parts of a split model that are there; and why there is nothing to read."""
    split = parse_split_name(path.name)
    names = split.all() if split else (path.name,)
    stamps: list[FileStamp] = []
    for name in names:
        part = path if name == path.name else path.with_name(name)
        try:
            status = os.stat(part)
        except FileNotFoundError:
            if part == path:
                return (
                    (),
                    "a link to a file that is not there" if path.is_symlink() else "the file is missing",
                )
            continue
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return tuple(stamps), f"cannot be read: {reason}"
        if not stat.S_ISREG(status.st_mode):
            return tuple(stamps), "not a regular file"
        stamps.append(FileStamp(name, status.st_size, status.st_mtime_ns))
    return tuple(stamps), None


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the real file; None where the system has none, or there is no file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


def _is_candidate(name: str) -> bool:
    return name.lower().endswith(SUFFIX)


def _is_later_part(path: Path) -> bool:
    """A part whose first part lies beside it. Without that it is listed, and says what is missing."""
    split = parse_split_name(path.name)
    return split is not None and split.number > 1 and path.with_name(split.part(1)).exists()


def _repository(place: Place, path: Path) -> str | None:
    """LM Studio and we keep the hub's order: `owner/name/file`."""
    if place.kind not in (PlaceKind.LM_STUDIO, PlaceKind.OWN):
        return None
    parts = path.relative_to(place.folder).parts
    return "/".join(parts[:2]) if len(parts) == 3 else None
