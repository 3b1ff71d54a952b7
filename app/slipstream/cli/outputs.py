"""Files that a command writes beside its answer: asked about before the work is done, written whole after it.

A file that cannot be written never costs the answer; it is told when the answer is there.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from slipstream.core.errors import AppError, UsageError
from slipstream.core.files import write_atomically
from slipstream.core.text import printable


def require_writable(path: Path, *models: Path | None) -> None:
    """Say before an answer is written what would only be found after it.

    Raises AppError, and UsageError for one of `models`: gigabytes would be gone.
    """
    try:
        if path.is_dir():
            raise _cannot(path, "it is a folder")
        if not path.parent.is_dir():
            raise _cannot(path, "there is no such folder")
        for model in models:
            if model is not None and path.exists() and model.exists() and path.samefile(model):
                raise UsageError(
                    f"{printable(str(path))} is a model: it would be overwritten", "Name another file"
                )
    except OSError as error:
        raise _cannot(path, error.strerror or str(error)) from error


def save_text(path: Path, text: str) -> None:
    """Write the statistics; into what is no ordinary file (a pipe, /dev/stdout) directly. Raises AppError."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text + "\n", encoding="utf-8")
        else:
            write_atomically(Path(os.path.realpath(path)), text + "\n")
    except OSError as error:
        raise _cannot(path, error.strerror or str(error)) from error


class LineFile:
    """A file that grows line by line. `with` it: at its end AppError is raised where a line could not be kept."""

    def __init__(self, path: Path) -> None:
        """Raises AppError."""
        self._path = path
        self._problem: OSError | None = None
        try:
            self._file = path.open("w", encoding="utf-8")
        except OSError as error:
            raise _cannot(path, error.strerror or str(error)) from error

    def write(self, line: str) -> None:
        """Add a line; nothing more where one could not be written."""
        if self._problem is None:
            try:
                self._file.write(line + "\n")
            except OSError as error:
                self._problem = error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        except OSError as problem:
            self._problem = self._problem or problem
        if self._problem is not None and error is None:
            raise _cannot(self._path, self._problem.strerror or str(self._problem))


def _cannot(path: Path, why: str) -> AppError:
    return AppError(f"Cannot write {printable(str(path))}: {why}")
