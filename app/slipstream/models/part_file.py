"""A file that grows until it is whole: `<name>.part` beside its place, locked, hashed as it grows, then renamed.

Bytes go straight to the system, so a kill costs nothing of what was written; a whole file is flushed to the disk
before it gets its name. At most one process writes it. Knows no network.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from slipstream.core.errors import DownloadError
from slipstream.core.file_lock import try_lock
from slipstream.models.download_record import part_of
from slipstream.models.hub_data import Checksum
from slipstream.models.not_gguf import why_not_gguf
from slipstream.models.untrusted import printable

BLOCK = 2**22  # bytes hashed at once: a few ms
LOOKED_AT = 1024  # bytes at the start that tell a model from a web page
MAGIC = b"GGUF"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class PartFile:
    """Open from `with` on. `size`: bytes that are here. Raises DownloadError for all the disk refuses."""

    def __init__(self, place: Path, size: int, checksum: Checksum) -> None:
        """`place` is where the whole file of `size` bytes will be; its folder is there."""
        self._place = place
        self._part = part_of(place)
        self._wanted = size
        self._checksum = checksum
        self._hash = _new_hash(checksum, size)
        self._handle = -1
        self.size = 0

    def __enter__(self) -> Self:
        with told_kindly(self._part):
            self._handle = _open_locked(self._part)
            self.size = os.fstat(self._handle).st_size
        if self.size > self._wanted:
            self.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def take_up(self, look: Callable[[int], None]) -> None:
        """Hash what is here already; `look` is called with the bytes done, and may raise to end it."""
        self._hash = _new_hash(self._checksum, self._wanted)
        done = 0
        with told_kindly(self._part):
            os.lseek(self._handle, 0, os.SEEK_SET)
            while done < self.size:
                block = os.read(self._handle, min(BLOCK, self.size - done))
                if not block:
                    raise OSError(errno.EIO, "the file has become shorter")
                self._hash.update(block)
                done += len(block)
                look(done)

    def write(self, data: bytes) -> None:
        """Append."""
        with told_kindly(self._part):
            os.lseek(self._handle, self.size, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                written = os.write(self._handle, rest)
                self._hash.update(rest[:written])
                self.size += written
                rest = rest[written:]

    def clear(self) -> None:
        """Begin again."""
        with told_kindly(self._part):
            os.ftruncate(self._handle, 0)
        self.size = 0
        self._hash = _new_hash(self._checksum, self._wanted)

    def refuse_other_kinds(self) -> None:
        """Raise DownloadError, and drop the file, where its start shows that it is no GGUF file."""
        with told_kindly(self._part):
            os.lseek(self._handle, 0, os.SEEK_SET)
            start = os.read(self._handle, LOOKED_AT)
        if start.startswith(MAGIC):
            return
        self.drop()
        reason, hint = why_not_gguf(start) if start else ("it is empty", "Look for another copy of the model")
        raise DownloadError(f"{printable(self._place.name)}: not a GGUF file: {reason}", hint)

    def finish(self) -> None:
        """Give a whole file its name. Raises DownloadError, and drops the file, where its checksum is wrong."""
        if self.size != self._wanted or self._hash.hexdigest() != self._checksum.digest:
            self.drop()
            raise DownloadError(
                f"{printable(self._place.name)}: damaged on the way: its {_name(self._checksum)} is not the hub's",
                "It was deleted; download it again",
            )
        with told_kindly(self._part):
            os.fsync(self._handle)
            os.close(self._handle)  # Windows renames no open file
            self._handle = -1
            os.replace(self._part, self._place)
            _flush_folder(self._place.parent)

    def drop(self) -> None:
        """Delete what is here."""
        self.clear()
        if (
            os.name == "posix"
        ):  # others cannot delete an open file; there an empty one stays until the next time
            with told_kindly(self._part):
                self._part.unlink(missing_ok=True)


def has_checksum(path: Path, size: int, checksum: Checksum, look: Callable[[int], None]) -> bool:
    """Whether a file is just this one; `look` as in `PartFile.take_up`. Raises DownloadError."""
    with told_kindly(path), path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size != size:
            return False
        hashed, done = _new_hash(checksum, size), 0
        while block := file.read(BLOCK):
            hashed.update(block)
            done += len(block)
            look(done)
    return hashed.hexdigest() == checksum.digest


@contextmanager
def told_kindly(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a DownloadError."""
    try:
        yield
    except OSError as error:
        raise _disk_error(path, error) from error


def _disk_error(path: Path, error: OSError) -> DownloadError:
    name = printable(path.name)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return DownloadError(
                f"The disk is full: {name} cannot grow", "Free some space; it goes on where it stopped"
            )
        case errno.EFBIG:
            return DownloadError(
                f"{name} is too large for the file system of {path.parent}", "Keep models on another disk"
            )
        case errno.ELOOP:
            return DownloadError(f"{path} is a link: nothing is written through it", "Remove the link")
    return DownloadError(
        f"{path} cannot be written: {error.strerror or error}", "Check who may write to the folder"
    )


def _open_locked(part: Path) -> int:
    """An open file that nobody else writes, and that is still called `part`. Raises OSError, DownloadError."""
    while True:
        if part.is_symlink():
            raise OSError(errno.ELOOP, "it is a link")
        handle = os.open(part, _FLAGS, 0o644)
        try:
            if not try_lock(handle):
                raise DownloadError(
                    f"{printable(part.name)} is being downloaded by another Slipstream",
                    "Wait for it, or end it",
                )
            # Who had the lock before may have renamed or deleted the file that was opened.
            if part.exists() and os.path.samestat(os.fstat(handle), part.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _new_hash(checksum: Checksum, size: int) -> "hashlib._Hash":
    if checksum.algorithm == "sha256":
        return hashlib.sha256()
    hashed = hashlib.sha1(usedforsecurity=False)  # git's own word for a blob
    hashed.update(b"blob %d\0" % size)
    return hashed


def _name(checksum: Checksum) -> str:
    return {"sha256": "SHA-256"}.get(checksum.algorithm, "checksum")


def _flush_folder(folder: Path) -> None:
    """See to it that a new name survives a power cut, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
