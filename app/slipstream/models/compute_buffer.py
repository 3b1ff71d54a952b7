"""How large llama.cpp's compute buffer becomes: where ggml would put the results of one pass through a model.

ggml plans a graph's memory before it runs (`ggml-alloc.c`): every result gets the best-fitting free block, or its
parent's where that may be overwritten, and gives it back after its last reader. `Arena` does the same;
`compute_buffer` walks through the graph of a transformer, as llama.cpp's `llm_graph_context` builds it for the
largest batch.

Plain, grouped and latent attention, dense layers and experts are followed; norms and gates that some architectures
add are of no account beside them. Recurrent layers are taken for attention of the same width.
"""

from dataclasses import dataclass

from slipstream.models.memory_shape import F32, MemoryShape

ALIGNMENT = 128  # bytes; ggml's largest
I32, I64, F16 = 4, 8, 2  # bytes
ALIKE = 4  # layers after which nothing new happens


class Arena:
    """Places blocks of bytes as ggml's allocator does; `peak` is how far they ever reached."""

    def __init__(self) -> None:
        self.peak = 0
        self._free: list[tuple[int, int]] = []  # (offset, size), by offset; behind the last block all is free
        self._end = 0  # where the last block ends
        self._sizes: dict[int, int] = {}  # by offset

    def take(self, size: int) -> int:
        """A block's offset: in the smallest hole that is large enough, else behind everything."""
        size = -(-max(size, 1) // ALIGNMENT) * ALIGNMENT
        fitting = [(hole, -offset) for offset, hole in self._free if hole >= size]
        if fitting:
            hole, offset = min(fitting)
            offset = -offset  # of equal holes the last
            self._free.remove((offset, hole))
            if hole > size:
                self._insert(offset + size, hole - size)
        else:
            offset = self._end
            self._end += size
            self.peak = max(self.peak, self._end)
        self._sizes[offset] = size
        return offset

    def give(self, *offsets: int) -> None:
        """Give blocks back."""
        for offset in offsets:
            self._insert(offset, self._sizes.pop(offset))

    def _insert(self, offset: int, size: int) -> None:
        """A hole, joined with those beside it; at the end, it is no hole."""
        for hole in list(self._free):
            if hole[0] + hole[1] == offset:
                self._free.remove(hole)
                offset, size = hole[0], hole[1] + size
            elif offset + size == hole[0]:
                self._free.remove(hole)
                size += hole[1]
        if offset + size == self._end:
            self._end = offset
        else:
            self._free.append((offset, size))
            self._free.sort()


@dataclass(frozen=True, slots=True)
class Pass:
    """The largest batch, and how it is computed."""

    cells: int  # of the cache: the context size
    tokens: int
    outputs: int  # tokens of which logits are wanted
    flash: bool = True
    rotated_keys: bool = False  # caches in few bits: what goes in is rotated before
    rotated_values: bool = False


def compute_buffer(shape: MemoryShape, batch: Pass) -> int:
    """Bytes of the buffer for all layers and the output on one device."""
    walk = _Walk(shape, batch)
    walk.inputs()
    x = walk.arena.take(F32 * shape.embedding * batch.tokens)
    for _ in range(min(shape.layers, ALIKE) - 1):
        x = walk.layer(x)
    walk.last_layer(x)
    # beside the last layer's output, which is normed in place
    walk.arena.take(F32 * shape.vocabulary * batch.outputs)
    return walk.arena.peak


def input_buffer(shape: MemoryShape, batch: Pass) -> int:
    """Bytes of the buffer beside it in the computer's memory, where the layers are on another device."""
    walk = _Walk(shape, batch)
    walk.inputs()
    walk.arena.take(F32 * shape.embedding * batch.tokens)
    return walk.arena.peak


class _Walk:
    """The graph in its order of evaluation; all widths are numbers per token, in f32."""

    def __init__(self, shape: MemoryShape, batch: Pass) -> None:
        self.arena = Arena()
        self._inputs: list[int] = []
        self.shape = shape
        self.batch = batch

    def inputs(self) -> None:
        """Tokens or their embeddings, positions, places in the cache, which outputs, and the masks."""
        shape, batch = self.shape, self.batch
        tokens = batch.tokens
        self.arena.take(
            F32 * shape.embedding * tokens
        )  # for input that comes as embeddings: never given back
        values = (
            1 if batch.flash else max(shape.values, 1)
        )  # without it the values lie transposed in the cache
        sizes = [I32 * tokens, I32 * tokens, I32 * batch.outputs]
        for _ in range(shape.masks):
            sizes += [I64 * tokens, I64 * tokens * values]
            sizes.append((F16 if batch.flash else F32) * batch.cells * tokens)
        self._inputs = [self.arena.take(size) for size in sizes]

    def layer(self, x: int) -> int:
        """From the block of a layer's input to that of its output."""
        attended = self._attention(x, self.batch.tokens)
        self.arena.give(x)  # added to what was attended, in its place
        return self._feed_forward(attended, self.batch.tokens)

    def last_layer(self, x: int) -> int:
        """After its attention only the tokens are left that are asked for."""
        attended = self._attention(x, self.batch.tokens, last=True)
        chosen = self._replacing(attended, self.shape.embedding, self.batch.outputs)
        residual = self._replacing(x, self.shape.embedding, self.batch.outputs)
        self.arena.give(residual)
        return self._feed_forward(chosen, self.batch.outputs)

    def _take(self, width: int, tokens: int) -> int:
        return self.arena.take(F32 * width * tokens)

    def _attention(self, x: int, tokens: int, *, last: bool = False) -> int:
        shape, batch, give = self.shape, self.batch, self.arena.give
        normed = self._take(shape.embedding, tokens)  # and not in place of x, which is added later
        query = self._take(shape.query, tokens)
        if batch.rotated_keys:
            query = self._replacing(query, shape.query, tokens)
        values = self._take(shape.values, tokens)
        if batch.rotated_values:
            values = self._replacing(values, shape.values, tokens)
        keys = self._take(shape.keys, tokens)
        give(normed)
        if batch.rotated_keys:
            keys = self._replacing(keys, shape.keys, tokens)
        give(keys, values)  # they are in the cache now
        if batch.flash:
            attended = self._replacing(query, shape.attended, tokens)
        else:
            scores = self._replacing(query, shape.heads * batch.cells, tokens)
            mixed = self._replacing(scores, shape.attended, tokens)
            attended = self._replacing(mixed, shape.attended, tokens)
        if last:  # nobody reads the inputs after this
            give(*self._inputs)
        if batch.rotated_values:
            attended = self._replacing(attended, shape.attended, tokens)
        return self._replacing(attended, shape.embedding, tokens)

    def _replacing(self, block: int, width: int, tokens: int) -> int:
        """A result that is read from one block and needs another; the first is free then."""
        result = self._take(width, tokens)
        self.arena.give(block)
        return result

    def _feed_forward(self, residual: int, tokens: int) -> int:
        shape, give = self.shape, self.arena.give
        normed = self._take(shape.embedding, tokens)
        chosen = [self._take(width, tokens) for width in self._routing()]
        gate = self._take(shape.feed_forward, tokens)
        up = self._take(shape.feed_forward, tokens)
        if not shape.shared:
            give(normed)
        gated = self._take(shape.feed_forward, tokens)
        give(gate, up)
        down = self._take(shape.embedding * max(shape.experts_used, 1), tokens)
        give(gated, *chosen)
        if shape.experts_used > 1:
            down = self._replacing(down, shape.embedding, tokens)
        if shape.shared:
            gate, up = self._take(shape.shared, tokens), self._take(shape.shared, tokens)
            give(normed)
            gated = self._take(shape.shared, tokens)
            give(gate, up)
            give(self._replacing(gated, shape.embedding, tokens))
        give(residual)
        return down

    def _routing(self) -> tuple[int, ...]:
        """Each expert's score, their order, and the weights of those chosen."""
        shape = self.shape
        return (shape.experts, shape.experts, shape.experts_used) if shape.experts else ()
