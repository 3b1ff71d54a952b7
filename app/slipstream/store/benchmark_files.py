"""Benchmarks that were measured without a window, in files beside the database: each state is taken over once."""

import logging
from pathlib import Path

from slipstream.core.benchmark.rows import read_rows
from slipstream.core.errors import StoreError
from slipstream.core.paths import BENCHMARKS
from slipstream.store.benchmarks import BenchmarkShelf

log = logging.getLogger(__name__)


class BenchmarkFiles:
    """Remembers which files it has read, and how they were then."""

    def __init__(self) -> None:
        self._taken: dict[Path, tuple[int, int]] = {}

    def take_over(self, store: BenchmarkShelf) -> None:
        """Keep what headless benchmarks wrote since the last time. What cannot be read is left, and logged."""
        for path in sorted(store.folder.joinpath(BENCHMARKS).glob("*.jsonl")):
            try:
                state = path.stat()
                stamp = state.st_mtime_ns, state.st_size
                if self._taken.get(path) == stamp:
                    continue
                found = read_rows(path)
                if found is not None and found.rows:
                    store.keep_benchmark(found)
                self._taken[path] = stamp
            except (OSError, StoreError) as error:
                log.warning("%s was not taken over: %s", path.name, error)
