"""The library of this installation: our own folders, those a person added, and what other programs keep."""

import os
from collections.abc import Iterable
from pathlib import Path

from slipstream.core.paths import MODELS_VARIABLE, AppPaths
from slipstream.models.library import Library
from slipstream.models.places import find_places

CACHE_FILE = "library.json"


def own_folders(paths: AppPaths) -> tuple[Path, ...]:
    """What was downloaded, and the demo model that the set-up fetches."""
    return paths.models, paths.cache / "models"


def open_library(paths: AppPaths, added: Iterable[str] = (), home: Path | None = None) -> Library:
    """`added` are the folders of the settings; `home` is the person's home folder (tests name another)."""
    folders = [Path(folder) for folder in added if folder.strip()]
    if told := os.environ.get(MODELS_VARIABLE):
        folders.append(Path(told))
    return Library(find_places(own_folders(paths), folders, home), paths.cache / CACHE_FILE)
