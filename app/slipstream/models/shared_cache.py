"""Models that huggingface_hub has already fetched for some other program: used where they are, never copied.

Its folders: `models--owner--name/snapshots/<commit>/<path>`, mostly links to `blobs/<hash>`. The library checks no
hashes, so a file that is found is read once.
"""

from collections.abc import Callable
from pathlib import Path

from slipstream.models.download_record import ModelDownload, WantedFile
from slipstream.models.part_file import has_checksum


def find_shared(download: ModelDownload, cache: Path, look: Callable[[int], None]) -> tuple[Path, ...] | None:
    """Where all files of a model lie in this cache, of just the wanted content; else None.

    `look` is called with the bytes read so far, and may raise to end it. Raises DownloadError for what cannot be
    read.
    """
    snapshots = cache / f"models--{download.repo.replace('/', '--')}" / "snapshots"
    try:
        commits = sorted(
            snapshots.iterdir(), key=lambda folder: (folder.name != download.commit, folder.name)
        )
    except OSError:
        return None
    for folder in commits:
        paths = tuple(folder.joinpath(*file.path.split("/")) for file in download.files)
        pairs = tuple(zip(paths, download.files, strict=True))
        if all(_may_be(path, file, folder.name == download.commit) for path, file in pairs):
            return paths if _are(pairs, look) else None
    return None


def _may_be(path: Path, file: WantedFile, same_commit: bool) -> bool:
    try:
        if path.stat().st_size != file.size:
            return False
        return same_commit or path.resolve().name == file.checksum.digest
    except OSError:
        return False


def _are(pairs: tuple[tuple[Path, WantedFile], ...], look: Callable[[int], None]) -> bool:
    before = 0

    def look_at(done: int) -> None:
        look(before + done)

    for path, file in pairs:
        if not has_checksum(path, file.size, file.checksum, look_at):
            return False
        before += file.size
    return True
