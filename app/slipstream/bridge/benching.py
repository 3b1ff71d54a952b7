"""A benchmark on the engine's thread: its circumstances made out, then every prompt answered both ways."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.bench_messages import BenchBegun, BenchOrder
from slipstream.core.benchmark.record import key_of
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.running import BenchEvent, run_benchmark
from slipstream.core.benchmark.setup import BenchSetup, differences, make_setup
from slipstream.core.engine import Engine
from slipstream.core.errors import AppError, UsageError


def tr(text: str) -> str:
    return QCoreApplication.translate("Benching", text)


def bench(
    engine: Engine,
    order: BenchOrder,
    hash_model: Callable[[Path], str],
    build: str,
    cancelled: Callable[[], bool],
) -> Iterator[BenchBegun | BenchEvent]:
    """Measure what is ordered, until it is done or `cancelled`.

    Raises AppError, for a benchmark too that cannot go on because something has changed since.
    """
    try:
        setup = make_setup(order.spec, order.loaded, order.request, hash_model, build)
    except OSError as error:
        raise AppError(tr("A model file cannot be read: {0}").format(error.strerror or error)) from error
    benchmark = order.going_on or Benchmark.begin(setup, order.plan)
    if benchmark.setup.digest != setup.digest:
        what = ", ".join(dict.fromkeys(map(_word, differences(benchmark.setup, setup))))
        raise UsageError(
            tr("This benchmark cannot go on: since it was begun, something has changed ({0}).").format(what),
            tr("Begin a new one."),
        )
    yield BenchBegun(benchmark)
    tasks = benchmark.plan.tasks({key_of(row) for row in benchmark.rows})
    yield from run_benchmark(engine, order.request, tasks, cancelled, before=len(benchmark.rows))


def _word(name: str) -> str:
    """A field of `BenchSetup` as people call it."""
    assert name.replace(" ", "_") in BenchSetup.__dataclass_fields__
    return {
        "target": tr("the model"),
        "draft": tr("the draft"),
        "context": tr("the context size"),
        "threads": tr("the threads"),
        "machine": tr("the machine"),
        "version": tr("Slipstream"),
        "system info": tr("llama.cpp"),
        "build": tr("llama.cpp"),
    }.get(name, tr("the settings"))
