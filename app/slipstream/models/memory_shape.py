"""What of a header decides how much memory a model takes: bytes of its tensors by place, widths of its layers.

Plain numbers, small enough to be kept for thousands of files; `memory.py` turns them into bytes for a context size.
Follows llama.cpp's `load_hparams`, `llama_kv_cache` and `create_memory`. Hybrids and architectures of their own
design are covered as far as the header tells; what they do beside that is left out.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from slipstream.models.abort_guards import MAX_LAYERS
from slipstream.models.architectures import (
    ATTENTION_INTERVAL,
    BOTH_IN_EVERY_LAYER,
    KEYS_AND_VALUES_FROM_START,
    RECURRENT,
)
from slipstream.models.gguf_header import GgufHeader, TensorInfo

# Tensors that are looked up by token or position: always in the computer's own memory, whatever is offloaded.
_INPUTS = ("token_embd", "position_embd", "token_types", "per_layer_token_embd")
_LAYER = re.compile(r"blk\.(\d{1,9})\.", re.ASCII)
F32 = 4  # bytes


@dataclass(frozen=True, slots=True)
class CacheRows:
    """So many layers keep rows of `keys` and `values` numbers for every token."""

    layers: int
    keys: int
    values: int  # 0 where they are computed from the keys (MLA)


@dataclass(frozen=True, slots=True)
class Matrices:
    """Bytes of the matrices of one tensor type that a processor may hold in an order of its own."""

    type: int  # ggml type id
    layers: int
    output: int


@dataclass(frozen=True, slots=True)
class MemoryShape:
    """Sizes in bytes, widths in numbers. Layers for multi-token prediction are not loaded, and not counted."""

    layers: int
    inputs: int
    layer_weights: int  # all layers together
    output: int  # the head, and what is around it
    tied: int  # of it, what is the embedding used once more
    matrices: tuple[Matrices, ...]
    cache: tuple[CacheRows, ...]
    state: int  # of recurrent layers, whatever the context
    masks: int  # attention masks: 2 where some layers see a window only
    embedding: int
    vocabulary: int  # tokens
    heads: int
    query: int  # widths of one layer's queries, keys, values and attention output: the largest there is
    keys: int
    values: int
    attended: int
    feed_forward: int
    shared: int  # width of experts that every token takes
    experts: int
    experts_used: int

    @property
    def weights(self) -> int:
        """Bytes of the tensors, each counted once."""
        return self.inputs + self.layer_weights + self.output - self.tied

    @property
    def layer_bytes(self) -> int:
        """What one token's pass reads of the layers: of experts, only those that are used."""
        if self.experts <= self.experts_used or not self.feed_forward:
            return self.layer_weights
        # Experts are nearly all of such a layer; what they share with others is a few percent.
        return round(self.layer_weights * max(0.05, self.experts_used / self.experts))

    @property
    def read_per_token(self) -> int:
        """Bytes of weights that one pass reads: what decides how long a token takes where memory is the limit."""
        return self.layer_bytes + self.output


def read_shape(header: GgufHeader) -> MemoryShape | None:
    """None where the header has no layers or no tensors. Raises ModelFileError for values of the wrong type."""
    blocks = header.block_count
    if not header.tensors or blocks is None or not 0 < blocks <= MAX_LAYERS:
        return None
    layers = blocks - header.mtp_layers if 0 <= header.mtp_layers < blocks else blocks
    reader = _Reader(header, layers)
    inputs, in_layers, output = reader.split_tensors()
    own_head = any(tensor.name == "output.weight" for tensor in output)
    head = [] if own_head else [tensor for tensor in inputs if tensor.name == "token_embd.weight"]
    rows = [reader.cache_rows(layer) for layer in range(layers)]
    mla = reader.number("attention.key_length_mla")
    heads = max(reader.heads)
    query = heads * (mla or reader.key_length)
    return MemoryShape(
        layers=layers,
        inputs=_size(inputs),
        layer_weights=_size(in_layers),
        output=_size([*output, *head]),
        tied=_size(head),
        matrices=_matrices(in_layers, [*output, *head]),
        cache=_grouped(rows),
        state=reader.state_bytes(rows),
        masks=2 if reader.number("attention.sliding_window") else 1,
        embedding=reader.number("embedding_length"),
        vocabulary=_vocabulary_size(header),
        heads=heads,
        query=max(query, heads * reader.key_length) if mla else query,
        keys=max(keys for keys, _ in rows),
        values=max(values for _, values in rows),
        attended=heads * (reader.number("attention.kv_lora_rank") if mla else reader.value_length),
        feed_forward=_feed_forward(reader),
        shared=reader.number("expert_shared_feed_forward_length")
        or reader.number("expert_shared_count") * reader.largest("expert_feed_forward_length"),
        experts=reader.number("expert_count"),
        experts_used=reader.largest("expert_used_count"),
    )


class _Reader:
    """Hyper-parameters by their short names; those that are missing or negative are 0."""

    def __init__(self, header: GgufHeader, layers: int) -> None:
        self._header = header
        self._layers = layers
        self._architecture = header.architecture or ""
        self.heads = header.heads or (0,)
        self._kv_heads = header.kv_heads or (0,)
        first = max(self.heads[0], 0)
        width = self.number("embedding_length") // first if first else 0
        self.key_length = self.number("attention.key_length") or width
        self.value_length = self.number("attention.value_length") or width
        self._window_keys = self.number("attention.key_length_swa") or self.key_length
        self._window_values = self.number("attention.value_length_swa") or self.value_length
        self._windowed = self._window_pattern()
        told = self.number("full_attention_interval")
        self._interval = told or ATTENTION_INTERVAL.get(self._architecture, 1)
        shared = self.number("attention.shared_kv_layers")
        from_start = KEYS_AND_VALUES_FROM_START.get(self._architecture, layers)
        self._own_cache = min(from_start, layers - shared if 0 < shared < layers else layers)

    def number(self, key: str) -> int:
        """A single number."""
        entry = self._header.metadata.get(f"{self._architecture}.{key}")
        if entry is None or entry.kind.startswith("arr["):
            return 0
        return max(self._header.integer(f"{self._architecture}.{key}") or 0, 0)

    def largest(self, key: str) -> int:
        """The largest number of those by layer."""
        return max(self._header.integers(f"{self._architecture}.{key}") or (0,), default=0)

    def split_tensors(self) -> tuple[list[TensorInfo], list[TensorInfo], list[TensorInfo]]:
        """Inputs, layers, output."""
        inputs, in_layers, output = [], [], []
        for tensor in self._header.tensors:
            layer = _LAYER.match(tensor.name)
            if layer is not None:
                if int(layer[1]) < self._layers:
                    in_layers.append(tensor)
            elif tensor.name.startswith(_INPUTS):
                inputs.append(tensor)
            else:
                output.append(tensor)
        return inputs, in_layers, output

    def cache_rows(self, layer: int) -> tuple[int, int]:
        """How many numbers a layer keeps of every token: keys, values."""
        if layer >= self._own_cache or (layer + 1) % self._interval:
            return 0, 0
        heads = max(self._kv_heads[layer] if layer < len(self._kv_heads) else self._kv_heads[-1], 0)
        if self._windowed[layer : layer + 1] == [True]:
            keys, values = heads * self._window_keys, heads * self._window_values
        else:
            keys, values = heads * self.key_length, heads * self.value_length
        return keys, 0 if self.number("attention.key_length_mla") else values

    def state_bytes(self, rows: list[tuple[int, int]]) -> int:
        """What recurrent layers keep, in f32; `llama_hparams::n_embd_r` and `n_embd_s`."""
        if self._architecture not in RECURRENT:
            return 0
        count = len(rows) if self._architecture in BOTH_IN_EVERY_LAYER else rows.count((0, 0))
        width = self.number("embedding_length")
        if head := self.number("wkv.head_size"):
            return F32 * count * width * ((self.number("token_shift_count") or 2) + head)
        if taps := self.number("shortconv.l_cache"):
            return F32 * count * width * (taps - 1)
        inner, state = self.number("ssm.inner_size"), self.number("ssm.state_size")
        convolved = inner + 2 * self.number("ssm.group_count") * state
        return F32 * count * (max(self.number("ssm.conv_kernel") - 1, 0) * convolved + inner * state)

    def _window_pattern(self) -> list[bool]:
        """Which layers see a window only, where the header tells it layer by layer."""
        entry = self._header.metadata.get(f"{self._architecture}.attention.sliding_window_pattern")
        value = entry.value if entry is not None and entry.kind == "arr[bool]" else None
        return [bool(windowed) for windowed in value] if isinstance(value, memoryview) else []


def _feed_forward(reader: _Reader) -> int:
    """The widest there is: of models with experts, the first layers often have none, and are wider."""
    dense = reader.largest("feed_forward_length")
    of_experts = reader.largest("expert_feed_forward_length") or dense
    return max(dense, reader.largest("expert_used_count") * of_experts)


def _size(tensors: list[TensorInfo]) -> int:
    return sum(tensor.size or 0 for tensor in tensors)


def _matrices(in_layers: list[TensorInfo], output: list[TensorInfo]) -> tuple[Matrices, ...]:
    """Those whose rows come in eights; biases and norms have one row."""

    def by_type(tensors: list[TensorInfo]) -> Counter[int]:
        found: Counter[int] = Counter()
        for tensor in tensors:
            if len(tensor.shape) in (2, 3) and tensor.shape[1] % 8 == 0 and tensor.size:
                found[tensor.type] += tensor.size
        return found

    layers, head = by_type(in_layers), by_type(output)
    return tuple(Matrices(type, layers[type], head[type]) for type in sorted({*layers, *head}))


def _grouped(rows: list[tuple[int, int]]) -> tuple[CacheRows, ...]:
    counts = Counter(row for row in rows if any(row))
    return tuple(CacheRows(count, keys, values) for (keys, values), count in sorted(counts.items()))


def _vocabulary_size(header: GgufHeader) -> int:
    """As many rows as the embedding has; padding included."""
    rows = (t.shape[1] for t in header.tensors if t.name == "token_embd.weight" and len(t.shape) > 1)
    tokens = header.strings("tokenizer.ggml.tokens")
    return next(chain(rows, (len(tokens) if tokens is not None else 0,)))
