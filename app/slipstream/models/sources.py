"""Where model files come from: bytes at offsets, on a disk now, behind HTTP ranges later."""

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from slipstream.core.errors import ModelFileError
from slipstream.models.untrusted import printable

DOWNLOAD_AGAIN = "Download it again"
CHOOSE_GGUF = "Choose a .gguf file"


class ByteSource(Protocol):
    """A file of known size, read in any order."""

    @property
    def size(self) -> int:
        """Bytes in all."""

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from `offset`; fewer than `length` only at the end or for now, none only at the end.

        Raises OSError.
        """

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class FileSource:
    """A local file. Raises OSError; FileExistsError for a pipe or a device."""

    def __init__(self, path: Path) -> None:
        # Opening a pipe would wait for its writer, so what it is is asked first.
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise FileExistsError("not a regular file")
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size

    def read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length) or b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def open_file(path: Path) -> FileSource:
    """Open a local file. Raises ModelFileError with what a person can do; FileNotFoundError stays itself."""
    name = printable(path.name)
    try:
        return FileSource(path)
    except FileNotFoundError:
        raise
    except FileExistsError as error:
        raise ModelFileError(f"{name}: not a regular file", CHOOSE_GGUF) from error
    except IsADirectoryError as error:
        raise ModelFileError(f"{name}: a folder, not a model file", CHOOSE_GGUF) from error
    except PermissionError as error:
        # Windows says this of folders, too.
        if path.is_dir():
            raise ModelFileError(f"{name}: a folder, not a model file", CHOOSE_GGUF) from error
        raise ModelFileError(f"{name}: may not be read", "Check who may read the file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ModelFileError(f"{name}: cannot be opened: {reason}", CHOOSE_GGUF) from error
