"""A GGUF model in memory: loading with progress, its vocabulary, text to tokens and back.

Knows nothing of contexts, caches or chats.
"""

import ctypes
import os
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from slipstream.core.errors import LoadError, ModelFileError, NoMemoryError
from slipstream.core.events import ModelInfo
from slipstream.core.memory_use import CPU
from slipstream.core.placing import Offload
from slipstream.core.text import printable
from slipstream.core.vocabulary import Vocabulary
from slipstream.engine import backend
from slipstream.engine.placement import read_placement, telling

Tokens = NDArray[np.int32]

_ATTR_UNKNOWN, _ATTR_UNUSED, _ATTR_CONTROL, _ATTR_USER_DEFINED = 1, 2, 8, 16
_VOCABULARY_TYPES = {0: "none", 1: "spm", 2: "bpe", 3: "wpm", 4: "ugm", 5: "rwkv", 6: "plamo2"}
_OFFLOADED = re.compile(r"offloaded (\d+)/\d+ layers to GPU")
_META_BYTES = 1 << 20  # the longest metadata string worth reading: chat templates reach 20 kB
_NO_MEMORY = re.compile(
    r"(?:failed|unable) to allocate|cannot allocate|allocation failed|failed to reserve memory"
    r"|insufficient memory|out of memory|bad_alloc"
)
REASON = 300  # characters of llama.cpp's own words
NOWHERE = Offload()  # on the processor


class Model:
    """A loaded model. `close()` frees it; contexts made from it must be closed before."""

    def __init__(
        self,
        path: Path,
        offload: Offload = NOWHERE,
        progress: Callable[[float], bool] = lambda _fraction: True,
        *,
        vocab_only: bool = False,
    ) -> None:
        """Load `path`, with layers where `offload` says: on devices that are there.

        `progress` gets 0…1 and returns False to give up. Raises ModelFileError, LoadError.
        """
        backend.initialise()
        if not path.is_file():
            raise ModelFileError(f"There is no file {path}", "Choose a GGUF file")
        params = llama_cpp.llama_model_default_params()
        params.vocab_only = vocab_only
        params.n_gpu_layers = offload.layers
        there = backend.offload_devices() if offload.devices else ()
        names = {device.buffer: device.name for device in there}
        devices = _handles(offload.devices, there)  # with an empty list, no GPU is touched at all
        params.devices = ctypes.addressof(devices)
        split = _proportions(offload.split)
        if offload.split:
            params.tensor_split = split
        wanted = True

        def on_progress(fraction: float, _user_data: int) -> bool:
            nonlocal wanted
            wanted = progress(fraction)
            return wanted

        params.progress_callback = callback = llama_cpp.llama_progress_callback(on_progress)
        with backend.captured_log() as lines:
            handle = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
        del callback, devices, split
        if not handle:
            if not wanted:
                raise LoadError("Loading was cancelled")
            kind = NoMemoryError if lacks_memory(lines) else LoadError
            raise kind(f"llama.cpp cannot load {path.name}: {_reason(lines)}", _hint(lines))
        self.handle = handle
        self.path = path
        self.vocab = llama_cpp.llama_model_get_vocab(handle)
        self.n_vocab: int = llama_cpp.llama_vocab_n_tokens(self.vocab)
        self.log = telling(lines)
        offloaded = [int(match[1]) for line in lines if (match := _OFFLOADED.search(line))]
        self.gpu_layers = offloaded[-1] if offloaded and offload.devices else 0
        self.devices = tuple(
            use.device for use in read_placement(self.log, names) if use.layers and use.device != CPU
        )
        self._pieces: dict[int, bytes] = {}

    def close(self) -> None:
        if self.handle:
            llama_cpp.llama_model_free(self.handle)
            self.handle = None

    # What it is

    def metadata(self, key: str) -> str | None:
        """One metadata value as text, or None."""
        size = 256
        while size <= _META_BYTES:
            buffer = ctypes.create_string_buffer(size)
            length = llama_cpp.llama_model_meta_val_str(self.handle, key.encode(), buffer, size)
            if length < 0:
                return None
            if length < size:
                return buffer.value.decode("utf-8", "replace")
            size = length + 1
        return None

    def chat_template(self) -> str | None:
        template = llama_cpp.llama_model_chat_template(self.handle, None)
        return template.decode("utf-8", "replace") if template else None

    @property
    def n_ctx_train(self) -> int:
        return int(llama_cpp.llama_model_n_ctx_train(self.handle))

    @property
    def n_layers(self) -> int:
        return int(llama_cpp.llama_model_n_layer(self.handle))

    @property
    def can_roll_back(self) -> bool:
        """Whether single tokens can be taken out of its cache again; recurrent states cannot."""
        return not (
            llama_cpp.llama_model_is_recurrent(self.handle) or llama_cpp.llama_model_is_hybrid(self.handle)
        )

    def info(self) -> ModelInfo:
        buffer = ctypes.create_string_buffer(256)
        llama_cpp.llama_model_desc(self.handle, buffer, 256)
        there = backend.offload_devices() if self.devices else ()
        described = {device.name: f"{device.name} ({device.description})" for device in there}
        return ModelInfo(
            path=str(self.path),
            name=self.metadata("general.name") or self.path.stem,
            description=buffer.value.decode("utf-8", "replace"),
            n_params=int(llama_cpp.llama_model_n_params(self.handle)),
            size_bytes=int(llama_cpp.llama_model_size(self.handle)),
            n_layers=self.n_layers,
            gpu_layers=self.gpu_layers,
            devices=tuple(described[name] for name in self.devices) or (CPU,),
            n_vocab=self.n_vocab,
            n_ctx_train=self.n_ctx_train,
        )

    # Vocabulary

    def _attr(self, token: int) -> int:
        return int(llama_cpp.llama_vocab_get_attr(self.vocab, token))

    @cached_property
    def n_real_vocab(self) -> int:
        """Ids from here on are padding of the embedding table: no text, never to be sampled."""
        n = self.n_vocab
        while n > 1 and self._attr(n - 1) & _ATTR_UNUSED:
            n -= 1
        return n

    def _texts_with(self, attributes: int) -> tuple[str, ...]:
        ids = (i for i in range(self.n_real_vocab) if self._attr(i) & attributes)
        return tuple(text for i in ids if (text := self.token_text(i)) and text.strip())

    @cached_property
    def control_texts(self) -> tuple[str, ...]:
        """Texts that are read as control tokens where `tokenize` parses special ones."""
        return self._texts_with(_ATTR_CONTROL | _ATTR_UNKNOWN)

    @cached_property
    def user_defined_texts(self) -> tuple[str, ...]:
        """Texts that are always read as one token, whatever `tokenize` is told."""
        return self._texts_with(_ATTR_USER_DEFINED)

    def vocabulary(self) -> Vocabulary:
        vocab = self.vocab
        kind = llama_cpp.llama_vocab_type(vocab)
        return Vocabulary(
            type=_VOCABULARY_TYPES.get(kind, str(kind)),
            bos=int(llama_cpp.llama_vocab_bos(vocab)),
            eos=int(llama_cpp.llama_vocab_eos(vocab)),
            add_bos=bool(llama_cpp.llama_vocab_get_add_bos(vocab)),
            add_eos=bool(llama_cpp.llama_vocab_get_add_eos(vocab)),
            texts=[llama_cpp.llama_vocab_get_text(vocab, i) for i in range(self.n_vocab)],
        )

    def token_text(self, token: int) -> str:
        """The vocabulary's own text of a token ("" for none), e.g. "<|im_end|>"."""
        if token < 0:
            return ""
        text: bytes = llama_cpp.llama_vocab_get_text(self.vocab, token)
        return text.decode("utf-8", "replace")

    @property
    def bos_text(self) -> str:
        return self.token_text(int(llama_cpp.llama_vocab_bos(self.vocab)))

    @property
    def eos_text(self) -> str:
        return self.token_text(int(llama_cpp.llama_vocab_eos(self.vocab)))

    def is_end(self, token: int) -> bool:
        """Whether this token ends the turn."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocab, token))

    # Text

    def tokenize(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Token ids of `text`. `parse_special` False reads control tokens' texts as plain text."""
        data = text.encode("utf-8", "replace")
        size = len(data) + 8
        buffer = (llama_cpp.llama_token * size)()
        n = llama_cpp.llama_tokenize(self.vocab, data, len(data), buffer, size, add_special, parse_special)
        if n < 0:
            raise LoadError(f"{self.path.name}: the tokenizer failed", "The file may be damaged")
        return [int(token) for token in buffer[:n]]

    def piece(self, token: int) -> bytes:
        """The bytes a token stands for in text; control tokens stand for none.

        Thinking tags are written out whatever their kind, since the text is split at them.
        """
        known = self._pieces.get(token)
        if known is None:
            tag = self.token_text(token) in ("<think>", "</think>")
            buffer = ctypes.create_string_buffer(64)
            n = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, 64, 0, tag)
            if n < 0:
                buffer = ctypes.create_string_buffer(-n)
                n = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, -n, 0, tag)
            known = self._pieces[token] = buffer.raw[:n]
        return known


def _reason(lines: list[str]) -> str:
    """The most telling line of llama.cpp's log after a failure."""
    telling = [line for line in lines if "error" in line.lower() or "failed" in line.lower()]
    line = telling[0] if telling else (lines[-1] if lines else "no reason given")
    return printable(re.sub(r"^\w+: ", "", line), REASON)  # it may quote the file


def lacks_memory(lines: list[str]) -> bool:
    """Whether llama.cpp's log tells of memory it could not have."""
    return any(_NO_MEMORY.search(line.lower()) for line in lines)


def _hint(lines: list[str]) -> str:
    text = "\n".join(lines).lower()
    if lacks_memory(lines):
        return "There is not enough memory: offload fewer layers, or take a smaller model or context"
    if "unknown model architecture" in text:
        return "This version of llama.cpp does not know the architecture"
    return "The file may be damaged, or made for a newer llama.cpp"


def _handles(names: tuple[str, ...], there: tuple[backend.Device, ...]) -> "ctypes.Array[ctypes.c_void_p]":
    """These devices as llama.cpp takes them, ended by NULL."""
    known = {device.name: device.handle for device in there}
    return (ctypes.c_void_p * (len(names) + 1))(*(known[name] for name in names), None)


def _proportions(split: tuple[int, ...]) -> "ctypes.Array[ctypes.c_float]":
    """Layers by device as llama.cpp takes them: as many numbers as there may be devices, the rest 0."""
    most = max(len(split), int(llama_cpp.llama_max_devices()))
    return (ctypes.c_float * most)(*map(float, split))
