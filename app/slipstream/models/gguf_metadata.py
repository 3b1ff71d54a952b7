"""Key-values of a GGUF header, with their types. Texts stay in the bytes they came in until looked at."""

import struct
import sys
from array import array
from typing import Any

from slipstream.models.gguf_cursor import Cursor
from slipstream.models.gguf_header import LENGTH_BYTES, Entry, StringArray
from slipstream.models.untrusted import printable

MAX_KEY = 65535  # bytes, by the specification
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


class MetadataReader:
    """Reads key-values at a cursor, and keeps count of what they may take together."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.text_left = cursor.limits.text_bytes
        self.strings_left = cursor.limits.strings

    def read(self, count: int) -> dict[str, Entry]:
        metadata: dict[str, Entry] = {}
        for i in range(count):
            self.cursor.check_time()
            key = self._text(f"key {i}", MAX_KEY)
            if not key:
                raise self.cursor.damaged(f"key {i} is empty")
            if key in metadata:
                raise self.cursor.damaged(f"key {printable(key)} is there twice")
            metadata[key] = self._entry(key)
        return metadata

    def _entry(self, key: str) -> Entry:
        kind = self.cursor.unsigned("I")
        if kind == STRING:
            return Entry("str", self._text(printable(key), self.text_left))
        if kind == ARRAY:
            return self._array(key)
        if kind not in NUMBER_KINDS:
            raise self.cursor.damaged(f"{printable(key)} has the unknown type {kind}")
        name, code = NUMBER_KINDS[kind]
        return Entry(name, self.cursor.numbers(code)[0])

    def _text(self, what: str, limit: int) -> str:
        begin = self.cursor.at
        text = self.cursor.string(what, min(limit, self.text_left))
        self.text_left -= self.cursor.at - begin - LENGTH_BYTES
        return text

    def _array(self, key: str) -> Entry:
        kind = self.cursor.unsigned("I")
        length = self.cursor.unsigned("Q")
        if kind == ARRAY:
            raise self.cursor.damaged(f"{printable(key)} is an array of arrays")
        if kind != STRING and kind not in NUMBER_KINDS:
            raise self.cursor.damaged(f"{printable(key)} is an array of the unknown type {kind}")
        name, code = NUMBER_KINDS.get(kind, ("str", "Q"))
        size = struct.calcsize("<" + code)
        if length > self.cursor.limits.array_length or (kind == STRING and length > self.strings_left):
            raise self.cursor.damaged(f"{printable(key)} has {length} elements")
        value = self._strings(length) if kind == STRING else _array_of(self.cursor.take(length * size), code)
        return Entry(f"arr[{name}]", value)

    def _strings(self, count: int) -> StringArray:
        """Walk over `count` strings: the one loop that must be quick, as a vocabulary has 300,000 steps."""
        self.strings_left -= count
        unpack = struct.Struct("<Q").unpack_from
        starts = array("I")
        append = starts.append
        data, at, have = self.cursor.data, self.cursor.at, len(self.cursor.data)
        for _ in range(count):
            if at + LENGTH_BYTES > have:
                self.cursor.need(at + LENGTH_BYTES)
                have = len(data)
            (length,) = unpack(data, at)
            at += LENGTH_BYTES
            append(at)
            at += length
            if at > have:
                self.cursor.need(at)
                have = len(data)
        append(at + LENGTH_BYTES)
        self.cursor.at = at
        return StringArray(data, starts)


def _array_of(raw: bytes, code: str) -> "memoryview[Any]":
    """Little-endian numbers as a read-only view."""
    if sys.byteorder == "big" and struct.calcsize("<" + code) > 1:
        swapped = array(code, raw)
        swapped.byteswap()
        raw = swapped.tobytes()
    return memoryview(raw).cast(code)  # type: ignore[call-overload,no-any-return]  # not a literal code
