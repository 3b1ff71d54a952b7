"""Model files in memory: quick to change, and they note how they are read."""


class MemorySource:
    """A ByteSource of `size` bytes: `data`, then zeros. Gives at most `most` bytes at once."""

    def __init__(self, data: bytes, size: int | None = None, most: int = 2**30) -> None:
        self.data = data
        self.size = len(data) if size is None else size
        self.most = most
        self.reads: list[tuple[int, int]] = []

    def read(self, offset: int, length: int) -> bytes:
        self.reads.append((offset, length))
        length = max(0, min(length, self.most, self.size - offset))
        return self.data[offset : offset + length].ljust(length, b"\0")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass
