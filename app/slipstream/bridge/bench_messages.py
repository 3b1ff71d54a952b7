"""What is said about benchmarks, to the engine's thread and to the store's, and what comes back: frozen records.

Part of `engine_messages` and `store_messages`, where the unions are.
"""

from dataclasses import dataclass

from slipstream.core.benchmark.history import PairHistory
from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.record import BenchRow
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.chat import GenerateRequest, PairSpec
from slipstream.core.events import PairLoaded
from slipstream.core.known_pairs import KnownPairs
from slipstream.store.benchmarks import BenchmarkLine
from slipstream.store.run_history import RunLine

# To and from the engine's thread


@dataclass(frozen=True, slots=True)
class BenchOrder:
    """A benchmark to be measured with the pair that is loaded."""

    spec: PairSpec
    loaded: PairLoaded
    request: GenerateRequest  # without a prompt
    plan: BenchPlan
    going_on: Benchmark | None = None  # one that was stopped


@dataclass(frozen=True, slots=True)
class BenchBegun:
    """All is known of it but its figures."""

    benchmark: Benchmark


# To and from the store's thread


@dataclass(frozen=True, slots=True)
class KeepBenchmark:
    """Keep it; what is there already stays."""

    benchmark: Benchmark


@dataclass(frozen=True, slots=True)
class KeepBenchmarkRow:
    benchmark: str  # its uid
    row: BenchRow


@dataclass(frozen=True, slots=True)
class ListBenchmarks:
    pass


@dataclass(frozen=True, slots=True)
class ReadBenchmark:
    benchmark: int


@dataclass(frozen=True, slots=True)
class RenameBenchmark:
    benchmark: int
    name: str


@dataclass(frozen=True, slots=True)
class RemoveBenchmark:
    benchmark: int


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """What all benchmarks and all runs come to."""


@dataclass(frozen=True, slots=True)
class ReadKnownPairs:
    """What they tell of pairs of models on this machine."""


BenchRequest = (
    KeepBenchmark
    | KeepBenchmarkRow
    | ListBenchmarks
    | ReadBenchmark
    | RenameBenchmark
    | RemoveBenchmark
    | ReadHistory
    | ReadKnownPairs
)


@dataclass(frozen=True, slots=True)
class BenchmarksListed:
    """The newest first."""

    lines: tuple[BenchmarkLine, ...]


@dataclass(frozen=True, slots=True)
class BenchmarkRead:
    id: int
    benchmark: Benchmark


@dataclass(frozen=True, slots=True)
class HistoryRead:
    pairs: tuple[PairHistory, ...]  # what was measured last first
    runs: tuple[RunLine, ...]  # the oldest first


@dataclass(frozen=True, slots=True)
class KnownPairsRead:
    pairs: KnownPairs


BenchReply = BenchmarksListed | BenchmarkRead | HistoryRead | KnownPairsRead
