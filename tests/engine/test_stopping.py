"""The stopping problem against brute force, its thresholds, and the tables on which simpler rules fail."""

import itertools
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from slipstream.engine.pace.stopping import GRID, Policy, Prospects, best_policy, fixed_lengths


def prospects(
    verify_ms: list[float],
    kept: list[float],
    *,
    decode_ms: float = 1.0,
    follows: list[list[float]] | None = None,
    first: list[float] | None = None,
) -> Prospects:
    """One entry; `verify_ms` for 1, 2, … tokens. Confidences are met evenly unless said otherwise."""
    bins = len(kept)
    even = [1 / bins] * bins
    return Prospects(
        verify_ms=np.array([0.0, *verify_ms]),
        entry_ms=np.array([decode_ms]),
        decode_ms=decode_ms,
        kept=np.array(kept),
        first=np.array([first or even]),
        follows=np.array(follows or [even] * bins),
        entries=np.array([1.0]),
    )


# --- brute force ---------------------------------------------------------------------------------------------


def rate_of(p: Prospects, submits: frozenset[tuple[int, ...]], asks: frozenset[tuple[int, ...]]) -> float:
    """Tokens per ms of the policy that submits after these confidences and asks on after these, exactly."""

    def expected(seen: tuple[int, ...], survival: float) -> tuple[float, float]:
        """Tokens yielded and time spent from here on, all of `seen` submitted."""
        i = len(seen)
        if i == p.longest or (i > 0 and seen not in asks):
            return 0.0, float(p.verify_ms[i + 1])
        odds = p.follows[seen[-1]] if seen else p.first[0]
        tokens, ms = 0.0, p.decode_ms if seen else float(p.entry_ms[0])
        for b, chance in enumerate(odds):
            if (*seen, b) in submits:
                kept = survival * float(p.kept[b])
                more, later = expected((*seen, b), kept)
                tokens, ms = tokens + chance * (kept + more), ms + chance * later
            else:
                ms += chance * float(p.verify_ms[i + 1])
        return tokens, ms

    tokens, ms = expected((), 1.0)
    return (1 + tokens) / ms


def best_rate(p: Prospects) -> float:
    """The best rate of all deterministic policies, by trying them all."""
    bins = range(p.kept.size)
    paths = [
        path for length in range(1, p.longest + 1) for path in itertools.product(bins, repeat=length)
    ]  # what can have been seen
    goes_on = [path for path in paths if len(path) < p.longest]
    best = p.plain_rate
    for chosen in range(1 << len(paths)):
        submits = frozenset(path for i, path in enumerate(paths) if chosen >> i & 1)
        if any(len(path) > 1 and path[:-1] not in submits for path in submits):
            continue  # cannot be reached
        # Asking is worth it only where something may then be submitted: decided by what is.
        asks = frozenset(path for path in goes_on if any((*path, b) in submits for b in bins))
        best = max(best, rate_of(p, submits, asks))
    return best


@cache
def small_problems() -> tuple[Prospects, ...]:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(24):
        longest = int(rng.integers(1, 4))
        jags = rng.uniform(0, 6, longest)
        found.append(
            prospects(
                [10.0, *(10 + np.cumsum(jags))],
                sorted(rng.uniform(0.05, 1, 2)),
                decode_ms=float(rng.uniform(0.1, 3)),
                follows=rng.dirichlet([1, 1], 2).tolist(),
                first=rng.dirichlet([1, 1]).tolist(),
            )
        )
    return tuple(found)


@pytest.mark.parametrize("number", range(24))
def test_no_policy_has_a_better_rate(number: int) -> None:
    p = small_problems()[number]
    assert best_policy(p).rate == pytest.approx(best_rate(p), rel=0.01)


@pytest.mark.parametrize("number", range(24))
def test_the_decisions_bring_the_rate_they_promise(number: int) -> None:
    p = small_problems()[number]
    policy = best_policy(p)
    if policy.entering[0] <= 0:
        assert best_rate(p) == pytest.approx(p.plain_rate, rel=0.01)
        return
    submits, asks = set(), set()

    def walk(seen: tuple[int, ...], survival: float) -> None:
        for b in range(2):
            if policy.submits(len(seen), survival, b):
                submits.add((*seen, b))
                kept = survival * float(p.kept[b])
                if policy.asks(len(seen) + 1, kept, b):
                    asks.add((*seen, b))
                    walk((*seen, b), kept)

    walk((), 1.0)
    assert rate_of(p, frozenset(submits), frozenset(asks)) == pytest.approx(best_rate(p), rel=0.01)


def test_brute_force_would_notice_a_rule_that_looks_one_token_ahead() -> None:
    """Of two tokens the first is dear and the second free: only both together pay."""
    p = prospects([10.0, 19.5, 19.6, 19.7], [0.9, 0.95], decode_ms=0.1)
    assert best_rate(p) > 1.3 * p.plain_rate
    assert best_policy(p).rate == pytest.approx(best_rate(p), rel=0.01)


# --- thresholds ----------------------------------------------------------------------------------------------


def typical(**changes: object) -> Prospects:
    costs = [10.0 + 2.0 * n + (3.0 if n > 4 else 0) for n in range(9)]
    values: dict[str, object] = {"verify_ms": costs, "kept": [0.2, 0.5, 0.8, 0.97]}
    return prospects(**{**values, **changes})  # type: ignore[arg-type]  # checked by `prospects`


def test_surer_tokens_and_safer_drafts_go_on_sooner() -> None:
    policy = best_policy(typical())
    for i in range(8):
        table = [[policy.submits(i, s, b) for b in range(4)] for s in GRID]
        assert all(a <= b for row in table for a, b in itertools.pairwise(row))
        assert all(a <= b for column in zip(*table, strict=True) for a, b in itertools.pairwise(column))
        if i:
            asked = [policy.asks(i, s, 2) for s in GRID]
            assert asked == sorted(asked)


def test_dearer_time_ends_drafts_sooner() -> None:
    cheap, dear = Policy(typical(), 0.1), Policy(typical(), 0.3)
    assert dear.entering[0] < cheap.entering[0]
    decisions = list(itertools.product(range(8), GRID, range(4)))
    assert sum(cheap.submits(*d) for d in decisions) > sum(dear.submits(*d) for d in decisions)
    assert all(cheap.submits(*d) for d in decisions if dear.submits(*d))


def test_what_costs_next_to_nothing_and_never_fails_is_drafted_to_the_end() -> None:
    policy = best_policy(
        prospects([10.0] * 9, [0.5, 1.0], decode_ms=0.01, first=[0, 1], follows=[[0, 1]] * 2)
    )
    assert policy.rate == pytest.approx(9 / 10.08, rel=0.01)
    assert all(policy.submits(i, 1.0, 1) for i in range(8))
    assert all(policy.asks(i, 1.0, 1) for i in range(1, 8))
    assert not policy.asks(8, 1.0, 1)
    assert not policy.submits(8, 1.0, 1)


def test_where_entering_loses_nothing_is_drafted() -> None:
    p = typical(kept=[0.05] * 4)
    policy = best_policy(p)
    assert policy.entering[0] < 0
    assert policy.gain == 0
    assert policy.rate == p.plain_rate


def test_a_draft_of_no_length_is_ordinary_decoding() -> None:
    policy = best_policy(prospects([10.0], [0.9, 0.99]))
    assert policy.rate == pytest.approx(0.1)
    assert policy.entering[0] < 0
    assert not policy.submits(0, 1.0, 1)


def test_the_best_rate_is_found_from_any_start() -> None:
    p = typical()
    expected = best_policy(p).rate
    for start in (1e-9, p.plain_rate, expected, 3 * expected, 1e9):
        assert best_policy(p, start).rate == pytest.approx(expected, rel=0.005)


# --- the jagged table ----------------------------------------------------------------------------------------

JAGGED = {1: 59.0, 2: 105.0, 4: 192.0, 6: 242.0, 8: 478.0, 16: 546.0, 17: 550.0}  # 1.5B Q4_K_M, two cores, ms


def jagged(alpha: float) -> Prospects:
    """With a draft model that takes next to nothing, so that the jags alone decide."""
    costs = np.interp(range(1, 18), list(JAGGED), list(JAGGED.values()))
    return prospects(costs.tolist(), [alpha], decode_ms=3.0)


def test_one_token_ahead_never_drafts_where_the_whole_way_pays() -> None:
    p = jagged(0.99)
    policy = best_policy(p)
    assert policy.rate > 1.5 * p.plain_rate
    one_more = 0.99 - policy.rate * (p.decode_ms + p.verify_ms[2] - p.verify_ms[1])
    assert one_more < 0
    assert all(policy.asks(i, 0.99**i, 0) for i in range(1, 16))  # not stopped by the cliff at 8


def test_on_the_jagged_table_ordinary_drafts_do_not_pay() -> None:
    assert best_policy(jagged(0.8)).gain == 0


def test_fixed_lengths_are_what_they_yield_and_cost() -> None:
    gets, needs = fixed_lengths(prospects([10.0, 12.0, 15.0], [0.5], decode_ms=1.0))
    assert gets == pytest.approx([1.5, 1.75])
    assert needs == pytest.approx([1.3, 1.7])


def test_a_policy_beats_every_fixed_length_on_measured_tables() -> None:
    rows = json.loads((Path(__file__).parent / "data" / "cost_tables.json").read_text())
    for row in rows:
        sizes = {int(n): ms for n, ms in row["verify"].items()}
        costs = np.interp(range(1, 18), list(sizes), list(sizes.values())).tolist()
        p = prospects(costs, [0.3, 0.6, 0.9, 0.99], decode_ms=row["draft_ms"], first=[0.1, 0.2, 0.3, 0.4])
        gets, needs = fixed_lengths(p)
        assert best_policy(p).rate >= 0.995 * max(1.0, float((gets / needs).max())) * p.plain_rate
