"""What a position costs outside llama_decode, by sampler settings: microseconds at a vocabulary of 151,936.

    python tests/benchmarks/sampling_cost.py

Rows are real ones (SmolLM2-135M and its Q2_K copy, tests/engine/data), spread over a Qwen-sized vocabulary above
a bed of unlikely tokens. "warm" is the least of many repeats; "cold" the median after everything was driven out
of the caches, code included, as a decode of a large model does. Compare the columns, not machines.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import Sampling
from slipstream.engine.acceptance import overlap, residual
from slipstream.engine.sampling import Sampler, raw_probability

REAL_ROWS = Path(__file__).parents[1] / "engine" / "data" / "real_rows.npz"
N_VOCAB = 151_936
WARM_REPEATS, COLD_REPEATS = 100, 9
EVICTED = 96 << 20  # bytes; three times a server's last-level cache slice

SETTINGS = {
    "T=0": Sampling(0),
    "T=0.6 top-p 0.95 top-k 40": Sampling(),
    "T=0.6 top-p 0.95": Sampling(top_k=0),
    "T=0.6, no cuts": Sampling(top_p=1, top_k=0),
    "T=1, no cuts": Sampling(1, top_p=1, top_k=0),
}


def spread_rows() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A target's row and its draft's, each (N_VOCAB,)."""
    rng = np.random.default_rng(0)
    places = rng.permutation(N_VOCAB)
    rows = []
    with np.load(REAL_ROWS) as real:
        for model in ("target", "draft"):
            logits = real[f"{model}_logits"][0].astype(np.float32)
            row = logits.min() - abs(rng.normal(0, 3, N_VOCAB).astype(np.float32))
            row[places[real[f"{model}_ids"][0]]] = logits
            rows.append(row)
    return rows[0], rows[1]


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def measured(work: Callable[[], object], ballast: NDArray[np.uint8]) -> str:
    """Warm and cold microseconds."""
    warm = min(seconds(work) for _ in range(WARM_REPEATS))
    cold = []
    for _ in range(COLD_REPEATS):
        ballast[::64] += 1
        cold.append(seconds(work))
    return f"{warm * 1e6:.0f} / {median(cold) * 1e6:.0f}"


def main() -> None:
    target_row, draft_row = spread_rows()
    ballast = np.zeros(EVICTED, np.uint8)
    recent = np.empty(0, np.int32)
    columns = ("settings (µs, warm / cold)", "tokens", "sample", "draw", "residual", "overlap", "with raw")
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for name, sampling in SETTINGS.items():
        sampler = Sampler(sampling, N_VOCAB)
        p, q = sampler.distribution(target_row, recent), sampler.distribution(draft_row, recent)
        rng = np.random.default_rng(0)
        token = p.mode
        works: tuple[Callable[[], object], ...] = (
            lambda sampler=sampler: sampler.distribution(target_row, recent),
            lambda p=p, rng=rng: p.draw(rng),
            lambda p=p, q=q: residual(p, q),
            lambda p=p, q=q: overlap(p, q),
            lambda sampler=sampler, token=token: (
                sampler.distribution(target_row, recent),
                raw_probability(target_row, [token]),
            ),
        )
        cells = [name, f"{p.ids.size:,}", *(measured(work, ballast) for work in works)]
        print("| " + " | ".join(cells) + " |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
