"""Where models lie on this machine: our own folder, those of other programs, and folders a person added.

Only says where to look; looking is `library`'s work. Nothing is ever written there.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MAX_SETTINGS = 1 << 20  # bytes of another program's settings file


class PlaceKind(StrEnum):
    OWN = "own"  # what we downloaded
    ADDED = "added"  # a folder a person added
    HUGGING_FACE = "hugging_face"
    LM_STUDIO = "lm_studio"
    OLLAMA = "ollama"
    LLAMA_CPP = "llama_cpp"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which models are looked for."""

    kind: PlaceKind
    folder: Path


def find_places(
    own: Iterable[Path],
    added: Iterable[Path] = (),
    home: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> tuple[Place, ...]:
    """All places that exist, each folder once; `home` is the person's home folder.

    A folder a person added is there even if it does not exist: that is worth telling.
    """
    at_home = _home() if home is None else home
    candidates = [
        *(Place(PlaceKind.OWN, folder) for folder in own),
        *(Place(PlaceKind.ADDED, _expanded(folder)) for folder in added),
        *(Place(PlaceKind.HUGGING_FACE, folder) for folder in _hugging_face(at_home, environ)),
        *(Place(PlaceKind.LM_STUDIO, folder) for folder in _lm_studio(at_home)),
        *(Place(PlaceKind.OLLAMA, folder) for folder in _ollama(at_home, environ)),
        *(Place(PlaceKind.LLAMA_CPP, folder) for folder in _llama_cpp(at_home, environ)),
    ]
    found: dict[Path, Place] = {}
    for place in candidates:
        if place.kind is PlaceKind.ADDED or _is_folder(place.folder):
            found.setdefault(_resolved(place.folder), place)
    return tuple(found.values())


def _home() -> Path:
    """The person's home folder; a place that holds nothing where there is none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def _hugging_face(home: Path, environ: Mapping[str, str]) -> list[Path]:
    """The hub's cache, as its own client library finds it."""
    if told := environ.get("HF_HUB_CACHE") or environ.get("HUGGINGFACE_HUB_CACHE"):
        return [_expanded(told)]
    if told := environ.get("HF_HOME"):
        return [_expanded(told) / "hub"]
    return [_cache_folder(home, environ) / "huggingface" / "hub"]


def _lm_studio(home: Path) -> list[Path]:
    """Its models folder, wherever its home is; a person may have moved either."""
    homes = [home / ".lmstudio", home / ".cache" / "lm-studio"]
    pointer = _read_small(home / ".lmstudio-home-pointer").strip()
    if pointer:
        homes.insert(0, Path(pointer))
    folders = []
    for root in homes:
        try:
            settings = json.loads(_read_small(root / "settings.json") or "{}")
        except (ValueError, RecursionError):
            settings = {}
        told = settings.get("downloadsFolder") if isinstance(settings, dict) else None
        if isinstance(told, str) and told:
            folders.append(_expanded(told))
        folders.append(root / "models")
    return folders


def _ollama(home: Path, environ: Mapping[str, str]) -> list[Path]:
    """Its models folder; on Linux it often runs as a service with a home of its own."""
    if told := environ.get("OLLAMA_MODELS"):
        return [_expanded(told)]
    folders = [home / ".ollama" / "models"]
    if sys.platform == "linux":
        folders += [Path("/usr/share/ollama/.ollama/models"), Path("/var/lib/ollama/models")]
    return folders


def _llama_cpp(home: Path, environ: Mapping[str, str]) -> list[Path]:
    if told := environ.get("LLAMA_CACHE"):
        return [_expanded(told)]
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA")
        return [Path(local) / "llama.cpp"] if local else []
    if sys.platform == "darwin":
        return [home / "Library" / "Caches" / "llama.cpp"]
    return [_cache_folder(home, environ) / "llama.cpp"]


def _cache_folder(home: Path, environ: Mapping[str, str]) -> Path:
    told = environ.get("XDG_CACHE_HOME")
    return Path(told) if told else home / ".cache"


def _read_small(path: Path) -> str:
    """The text of a small file of another program; "" where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_SETTINGS).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _expanded(path: str | Path) -> Path:
    """With the home folder in place of `~`, where there is one by that name."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path
