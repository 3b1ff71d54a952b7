"""Pairs of distributions that acceptance rules are tried on: tiny tables, larger ones, and rows of a real model."""

from pathlib import Path

import numpy as np
import pytest
from oracle import (
    Drafter,
    Model,
    Speculation,
    TableModel,
    draw_one_step,
    g_test_of_draws,
    ordinary,
    total_variation,
)

from slipstream.core.chat import AcceptRule, Sampling
from slipstream.engine.acceptance import AcceptanceRule
from slipstream.engine.sampling import Distribution, Sampler

LOSSLESS, TOKEN, MATCH = AcceptRule.LOSSLESS, AcceptRule.TOKEN, AcceptRule.MATCH
RELAXED, TYPICAL = AcceptRule.RELAXED, AcceptRule.TYPICAL
EXACT = 1e-12  # total variation; what rounding may leave
SIGNIFICANT = 0.001
DRAWS = 100_000
SAMPLING = Sampling(temperature=0.8, top_k=8, top_p=0.95)
REAL_ROWS = Path(__file__).parent / "data" / "real_rows.npz"


def distribution(**probs: float) -> Distribution:
    """distribution(_3=0.4, _7=0.6)"""
    ids = [int(name[1:]) for name in probs]
    return Distribution(np.array(ids, np.int32), np.array(list(probs.values())))


def tiny_pair(seed: int) -> tuple[Model, Model]:
    """A past-dependent pair over 3 tokens; by seed related or not, with tokens ruled out or not."""
    ruled_out = 0.3 if seed % 2 else 0.0
    target = TableModel(seed, 3, scale=1.5, ruled_out=ruled_out)
    draft = TableModel(seed + 1000, 3, 1.5, ruled_out, kin=None if ruled_out or seed % 3 else target)
    return target.sampled(Sampling(1.0, top_p=1, top_k=0)), draft.sampled(Sampling(0.8, top_p=0.9, top_k=0))


def worst_variation(drafter: Drafter, limit: int, accept: AcceptRule = LOSSLESS, thinking: int = 0) -> float:
    """How far from the target's own the output gets, over the pairs."""
    found = []
    for seed in range(6):
        target, draft = tiny_pair(seed)
        written = Speculation(target, draft, drafter, accept, thinking).exact(limit + 1, limit)
        assert sum(written.values()) == pytest.approx(1, abs=EXACT)
        found.append(total_variation(written, ordinary(target, limit + 1)))
    return max(found)


def table_pair(sampling: Sampling = SAMPLING) -> tuple[Model, Model]:
    target = TableModel(5, 20, scale=2)
    return target.sampled(sampling), TableModel(6, 20, scale=2, kin=target).sampled(sampling)


def p_value(drafter: Drafter, accept: AcceptRule, limit: int, seed: int, thinking: int = 0) -> float:
    target, draft = table_pair()
    speculation = Speculation(target, draft, drafter, accept, thinking)
    expected = ordinary(target, limit + 1)
    return g_test_of_draws(lambda rng: speculation.write(limit + 1, limit, rng), expected, DRAWS, seed)


def real_pair() -> tuple[list[Distribution], list[Distribution]]:
    """Three target and two draft distributions of SmolLM2-135M (F16, Q2_K) at the same places of a text."""
    with np.load(REAL_ROWS) as rows:
        n_vocab = int(rows["n_vocab"])
        sampler = Sampler(Sampling(temperature=0.9, top_k=40, top_p=0.95), n_vocab)
        dense = {}
        for model in ("target", "draft"):
            dense[model] = np.full((len(rows[f"{model}_ids"]), n_vocab), -np.inf, np.float32)
            np.put_along_axis(
                dense[model], rows[f"{model}_ids"].astype(np.intp), rows[f"{model}_logits"], axis=1
            )
    recent = np.empty(0, np.int32)
    p, q = ([sampler.distribution(row, recent) for row in dense[model]] for model in ("target", "draft"))
    return p[:3], q[:2]


def real_p_value(rule: AcceptanceRule, seed: int) -> float:
    p, q = real_pair()
    expected = ordinary(lambda context: p[len(context)], 3)
    return g_test_of_draws(lambda rng: draw_one_step(rule, p, q, rng), expected, DRAWS, seed)
