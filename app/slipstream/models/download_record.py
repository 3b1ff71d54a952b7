"""What a download is: which files, of which commit, make a model, and which of them are here.

Kept beside the model's first file, as `<file>.download.json`, from the first byte on: it pins what is being
downloaded across a kill or a restart, and says afterwards where the model came from and that it is ours to delete.
What lies on the disk is not trusted: names are checked as if the hub had just sent them.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

from slipstream.core.errors import DownloadError
from slipstream.core.files import write_atomically
from slipstream.models.download_purpose import Purpose, purpose_to_json, read_purpose
from slipstream.models.hub_data import ALGORITHMS, Checksum, HubFile, Repository, Variant
from slipstream.models.hub_files import is_gguf
from slipstream.models.hub_paths import MAX_DEPTH, destination
from slipstream.models.split_files import MAX_PARTS

log = logging.getLogger(__name__)
SCHEMA = 1
ENDING = ".download.json"
PART_ENDING = ".part"
MAX_RECORD = 2**20  # bytes


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file of the hub. `tag`: what its sender named the content by; `done`: it is here, whole and checked."""

    path: str
    size: int  # bytes
    checksum: Checksum
    tag: str | None = None
    done: bool = False

    def same_content(self, other: "WantedFile") -> bool:
        return (self.size, self.checksum) == (other.size, other.checksum)


@dataclass(frozen=True, slots=True)
class ModelDownload:
    """A model to be downloaded, or that was. `purpose`: what becomes of it then; None: nothing by itself."""

    repo: str
    commit: str
    files: tuple[WantedFile, ...]
    quantization: str | None = None
    license: str | None = None
    purpose: Purpose | None = None

    @classmethod
    def of(cls, repository: Repository, variant: Variant) -> Self:
        """Raises DownloadError where a part is missing, or the hub gives no checksum to be sure by."""
        if variant.missing_parts:
            raise DownloadError(
                f"{variant.name}: {variant.missing_parts} of its parts are not in the repository",
                "Look for another copy of the model",
            )
        return cls(
            repository.model.repo,
            repository.commit,
            tuple(map(wanted, variant.files)),
            variant.quantization,
            repository.model.license,
        )

    @property
    def name(self) -> str:
        """What the model is called: its first file, without folders."""
        return self.files[0].path.rpartition("/")[2]

    @property
    def size(self) -> int:
        """Bytes, of all files."""
        return sum(file.size for file in self.files)

    @property
    def finished(self) -> bool:
        return all(file.done for file in self.files)

    def with_file(self, file: WantedFile) -> Self:
        """The same with one file's state changed."""
        return replace(self, files=tuple(file if file.path == known.path else known for known in self.files))

    def place(self, root: Path, file: WantedFile) -> Path:
        """Where a file belongs below the models folder. Raises DownloadError for a name that is not safe."""
        return destination(root, self.repo, file.path)

    def received(self, root: Path) -> int:
        """Bytes that are here, of all files."""
        return sum(file.size if file.done else self._of_part(root, file) for file in self.files)

    def _of_part(self, root: Path, file: WantedFile) -> int:
        try:
            return min(part_of(self.place(root, file)).lstat().st_size, file.size)
        except OSError:
            return 0

    def record(self, root: Path) -> Path:
        """Where this is kept."""
        first = self.place(root, self.files[0])
        return first.with_name(first.name + ENDING)

    def save(self, root: Path) -> None:
        """Raises OSError."""
        kept = {"schema": SCHEMA, **asdict(self), "purpose": purpose_to_json(self.purpose)}
        write_atomically(self.record(root), json.dumps(kept, indent=1))


def part_of(place: Path) -> Path:
    """The file that grows while `place` is being downloaded."""
    return place.with_name(place.name + PART_ENDING)


def load_record(root: Path, path: Path) -> ModelDownload | None:
    """What is kept at `path`; None where that is nothing, or not ours."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            told = json.loads(file.read(MAX_RECORD))
        download = _read(told)
        return download if download.record(root) == path else None
    except (OSError, ValueError, TypeError, LookupError, RecursionError, DownloadError) as error:
        log.warning("%s is left alone: %s", path, error)
        return None


def recorded(root: Path) -> Iterator[ModelDownload]:
    """All downloads below the models folder, finished or not."""
    deepest = len(root.parts) + 2 + MAX_DEPTH
    for folder, folders, files in os.walk(root):
        if len(Path(folder).parts) >= deepest:
            folders.clear()
        folders.sort()
        for name in sorted(files):
            if name.endswith(ENDING) and (download := load_record(root, Path(folder, name))):
                yield download


def forget(root: Path, download: ModelDownload) -> None:
    """Delete what there is of an unfinished download, and the folders that are empty then. Raises OSError."""
    for file in download.files:
        place = download.place(root, file)
        part_of(place).unlink(missing_ok=True)
        if file.done:
            place.unlink(missing_ok=True)
    record = download.record(root)
    record.unlink(missing_ok=True)
    folder = record.parent
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def wanted(file: HubFile) -> WantedFile:
    """Raises DownloadError where the hub gives no checksum to be sure by."""
    if file.checksum is None:
        raise DownloadError(
            f"{file.path}: the hub gives no checksum for it, so a download could not be checked",
            "Look for another copy of the model",
        )
    return WantedFile(file.path, file.size, file.checksum)


def _read(told: Any) -> ModelDownload:
    """Raises ValueError, TypeError, LookupError for what no `save` has written."""
    if told["schema"] != SCHEMA or not 1 <= len(told["files"]) <= MAX_PARTS:
        raise ValueError("it is of another version")
    files = tuple(
        WantedFile(
            _text(file["path"]),
            _size(file["size"]),
            _checksum(file["checksum"]),
            file["tag"] if file["tag"] is None else _text(file["tag"]),
            file["done"] is True,
        )
        for file in told["files"]
    )
    if not all(is_gguf(file.path) for file in files):
        raise ValueError("it names files that are no models")
    return ModelDownload(
        _text(told["repo"]),
        _text(told["commit"]),
        files,
        told["quantization"] and _text(told["quantization"]),
        told["license"] and _text(told["license"]),
        read_purpose(told.get("purpose")),  # an earlier version kept none
    )


def _checksum(told: Any) -> Checksum:
    checksum = Checksum(_text(told["algorithm"]), _text(told["digest"]))
    if checksum.algorithm not in ALGORITHMS:
        raise ValueError(f"its checksum {checksum.algorithm!r} is not known")
    return checksum


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _size(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError(f"{value!r} is no size")
    return value
