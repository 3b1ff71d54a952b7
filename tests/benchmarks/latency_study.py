"""What speculation does to latency, by draft length: the gaps between chunks with and without drafting.

    python tests/benchmarks/latency_study.py --rows rows.jsonl [--measure] [--models FOLDER]
        [--kinds code,math] [--temperatures 0,0.6] [--prompts-per-kind 8] [--tokens 128] [--measurements FILE]

Prints the tables of `docs/latency.md` from recorded rows, also from those `versus_llama_server.py` wrote. With
`--measure` what is missing is measured first and added: drafting off, fixed lengths and automatic
take turns on every prompt, in an order that changes from prompt to prompt; a run that was cut goes on where it was.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from latency import Latency, by_setting
from own import OwnEngine
from plan import AUTO, FIXED, LEARNING, OFF, OWN, in_turn
from prompt_sets import Prompt, kinds_in_turn, prompts
from rows import Key, Row, RowFile

from slipstream.core.chat import PairSpec
from slipstream.core.measurements import Measurements
from slipstream.engine.backend import physical_cores, system_info

CTX_SIZE = 2048
SEED = 42
SETTINGS = (*FIXED, AUTO)
NAMES = {OFF: "not drafting", AUTO: "automatic"}


def main() -> None:
    options = _options()
    if options.measure:
        _measure(options)
    asked = options.target.name, options.tokens
    rows = [row for row in RowFile(options.rows) if (row.key.target, row.key.max_tokens) == asked]
    print(f"{system_info()}\nthreads {options.threads}, {options.target.name}, {options.draft.name}")
    for temperature in options.temperatures:
        for kind in options.kinds:
            print_table(kind, temperature, by_setting(rows, kind, temperature))


def print_table(kind: str, temperature: float, settings: dict[str, Latency]) -> None:
    """One line a setting; "× plain" is against the middle gap without drafting."""
    off = settings.get(OFF)
    if off is None:
        return
    print(f"\n### {kind}, temperature {temperature:g}\n")
    _line(
        *(
            "draft length",
            "prompts",
            "tokens/s",
            "ms a token",
            "tokens a chunk",
            "gaps",
            "p50, ms",
            "p95",
            "p99",
            "longest",
        ),
        *("p50 × plain", "p99 × plain", "p95 / p50", "stalls in 100"),
    )
    print("|" + "---|" * 14)
    plain = off.at(50)
    for name in (name for name in SETTINGS if name in settings):
        own = settings[name]
        _line(
            NAMES.get(name, name.removeprefix("ours ")),
            own.prompts,
            f"{own.rate:.2f}",
            f"{1000 / own.rate:.0f}",
            f"{own.chunk:.2f}",
            len(own.gaps),
            *(f"{own.at(q):.0f}" for q in (50, 95, 99, 100)),
            *(f"{own.at(q) / plain:.2f}" for q in (50, 99)),
            f"{own.jitter:.2f}",
            f"{own.stalls_per_hundred:.1f}",
        )


def _line(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |")


def _measure(options: argparse.Namespace) -> None:
    """Every row that is not there yet."""
    rows = RowFile(options.rows)
    todo = [
        (prompt, temperature, name)
        for prompt, temperature, name in _in_order(options)
        if _key(options, prompt, temperature, name) not in rows
    ]
    if not todo:
        return
    spec = PairSpec(options.target, options.draft, CTX_SIZE, threads=options.threads)
    learned = Measurements.load(options.measurements) if options.measurements else Measurements()
    with ExitStack() as stack:
        learning = stack.enter_context(closing(OwnEngine(replace(spec, measure=True), learned)))
        fixed = stack.enter_context(closing(OwnEngine(spec, Measurements())))
        for done, (prompt, temperature, name) in enumerate(todo, start=1):
            own = learning if name in LEARNING else fixed
            answer = own.answer(prompt.prompt, OWN[name], temperature, options.tokens, SEED)
            rows.add(Row(_key(options, prompt, temperature, name), answer))
            if options.measurements:
                learned.save(options.measurements)
            print(f"{done}/{len(todo)} {prompt.id} T={temperature:g} {name}", file=sys.stderr)


def _in_order(options: argparse.Namespace) -> Iterator[tuple[Prompt, float, str]]:
    groups: Iterable[list[Prompt]] = [
        prompts(options.models / "prompts.jsonl", kind, options.prompts_per_kind) for kind in options.kinds
    ]
    for number, prompt in kinds_in_turn(groups):
        for temperature in options.temperatures:
            for name in in_turn(SETTINGS, number):
                yield prompt, temperature, name


def _key(options: argparse.Namespace, prompt: Prompt, temperature: float, name: str) -> Key:
    files = options.target.name, options.draft.name
    return Key(*files, prompt.id, prompt.kind, temperature, options.tokens, name)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=Path, required=True, help="of one run: its settings are compared")
    parser.add_argument("--measure", action="store_true", help="measure what is missing in it")
    parser.add_argument("--models", type=Path, default=os.environ.get("SLIPSTREAM_MODELS", "."))
    parser.add_argument("--target", default="Qwen2.5-Coder-1.5B-Instruct.F16.gguf")
    parser.add_argument("--draft", default="Qwen2.5-Coder-0.5B-Instruct.Q4_0.gguf")
    parser.add_argument("--kinds", default="code,math", type=lambda text: text.split(","))
    parser.add_argument(
        "--temperatures", default="0,0.6", type=lambda text: tuple(map(float, text.split(",")))
    )
    parser.add_argument("--prompts-per-kind", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--measurements", type=Path, help="what the engine on auto knows; kept up to date")
    options = parser.parse_args()
    options.models = Path(options.models).expanduser()
    for name in ("target", "draft"):
        setattr(options, name, options.models / getattr(options, name))
    return options


if __name__ == "__main__":
    main()
