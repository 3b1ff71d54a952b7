"""Answers what is asked about benchmarks, on the store's thread; takes over what headless ones left in files."""

import logging
from pathlib import Path

from slipstream.bridge.bench_messages import (
    BenchmarkRead,
    BenchmarksListed,
    BenchReply,
    BenchRequest,
    HistoryRead,
    KeepBenchmark,
    KeepBenchmarkRow,
    ListBenchmarks,
    ReadBenchmark,
    ReadHistory,
    RemoveBenchmark,
    RenameBenchmark,
)
from slipstream.core.benchmark.history import pair_histories
from slipstream.core.benchmark.rows import read_rows
from slipstream.core.errors import StoreError
from slipstream.core.paths import BENCHMARKS
from slipstream.store.store import Store

log = logging.getLogger(__name__)


class BenchmarkKeeping:
    """Used on the store's thread."""

    def __init__(self) -> None:
        self._taken: dict[Path, tuple[int, int]] = {}  # files as they were when they were read

    def answer(self, store: Store, request: BenchRequest) -> BenchReply | None:
        """Do it. Raises StoreError."""
        match request:
            case KeepBenchmark(benchmark):
                store.keep_benchmark(benchmark)
            case KeepBenchmarkRow(uid, row):
                store.keep_benchmark_rows(uid, [row])
                return None
            case ReadBenchmark(benchmark):
                return BenchmarkRead(benchmark, store.benchmark(benchmark))
            case RenameBenchmark(benchmark, name):
                store.rename_benchmark(benchmark, name)
            case RemoveBenchmark(benchmark):
                store.remove_benchmark(benchmark)
            case ListBenchmarks():
                self._take_over(store)
            case ReadHistory():
                self._take_over(store)
                pairs = pair_histories(store.measured_prompts())
                return HistoryRead(tuple(pairs), tuple(store.run_history()))
        return BenchmarksListed(tuple(store.list_benchmarks()))

    def _take_over(self, store: Store) -> None:
        """Keep what headless benchmarks wrote since the last time."""
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
