"""Our engine against llama-server: same files, prompts, threads and token counts, interleaved in one run.

    python tests/benchmarks/versus_llama_server.py --server PATH/llama-server [--models FOLDER]
        [--prompts-per-kind 8] [--tokens 128] [--out results.jsonl]

For each prompt all settings run one after the other, ours and the peer's side by side, in an order that turns
from prompt to prompt, so that a drift of the machine falls on all alike. Each run is a line of `--out`; a run
found there is not repeated, so a run that was cut goes on where it was. At the end the table is printed:
tokens/s (geometric mean over prompts) and their ratio with a 95 % bootstrap interval over prompts.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from peer import LlamaServer, Timed

from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Sampling, Speculation
from slipstream.core.events import RunFinished, StepDone
from slipstream.engine.backend import physical_cores, system_info
from slipstream.engine.session import LocalEngine

KINDS = ("code", "math")
TEMPERATURES = (0.0, 0.6)
LENGTHS = (0, 3, 6)  # tokens drafted; 0 is no drafting
CTX_SIZE = 2048
SEED = 42


def main() -> None:
    options = _options()
    prompts = _prompts(options.models / "prompts.jsonl", options.prompts_per_kind)
    target, draft = (options.models / name for name in (options.target, options.draft))
    done = _read(options.out)
    engine = LocalEngine()
    engine.load(PairSpec(target, draft, CTX_SIZE, threads=options.threads), lambda _event: None)
    shared = ["-m", str(target), "-c", str(CTX_SIZE), "-t", str(options.threads), "-np", "1"]
    with tempfile.TemporaryDirectory() as logs:
        servers = {}
        for length in LENGTHS:
            drafting = ["-md", str(draft), "--spec-type", "draft-simple", "--spec-draft-n-max", str(length)]
            log = Path(logs) / f"server-{length}.log"
            servers[length] = LlamaServer(options.server, shared + (drafting if length else []), log)
        try:
            _measure(options, prompts, engine, servers, done)
        finally:
            for server in servers.values():
                server.close()
            engine.close()
    print(f"{system_info()}\nthreads {options.threads}, target {target.name}, draft {draft.name}")
    print_table(list(_read(options.out).values()))


def _measure(
    options: argparse.Namespace,
    prompts: list[dict[str, str]],
    engine: LocalEngine,
    servers: dict[int, LlamaServer],
    done: dict[str, dict[str, object]],
) -> None:
    with options.out.open("a", encoding="utf-8") as out:
        for number, prompt in enumerate(prompts):
            assert engine._pair is not None
            tokens = engine._pair.format.prompt((ChatMessage(Role.USER, prompt["prompt"]),)).tokens
            for temperature in TEMPERATURES:
                order = [(length, who) for length in LENGTHS for who in ("ours", "peer")]
                turned = number // len(KINDS) % 2  # within each kind, every other prompt
                for length, who in order[:: -1 if turned else 1]:
                    row = {"id": prompt["id"], "kind": prompt["kind"], "temperature": temperature}
                    row |= {"length": length, "who": who}
                    if _key(row) in done:
                        continue
                    if who == "ours":
                        timed = ours(engine, prompt["prompt"], length, temperature, options.tokens)
                    else:
                        timed = servers[length].answer(tokens, options.tokens, temperature, SEED)
                    row |= _figures(timed)
                    out.write(json.dumps(row) + "\n")
                    out.flush()
            print(f"{number + 1}/{len(prompts)} {prompt['id']}", file=sys.stderr)


def ours(engine: LocalEngine, prompt: str, length: int, temperature: float, tokens: int) -> Timed:
    """One run of our engine, nothing of an earlier one in its caches, as the peer's `cache_prompt` false."""
    assert engine._pair is not None
    for context in (engine._pair.target, engine._pair.draft):
        if context is not None:
            context.trim(0)
    request = GenerateRequest(
        messages=(ChatMessage(Role.USER, prompt),),
        sampling=Sampling(temperature=temperature, top_p=0.95, top_k=40),
        speculation=Speculation(Drafting.MODEL if length else Drafting.NONE, length, lookup=False),
        max_tokens=tokens,
        seed=SEED,
    )
    first_chunk = 0
    for event in engine.generate(request):
        if isinstance(event, StepDone) and not first_chunk:
            first_chunk = len(event.record.emitted)
        if isinstance(event, RunFinished):
            stats = event.stats
    metrics = stats.metrics
    steps_ms = metrics.draft_ms + metrics.verify_ms + metrics.sample_ms + metrics.other_ms
    return Timed(
        stats.tokens,
        first_chunk,
        (stats.ttft_ms or 0.0) / 1000,
        (stats.total_ms or 0.0) / 1000,
        stats.total_ms or 0.0,
        1 - stats.decode_ms / steps_ms,
        metrics.drafted,
        metrics.accepted,
    )


def _figures(timed: Timed) -> dict[str, object]:
    return {
        "tokens_per_second": timed.tokens_per_second,
        "total_ms": timed.total_ms,
        "tokens": list(timed.tokens),
        "outside_share": timed.outside_share,
        "drafted": timed.drafted,
        "accepted": timed.accepted,
    }


def print_table(rows: list[dict[str, object]]) -> None:
    """Tokens/s of both and their ratio, per kind, temperature and draft length."""
    print(
        "\n| kind | T | draft | ours, tokens/s | llama-server | ratio (95 %) | same text | outside llama_decode |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for temperature in TEMPERATURES:
        for length in LENGTHS:
            logs: list[float] = []
            for kind in KINDS:
                pairs = _pairs(rows, kind, temperature, length)
                if not pairs:
                    continue
                logs += [_ratio(pair) for pair in pairs]
                print(_line(kind, temperature, length, pairs))
            if logs:
                print(f"| **all** | {temperature:g} | {length or 'none'} | | | **{_interval(logs)}** | | |")


def _line(kind: str, temperature: float, length: int, pairs: list[tuple[dict, dict]]) -> str:
    speeds = [
        statistics.geometric_mean(row["tokens_per_second"] for row in side)
        for side in zip(*pairs, strict=True)
    ]
    same = sum(a["tokens"][: len(b["tokens"])] == b["tokens"][: len(a["tokens"])] for a, b in pairs)
    outside = statistics.fmean(a["outside_share"] for a, _ in pairs)
    ratio = _interval([_ratio(pair) for pair in pairs])
    return (
        f"| {kind} | {temperature:g} | {length or 'none'} | {speeds[0]:.2f} | {speeds[1]:.2f} | {ratio} "
        f"| {same}/{len(pairs)} | {outside:.2%} |"
    )


def _pairs(rows: list[dict], kind: str, temperature: float, length: int) -> list[tuple[dict, dict]]:
    """(ours, peer) rows of the same prompt."""
    found: dict[str, dict[str, dict]] = {}
    for row in rows:
        if (row["kind"], row["temperature"], row["length"]) == (kind, temperature, length):
            found.setdefault(row["id"], {})[row["who"]] = row
    return [(sides["ours"], sides["peer"]) for sides in found.values() if len(sides) == 2]


def _ratio(pair: tuple[dict, dict]) -> float:
    return pair[0]["tokens_per_second"] / pair[1]["tokens_per_second"]


def _interval(ratios: Sequence[float], draws: int = 2000) -> str:
    """Geometric mean and its percentile bootstrap interval over prompts."""
    rng = random.Random(1)
    means = sorted(statistics.geometric_mean(rng.choices(ratios, k=len(ratios))) for _ in range(draws))
    low, high = means[int(0.025 * draws)], means[int(0.975 * draws)]
    return f"{statistics.geometric_mean(ratios):.3f} ({low:.3f}–{high:.3f})"


def _read(path: Path) -> dict[str, dict[str, object]]:
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {_key(row): row for row in rows}


def _key(row: dict[str, object]) -> str:
    return json.dumps([row[name] for name in ("id", "temperature", "length", "who")])


def _prompts(path: Path, per_kind: int) -> list[dict[str, str]]:
    """The first prompts of each kind, kinds taking turns."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    kinds = [[row for row in rows if row["kind"] == kind][:per_kind] for kind in KINDS]
    return [row for group in zip(*kinds, strict=True) for row in group]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", type=Path, required=True, help="the llama-server binary")
    parser.add_argument("--models", type=Path, default=os.environ.get("SLIPSTREAM_MODELS"))
    parser.add_argument("--target", default="Qwen2.5-Coder-1.5B-Instruct.F16.gguf")
    parser.add_argument("--draft", default="Qwen2.5-Coder-0.5B-Instruct.Q4_0.gguf")
    parser.add_argument("--prompts-per-kind", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--out", type=Path, default=Path("versus_llama_server.jsonl"))
    options = parser.parse_args()
    if options.models is None:
        parser.error("--models or $SLIPSTREAM_MODELS must name the folder with the model files")
    options.models = Path(options.models).expanduser()
    return options


if __name__ == "__main__":
    main()
