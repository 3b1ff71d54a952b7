"""Where a model's layers go, decided before its weights are loaded: what was asked for, or as many as fit.

`ModelFacts` are read with llama.cpp's `vocab_only` load: metadata and vocabulary, no tensors. What a model will
take is best known from its header (`PairSpec.target_bytes`); without that it is estimated from the file's size.
"""

import glob
import re
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.errors import LoadError
from slipstream.core.placing import ModelBytes, Offload, Room, place
from slipstream.core.vocabulary import Vocabulary
from slipstream.engine import backend
from slipstream.engine.model import Model

COMPUTE = 256 << 20  # bytes of buffers, where only the size of the file is known
_SPLIT = re.compile(r"-\d{5}-of-(\d{5})\.gguf$")


@dataclass(frozen=True)
class ModelFacts:
    """What a file tells without its weights."""

    path: Path
    n_ctx_train: int  # 0 where it does not tell
    layers: int
    kv_bytes_per_token: int  # of f16 keys and values, all layers
    vocabulary: Vocabulary
    can_roll_back: bool

    @classmethod
    def of(cls, path: Path) -> "ModelFacts":
        """Raises ModelFileError, LoadError."""
        model = Model(path, vocab_only=True)
        try:
            architecture = model.metadata("general.architecture")

            def number(key: str, default: int) -> int:
                text = model.metadata(f"{architecture}.{key}")
                return int(text) if text and text.isdecimal() else default

            layers = number("block_count", 1)
            heads = max(1, number("attention.head_count", 1))
            key_length = number("attention.key_length", number("embedding_length", 4096) // heads)
            value_length = number("attention.value_length", key_length)
            kv_heads = number("attention.head_count_kv", heads)  # differs by layer in some: at most all heads
            return cls(
                path=path,
                n_ctx_train=number("context_length", 0),
                layers=layers,
                kv_bytes_per_token=2 * layers * kv_heads * (key_length + value_length),
                vocabulary=model.vocabulary(),
                can_roll_back=model.can_roll_back,
            )
        finally:
            model.close()

    def bytes(self, n_ctx: int) -> ModelBytes:
        """What it will take, as far as the file's size tells: the output is taken for one more layer."""
        weights = _bytes_on_disk(self.path) // (self.layers + 1)
        cache = self.kv_bytes_per_token * n_ctx // self.layers
        return ModelBytes(self.layers, weights + cache, weights, COMPUTE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for, None being automatic; and what the model will take, where that is known."""

    layers: int | None = None
    devices: tuple[str, ...] | None = None
    bytes: ModelBytes | None = None

    @property
    def automatic(self) -> bool:
        """Whether fewer layers may be tried where these do not fit."""
        return self.layers is None


def offload_for(facts: ModelFacts, wish: Wish, n_ctx: int) -> Offload:
    """Where its layers go: as many as there is room for now, unless a number was asked for.

    Raises LoadError for a device that was named and is not there.
    """
    there = backend.offload_devices() if backend.can_offload() else ()
    names = tuple(device.name for device in there)
    for name in wish.devices or ():
        if name not in names:
            known = ", ".join(names) or "the processor alone (none)"
            raise LoadError(f"There is no device {name}", f"Choose among those that are there: {known}")
    chosen = names if wish.devices is None else wish.devices
    if not chosen or wish.layers == 0:
        return Offload()
    if wish.layers is not None:
        return Offload(chosen, wish.layers)
    return place(wish.bytes or facts.bytes(n_ctx), rooms(there, chosen))


def rooms(there: tuple[backend.Device, ...], names: tuple[str, ...]) -> list[Room]:
    """The devices of these names, in the order in which they are there.

    One that tells no memory has that of the computer, as llama.cpp takes it.
    """
    host = sum(device.free for device in backend.devices() if device.name == "CPU")
    return [
        Room(device.name, device.free if device.total else host) for device in there if device.name in names
    ]


def _bytes_on_disk(path: Path) -> int:
    """The size of a model file, or of all parts of a split one."""
    parts = [path]
    if split := _SPLIT.search(path.name):
        stem = glob.escape(path.name[: split.start()])
        parts = list(path.parent.glob(f"{stem}-*-of-{split[1]}.gguf"))
    return sum(part.stat().st_size for part in parts)
