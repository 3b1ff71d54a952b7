"""From what huggingface_hub hands over to our own data. It checks no types, so everything is checked here.

A field of another type than expected is one that is missing. A model without a usable name is left out.
"""

import re
from datetime import datetime
from typing import Any

from slipstream.core.errors import HubError
from slipstream.models.hub_data import Checksum, HubFile, HubModel, Repository, Role
from slipstream.models.hub_files import is_gguf, quantization_of, role_of, variants_of
from slipstream.models.hub_paths import is_repo, is_safe_path
from slipstream.models.untrusted import printable

MAX_FILES = 20_000  # of one repository
MAX_BYTES = 2**50
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DERIVED = re.compile(r"base_model:(?:[a-z]+:)?(?P<repo>.+)")


def read_model(info: Any) -> HubModel | None:
    """`info` is a ModelInfo: a repository as a search shows it; None where its name is none."""
    if not isinstance(info.id, str) or not is_repo(info.id):
        return None
    tags = [tag for tag in _list(info.tags) if isinstance(tag, str)]
    gguf = info.gguf if isinstance(info.gguf, dict) else {}
    return HubModel(
        repo=info.id,
        architecture=_text(gguf.get("architecture")),
        parameters=_count(gguf.get("total")),
        context_length=_count(gguf.get("context_length")),
        quantizations=_quantizations(_list(info.siblings)),
        license=next((printable(tag[8:], 60) for tag in tags if tag.startswith("license:")), None),
        gated=bool(info.gated),  # false, "auto" or "manual"
        private=bool(info.private),
        downloads=_count(info.downloads),
        likes=_count(info.likes),
        updated=info.last_modified if isinstance(info.last_modified, datetime) else None,
        base_models=_base_models(tags),
    )


def read_repository(info: Any) -> Repository:
    """A ModelInfo with its files. Raises HubError where it has no name or no commit."""
    model = read_model(info)
    if model is None or not isinstance(info.sha, str) or _COMMIT.fullmatch(info.sha) is None:
        raise HubError("The hub does not say which version of the repository it has", "Try again later")
    files, refused = [], []
    for sibling in _list(info.siblings)[:MAX_FILES]:
        path = sibling.rfilename
        if not isinstance(path, str) or not is_gguf(path):
            continue
        file = _file(path, sibling)
        if file is None:
            refused.append(printable(path))
        else:
            files.append(file)
    return Repository(model, info.sha, variants_of(files), tuple(refused))


def _file(path: str, sibling: Any) -> HubFile | None:
    """None where the name is not safe, or the size is none."""
    size = _count(sibling.size)
    if size is None and sibling.lfs is not None:
        size = _count(sibling.lfs.size)
    if size is None or size > MAX_BYTES or not is_safe_path(path):
        return None
    return HubFile(path, size, _checksum(sibling))


def _checksum(sibling: Any) -> Checksum | None:
    if sibling.lfs is not None:
        digest = sibling.lfs.sha256
        return Checksum("sha256", digest) if isinstance(digest, str) and _SHA256.fullmatch(digest) else None
    blob = sibling.blob_id
    return Checksum("git-sha1", blob) if isinstance(blob, str) and _COMMIT.fullmatch(blob) else None


def _quantizations(siblings: list[Any]) -> tuple[str, ...]:
    """Which there are, each once, in the order of the files."""
    paths = [s.rfilename for s in siblings[:MAX_FILES] if isinstance(s.rfilename, str)]
    labels = (quantization_of(path) for path in paths if is_gguf(path) and role_of(path) is Role.MODEL)
    return tuple(dict.fromkeys(label for label in labels if label))


def _base_models(tags: list[str]) -> tuple[str, ...]:
    found = (_DERIVED.fullmatch(tag) for tag in tags)
    return tuple(dict.fromkeys(match["repo"] for match in found if match and is_repo(match["repo"])))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return printable(value, 60) if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
