"""What earlier runs have measured of the pairs on this machine: read before a run, kept after it."""

from pathlib import Path

from slipstream.cli.progress import Progress
from slipstream.core.measurements import Measurements


class Measured:
    """The file is a help, never a need: one that cannot be read or written costs a line on stderr."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path = path
        self._progress = progress
        self.measurements = Measurements.load(path)
        if self.measurements.problem:
            progress.line(f"measuring anew: {self.measurements.problem}")

    def save(self) -> bool:
        """Write them down, whole; of two processes the later one's stay. False where that cannot be done."""
        try:
            self.measurements.save(self._path)
        except OSError as error:
            self._progress.line(f"what was measured is not kept: {self._path}: {error.strerror or error}")
            return False
        return True
