"""One Slipstream per data folder: a lock that the system releases when its holder dies, however it dies.

The lock file's content is a second, separate fact: it holds the process id while a store is open, and nothing
after it was closed. So a file that still says "open" once the lock is free was left by a kill or a power cut.
Knows nothing of databases. The file is closed on exec, so processes started by this one do not hold the lock.
"""

import os
from pathlib import Path

from slipstream.core.errors import StoreError, StoreInUseError
from slipstream.core.file_lock import try_lock

FILE_NAME = "slipstream.lock"


class FolderLock:
    """A held lock. Raises StoreInUseError where another process has it, StoreError where there can be none."""

    def __init__(self, folder: Path) -> None:
        self._handle = -1
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(
                f"The data folder {folder} cannot be used: {error.strerror}",
                "Check that the folder exists and that you may write to it",
            ) from error
        try:
            if not try_lock(handle):
                raise StoreInUseError(
                    "Another Slipstream has these conversations open", "Use that window, or close it first"
                )
            os.lseek(handle, 0, os.SEEK_SET)
            self.left_open = bool(os.read(handle, 32))  # nobody has said "closed" since it said "open"
        except OSError as error:
            os.close(handle)
            raise StoreError(f"The data folder {folder} cannot be locked: {error.strerror}") from error
        except StoreInUseError:
            os.close(handle)
            raise
        self._handle = handle

    @property
    def held(self) -> bool:
        return self._handle >= 0

    def mark_open(self) -> None:
        """Say, on the disk, that a store is open. Raises StoreError."""
        try:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, b"%d\n" % os.getpid())
            os.fsync(self._handle)
        except OSError as error:
            raise StoreError(
                f"The data folder cannot be written: {error.strerror}", "Free some space"
            ) from error

    def mark_closed(self) -> None:
        """Say that it was closed as it should be."""
        os.ftruncate(self._handle, 0)

    def release(self) -> None:
        """Let another process have the folder; may be called twice."""
        if self.held:
            os.close(self._handle)
            self._handle = -1
