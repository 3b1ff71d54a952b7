"""Ollama's models: files named by their hash, and small manifests that say what each is.

`manifests/HOST/OWNER/NAME/TAG` is JSON with a list of layers; the one of type "model" is a GGUF file in `blobs`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slipstream.models.walk import Walk

MAX_MANIFEST = 1 << 20  # bytes
_MODEL = "application/vnd.ollama.image.model"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})", re.ASCII)
_USUAL = ("registry.ollama.ai", "library")  # host and owner that Ollama itself leaves out of a name


@dataclass(frozen=True, slots=True)
class OllamaModel:
    name: str  # as a person calls it, e.g. "deepseek-r1:7b"
    blob: Path


def ollama_models(folder: Path, walk: Walk) -> Iterator[OllamaModel]:
    """The models of Ollama's models folder. A manifest that cannot be read is told in the walk's problems."""
    manifests = folder / "manifests"
    if not manifests.is_dir():
        return
    for path in walk.files(manifests, lambda _name: True):
        try:
            digest = model_digest(path)
        except (OSError, ValueError, RecursionError) as error:
            walk.problems.append(f"{path}: not a manifest of Ollama's: {error}")
            continue
        if digest is not None:
            yield OllamaModel(
                model_name(path.relative_to(manifests).parts), folder / "blobs" / f"sha256-{digest}"
            )


def model_digest(manifest: Path) -> str | None:
    """The hash of the manifest's model; None where it has none (only an adapter, say).

    Raises OSError, ValueError.
    """
    with manifest.open("rb") as file:
        data = json.loads(file.read(MAX_MANIFEST))
    layers = data.get("layers") if isinstance(data, dict) else None
    if not isinstance(layers, list):
        raise ValueError("it lists no layers")
    for layer in layers:
        if isinstance(layer, dict) and layer.get("mediaType") == _MODEL:
            # Taken only where it is a hash: anything else could lead out of the folder.
            digest = _DIGEST.fullmatch(str(layer.get("digest")))
            if digest is None:
                raise ValueError("its model is named by no SHA-256")
            return digest[1]
    return None


def model_name(parts: tuple[str, ...]) -> str:
    """From a manifest's path inside `manifests`: host, owner, name, tag."""
    *owner, name, tag = parts if len(parts) > 1 else ("", *parts)
    if tuple(owner) == _USUAL:
        owner = []
    elif owner[:1] == ["registry.ollama.ai"]:
        owner = owner[1:]
    return f"{'/'.join([*owner, name])}:{tag}"
