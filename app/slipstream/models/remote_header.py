"""The GGUF header of a file on the hub, read by HTTP ranges: what a model is, before gigabytes are downloaded.

The header is at the front of a file, 5 to 10 MB with a large vocabulary. The reader is the one for local files, with
the same limits; the hub's word for the file's size is checked against every answer.
"""

from typing import Self

from slipstream.core.errors import HubError, HubUnreachableError
from slipstream.models.gguf import read_header
from slipstream.models.gguf_cursor import Limits
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.hub import Hub
from slipstream.models.hub_data import HubFile, Repository, Variant
from slipstream.models.split_files import ModelFiles, read_model

FIRST_BLOCK, BLOCK = 2**19, 2**22  # bytes asked for at once: a header without a vocabulary is small
LIMITS = Limits(seconds=60.0)  # a slow network may take its time
STALL_SECONDS = 5.0


class RemoteSource:
    """A file of the hub as a ByteSource; reads ahead, best from the front to the back. Raises HubError."""

    def __init__(self, hub: Hub, repository: Repository, file: HubFile) -> None:
        self.size = file.size
        self._hub = hub
        self._repository = repository
        self._path = file.path
        self._begin = 0  # where the block that is held begins
        self._block = b""

    def read(self, offset: int, length: int) -> bytes:
        if not 0 <= offset - self._begin < len(self._block):
            if not 0 <= offset < self.size or length <= 0:
                return b""
            self._begin, self._block = offset, self._fetch(offset)
        start = offset - self._begin
        return self._block[start : start + length]

    def _fetch(self, offset: int) -> bytes:
        wanted = min(BLOCK if self._block else FIRST_BLOCK, self.size - offset)
        repo, commit = self._repository.model.repo, self._repository.commit
        block = bytearray()
        with self._hub.open_file(repo, commit, self._path, offset, offset + wanted, STALL_SECONDS) as answer:
            if answer.offset not in (offset, 0) or answer.total not in (self.size, None):
                raise HubError(
                    f"{self._path}: not the file that the hub has listed", "List the repository again"
                )
            skip = offset - answer.offset  # of a hub that cannot give parts
            for piece in answer.pieces():
                block += piece[skip:]
                skip = max(skip - len(piece), 0)
                if len(block) >= wanted:
                    break
        if len(block) < wanted:
            raise HubUnreachableError(f"{self._path}: the hub sends only a part of it", "Try again later")
        return bytes(block[:wanted])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._block = b""


def read_remote_header(hub: Hub, repository: Repository, variant: Variant) -> GgufHeader:
    """The header of a model's first file, which has all metadata and the vocabulary.

    Raises HubError; ModelFileError where it is damaged or no GGUF file.
    """
    first = variant.files[0]
    with RemoteSource(hub, repository, first) as source:
        return read_header(source, first.path, LIMITS)


def read_remote_model(hub: Hub, repository: Repository, variant: Variant) -> ModelFiles:
    """The headers of all files of a model. Raises HubError, ModelFileError as `read_model` does."""
    files = {file.path: file for file in variant.files}

    def open_part(name: str) -> RemoteSource:
        if name not in files:
            raise FileNotFoundError(name)
        return RemoteSource(hub, repository, files[name])

    return read_model(variant.files[0].path, open_part, LIMITS)
