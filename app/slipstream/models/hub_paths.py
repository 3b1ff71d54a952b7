"""Where a file of the hub may be written: below one folder, whatever its names say.

A name that some system would read as a way out of the folder (`..`, an absolute path, a drive letter, `\\\\host`, a
device of Windows) is refused on every system, and so is a folder that is a link.
"""

import re
from pathlib import Path

from slipstream.core.errors import DownloadError
from slipstream.models.untrusted import printable

MAX_PATH, MAX_NAME, MAX_DEPTH = 500, 200, 6  # UTF-8 bytes, UTF-8 bytes, folders in a repository
_REPO_PART = re.compile(r"\w(?:[\w.-]{0,94}[\w-])?", re.ASCII)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)


def is_repo(repo: str) -> bool:
    """Whether this is the name of a repository: "owner/name", or an old one without an owner."""
    parts = repo.split("/")
    return len(parts) <= 2 and all(map(_is_repo_part, parts))


def is_safe_path(path: str) -> bool:
    """Whether a file's path in its repository may be written below a folder, on any system."""
    names = path.split("/")
    return (
        len(path.encode("utf-8", "replace")) <= MAX_PATH
        and len(names) <= MAX_DEPTH
        and all(map(_is_safe, names))
    )


def destination(root: Path, repo: str, path: str) -> Path:
    """Where a file of a repository belongs. Raises DownloadError where its name is not safe."""
    if not is_repo(repo) or not is_safe_path(path):
        raise DownloadError(
            f"{printable(f'{repo}/{path}')}: not a name that may be written to a disk",
            "Look for another copy of the model",
        )
    return root.joinpath(*repo.split("/"), *path.split("/"))


def make_folder(root: Path, file: Path) -> None:
    """Make the folders down to `file`, which lies below `root`. Raises DownloadError; OSError from the system.

    `root` itself may be a link, as where models were moved to another disk; nothing below it may.
    """
    root.mkdir(parents=True, exist_ok=True)
    folder = root
    for name in file.parent.relative_to(root).parts:
        folder /= name
        _refuse_link(folder)
        folder.mkdir(exist_ok=True)
    _refuse_link(file)


def _refuse_link(path: Path) -> None:
    if path.is_symlink() or path.is_junction():
        raise DownloadError(
            f"{path} is a link to somewhere else: nothing is written through it",
            "Remove the link, or rename it",
        )


def _is_repo_part(name: str) -> bool:
    return (
        _REPO_PART.fullmatch(name) is not None
        and "--" not in name
        and ".." not in name
        and not name.endswith(".git")
        and _DEVICES.match(name) is None
    )


def _is_safe(name: str) -> bool:
    return (
        name not in ("", ".", "..")
        and len(name.encode("utf-8", "replace")) <= MAX_NAME
        and name.isprintable()
        and not name.endswith((".", " "))
        and not name.startswith(" ")
        and _FORBIDDEN.search(name) is None
        and _DEVICES.match(name) is None
    )
