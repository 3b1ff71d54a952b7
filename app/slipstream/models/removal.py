"""Which files go when a person deletes a model: only what we downloaded, all parts of it, and to the trash.

Moving to the trash is the window's (Qt knows how, on every system); here is decided what may be moved. Another
program's files are never touched, nor is what a link in our folder leads to.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from slipstream.core.errors import ModelFileError
from slipstream.models.split_files import parse_split_name
from slipstream.models.untrusted import printable

RECORD_ENDING = ".download.json"  # beside the first file of a model that we downloaded


def is_ours(path: Path, own: Iterable[Path]) -> bool:
    """Whether a file really lies in a folder of ours: no link, and in no folder that is one."""
    if path.is_symlink():
        return False
    real = path.resolve()
    return any(real.is_relative_to(folder.resolve()) for folder in own)


def files_to_remove(path: Path, own: Sequence[Path]) -> tuple[Path, ...]:
    """The files of a model, and what was noted of its download. Raises ModelFileError where one is not ours."""
    split = parse_split_name(path.name)
    names = split.all() if split else (path.name,)
    names = (*names, names[0] + RECORD_ENDING)
    files = tuple(part for name in names if (part := path.with_name(name)).exists() or part.is_symlink())
    for file in files:
        if not is_ours(file, own):
            raise ModelFileError(
                f"{printable(file.name)}: was not downloaded by Slipstream",
                "Delete it where it came from",
            )
    if not files:
        raise ModelFileError(f"{printable(path.name)}: no such file", "Look for models again")
    return files


def remove(path: Path, own: Sequence[Path], move_to_trash: Callable[[Path], bool]) -> tuple[Path, ...]:
    """Move a model to the trash; returns what went. Raises ModelFileError: not ours, or it cannot be moved."""
    gone: list[Path] = []
    for file in files_to_remove(path, own):
        if not move_to_trash(file):
            left = f"; {len(gone)} of its parts are there already" if gone else ""
            raise ModelFileError(
                f"{printable(file.name)}: cannot be moved to the trash{left}", "Delete it by hand"
            )
        gone.append(file)
    return tuple(gone)
