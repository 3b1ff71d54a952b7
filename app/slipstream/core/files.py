"""Writing files so that a kill leaves the old one or the new one, never half of either."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO, cast

OWN_BYTES = 64 << 20  # of a file that Slipstream writes itself; far beyond what it ever holds


def read_own(path: Path, most: int = OWN_BYTES) -> str:
    """The text of a file that Slipstream, or a person with an editor, wrote; a byte order mark is left out.

    Raises OSError, also for what has no end: a pipe would keep its reader waiting, a device fill the memory.
    UnicodeDecodeError, a ValueError, where it is no UTF-8.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    if status.st_size > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_text("utf-8-sig")


def write_own(path: Path, data: str) -> None:
    """`write_atomically` a file of Slipstream's own: what is none stays, and raises OSError."""
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would wait for its reader
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    write_atomically(path, data)


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """An open UTF-8 file beside `path`, which takes its place at the end, flushed to the disk.

    Where the block raises, or is left by closing a generator, `path` stays as it was. A device at `path`, or a pipe
    that is read, is written to as it is. Raises OSError.
    """
    with _beside(path, "w", encoding="utf-8", newline="\n") as file:
        yield cast(TextIO, file)


@contextmanager
def _beside(path: Path, mode: str, **how: str) -> Iterator[IO[Any]]:
    if path.exists() and not path.is_file() and not path.is_dir():
        with os.fdopen(_opened_as_it_is(path), mode, **how) as file:  # type: ignore[call-overload]  # encoding, newline
            yield file
        return
    if path.is_dir():  # said before it is written, not after
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, mode, **how) as file:  # type: ignore[call-overload]  # as above
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _opened_as_it_is(path: Path) -> int:
    """A pipe or a device, for writing. Raises OSError for a pipe that nobody reads: it would be waited for."""
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody reads from this pipe", str(path)) from error
        raise
    os.set_blocking(handle, True)
    return handle


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`; at the end its files stand in `folder`, in place of those of the same names.

    Where the block raises, `folder` stays as it was. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield temporary
        folder.mkdir(exist_ok=True)
        for file in temporary.iterdir():
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_atomically(path: Path, data: str | bytes) -> None:
    """Write bytes, or text as UTF-8, beside `path`, flush them to the disk, then rename. Raises OSError."""
    if isinstance(data, bytes):
        with _beside(path, "wb") as file:
            file.write(data)
    else:
        with replacing(path) as text_file:
            text_file.write(data)
