"""SHA-256 of model files, remembered by size and time of change: reading gigabytes again says nothing new.

The memory is a help, never a need: a file of it that cannot be read or written costs time only.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from slipstream.core.files import read_own, write_own

log = logging.getLogger(__name__)
CHUNK = 1 << 20
MOST_KNOWN = 1000


def sha256_of(paths: Sequence[Path]) -> str:
    """SHA-256 of these files one after the other, hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


class FileHashes:
    """Hashes, kept in the file `memory`. Used by one thread at a time."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known: dict[str, list[object]] = {}
        try:
            found = json.loads(read_own(memory))
            self._known = {str(key): list(value) for key, value in found.items()}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, AttributeError, TypeError, RecursionError) as error:
            log.warning("hashes of files are made anew: %s", error)

    def of(self, paths: Sequence[Path]) -> str:
        """`sha256_of` them. Raises OSError."""
        stamp = [[path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
        key = str(paths[0].resolve())
        known = self._known.get(key)
        if known is not None and len(known) == 2 and known[0] == stamp and isinstance(known[1], str):
            return known[1]
        digest = sha256_of(paths)
        self._known[key] = [stamp, digest]
        self._save()
        return digest

    def _save(self) -> None:
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        try:
            write_own(self._memory, json.dumps(self._known))
        except (OSError, UnicodeEncodeError) as error:  # a name may hold bytes that are no text
            log.warning("hashes of files were not kept: %s", error)
