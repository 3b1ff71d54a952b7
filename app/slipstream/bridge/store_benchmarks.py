"""Answers what is asked about benchmarks, on the store's thread; takes over what headless ones left in files."""

from slipstream.bridge.bench_messages import (
    BenchmarkRead,
    BenchmarksListed,
    BenchReply,
    BenchRequest,
    HistoryRead,
    KeepBenchmark,
    KeepBenchmarkRow,
    KnownPairsRead,
    ListBenchmarks,
    ReadBenchmark,
    ReadHistory,
    ReadKnownPairs,
    RemoveBenchmark,
    RenameBenchmark,
)
from slipstream.core.benchmark.history import pair_histories
from slipstream.store.benchmark_files import BenchmarkFiles
from slipstream.store.store import Store


class BenchmarkKeeping:
    """Used on the store's thread."""

    def __init__(self) -> None:
        self._files = BenchmarkFiles()

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
                self._files.take_over(store)
            case ReadHistory():
                self._files.take_over(store)
                pairs = pair_histories(store.measured_prompts())
                return HistoryRead(tuple(pairs), tuple(store.run_history()))
            case ReadKnownPairs():
                self._files.take_over(store)
                return KnownPairsRead(store.known_pairs())
        return BenchmarksListed(tuple(store.list_benchmarks()))
