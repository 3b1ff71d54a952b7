"""How many layers of a model go to the GPU, judged before its weights are loaded.

`ModelFacts` are read with llama.cpp's `vocab_only` load: metadata and vocabulary, no tensors.
"""

import glob
import re
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.vocabulary import Vocabulary
from slipstream.engine import backend
from slipstream.engine.model import Model

ALL_LAYERS = -1
MEMORY_RESERVE = 512 << 20  # bytes of each GPU left for compute buffers and others
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
        model = Model(path, 0, vocab_only=True)
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


def layers_for(facts: ModelFacts, n_ctx: int) -> int:
    """How many layers fit the free GPU memory with their KV cache; ALL_LAYERS for all, 0 without a GPU."""
    if not backend.can_offload():
        return 0
    free = sum(max(0, device.free - MEMORY_RESERVE) for device in backend.offload_devices())
    return fitting_layers(_bytes_on_disk(facts.path), facts.layers, facts.kv_bytes_per_token * n_ctx, free)


def fitting_layers(weights: int, n_layers: int, kv_cache: int, free: int) -> int:
    """Layers that fit `free` bytes, each taking its share of `weights` and `kv_cache`; ALL_LAYERS for all."""
    needed = weights + kv_cache
    if needed <= free:
        return ALL_LAYERS
    return max(0, min(n_layers, int(free / needed * (n_layers + 1))))


def fewer_layers(layers: int, n_layers: int) -> int:
    """What to try next when that many did not fit after all; 0 ends it."""
    return layers // 2 if layers > 0 else max(1, n_layers * 3 // 4)


def _bytes_on_disk(path: Path) -> int:
    """The size of a model file, or of all parts of a split one."""
    parts = [path]
    if split := _SPLIT.search(path.name):
        stem = glob.escape(path.name[: split.start()])
        parts = list(path.parent.glob(f"{stem}-*-of-{split[1]}.gguf"))
    return sum(part.stat().st_size for part in parts)
