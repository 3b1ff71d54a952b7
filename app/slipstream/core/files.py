"""Writing files so that a kill leaves the old one or the new one, never half of either."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO, cast


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """An open UTF-8 file beside `path`, which takes its place at the end, flushed to the disk.

    Where the block raises, or is left by closing a generator, `path` stays as it was. A pipe or a device at `path` is
    written to as it is. Raises OSError.
    """
    with _beside(path, "w", encoding="utf-8", newline="\n") as file:
        yield cast(TextIO, file)


@contextmanager
def _beside(path: Path, mode: str, **how: str) -> Iterator[IO[Any]]:
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open(mode, **how) as file:  # type: ignore[call-overload]  # encoding and newline of `replacing`
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
