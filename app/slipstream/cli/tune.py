"""`slipstream tune`: measures a pair for about a minute, keeps what the automatic pace starts from, and shows it."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from slipstream.cli.generate import interruptible, load_engine
from slipstream.cli.measured import Measured
from slipstream.cli.progress import Progress
from slipstream.core.chat import PairSpec
from slipstream.core.errors import LoadError
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.paths import AppPaths
from slipstream.core.tuning import TuneReport

SCHEMA = 1
CTX_SIZE = 1024  # enough to measure in; what a decode takes does not depend on it


def run_tune(options: argparse.Namespace, paths: AppPaths) -> int:
    """Measure, keep, show. Raises AppError, also where the draft does not fit."""
    progress = Progress(sys.stderr, quiet=False)
    measured = Measured(paths.measurements_file, progress)
    spec = PairSpec(
        options.target,
        options.draft,
        ctx_size=CTX_SIZE,
        threads=options.threads,
        gpu_layers=options.gpu_layers,
        draft_gpu_layers=options.draft_gpu_layers,
        flash_attn=options.flash_attn,
        cache_type_k=options.cache_type_k,
        cache_type_v=options.cache_type_v,
        devices=options.device,
        draft_devices=options.draft_device,
    )
    engine, loaded = load_engine(spec, progress, measured.measurements)
    try:
        if loaded.draft is None:
            raise LoadError(f"This pair cannot be measured: {loaded.draft_problem}")
        with interruptible(engine):
            report = engine.tune(_telling(progress, options.seconds), options.seconds)
    finally:
        engine.close()
    progress.clear()
    kept = measured.save()
    if options.json:
        print(json.dumps(_json(report, loaded), indent=1))
    else:
        print(table(report, loaded))
        if kept:
            print(f"Kept in {paths.measurements_file}")
    return 0


def _telling(progress: Progress, seconds: float) -> Callable[[LoadProgress], None]:
    """Say how far it is, and how long it will still take."""
    started = perf_counter()

    def tell(event: LoadProgress) -> None:
        spent = perf_counter() - started
        left = spent / event.fraction - spent
        if (
            spent < seconds
        ):  # before the first pass is over, more passes are counted than there will be time for
            left = min(left, seconds - spent)
        progress.show(f"Measuring {event.fraction:.0%}, {left:.0f} s left")

    return tell


def table(report: TuneReport, loaded: PairLoaded) -> str:
    """What verifying takes, by tokens, and what of it pays."""
    plain = report.verify_ms[1]
    lines = [
        f"{_name(loaded.target.path)} with the draft {_name(loaded.draft.path) if loaded.draft else '–'}, "
        f"on {', '.join(loaded.target.devices)}, {report.threads} thread{'' if report.threads == 1 else 's'}; "
        f"medians of {report.passes} passes at {report.position} tokens of context",
        "",
        "tokens     ms  plain steps   drafted  needs τ  if all kept",
    ]
    for tokens, ms in report.verify_ms.items():
        line = f"{tokens:6}  {ms:5.0f}  {ms / plain:11.2f}"
        if tokens - 1 in report.lengths:
            needs, best = report.needs_tau(tokens - 1), report.speedup_if_kept(tokens - 1)
            line += f"  {tokens - 1:8}  {needs:7.2f}  {best:10.2f}×"
        lines.append(line)
    by_threads = ", ".join(f"{ms:.1f} ms on {threads}" for threads, ms in report.thread_ms.items())
    lines += ["", f"Drafting a token takes {by_threads}; the draft runs on {report.draft_threads}."]
    for tokens, ((first, second), ms) in report.splits().items():
        lines.append(
            f"{tokens} tokens at once take longer than {first} and {second} ({ms:.0f} ms): "
            "the automatic length keeps away from them."
        )
    lines.append(verdict(report))
    return "\n".join(lines)


def verdict(report: TuneReport) -> str:
    """What the measurement comes to, in a sentence."""
    best = report.best_if_kept
    if not best:
        return "Drafting does not pay here, even if every token is kept."
    return (
        f"At best {report.speedup_if_kept(best):.2f}× as fast, if all of {best} drafted tokens are kept; "
        f"drafting {best} pays from τ {report.needs_tau(best):.1f}."
    )


def _json(report: TuneReport, loaded: PairLoaded) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "target": loaded.target.path,
        "draft": loaded.draft.path if loaded.draft else None,
        "devices": list(loaded.target.devices),
        "threads": report.threads,
        "position": report.position,
        "passes": report.passes,
        "verify_ms": {str(tokens): ms for tokens, ms in report.verify_ms.items()},
        "draft_ms": report.draft_ms,
        "draft_threads": report.draft_threads,
        "draft_ms_by_threads": {str(threads): ms for threads, ms in report.thread_ms.items()},
        "needs_tau": {str(length): report.needs_tau(length) for length in report.lengths},
        "best_length_if_kept": report.best_if_kept,
        "cheaper_in_two": {
            str(tokens): {"parts": list(parts), "ms": ms} for tokens, (parts, ms) in report.splits().items()
        },
    }


def _name(path: str) -> str:
    return Path(path).stem
