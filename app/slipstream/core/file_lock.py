"""A lock on an open file, which the system releases when its holder dies, however it dies.

Advisory: it keeps out only those who ask for it, too. Knows nothing of what the file is for.
"""

import os
import sys

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 60  # far behind the content: what is locked cannot be read by others

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file; False where another holder has it. Raises OSError.

        Closing the file releases it.
        """
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file; False where another holder has it. Raises OSError.

        Closing the file releases it.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
