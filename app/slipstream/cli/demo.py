"""`slipstream demo`: the main job in a terminal, for machines without a screen.

The bundled model answers a question without drafting, then with n-gram lookup, with live figures beside it;
the two are the same text, and the table says whether drafting paid. On a terminal further questions may follow.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from slipstream.cli.generate import load_engine, show_prefill, shown
from slipstream.cli.measured import Measured
from slipstream.cli.progress import Progress
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Sampling, Speculation
from slipstream.core.engine import Engine
from slipstream.core.errors import ModelFileError
from slipstream.core.events import RunFinished, StepDone
from slipstream.core.metrics import RunMeter, RunStats
from slipstream.core.paths import AppPaths, demo_model

QUESTION = (
    "Write the numbers from one to twelve as words, one per line, then write the same list again in reverse."
)
SEED = 1
GREEDY = Sampling(temperature=0.0)  # so that both answers are the same text


def run_demo(options: argparse.Namespace, paths: AppPaths) -> int:
    target = demo_model(paths)
    if target is None:
        raise ModelFileError("The demo model is not on this machine", "run `make run` once: it fetches it")
    progress = Progress(sys.stderr, quiet=False)
    measured = Measured(paths.measurements_file, progress)
    spec = PairSpec(target, threads=options.threads, measure=True)
    engine, loaded = load_engine(spec, progress, measured.measurements)
    try:
        print(f"{Path(loaded.target.path).name} on {', '.join(loaded.target.devices)}")
        for question in _questions(options.prompt):
            print(f"\n> {question}\n")
            plain = _answer(engine, question, Drafting.NONE, options.max_tokens, progress)
            drafted = _answer(engine, question, Drafting.NGRAM, options.max_tokens, progress)
            print("\n" + _table(plain, drafted))
    finally:
        measured.save()
        engine.close()
    return 0


def _questions(first: str | None) -> Iterator[str]:
    """The question given, or the bundled one; then what a person types, until an empty line."""
    yield first or QUESTION
    while sys.stdin.isatty():
        try:
            line = input("\nAsk something else (Enter ends): ").strip()
        except EOFError:
            return
        if not line:
            return
        yield line


def _answer(
    engine: Engine, question: str, drafting: Drafting, max_tokens: int, progress: Progress
) -> RunStats:
    request = GenerateRequest(
        messages=(ChatMessage(Role.USER, question),),
        sampling=GREEDY,
        speculation=Speculation(drafting),
        max_tokens=max_tokens,
        seed=SEED,
    )
    first = drafting is Drafting.NONE  # the second answer is the same text: only its figures are shown
    meter = RunMeter()
    for event in engine.generate(request):
        show_prefill(event, progress)
        if isinstance(event, StepDone):
            meter.add(event.record)
            if first:
                progress.clear()
                print(shown(event.text), end="", flush=True)
            else:
                progress.show(_live(meter))
        if isinstance(event, RunFinished):
            progress.clear()
            if first:
                print(shown(event.text))
            return event.stats
    raise AssertionError("a run ends with RunFinished")


def _live(meter: RunMeter) -> str:
    """The figures so far, on one line."""
    rate = meter.tokens_per_second()
    accepted = f"{meter.accepted / meter.drafted:.0%}" if meter.drafted else "–"
    speed = f"{rate:.1f} tokens/s" if rate else "…"
    return f"with n-gram drafting: {meter.emitted} tokens · {speed} · acceptance {accepted}"


def _table(plain: RunStats, drafted: RunStats) -> str:
    """Both runs side by side, and what it comes to."""
    rows = [("", "tokens/s", "τ", "acceptance", "gap p50", "gap p95")]
    for name, stats in (("no drafting", plain), ("n-gram lookup", drafted)):
        metrics = stats.metrics
        rows.append(
            (
                name,
                _number(metrics.tokens_per_second, ".1f"),
                _number(metrics.acceptance_length, ".2f"),
                _number(metrics.acceptance_rate, ".0%"),
                _number(metrics.icl.p50, ".0f", " ms"),
                _number(metrics.icl.p95, ".0f", " ms"),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([*lines, _verdict(plain, drafted)])


def _verdict(plain: RunStats, drafted: RunStats) -> str:
    before, after = plain.metrics.tokens_per_second, drafted.metrics.tokens_per_second
    if not before or not after:
        return "The answer was too short to compare."
    same = "same text" if plain.tokens == drafted.tokens else "the texts differ in a near-tie"
    return f"Drafting made it {after / before:.2f}× ({same}; one run each, so take it as a hint)."


def _number(value: float | None, layout: str, unit: str = "") -> str:
    return "–" if value is None else f"{value:{layout}}{unit}"
