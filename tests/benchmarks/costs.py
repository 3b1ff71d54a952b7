"""What a decode of n tokens costs, for a target and its draft: a cost table to simulate the pace controller with.

    python tests/benchmarks/costs.py --target FILE --draft FILE [--passes 7] [--out cost_tables.json]

Both models are loaded, and every pass measures every batch size of both once, in an order drawn anew, so that a
drift of the machine falls on all sizes alike and no decode finds the caches as warm as a decode of the same
model just before would leave them. The medians over the passes make the table, which replaces that of the same
name in `--out`:

    name         target file, without ".gguf"
    verify       {n: ms} of a target decode of n tokens with n rows of logits (a step that drafts n - 1)
    draft_ms     ms of one draft decode in a row of them, as a draft grows
    draft_batch  {n: ms} of a draft decode of n tokens with one row of logits (catching up)
    position     tokens in the cache
    passes, threads, draft, system: how it was measured

It knows nothing of acceptance, nor of what the loop takes beside the decodes.
"""

import argparse
import json
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from slipstream.core.chat import PairSpec
from slipstream.engine.backend import physical_cores, system_info
from slipstream.engine.context import Context, NativeStopFlag
from slipstream.engine.costing import decode_ms, read_up_to
from slipstream.engine.pair import Pair, load_pair

VERIFIED = (*range(1, 18), 24, 32, 48, 64)
CAUGHT_UP = (1, 2, 3, 4, 5, 6, 8, 12, 16, 32, 64)
ROW_OF_DRAFTS = 8  # draft decodes in a row; the first one, after another model's decode, is left out


@dataclass(frozen=True)
class CostTable:
    """The fields are explained at the top of this module."""

    name: str
    draft: str
    position: int
    verify: dict[int, float]
    draft_ms: float
    draft_batch: dict[int, float]
    passes: int
    threads: int
    system: str


def main() -> None:
    options = _options()
    spec = PairSpec(options.target, options.draft, 2 * options.position + 128, threads=options.threads)
    pair = load_pair(spec, lambda _progress: None, NativeStopFlag())
    try:
        table = measure(pair, options.position, options.passes, options.threads)
    finally:
        pair.close()
    text = json.dumps(asdict(table))
    print(text)
    if options.out:
        keep = json.loads(options.out.read_text("utf-8")) if options.out.exists() else []
        tables = [other for other in keep if other["name"] != table.name] + [json.loads(text)]
        lines = ",\n".join(json.dumps(each) for each in sorted(tables, key=lambda each: each["name"]))
        options.out.write_text(f"[\n{lines}\n]\n", "utf-8")


def measure(pair: Pair, position: int, passes: int, threads: int) -> CostTable:
    """Run the passes; about 10 s each for a 1.5B target on two cores. Raises RuntimeError without a draft."""
    target, draft = pair.target, pair.draft
    if draft is None:
        raise RuntimeError(pair.loaded.draft_problem or "no draft")
    times: dict[tuple[str, int], list[float]] = {}
    jobs: list[tuple[str, int, Callable[[], float]]] = []
    first = position + 1  # the place of the first token decoded
    jobs += [("verify", n, partial(decode_ms, target, first, n, all_rows=True)) for n in VERIFIED]
    jobs += [("draft", n, partial(decode_ms, draft, first, n, all_rows=False)) for n in CAUGHT_UP]
    jobs.append(("row", 1, partial(draft_ms, draft, first)))
    order = random.Random(1)
    for done in range(passes):
        order.shuffle(jobs)
        for kind, n, job in jobs:
            times.setdefault((kind, n), []).append(job())
        print(f"pass {done + 1}/{passes}", file=sys.stderr)
    median = {key: round(statistics.median(values), 3) for key, values in times.items()}
    return CostTable(
        name=target.model.path.stem,
        draft=draft.model.path.stem,
        position=position,
        verify={n: median["verify", n] for n in VERIFIED},
        draft_ms=median["row", 1],
        draft_batch={n: median["draft", n] for n in CAUGHT_UP},
        passes=passes,
        threads=threads,
        system=system_info(),
    )


def draft_ms(context: Context, position: int) -> float:
    """The mean of single decodes one after the other, the first one left out."""
    tokens = read_up_to(context, position, ROW_OF_DRAFTS)
    context.score(tokens[:position])
    before = context.decode_ms
    for n in range(1, ROW_OF_DRAFTS):
        context.score(tokens[: position + n])
    return (context.decode_ms - before) / (ROW_OF_DRAFTS - 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--draft", type=Path, required=True)
    parser.add_argument("--position", type=int, default=256, help="tokens in the cache")
    parser.add_argument("--passes", type=int, default=7)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--out", type=Path, help="a JSON list of tables, made or updated")
    return parser.parse_args()


if __name__ == "__main__":
    main()
