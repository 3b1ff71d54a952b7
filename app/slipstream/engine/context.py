"""A model's context: the KV cache as a list of tokens that is trimmed and extended, never rebuilt.

`score(context, draft)` is all the loop needs: it trims the cache to what it shares with `context`, decodes
what is missing and returns one row of logits per position asked for. So a stop, an error or an edit needs
no repair: the next call finds the common prefix by itself.
"""

import ctypes
import ctypes.util
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import CACHE_TYPES, MAX_DRAFT
from slipstream.core.errors import DecodeError, LoadError, NoMemoryError
from slipstream.engine import backend
from slipstream.engine.model import Model, Tokens, lacks_memory
from slipstream.engine.placement import telling

BATCH = 512  # tokens a decode takes at most: prefill goes in chunks of it, so that progress is seen
WARM_UP_TOKENS = 1

_ABORTED = 2
_FLASH = {"auto": -1, "off": 0, "on": 1}
_GGML_TYPES = {name: getattr(llama_cpp, f"GGML_TYPE_{name.upper()}", None) for name in CACHE_TYPES}
_GGML_TYPES["bf16"] = 30  # the binding does not name it

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Prefill:
    """How far a context is: tokens decoded, tokens to decode, tokens found in the cache."""

    done: int
    total: int
    reused: int


class StoppedError(Exception):
    """A decode was given up because the stop flag was set."""


class NativeStopFlag:
    """A stop flag that llama.cpp can read without entering Python.

    It is a C string of length 0 or 1, and libc's `strlen` is the abort callback: "aborted" is "not empty".
    A Python callback would take the GIL at each of a graph's thousand nodes. The memory may be shared
    (`memory`: its first two bytes, zeroed); then the process that shares it clears it, before it asks for
    anything: cleared here, a Stop that came in between would be lost.
    """

    def __init__(self, memory: "ctypes.Array[ctypes.c_char] | None" = None) -> None:
        self._owned = memory is None
        self.memory = (ctypes.c_char * 2)() if memory is None else memory
        library = ctypes.cdll.msvcrt if hasattr(ctypes, "windll") else ctypes.CDLL(None)
        self.abort_callback = ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)

    def set(self) -> None:
        self.memory[0] = b"\x01"

    def clear(self) -> None:
        if self._owned:
            self.memory[0] = b"\x00"

    def is_set(self) -> bool:
        return bool(self.memory[0] != b"\x00")

    def address(self) -> int:
        return ctypes.addressof(self.memory)


@dataclass(frozen=True, slots=True)
class Held:
    """A copy of what a cache held: its tokens, shape (length,), and llama.cpp's own state of them, bytes."""

    tokens: Tokens
    state: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ContextOptions:
    n_ctx: int
    threads: int
    flash_attn: str = "auto"
    cache_type_k: str = "f16"
    cache_type_v: str = "f16"
    max_draft: int = MAX_DRAFT


class Context:
    """One sequence of one model. Not thread-safe."""

    def __init__(self, model: Model, options: ContextOptions, stop: NativeStopFlag) -> None:
        """Raises LoadError where llama.cpp has no memory for it."""
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = options.n_ctx
        params.n_batch = params.n_ubatch = BATCH
        params.n_outputs_max = options.max_draft + 1  # of a batch, only these rows leave the device
        params.n_threads = params.n_threads_batch = options.threads
        params.flash_attn_type = _FLASH[options.flash_attn]
        params.type_k = _GGML_TYPES[options.cache_type_k]
        params.type_v = _GGML_TYPES[options.cache_type_v]
        params.no_perf = True
        params.abort_callback = stop.abort_callback
        params.abort_callback_data = stop.address()
        self._stop = stop
        self.model = model
        with backend.captured_log() as lines:
            self.handle = llama_cpp.llama_init_from_model(model.handle, params)
        if not self.handle:
            kind = NoMemoryError if lacks_memory(lines) else LoadError
            raise kind(
                f"{model.path.name}: llama.cpp cannot make a context of {options.n_ctx} tokens with these settings"
                f"{_why(lines)}",
                "Take a smaller context, offload fewer layers, or leave flash attention and cache types alone",
            )
        self.log = telling(lines)
        self.memory = llama_cpp.llama_get_memory(self.handle)
        self.n_ctx = min(options.n_ctx, int(llama_cpp.llama_n_ctx(self.handle)))  # llama.cpp rounds up
        self._n_batch = int(llama_cpp.llama_n_batch(self.handle))  # at most n_ctx
        self.decode_ms = 0.0  # wall time inside llama_decode, summed
        self.decoded = 0  # tokens decoded, summed
        self._cached = np.zeros(self.n_ctx, np.int32)  # what the KV cache holds, by position
        self._length = 0
        self._unsure = False  # after a decode that failed half-way, the KV cache may hold more than `_length`
        self._scored = (-1, -1)  # the positions [first, end) whose logits are still held
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self._tokens = np.ctypeslib.as_array(self._batch.token, (BATCH,))
        self._positions = np.ctypeslib.as_array(self._batch.pos, (BATCH,))
        self._wanted = np.ctypeslib.as_array(self._batch.logits, (BATCH,))
        for i in range(BATCH):
            self._batch.n_seq_id[i] = 1
            self._batch.seq_id[i][0] = 0
        try:
            self._warm_up()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self.handle:
            llama_cpp.llama_batch_free(self._batch)
            llama_cpp.llama_free(self.handle)
            self.handle = None

    @property
    def threads(self) -> int:
        """With which single tokens are decoded."""
        return int(llama_cpp.llama_n_threads(self.handle))

    def set_threads(self, threads: int) -> None:
        """Decode single tokens with so many threads; batches keep to those of the options."""
        llama_cpp.llama_set_n_threads(self.handle, threads, llama_cpp.llama_n_threads_batch(self.handle))

    @property
    def cached(self) -> Tokens:
        """The tokens in the KV cache, shape (length,). A view."""
        return self._cached[: self._length]

    def common_prefix(self, context: Tokens) -> int:
        """How many leading tokens of `context` the cache holds."""
        n = min(self._length, len(context))
        differs = np.flatnonzero(self._cached[:n] != context[:n])
        return int(differs[0]) if len(differs) else n

    def score(self, context: Tokens, draft: tuple[int, ...] = ()) -> Rows:
        """Logits after `context` and after each token of `draft`, shape (1 + len(draft), n_vocab).

        The rows are a view on llama.cpp's memory, good until the next call. Raises StoppedError, DecodeError.
        """
        for _ in self.prefill(context, draft):
            pass
        first, _end = self._scored
        return self._rows()[len(context) - 1 - first :]

    def prefill(self, context: Tokens, draft: tuple[int, ...] = ()) -> Iterator[Prefill]:
        """Bring the cache to `context` and `draft` batch by batch; what `score` does, seen from inside.

        Yields before the first batch and after each. Raises StoppedError, DecodeError.
        """
        n = len(context)
        if n == 0:
            raise ValueError("an empty context has no next token")
        prefix = self.common_prefix(context)
        if not draft and prefix == n and self._scored[0] <= n - 1 and self._scored[1] == n:
            yield Prefill(0, 0, n)  # its last row is still there
            return
        self.trim(min(prefix, n - 1))
        reused = self._length
        missing = np.concatenate([context[reused:], np.asarray(draft, np.int32)])
        first_wanted = n - 1 - reused  # index in `missing` of the first row asked for
        done = 0
        yield Prefill(done, len(missing), reused)
        while done < len(missing):
            end = min(done + self._n_batch, len(missing))
            if first_wanted < end < len(missing):
                end = first_wanted  # the rows asked for must come from one batch, the last
            self._decode(missing[done:end], max(0, first_wanted - done))
            done = end
            if done == len(missing):
                self._scored = (n - 1, n + len(draft))
            yield Prefill(done, len(missing), reused)

    def trim(self, length: int) -> None:
        """Keep the first `length` tokens. A cache that cannot be cut (recurrent) is emptied."""
        if length >= self._length and not self._unsure:
            return
        self._scored = (-1, -1)
        self._length = min(length, self._length)
        self._unsure = False
        if not llama_cpp.llama_memory_seq_rm(self.memory, 0, self._length, -1):
            llama_cpp.llama_memory_clear(self.memory, True)
            self._length = 0

    def hold(self) -> Held:
        """A copy of the cache, for `put_back`. Raises DecodeError where there is no memory for it."""
        size = int(llama_cpp.llama_state_seq_get_size(self.handle, 0))
        try:
            state = np.empty(size, np.uint8)
        except MemoryError as error:
            raise DecodeError(f"There is no memory for a copy of {size >> 20} MB of the cache") from error
        if llama_cpp.llama_state_seq_get_data(self.handle, _bytes_of(state), size, 0) != size:
            raise DecodeError("llama.cpp could not copy its cache")
        return Held(self.cached.copy(), state)

    def put_back(self, held: Held) -> None:
        """Have the cache hold again what it held, bit by bit; nothing is decoded. Raises DecodeError."""
        self.trim(0)
        if not llama_cpp.llama_state_seq_set_data(self.handle, _bytes_of(held.state), held.state.size, 0):
            raise DecodeError("llama.cpp could not put its cache back")
        self._length = len(held.tokens)
        self._cached[: self._length] = held.tokens

    def _decode(self, tokens: Tokens, first_wanted: int) -> None:
        n = len(tokens)
        if self._stop.is_set():
            raise StoppedError
        self._tokens[:n] = tokens
        self._positions[:n] = np.arange(self._length, self._length + n)
        self._wanted[:n] = 0
        self._wanted[first_wanted:n] = 1
        self._batch.n_tokens = n
        self._scored = (-1, -1)
        self._unsure = True
        started = perf_counter()
        status = llama_cpp.llama_decode(self.handle, self._batch)
        if status == 0:
            llama_cpp.llama_synchronize(self.handle)
        self.decode_ms += (perf_counter() - started) * 1000
        if status == _ABORTED:
            raise StoppedError
        if status != 0:
            raise DecodeError(f"{self.model.path.name}: llama_decode failed with status {status}")
        self._cached[self._length : self._length + n] = tokens
        self._length += n
        self._unsure = False
        self.decoded += n

    def _rows(self) -> Rows:
        first, end = self._scored
        n_vocab = self.model.n_vocab
        pointer = llama_cpp.llama_get_logits(self.handle)
        size = (end - first) * n_vocab
        buffer = (ctypes.c_float * size).from_address(ctypes.addressof(pointer.contents))
        return np.frombuffer(buffer, np.float32).reshape(end - first, n_vocab)

    def _warm_up(self) -> None:
        """One decode that reads every weight, so that the first answer does not pay for it."""
        bos = max(0, int(llama_cpp.llama_vocab_bos(self.model.vocab)))
        llama_cpp.llama_set_warmup(self.handle, True)
        self._decode(np.full(WARM_UP_TOKENS, bos, np.int32), 0)
        llama_cpp.llama_set_warmup(self.handle, False)
        self.trim(0)
        self.decode_ms, self.decoded = 0.0, 0


def _bytes_of(state: NDArray[np.uint8]) -> "ctypes._Pointer[ctypes.c_uint8]":
    return state.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))


def _why(lines: list[str]) -> str:
    """What llama.cpp gave as its reason, if it gave one."""
    said = [line.partition(": ")[2] for line in lines if line.startswith("llama_init_from_model: ")]
    return f": {said[-1].removeprefix('failed to initialize the context: ').strip()}" if said else ""
