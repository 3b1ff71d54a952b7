"""Finds files in folders that nobody vouches for: past links that go round in circles, and folders that are shut.

Links are followed, for the hub's cache consists of them, and people link their models folder to a larger disk; each
real folder is entered once, however it is reached. Names that begin with a dot are left out.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WalkLimits:
    """Far beyond what people have, so that a folder such as `/` costs seconds and not hours."""

    entries: int = 500_000
    depth: int = 16


@dataclass
class Walk:
    """One look through folders. `problems` says what could not be looked at, one line each."""

    limits: WalkLimits = field(default_factory=WalkLimits)
    problems: list[str] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _entries: int = 0

    def files(self, folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
        """Files whose name is `wanted`, folder by folder, in order of their names. Never raises OSError."""
        stack = [(folder, 0)]
        while stack:
            here, depth = stack.pop()
            if not self._enter(here):
                continue
            inner = []
            for entry in self._list(here):
                self._entries += 1
                if self._entries > self.limits.entries:
                    self.problems.append(
                        f"{folder}: more than {self.limits.entries} files, the rest is left out"
                    )
                    return
                if entry.name.startswith("."):
                    continue
                if self._is_folder(entry):
                    inner.append(here / entry.name)
                elif wanted(entry.name):
                    yield here / entry.name
            if depth < self.limits.depth:
                stack += [(path, depth + 1) for path in reversed(inner)]
            elif inner:
                self.problems.append(f"{here}: folders deeper than {self.limits.depth} are left out")

    def _enter(self, folder: Path) -> bool:
        """Whether this folder was not entered before."""
        try:
            status = os.stat(folder)
        except (OSError, ValueError) as error:
            self._cannot(folder, error)
            return False
        identity = status.st_dev, status.st_ino
        if status.st_ino and identity in self._seen:
            return False
        self._seen.add(identity)
        return True

    def _list(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._cannot(folder, error)
            return []

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:  # a link to itself
            return False

    def _cannot(self, folder: Path, error: OSError | ValueError) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self.problems.append(f"{folder}: cannot be read: {reason}")
