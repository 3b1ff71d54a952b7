"""What a GGUF header says: typed key-values, tensors, and the questions the application asks of them.

Plain data; reading it is `gguf`'s work. A key that is there with another type than its reader expects is
damage (llama.cpp refuses such a file, too) and raises ModelFileError; a key that is missing is None.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import Any, overload

from slipstream.core.errors import ModelFileError
from slipstream.models.ggml_types import FILE_TYPES, TENSOR_TYPES, tensor_type_name
from slipstream.models.sources import DOWNLOAD_AGAIN
from slipstream.models.untrusted import printable

INTEGER_KINDS = ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64")
LENGTH_BYTES = 8  # the length in front of every string
GUESSED_FILE_TYPE = 1024  # llama.cpp's flag for a file type that was not told but guessed


class StringArray(Sequence[str]):
    """A GGUF array of strings, decoded when looked at: a vocabulary has 150,000 of them.

    `data` holds the texts as the file does, each behind its length; `starts` where each text begins, and
    where the next one would.
    """

    __slots__ = ("_data", "_starts")

    def __init__(self, data: bytes | bytearray, starts: "array[int]") -> None:
        self._data = data
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        i = index + len(self) if index < 0 else index
        if not 0 <= i < len(self):
            raise IndexError(index)
        return self._data[self._starts[i] : self._starts[i + 1] - LENGTH_BYTES].decode("utf-8", "replace")

    def raw(self) -> list[bytes]:
        """All texts as the bytes they are."""
        base = self._starts[0]
        blob = bytes(self._data[base : self._starts[-1]])
        end = base + LENGTH_BYTES
        return [blob[a - base : b - end] for a, b in pairwise(self._starts)]


type Numbers = "memoryview[Any]"  # of int, float or bool
type Value = int | float | bool | str | StringArray | Numbers


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and its GGUF type: "u32", "f32", "bool", "str", …, or "arr[str]", "arr[i32]", …"""

    kind: str
    value: Value


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """A tensor as the header describes it. `offset` counts from the data section of its file."""

    name: str
    shape: tuple[int, ...]  # ggml's order: the row length comes first
    type: int  # ggml type id
    offset: int  # bytes
    part: int = 0  # which file of a split model it lies in, from 0

    @property
    def type_name(self) -> str:
        return tensor_type_name(self.type)

    @property
    def elements(self) -> int:
        return prod(self.shape)

    @property
    def size(self) -> int | None:
        """Bytes in the file; None where the type is not known."""
        layout = TENSOR_TYPES.get(self.type)
        return self.elements // layout.block * layout.size if layout else None


@dataclass(frozen=True)
class GgufHeader:
    """A GGUF header. Of a split model: the first file's, with the tensors of all files."""

    file: str  # what errors call it
    version: int
    metadata: Mapping[str, Entry]
    tensors: tuple[TensorInfo, ...]
    alignment: int  # bytes
    data_offset: int  # where the data section begins, in bytes from the start of the file

    def text(self, key: str) -> str | None:
        value = self._value(key, "str")
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool | None:
        value = self._value(key, "bool")
        return value if isinstance(value, bool) else None

    def number(self, key: str) -> float | None:
        """A number with decimals."""
        value = self._value(key, "f32", "f64")
        return value if isinstance(value, float) else None

    def integer(self, key: str, *kinds: str) -> int | None:
        """An integer of one of `kinds`; without them, of any size."""
        value = self._value(key, *(kinds or INTEGER_KINDS))
        return value if isinstance(value, int) else None

    def strings(self, key: str) -> StringArray | None:
        value = self._value(key, "arr[str]")
        return value if isinstance(value, StringArray) else None

    def integers(self, key: str) -> tuple[int, ...] | None:
        """One integer, or one for every layer."""
        entry = self.metadata.get(key)
        if entry is None or not entry.kind.startswith("arr["):
            one = self.integer(key)
            return None if one is None else (one,)
        value = self._value(key, *(f"arr[{kind}]" for kind in INTEGER_KINDS))
        return tuple(value) if isinstance(value, memoryview) else None

    def _value(self, key: str, *kinds: str) -> Value | None:
        entry = self.metadata.get(key)
        if entry is None:
            return None
        if entry.kind not in kinds:
            expected = kinds[0] if len(kinds) == 1 else "a number" if "f32" in kinds else "an integer"
            raise ModelFileError(
                f"{self.file}: damaged GGUF file: {printable(key)} is {entry.kind}, expected {expected}",
                DOWNLOAD_AGAIN,
            )
        return entry.value

    def _of_architecture(self, key: str) -> str:
        return f"{self.architecture}.{key}"

    @property
    def architecture(self) -> str | None:
        return self.text("general.architecture")

    @property
    def name(self) -> str | None:
        return self.text("general.name")

    @property
    def size_label(self) -> str | None:
        """What its makers call its size, e.g. "7B"."""
        return self.text("general.size_label")

    @property
    def license(self) -> str | None:
        return self.text("general.license")

    @property
    def quantization(self) -> str | None:
        """E.g. "Q4_K_M"; where the file does not tell, the type of most tensors and "(guessed)"."""
        told = self.integer("general.file_type")
        if told is not None:
            guessed = " (guessed)" if told & GUESSED_FILE_TYPE else ""
            told &= ~GUESSED_FILE_TYPE
            return FILE_TYPES.get(told, f"file type {told}") + guessed
        commonest = Counter(tensor.type for tensor in self.tensors).most_common(1)
        return f"{tensor_type_name(commonest[0][0])} (guessed)" if commonest else None

    @property
    def context_length(self) -> int | None:
        """Tokens of context the model was trained for."""
        return self.integer(self._of_architecture("context_length"))

    @property
    def block_count(self) -> int | None:
        """Layers, those for multi-token prediction included."""
        return self.integer(self._of_architecture("block_count"))

    @property
    def mtp_layers(self) -> int:
        """Layers for multi-token prediction, which can draft without a second model."""
        return self.integer(self._of_architecture("nextn_predict_layers")) or 0

    @property
    def embedding_length(self) -> int | None:
        return self.integer(self._of_architecture("embedding_length"))

    @property
    def heads(self) -> tuple[int, ...] | None:
        """Attention heads: one number for all layers, or one for each."""
        return self.integers(self._of_architecture("attention.head_count"))

    @property
    def kv_heads(self) -> tuple[int, ...] | None:
        """Heads that keep keys and values, as `heads`; as many as those where the file does not tell."""
        return self.integers(self._of_architecture("attention.head_count_kv")) or self.heads

    @property
    def chat_template(self) -> str | None:
        return self.text("tokenizer.chat_template")

    @cached_property
    def parameter_count(self) -> int:
        return sum(tensor.elements for tensor in self.tensors)

    @cached_property
    def unknown_types(self) -> tuple[int, ...]:
        """Tensor type ids without a known layout: how long the file must be cannot be told then."""
        return tuple(sorted({tensor.type for tensor in self.tensors if tensor.type not in TENSOR_TYPES}))

    @cached_property
    def least_size(self) -> int:
        """How many bytes the (first) file has at least: up to the end of the last tensor of known size."""
        ends = (tensor.offset + (tensor.size or 0) for tensor in self.tensors if tensor.part == 0)
        return self.data_offset + max(ends, default=0)
