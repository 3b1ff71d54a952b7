"""Reads a GGUF header from anything that has bytes at offsets: a local file now, a remote one by ranges.

Needs no llama.cpp and loads no tensor. Every number in the file is a claim: see `gguf_cursor` for the limits.
What llama.cpp's own reader (`ggml/src/gguf.cpp`) refuses is refused here, with ModelFileError, so that it
never gets to see it. The format: versions 2 and 3, little-endian; version 1 and big-endian are refused.
"""

from types import MappingProxyType

from slipstream.core.errors import ModelFileError
from slipstream.models.gguf_cursor import DEFAULT_LIMITS, Cursor, Limits
from slipstream.models.gguf_header import Entry, GgufHeader
from slipstream.models.gguf_metadata import MetadataReader
from slipstream.models.gguf_tensors import padded, read_tensors
from slipstream.models.not_gguf import why_not_gguf
from slipstream.models.sources import DOWNLOAD_AGAIN, ByteSource
from slipstream.models.untrusted import printable

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DEFAULT_ALIGNMENT = 32
LOOKED_AT = 1024  # bytes, to tell what a file is that is no GGUF file


def read_header(source: ByteSource, name: str, limits: Limits = DEFAULT_LIMITS) -> GgufHeader:
    """Read the header; `name` is what errors call the file. Raises ModelFileError.

    Whether the tensors are all there is another question: `require_complete`.
    """
    cursor = Cursor(source, printable(name), limits)
    version = _read_version(cursor)
    tensor_count = _read_count(cursor, "tensors", limits.tensors)
    entry_count = _read_count(cursor, "key-values", limits.key_values)
    metadata = MetadataReader(cursor).read(entry_count)
    alignment = _alignment(cursor, metadata)
    tensors = read_tensors(cursor, tensor_count, alignment)
    data_offset = padded(cursor.at, alignment) if tensors else cursor.at
    cursor.drop_rest()
    return GgufHeader(cursor.name, version, MappingProxyType(metadata), tensors, alignment, data_offset)


def require_complete(header: GgufHeader, size: int) -> None:
    """Raise ModelFileError where a file of `size` bytes lacks some of its tensors' bytes."""
    if size < header.least_size:
        raise ModelFileError(f"{header.file}: truncated: {size} of {header.least_size} bytes", DOWNLOAD_AGAIN)


def _read_version(cursor: Cursor) -> int:
    start = b""
    if cursor.source.size:
        cursor.need(min(cursor.source.size, LOOKED_AT))
        start = bytes(cursor.data[:LOOKED_AT])
    if not start:
        raise ModelFileError(f"{cursor.name}: empty, not a GGUF file: 0 bytes", DOWNLOAD_AGAIN)
    if not start.startswith(MAGIC):
        if MAGIC.startswith(start):
            raise cursor.ends_early()
        reason, hint = why_not_gguf(start)
        raise ModelFileError(f"{cursor.name}: not a GGUF file: {reason}", hint)
    cursor.at = len(MAGIC)
    version = cursor.unsigned("I")
    if version in VERSIONS:
        return version
    if version and version & 0xFFFF == 0:
        reason, hint = "it is big-endian", "Look for a little-endian copy: nearly all are"
    elif version == 1:
        reason, hint = "GGUF version 1 is no longer supported", "Look for a newer conversion"
    else:
        reason = f"GGUF version {version} is not known; versions 2 and 3 are"
        hint = "A newer Slipstream may read it"
    raise ModelFileError(f"{cursor.name}: not a GGUF file: {reason}", hint)


def _read_count(cursor: Cursor, what: str, limit: int) -> int:
    count = cursor.unsigned("Q")
    if count > limit:
        raise cursor.damaged(f"it claims {count} {what}, {limit} are allowed")
    return count


def _alignment(cursor: Cursor, metadata: dict[str, Entry]) -> int:
    entry = metadata.get("general.alignment", Entry("u32", DEFAULT_ALIGNMENT))
    if entry.kind != "u32" or not isinstance(entry.value, int):
        raise cursor.damaged(f"general.alignment is {entry.kind}, expected u32")
    if entry.value.bit_count() != 1:
        raise cursor.damaged(f"its alignment {entry.value} is no power of two")
    return entry.value
