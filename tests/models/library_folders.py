"""Folders as other programs lay them out, with small models in them."""

import hashlib
import json
from pathlib import Path

from gguf_writer import STR, U16, header, pair, tiny_model


def named(name: str, **numbers: int) -> bytes:
    """A small model that says its name; the last `general.license` is what tells one file from another."""
    return tiny_model(pair("general.license", STR, name), **numbers)


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def put_in_hub(
    hub: Path, repository: str, name: str, data: bytes, commit: str = "c1", *, main: bool = True
) -> Path:
    """A file in the hub's shared cache: a link in a snapshot to a blob."""
    folder = hub / f"models--{repository.replace('/', '--')}"
    blob = put(folder / "blobs" / hashlib.sha256(data).hexdigest(), data)
    link = folder / "snapshots" / commit / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(blob)
    if main:
        put(folder / "refs" / "main", commit.encode())
    return link


def put_in_ollama(folder: Path, name: tuple[str, ...], data: bytes) -> Path:
    """A model of Ollama's: a blob, and the manifest that names it."""
    digest = hashlib.sha256(data).hexdigest()
    blob = put(folder / "blobs" / f"sha256-{digest}", data)
    layers = [
        {"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{'0' * 64}", "size": 1},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}", "size": len(data)},
    ]
    put(folder.joinpath("manifests", *name), json.dumps({"schemaVersion": 2, "layers": layers}).encode())
    return blob


def split_parts(count: int = 2) -> list[bytes]:
    """The parts of a split model; only the first has tensors."""
    first = tiny_model(pair("split.count", U16, count), pair("split.no", U16, 0))
    later = [header([pair("split.count", U16, count), pair("split.no", U16, n)]) for n in range(1, count)]
    return [first, *later]
