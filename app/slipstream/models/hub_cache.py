"""The Hugging Face hub's shared cache: repositories with snapshots, in which links with real names lead to blobs.

Every program that uses the hub's library puts its downloads here, so what is here need not be downloaded again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from slipstream.models.walk import Walk

_PREFIX = "models--"


@dataclass(frozen=True, slots=True)
class CachedFile:
    repository: str  # "owner/name"
    path: Path


def cached_files(folder: Path, walk: Walk, wanted: Callable[[str], bool]) -> Iterator[CachedFile]:
    """Files of all repositories in the hub's cache, those of the newest snapshot first."""
    try:
        repositories = sorted(path for path in folder.iterdir() if path.name.startswith(_PREFIX))
    except OSError as error:
        walk.problems.append(f"{folder}: cannot be read: {error.strerror or error}")
        return
    for repository in repositories:
        name = repository.name.removeprefix(_PREFIX).replace("--", "/", 1)
        for snapshot in _snapshots(repository):
            for path in walk.files(snapshot, wanted):
                yield CachedFile(name, path)


def _snapshots(repository: Path) -> list[Path]:
    """Of a repository, the one that `main` names first."""
    try:
        snapshots = sorted((repository / "snapshots").iterdir(), reverse=True)
    except OSError:
        return []
    try:
        main = (repository / "refs" / "main").read_text("ascii", "replace").strip()
    except OSError:
        main = ""
    return sorted(snapshots, key=lambda path: path.name != main)
