"""Our engine against llama-server and against itself: same files, prompts, threads and token counts, in one run.

    python tests/benchmarks/versus_llama_server.py --server PATH/llama-server [--models FOLDER] [--figures A,B,C]
        [--kinds code,math,open] [--prompts-per-kind 8] [--tokens 128] [--measurements FILE] [--out results.jsonl]

On each prompt all settings take turns, ours and the peer's side by side, in an order that changes from prompt to
prompt, so that a drift of the machine falls on all alike (`plan`). Each answer is a line of `--out`; one found there
is not measured again, so a run that was cut goes on where it was. `--tables` prints what there is at any time.

Two engines of ours are loaded. One answers on `auto` as a person's would: it measures the machine once, keeps what it
learned from answer to answer, and from run to run in `--measurements`. The other one answers at fixed lengths, and
teaches the first nothing. F and H need no clock: they look at the recorded answers afterwards.
"""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import acceptance_length
import tables
from own import OwnEngine, PromptReader
from peer import LlamaServer
from plan import AUTO, FIGURES, FREE_KINDS, LEARNING, OWN, PEER, Job, in_turn, jobs
from prompt_sets import Prompt, kinds_in_turn, prompts
from rows import Key, Row, RowFile
from traces import read_traces, record_traces

from slipstream.core.chat import PairSpec
from slipstream.core.measurements import Measurements
from slipstream.engine.backend import physical_cores, system_info
from slipstream.engine.context import NativeStopFlag
from slipstream.engine.pair import load_pair

CTX_SIZE = 2048
SEED = 42
COSTS = Path(__file__).parents[1] / "engine" / "data" / "cost_tables.json"


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers end with us
    rows = RowFile(options.out)
    if not options.tables:
        todo = jobs(options.figures, options.kinds, options.tokens, options.rewrite_tokens)
        todo = [job for job in todo if job.temperature in (options.temperatures or (job.temperature,))]
        for target in dict.fromkeys(job.target for job in todo):
            _measure(options, target, [job for job in todo if job.target == target], rows)
        if {"F", "H"} & set(options.figures):
            _look_again(options, rows)
    names = {"large": options.target.name, "quantized": options.quantized.name}
    print(f"{system_info()}\nthreads {options.threads}, targets {names}, draft {options.draft.name}")
    places = acceptance_length.read_places(_beside(options.out, "acceptance"))
    traces = read_traces(_beside(options.out, "traces"))
    scope = tables.Scope(names, options.tokens, options.rewrite_tokens, options.kinds)
    prices = tables.read_prices(options.costs, options.target.stem) if "H" in options.figures else None
    tables.print_figures(options.figures, scope, list(rows), places, traces, prices)


def _measure(options: argparse.Namespace, target: str, todo: Sequence[Job], rows: RowFile) -> None:
    """Every row of these jobs that is not there yet."""
    missing = [
        (order, prompt, job)
        for order, prompt, job in _by_prompt(options, todo)
        if any(_key(options, job, prompt, name, repeat) not in rows for name, repeat in order)
    ]
    if not missing:
        return
    needed = {name for _, _, job in missing for name in job.settings}
    spec = _spec(options, target)
    with ExitStack() as stack:
        learned = _measurements(options.measurements)
        person = stack.enter_context(closing(OwnEngine(replace(spec, measure=True), learned)))
        fixed = stack.enter_context(closing(OwnEngine(spec, Measurements())))
        reader = stack.enter_context(closing(PromptReader(spec)))
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {}
        for number, name in enumerate(name for name in PEER if name in needed):
            server = LlamaServer(options.server, _arguments(options, spec, name), logs / f"{number}.log")
            servers[name] = stack.enter_context(closing(server))
        for done, (order, prompt, job) in enumerate(missing, start=1):
            for name, repeat in order:
                key = _key(options, job, prompt, name, repeat)
                if key in rows:
                    continue
                seed = SEED + repeat
                if name in servers:
                    tokens = reader.tokens(prompt.prompt)
                    answer = servers[name].answer(tokens, job.max_tokens, job.temperature, seed)
                else:
                    own = person if name in LEARNING else fixed
                    answer = own.answer(prompt.prompt, OWN[name], job.temperature, job.max_tokens, seed)
                    if options.measurements:
                        learned.save(options.measurements)
                rows.add(Row(key, answer))
            print(f"{target} {done}/{len(missing)} {prompt.id} T={job.temperature:g}", file=sys.stderr)


def _by_prompt(
    options: argparse.Namespace, todo: Sequence[Job]
) -> Iterator[tuple[tuple[tuple[str, int], ...], Prompt, Job]]:
    """(settings and repeats in their order, prompt, job), kinds taking turns."""
    kinds = dict.fromkeys(job.kind for job in todo)
    groups = [prompts(options.models / "prompts.jsonl", kind, options.prompts_per_kind) for kind in kinds]
    for number, prompt in kinds_in_turn(groups):
        for job in todo:
            if job.kind == prompt.kind:
                order = [
                    (name, repeat)
                    for repeat in range(options.repeats)
                    for name in in_turn(job.settings, number + repeat)
                ]
                yield tuple(order), prompt, job


def _look_again(options: argparse.Namespace, rows: RowFile) -> None:
    """F and H: what draft and target say at places of the recorded answers of the large target."""
    spec = _spec(options, "large")
    recorded = [row for row in rows if row.key.target == spec.target.name and row.key.repeat == 0]
    with closing(load_pair(spec, lambda _progress: None, NativeStopFlag())) as pair:
        reader = PromptReader(spec)
        texts = {
            prompt.id: reader.tokens(prompt.prompt)
            for kind in options.kinds
            for prompt in prompts(options.models / "prompts.jsonl", kind, options.prompts_per_kind)
        }
        reader.close()
        recorded = [row for row in recorded if row.key.id in texts]
        if "H" in options.figures:
            assert pair.draft is not None
            own = [row for row in recorded if row.key.setting == AUTO]
            record_traces(pair.draft, own, texts, _beside(options.out, "traces"))
        if "F" in options.figures:
            chosen = [
                acceptance_length.Text(
                    row.key.id, row.key.kind, row.key.temperature, texts[row.key.id], row.answer.tokens
                )
                for row in recorded
                if row.key.setting == "ours 4" and row.key.temperature > 0
            ]
            path = _beside(options.out, "acceptance")
            for text in acceptance_length.measure(pair, chosen, options.places, path):
                print(f"F {text.id} T={text.temperature:g}", file=sys.stderr)


def _measurements(path: Path | None) -> Measurements:
    """What the engine on `auto` begins with. Raises SystemExit for a file that cannot be used."""
    measurements = Measurements.load(path) if path else Measurements()
    if measurements.problem:
        raise SystemExit(f"{path}: {measurements.problem}")
    return measurements


def _key(options: argparse.Namespace, job: Job, prompt: Prompt, setting: str, repeat: int) -> Key:
    spec = _spec(options, job.target)
    assert spec.draft is not None
    return Key(
        spec.target.name,
        spec.draft.name,
        prompt.id,
        job.kind,
        job.temperature,
        job.max_tokens,
        setting,
        repeat,
    )


def _spec(options: argparse.Namespace, target: str) -> PairSpec:
    path = options.target if target == "large" else options.quantized
    return PairSpec(path, options.draft, CTX_SIZE, threads=options.threads)


def _arguments(options: argparse.Namespace, spec: PairSpec, setting: str) -> list[str]:
    shared = ["-m", str(spec.target), "-c", str(CTX_SIZE), "-t", str(options.threads), "-np", "1"]
    drafting = PEER[setting]
    return [
        *shared,
        *(("-md", str(spec.draft), "--spec-type", "draft-simple", *drafting) if drafting else ()),
    ]


def _beside(out: Path, what: str) -> Path:
    return out.with_suffix(f".{what}.jsonl")


def _options() -> argparse.Namespace:
    figures = "".join(f"  {letter}  {text}\n" for letter, text in FIGURES.items())
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"figures:\n{figures}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--server", type=Path, help="the llama-server binary; A and B need it")
    parser.add_argument("--models", type=Path, default=os.environ.get("SLIPSTREAM_MODELS"))
    parser.add_argument("--target", default="Qwen2.5-Coder-1.5B-Instruct.F16.gguf")
    parser.add_argument("--quantized", default="Qwen2.5-Coder-1.5B-Instruct.Q4_K_M.gguf")
    parser.add_argument("--draft", default="Qwen2.5-Coder-0.5B-Instruct.Q4_0.gguf")
    parser.add_argument("--figures", default="A,B,C,D,E,F,H", type=lambda text: text.split(","))
    parser.add_argument("--kinds", default=",".join(FREE_KINDS), type=lambda text: text.split(","))
    parser.add_argument(
        "--temperatures",
        type=lambda text: tuple(map(float, text.split(","))),
        help="only these of a figure's",
    )
    parser.add_argument("--prompts-per-kind", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--rewrite-tokens", type=int, default=400, help="for E")
    parser.add_argument("--repeats", type=int, default=1, help="answers per prompt and setting")
    parser.add_argument("--places", type=int, default=16, help="per answer, for F")
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--costs", type=Path, default=COSTS, help="prices for H, as costs.py writes them")
    parser.add_argument("--measurements", type=Path, help="what the engine on auto knows; kept up to date")
    parser.add_argument(
        "--tables", action="store_true", help="print the tables of what there is, measure nothing"
    )
    parser.add_argument("--out", type=Path, default=Path("versus_llama_server.jsonl"))
    options = parser.parse_args()
    if unknown := set(options.figures) - set(FIGURES):
        parser.error(f"no figure {', '.join(sorted(unknown))}")
    if options.models is None:
        parser.error("--models or $SLIPSTREAM_MODELS must name the folder with the model files")
    if options.server is None and {"A", "B"} & set(options.figures) and not options.tables:
        parser.error("A and B need --server")
    options.models = Path(options.models).expanduser()
    for name in ("target", "quantized", "draft"):
        setattr(options, name, options.models / getattr(options, name))
    return options


if __name__ == "__main__":
    main()
