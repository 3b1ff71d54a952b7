"""How many bytes a model takes once it is loaded: weights, cache and buffers, on the GPU and beside it.

The same numbers that llama.cpp reports while it loads, told from the header alone. Knows no machine: how much there
is, and where things then go, is `fit`'s question.
"""

from dataclasses import dataclass

from slipstream.core.chat import MAX_DRAFT
from slipstream.models.compute_buffer import Pass, compute_buffer, input_buffer
from slipstream.models.ggml_types import TENSOR_TYPES
from slipstream.models.memory_shape import F32, MemoryShape

BATCH = 512  # tokens the engine decodes at once
CELLS = 256  # llama.cpp rounds a context up to a multiple of it
LEAST_CONTEXT = 16
_TYPE_IDS = {layout.name.lower(): id for id, layout in TENSOR_TYPES.items()}
_Q2_K, _Q4_0, _Q8_0, _Q4_K, _Q5_K, _Q6_K, _IQ4_NL, _MXFP4 = 10, 2, 8, 12, 13, 14, 20, 39
# Tensor types whose matrices a processor holds in an order of its own, so as copies: `ggml-cpu/repack.cpp`.
_REORDERED = {
    "avx2": (_Q4_0, _Q4_K, _IQ4_NL, _MXFP4),
    "avx512f": (_Q2_K,),
    "asimddp": (_Q4_0, _Q4_K, _Q5_K, _Q6_K, _Q8_0, _IQ4_NL, _MXFP4),
}


def reordered_types(processor: frozenset[str]) -> frozenset[int]:
    """The ggml type ids that a processor reorders, by what it can do (`machine_memory.processor_words`)."""
    return frozenset(id for word, ids in _REORDERED.items() if word in processor for id in ids)


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What of a load decides about memory; as `core.chat.PairSpec`."""

    ctx_size: int = 4096
    flash: bool = True
    cache_type_k: str = "f16"
    cache_type_v: str = "f16"

    def context(self, trained: int | None) -> int:
        """Tokens of context that are really made, for a model trained for so many."""
        return max(LEAST_CONTEXT, min(self.ctx_size, trained or self.ctx_size))


@dataclass(frozen=True, slots=True)
class ModelMemory:
    """Bytes by purpose, beside the GPU and on it. `reordered`: the part of `weights` that is a copy."""

    weights: int
    reordered: int
    cache: int
    compute: int
    logits: int
    gpu_weights: int = 0
    gpu_cache: int = 0
    gpu_compute: int = 0
    gpu_layers: int = 0  # as llama.cpp counts them: the output is one, too

    @property
    def host(self) -> int:
        """What must be in the computer's own memory."""
        return self.weights + self.cache + self.compute + self.logits

    @property
    def gpu(self) -> int:
        return self.gpu_weights + self.gpu_cache + self.gpu_compute

    @property
    def total(self) -> int:
        return self.host + self.gpu

    @property
    def all_weights(self) -> int:
        return self.weights + self.gpu_weights

    @property
    def all_cache(self) -> int:
        return self.cache + self.gpu_cache

    @property
    def buffers(self) -> int:
        """Results on the way, and logits."""
        return self.compute + self.gpu_compute + self.logits


def cache_bytes(shape: MemoryShape, options: LoadOptions, context: int) -> int:
    """Keys, values and recurrent states of a context of so many tokens."""
    cells = -(-context // CELLS) * CELLS
    # Without flash attention the values lie transposed, in rows of one width.
    widest = 0 if options.flash else shape.values
    per_cell = sum(
        rows.layers
        * (
            _row(options.cache_type_k, rows.keys)
            + _row(options.cache_type_v, max(rows.values, widest) if rows.values else 0)
        )
        for rows in shape.cache
    )
    return cells * per_cell + shape.state


def _rotated(cache_type: str, head: int) -> bool:
    """Whether what goes into a cache of this type is rotated before, to lose less in few bits."""
    return TENSOR_TYPES[_TYPE_IDS[cache_type]].block > 1 and head % 64 == 0


def _row(cache_type: str, numbers: int) -> int:
    layout = TENSOR_TYPES[_TYPE_IDS[cache_type]]
    return -(-numbers // layout.block) * layout.size


def model_memory(
    shape: MemoryShape,
    options: LoadOptions,
    trained: int | None,
    gpu_layers: int = 0,
    reordered: frozenset[int] = frozenset(),
) -> ModelMemory:
    """What a model takes with so many layers on a GPU (0: none; `shape.layers` + 1: all).

    `trained` is the context it was trained for. `reordered` types matter only where there is no GPU at all: with one,
    llama.cpp leaves the weights beside it as they are in the file.
    """
    context = options.context(trained)
    cells = -(-context // CELLS) * CELLS
    batch = Pass(
        cells=cells,
        tokens=min(BATCH, context),
        outputs=min(BATCH, context, MAX_DRAFT + 1),
        flash=options.flash,
        rotated_keys=_rotated(options.cache_type_k, shape.query // max(shape.heads, 1)),
        rotated_values=_rotated(options.cache_type_v, shape.attended // max(shape.heads, 1)),
    )
    cache = cache_bytes(shape, options, context)
    logits = F32 * shape.vocabulary * batch.outputs
    if gpu_layers < 1:
        copies = sum(m.layers + m.output for m in shape.matrices if m.type in reordered)
        # A tied head is the embedding itself, unless one of them is reordered.
        head_copy = sum(m.output for m in shape.matrices if m.type in reordered) if shape.tied else 0
        return ModelMemory(shape.weights + head_copy, copies, cache, compute_buffer(shape, batch), logits)
    offloaded = min(gpu_layers - 1, shape.layers)
    share = offloaded / shape.layers
    layers, gpu_cache = round(shape.layer_weights * share), round(cache * share)
    whole = compute_buffer(shape, batch)
    return ModelMemory(
        weights=shape.inputs + shape.layer_weights - layers,
        reordered=0,
        cache=cache - gpu_cache,
        compute=input_buffer(shape, batch) if offloaded == shape.layers else whole,
        logits=logits,
        gpu_weights=layers + shape.output,
        gpu_cache=gpu_cache,
        gpu_compute=whole,
        gpu_layers=offloaded + 1,
    )


def layers_that_fit(shape: MemoryShape, options: LoadOptions, trained: int | None, free: int) -> int:
    """How many layers fit into `free` bytes of a GPU; 0 for none, `shape.layers` + 1 for all."""
    low, high = 0, shape.layers + 1
    while low < high:
        middle = (low + high + 1) // 2
        if model_memory(shape, options, trained, middle).gpu <= free:
            low = middle
        else:
            high = middle - 1
    return low
