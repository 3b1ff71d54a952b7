"""Reads a GGUF header from anything that has bytes at offsets: a local file now, a remote one by ranges.

Needs no llama.cpp and loads no tensor. Every number in the file is a claim: nothing is allocated for a
length before that many bytes are known to be there, counts and lengths have limits, and so has the time.
What llama.cpp's own reader (`ggml/src/gguf.cpp`) refuses is refused here, with ModelFileError, so that it
never gets to see it. The format: versions 2 and 3, little-endian; version 1 and big-endian are refused.
"""

import struct
import sys
import time
from array import array
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

from slipstream.core.errors import ModelFileError
from slipstream.models.ggml_types import TENSOR_TYPES
from slipstream.models.gguf_header import LENGTH_BYTES, Entry, GgufHeader, StringArray, TensorInfo
from slipstream.models.not_gguf import why_not_gguf
from slipstream.models.sources import DOWNLOAD_AGAIN, ByteSource
from slipstream.models.untrusted import printable

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DEFAULT_ALIGNMENT = 32
MAX_DIMENSIONS = 4
MAX_TENSOR_NAME = 63  # bytes; ggml keeps 64 with the NUL
MAX_KEY = 65535  # bytes, by the specification
INT64_MAX = 2**63 - 1

STRING, ARRAY = 8, 9
# id: name, and the code of `struct` and `memoryview.cast`
NUMBER_KINDS = {
    0: ("u8", "B"),
    1: ("i8", "b"),
    2: ("u16", "H"),
    3: ("i16", "h"),
    4: ("u32", "I"),
    5: ("i32", "i"),
    6: ("f32", "f"),
    7: ("bool", "?"),
    10: ("u64", "Q"),
    11: ("i64", "q"),
    12: ("f64", "d"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a header may take. Real ones: at most 16 MB, 100 key-values, 50,000 tensors, 50 kB of template."""

    header_bytes: int = 48 * 2**20
    text_bytes: int = 16 * 2**20  # all single strings together: decoded, they can take four times that
    key_values: int = 10_000
    array_length: int = 2**20
    tensors: int = 100_000
    seconds: float = 10.0


DEFAULT_LIMITS = Limits()


def read_header(source: ByteSource, name: str, limits: Limits = DEFAULT_LIMITS) -> GgufHeader:
    """Read the header; `name` is what errors call the file. Raises ModelFileError.

    Whether the tensors are all there is another question: `require_complete`.
    """
    return _Parser(source, printable(name), limits).header()


def require_complete(header: GgufHeader, size: int) -> None:
    """Raise ModelFileError where a file of `size` bytes lacks some of its tensors' bytes."""
    if size < header.least_size:
        raise ModelFileError(f"{header.file}: truncated: {size} of {header.least_size} bytes", DOWNLOAD_AGAIN)


class _Parser:
    """One pass over one header. `data` holds what was read so far, from the file's first byte."""

    FIRST_READ, LARGEST_READ = 2**18, 2**22

    def __init__(self, source: ByteSource, name: str, limits: Limits) -> None:
        self.source = source
        self.name = name
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.text_left = limits.text_bytes
        self.data = bytearray()
        self.at = 0

    def header(self) -> GgufHeader:
        version = self._opening()
        tensor_count = self._count("tensors", self.limits.tensors)
        entry_count = self._count("key-values", self.limits.key_values)
        metadata = self._metadata(entry_count)
        alignment = self._alignment(metadata)
        tensors = self._tensors(tensor_count, alignment)
        data_offset = _padded(self.at, alignment) if tensors else self.at
        if data_offset > self.source.size:
            raise self._ends_early()
        del self.data[self.at :]
        return GgufHeader(self.name, version, MappingProxyType(metadata), tensors, alignment, data_offset)

    # reading bytes

    def _need(self, end: int) -> None:
        """Have the file's first `end` bytes in `data`."""
        if time.monotonic() > self.deadline:
            raise ModelFileError(
                f"{self.name}: its header takes longer than {self.limits.seconds:g} s to read"
            )
        if end <= len(self.data):
            return
        if end > self.source.size:
            raise self._ends_early()
        if end > self.limits.header_bytes:
            raise self._damaged(f"its header is larger than {self.limits.header_bytes} bytes")
        step = min(max(self.FIRST_READ, len(self.data)), self.LARGEST_READ)
        stop = min(max(end, len(self.data) + step), self.source.size, self.limits.header_bytes)
        while len(self.data) < stop:
            try:
                chunk = self.source.read(len(self.data), stop - len(self.data))
            except OSError as error:
                raise ModelFileError(f"{self.name}: cannot be read: {error.strerror or error}") from error
            if not chunk:
                raise self._ends_early()
            self.data += chunk

    def _number(self, code: str) -> int | float | bool:
        size = struct.calcsize("<" + code)
        self._need(self.at + size)
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += size
        return value  # type: ignore[no-any-return]  # struct cannot tell mypy what a code gives

    def _unsigned(self, code: str) -> int:
        return int(self._number(code))

    def _bytes(self, length: int) -> bytes:
        self._need(self.at + length)
        taken = bytes(self.data[self.at : self.at + length])
        self.at += length
        return taken

    def _string(self, what: str, limit: int) -> str:
        length = self._unsigned("Q")
        if length > self.source.size - self.at:
            raise self._ends_early()
        if length > limit:
            raise self._damaged(f"{what} is {length} bytes long")
        return self._bytes(length).decode("utf-8", "replace")

    # the parts of a header

    def _opening(self) -> int:
        start = b""
        if self.source.size:
            self._need(min(self.source.size, 1024))
            start = bytes(self.data[:1024])
        if not start:
            raise ModelFileError(f"{self.name}: empty, not a GGUF file: 0 bytes", DOWNLOAD_AGAIN)
        if not start.startswith(MAGIC):
            if MAGIC.startswith(start):
                raise self._ends_early()
            reason, hint = why_not_gguf(start)
            raise ModelFileError(f"{self.name}: not a GGUF file: {reason}", hint)
        self.at = len(MAGIC)
        version = self._unsigned("I")
        if version in VERSIONS:
            return version
        if version & 0xFFFF == 0:
            reason, hint = "it is big-endian", "Look for a little-endian copy: nearly all are"
        elif version == 1:
            reason, hint = "GGUF version 1 is no longer supported", "Look for a newer conversion"
        else:
            reason = f"GGUF version {version} is not known; versions 2 and 3 are"
            hint = "A newer Slipstream may read it"
        raise ModelFileError(f"{self.name}: not a GGUF file: {reason}", hint)

    def _count(self, what: str, limit: int) -> int:
        count = self._unsigned("Q")
        if count > limit:
            raise self._damaged(f"it claims {count} {what}, {limit} are allowed")
        return count

    def _metadata(self, count: int) -> dict[str, Entry]:
        metadata: dict[str, Entry] = {}
        for i in range(count):
            key = self._string(f"key {i}", MAX_KEY)
            if not key:
                raise self._damaged(f"key {i} is empty")
            if key in metadata:
                raise self._damaged(f"key {printable(key)} is there twice")
            metadata[key] = self._entry(key)
        return metadata

    def _entry(self, key: str) -> Entry:
        kind = self._unsigned("I")
        if kind == STRING:
            begin = self.at
            text = self._string(printable(key), self.text_left)
            self.text_left -= self.at - begin - LENGTH_BYTES
            return Entry("str", text)
        if kind == ARRAY:
            return self._array(key)
        if kind not in NUMBER_KINDS:
            raise self._damaged(f"{printable(key)} has the unknown type {kind}")
        name, code = NUMBER_KINDS[kind]
        return Entry(name, self._number(code))

    def _array(self, key: str) -> Entry:
        kind = self._unsigned("I")
        length = self._unsigned("Q")
        if kind == ARRAY:
            raise self._damaged(f"{printable(key)} is an array of arrays")
        if kind != STRING and kind not in NUMBER_KINDS:
            raise self._damaged(f"{printable(key)} is an array of the unknown type {kind}")
        name, code = NUMBER_KINDS.get(kind, ("str", "Q"))
        size = struct.calcsize("<" + code)
        if length * size > self.source.size - self.at:
            raise self._ends_early()
        if length > self.limits.array_length:
            raise self._damaged(f"{printable(key)} has {length} elements")
        value = self._strings(length) if kind == STRING else _numbers(self._bytes(length * size), code)
        return Entry(f"arr[{name}]", value)

    def _strings(self, count: int) -> StringArray:
        """Walk over `count` strings: the one loop that must be quick, as a vocabulary has 300,000 steps."""
        unpack = struct.Struct("<Q").unpack_from
        starts = array("I")
        append = starts.append
        data, at, have = self.data, self.at, len(self.data)
        for _ in range(count):
            if at + LENGTH_BYTES > have:
                self._need(at + LENGTH_BYTES)
                have = len(data)
            (length,) = unpack(data, at)
            at += LENGTH_BYTES
            append(at)
            at += length
            if at > have:
                self._need(at)
                have = len(data)
        append(at + LENGTH_BYTES)
        self.at = at
        return StringArray(data, starts)

    def _alignment(self, metadata: dict[str, Entry]) -> int:
        entry = metadata.get("general.alignment", Entry("u32", DEFAULT_ALIGNMENT))
        if entry.kind != "u32" or not isinstance(entry.value, int):
            raise self._damaged(f"general.alignment is {entry.kind}, expected u32")
        if entry.value.bit_count() != 1:
            raise self._damaged(f"its alignment {entry.value} is no power of two")
        return entry.value

    def _tensors(self, count: int, alignment: int) -> tuple[TensorInfo, ...]:
        tensors = []
        names = set()
        expected: int | None = 0  # tensors lie one behind the other; None behind one of unknown size
        for i in range(count):
            tensor = self._tensor(i)
            if tensor.name in names:
                raise self._damaged(f"tensor {printable(tensor.name)} is there twice")
            names.add(tensor.name)
            tensors.append(tensor)
            if tensor.offset % alignment or (expected is not None and tensor.offset != expected):
                where = f"a multiple of {alignment}" if expected is None else expected
                raise self._damaged(
                    f"tensor {printable(tensor.name)} has offset {tensor.offset}, expected {where}"
                )
            size = tensor.size
            expected = None if size is None else tensor.offset + _padded(size, alignment)
            if tensor.offset > INT64_MAX or (expected is not None and expected > INT64_MAX):
                raise self._damaged(f"tensor {printable(tensor.name)} ends beyond all files")
        return tuple(tensors)

    def _tensor(self, number: int) -> TensorInfo:
        name = self._string(f"the name of tensor {number}", MAX_TENSOR_NAME)
        dimensions = self._unsigned("I")
        if dimensions > MAX_DIMENSIONS:
            raise self._damaged(f"tensor {printable(name)} has {dimensions} dimensions")
        shape = tuple(self._unsigned("Q") for _ in range(dimensions))
        tensor = TensorInfo(name, shape, type=self._unsigned("I"), offset=self._unsigned("Q"))
        if prod(max(length, 1) for length in shape) > INT64_MAX:
            raise self._damaged(f"tensor {printable(name)} has too many elements: {shape}")
        layout = TENSOR_TYPES.get(tensor.type)
        row = shape[0] if shape else 1
        if layout is not None and row % layout.block:
            raise self._damaged(
                f"tensor {printable(name)} has rows of {row}, no multiple of {layout.block} ({layout.name})"
            )
        return tensor

    # errors

    def _damaged(self, reason: str) -> ModelFileError:
        return ModelFileError(f"{self.name}: damaged GGUF file: {reason}", DOWNLOAD_AGAIN)

    def _ends_early(self) -> ModelFileError:
        return ModelFileError(
            f"{self.name}: truncated: {self.source.size} bytes, the end of its header is missing",
            DOWNLOAD_AGAIN,
        )


def _padded(offset: int, alignment: int) -> int:
    return -(-offset // alignment) * alignment


def _numbers(raw: bytes, code: str) -> "memoryview[Any]":
    """Little-endian numbers as a read-only view."""
    if sys.byteorder == "big" and struct.calcsize("<" + code) > 1:
        swapped = array(code, raw)
        swapped.byteswap()
        raw = swapped.tobytes()
    return memoryview(raw).cast(code)  # type: ignore[call-overload,no-any-return]  # not a literal code
