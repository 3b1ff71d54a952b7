"""`slipstream bench`: whether drafting pays, each prompt answered with and without it, side by side.

Records are kept as they come, in the data folder; Ctrl+C leaves them whole, and `--resume` goes on from there.
"""

import argparse
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

from slipstream.cli.arguments import drafting, pair_spec, sampling, speculation
from slipstream.cli.bench_records import BenchRecords
from slipstream.cli.bench_report import table
from slipstream.cli.generate import interruptible, load_engine, read_prompt, save_text
from slipstream.cli.measured import Measured
from slipstream.cli.progress import Progress
from slipstream.core.amounts import time_text
from slipstream.core.benchmark.plan import MOST_REPEATS, BenchPlan
from slipstream.core.benchmark.prompts import BenchPrompt, built_in, in_turn, read_prompts
from slipstream.core.benchmark.report import benchmark_json
from slipstream.core.benchmark.rows import Benchmark, RowFile
from slipstream.core.benchmark.running import BenchProgress, run_benchmark
from slipstream.core.benchmark.setup import make_setup
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, Role
from slipstream.core.engine import Engine
from slipstream.core.errors import AppError, LoadError, StoreError, UsageError
from slipstream.core.file_hashes import FileHashes
from slipstream.core.paths import AppPaths
from slipstream.models.split_files import parse_split_name

log = logging.getLogger(__name__)


def run_bench(options: argparse.Namespace, paths: AppPaths) -> int:
    """Measure, keep, show. Raises AppError, also where the draft cannot be used."""
    spec = pair_spec(options)
    request, plan = _request(options), _plan(options)
    progress = Progress(sys.stderr, quiet=options.quiet)
    measured = Measured(paths.measurements_file, progress)
    engine, loaded = load_engine(spec, progress, measured.measurements)
    try:
        if loaded.draft_problem:
            raise LoadError(f"There is nothing to compare: {loaded.draft_problem}")
        progress.show("Reading the files once, for their hashes")
        hashes = FileHashes(paths.cache / "hashes.json")
        engine_version = version("llama-cpp-python")
        build = f"llama-cpp-python {engine_version}"
        try:
            setup = make_setup(spec, loaded, request, lambda path: hashes.of(_parts(path)), build)
        except OSError as error:
            raise AppError(f"A model file cannot be read: {error}") from error
        path = paths.benchmarks / f"{setup.digest[:16]}.jsonl"
        versions = {"llama_cpp_python": engine_version}
        with (
            RowFile.open(path, setup, plan, resume=options.resume) as rows,
            BenchRecords(options, rows.benchmark, loaded, versions) as records,
        ):
            try:
                _measure(engine, request, rows, records, progress)
            except KeyboardInterrupt:
                progress.line(_how_to_go_on(rows.benchmark))
                raise
            finally:
                measured.save()
            benchmark = rows.benchmark
    finally:
        engine.close()
    _show(benchmark, options)
    _hand_over(benchmark, paths, progress)
    if not benchmark.pairs:
        raise AppError("No prompt could be measured", benchmark.skips[0].why if benchmark.skips else "")
    return 0


def _measure(
    engine: Engine, request: GenerateRequest, rows: RowFile, records: BenchRecords, progress: Progress
) -> None:
    """Do what is left of the plan."""
    done = {(row.prompt, row.digest, row.repeat) for row in rows.benchmark.rows}
    tasks = rows.benchmark.plan.tasks(done)
    if done:
        progress.line(f"{len(done)} of {len(done) + len(tasks)} prompts were measured before; going on")
    with interruptible(engine) as asked:
        for event in run_benchmark(engine, request, tasks, asked, len(done), records.watch):
            if isinstance(event, BenchProgress):
                progress.show(_progress_words(event))
                continue
            rows.add(event)
    progress.clear()


def _progress_words(event: BenchProgress) -> str:
    left = "" if event.seconds_left is None else f", {time_text(event.seconds_left)} left"
    how = "with drafting" if event.drafting else "without drafting"
    return f"{event.done} of {event.total} ({event.fraction:.0%}){left}: {event.prompt} {how}"


def _how_to_go_on(benchmark: Benchmark) -> str:
    done = len(benchmark.rows)
    return f"{done} of {benchmark.plan.size} prompts are measured and kept; the same command with --resume goes on"


def _show(benchmark: Benchmark, options: argparse.Namespace) -> None:
    if options.json is not None:
        save_text(options.json, json.dumps(benchmark_json(benchmark), indent=1))
    print(table(benchmark))


def _hand_over(benchmark: Benchmark, paths: AppPaths, progress: Progress) -> None:
    """Put it beside the conversations, where the window shows it; while that is open, it takes the file itself."""
    from slipstream.store import Store  # noqa: PLC0415  # not for bad usage

    try:
        paths.create()
        with Store.open(paths.database, back_up=False) as store:
            number = store.keep_benchmark(benchmark)
        progress.line(
            f"Kept as benchmark {number}: slipstream export --benchmark {number} writes it to a file."
        )
    except (StoreError, OSError) as error:
        log.info("the benchmark stays in its file: %s", error)
        progress.line("The window takes this benchmark over when it shows its list.")


def _request(options: argparse.Namespace) -> GenerateRequest:
    """What is asked with each prompt, which is put into it later."""
    if drafting(options) is Drafting.NONE:
        raise UsageError("There is nothing to compare", "say who drafts: --draft FILE or --draft ngram")
    if options.draft_max == 0:
        raise UsageError("There is nothing to compare", "--draft-max 0 never drafts")
    if options.raw and options.system:
        raise UsageError("--system has no place with --raw prompts")
    for path in (options.json, options.stats, options.events):  # said before anything is measured, not after
        if path is not None and not path.parent.is_dir():
            raise AppError(f"Cannot write {path}: there is no such folder")
    return GenerateRequest(
        messages=(ChatMessage(Role.SYSTEM, options.system),) if options.system else (),
        raw="" if options.raw else None,
        sampling=sampling(options),
        speculation=speculation(options),
        max_tokens=options.max_tokens,
        seed=options.seed,
        stop=tuple(options.stop),
        thinking_budget=options.thinking_budget,
    )


def _plan(options: argparse.Namespace) -> BenchPlan:
    if options.prompt is not None and options.prompts is not None:
        raise UsageError("--prompt and --prompts cannot go together")
    if options.repeat > MOST_REPEATS:
        raise UsageError(f"--repeat is {MOST_REPEATS} at most")
    if options.prompt is not None:
        prompts = [BenchPrompt("prompt", "prompt", read_prompt(options))]
    else:
        prompts = read_prompts(options.prompts) if options.prompts is not None else built_in()
    return BenchPlan(tuple(in_turn(prompts, options.limit)), options.repeat)


def _parts(path: Path) -> list[Path]:
    """A model's files: one, or all parts of a split one."""
    split = parse_split_name(path.name)
    return [path.with_name(name) for name in split.all()] if split else [path]
