"""Moves through an untrusted header: reads ahead in chunks, within limits of size and time.

Nothing is allocated for a claimed length before that many bytes are known to be in the file.
"""

import struct
import time
from dataclasses import dataclass
from typing import Any

from slipstream.core.errors import ModelFileError
from slipstream.models.sources import DOWNLOAD_AGAIN, ByteSource


@dataclass(frozen=True, slots=True)
class Limits:
    """What a header may take. Real ones: at most 16 MB, 100 key-values, 50,000 tensors, 50 kB of template."""

    header_bytes: int = 48 * 2**20
    text_bytes: int = (
        16 * 2**20
    )  # all keys and single strings together: decoded, they can take four times that
    key_values: int = 10_000
    array_length: int = 2**20
    strings: int = 2**21  # in all arrays together; a vocabulary of 262,144 tokens has 514,906 merges
    tensors: int = 100_000
    seconds: float = 10.0


DEFAULT_LIMITS = Limits()


class Cursor:
    """A position `at` in a source. `data` holds what was read so far, from the file's first byte.

    All methods raise ModelFileError, in which the file is called `name`.
    """

    FIRST_READ, LARGEST_READ = 2**18, 2**22

    def __init__(self, source: ByteSource, name: str, limits: Limits) -> None:
        self.source = source
        self.name = name
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.data = bytearray()
        self.at = 0

    def need(self, end: int) -> None:
        """Have the file's first `end` bytes in `data`."""
        if end <= len(self.data):
            return
        if end > self.source.size:
            raise self.ends_early()
        if end > self.limits.header_bytes:
            raise self.damaged(f"its header is larger than {self.limits.header_bytes} bytes")
        step = min(max(self.FIRST_READ, len(self.data)), self.LARGEST_READ)
        stop = min(max(end, len(self.data) + step), self.source.size)
        while len(self.data) < stop:
            self.check_time()
            try:
                chunk = self.source.read(len(self.data), stop - len(self.data))
            except OSError as error:
                raise ModelFileError(f"{self.name}: cannot be read: {error.strerror or error}") from error
            if not chunk:
                raise self.ends_early()
            self.data += chunk

    def check_time(self) -> None:
        if time.monotonic() >= self.deadline:
            raise ModelFileError(
                f"{self.name}: its header takes longer than {self.limits.seconds:g} s to read", DOWNLOAD_AGAIN
            )

    def numbers(self, codes: str) -> tuple[Any, ...]:
        """The next numbers, by their `struct` codes."""
        layout = "<" + codes
        end = self.at + struct.calcsize(layout)
        self.need(end)
        values = struct.unpack_from(layout, self.data, self.at)
        self.at = end
        return values

    def unsigned(self, code: str) -> int:
        return int(self.numbers(code)[0])

    def take(self, length: int) -> bytes:
        self.need(self.at + length)
        taken = bytes(self.data[self.at : self.at + length])
        self.at += length
        return taken

    def string(self, what: str, limit: int) -> str:
        length = self.unsigned("Q")
        if length > limit:
            raise self.damaged(f"{what} is {length} bytes long")
        return self.take(length).decode("utf-8", "replace")

    def drop_rest(self) -> None:
        """Forget what was read ahead."""
        del self.data[self.at :]

    def damaged(self, reason: str) -> ModelFileError:
        return ModelFileError(f"{self.name}: damaged GGUF file: {reason}", DOWNLOAD_AGAIN)

    def ends_early(self) -> ModelFileError:
        return ModelFileError(
            f"{self.name}: truncated: {self.source.size} bytes, the end of its header is missing",
            DOWNLOAD_AGAIN,
        )
