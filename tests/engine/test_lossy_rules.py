"""Lossy rules: what they keep, that the oracle catches them, and that `relaxed` ends where thinking does."""

import numpy as np
import pytest
from oracle import Drafter, Speculation, adaptive_draft, argmax_draft, drawn_draft, outcomes
from rule_cases import (
    EXACT,
    RELAXED,
    TYPICAL,
    distribution,
    p_value,
    real_p_value,
    tiny_pair,
    worst_variation,
)

from slipstream.core.chat import AcceptRule
from slipstream.engine.acceptance import (
    AcceptanceRule,
    Draft,
    Relaxed,
    Verdict,
    block_wise,
    match,
    rule_for,
    token_wise,
    typical,
)
from slipstream.engine.acceptance.lossy import relaxed_keeps, typical_keeps
from slipstream.engine.sampling import Distribution

# --- by hand -----------------------------------------------------------------------------------------------


def test_relaxed_keeps_the_top_n_within_delta_of_the_likeliest() -> None:
    p = distribution(_1=0.7, _2=0.1, _3=0.05, _4=0.05, _5=0.1)
    assert [relaxed_keeps(p, token) for token in range(7)] == [False, True, True, False, False, True, False]
    flat = Distribution(np.arange(12, dtype=np.int32), np.full(12, 1 / 12))  # of equals the lowest ids
    assert [relaxed_keeps(flat, token) for token in range(12)] == [True] * 10 + [False] * 2


def test_typical_takes_less_the_flatter_the_target_is() -> None:
    sharp = distribution(_1=0.88, _2=0.1, _3=0.02)  # H = 0.421 nats: min(0.09, 0.197)
    assert [typical_keeps(sharp, token) for token in (1, 2, 3, 4)] == [True, True, False, False]
    probs = [0.2, 0.045, 0.035] + [0.03] * 24  # H = 3.1 nats: 0.3·exp(-H) = 0.0128
    wide = Distribution(np.arange(27, dtype=np.int32), np.array(probs))
    assert all(typical_keeps(wide, token) for token in range(27))
    assert not typical_keeps(wide, 27)
    middle = Distribution(
        np.arange(5, dtype=np.int32), np.array([0.4, 0.3, 0.15, 0.1, 0.05])
    )  # 0.3·exp(-1.39) = 0.075
    assert [typical_keeps(middle, token) for token in range(5)] == [True, True, True, True, False]


def test_what_the_exact_rule_would_have_refused_is_told() -> None:
    p, q = distribution(_1=0.6, _2=0.2, _3=0.2), distribution(_1=0.5, _2=0.5)
    rng = np.random.default_rng(0)
    drawn = Draft((1, 2, 2, 9), (q, q, q, distribution(_9=1.0)))
    taken = Draft((1, 2))
    for rule in (typical, Relaxed(block_wise, 4)):
        verdict = rule(drawn, lambda _: p, rng)
        assert verdict.accepted == 3
        assert verdict.refused == pytest.approx([0, 1 - 0.2 / 0.5, 1 - 0.2 / 0.5])
        assert rule(taken, lambda _: p, rng).refused == pytest.approx([1 - 0.6, 1 - 0.2])
    spanning = Relaxed(block_wise, 1)(drawn, lambda _: p, rng)
    assert spanning.refused == (0,)
    for exact in (match, token_wise, block_wise):
        assert exact(taken, lambda _: p, rng).refused == ()


def test_a_lossy_rule_draws_the_recovered_token_from_the_target() -> None:
    p = distribution(_1=0.6, _2=0.37, _3=0.03)
    for rule in (typical, Relaxed(block_wise, 1)):
        found = outcomes(lambda rng, rule=rule: rule(Draft((4,)), lambda _: p, rng))
        assert found == {Verdict(0, token): pytest.approx(p.probability(token)) for token in (1, 2, 3)}


def test_what_the_target_rules_out_is_never_kept() -> None:
    p, q = distribution(_1=0.5, _2=0.5), distribution(_3=1.0)
    for rule in (typical, Relaxed(block_wise, 1)):
        assert rule(Draft((3,), (q,)), lambda _: p, np.random.default_rng(0)).accepted == 0


def test_lossy_rules_judge_only_what_is_theirs() -> None:
    drawn, taken = Draft((1, 2), (distribution(_1=1.0), distribution(_2=1.0))), Draft((1, 2))
    assert rule_for(TYPICAL, drawn) is rule_for(TYPICAL, taken) is typical
    assert rule_for(TYPICAL, Draft(())) is match
    assert [rule_for(RELAXED, draft) for draft in (drawn, taken)] == [block_wise, match]  # no thinking
    assert [rule_for(RELAXED, draft, lambda _: 0) for draft in (drawn, taken)] == [block_wise, match]
    assert rule_for(RELAXED, drawn, lambda _: 1) == Relaxed(block_wise, 1)
    assert rule_for(RELAXED, taken, len) == Relaxed(match, 2)
    assert {rule.value for rule in AcceptRule if rule.changes_output} == {"relaxed", "typical"}


# --- against the oracle --------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("drafter", [argmax_draft, drawn_draft])
@pytest.mark.parametrize("accept", [RELAXED, TYPICAL])
def test_enumeration_detects_every_lossy_rule(accept: AcceptRule, drafter: Drafter, limit: int) -> None:
    assert worst_variation(drafter, limit, accept, thinking=4) > 0.05


@pytest.mark.parametrize("drafter", [argmax_draft, drawn_draft, adaptive_draft])
@pytest.mark.parametrize("thinking", [1, 2])
def test_after_thinking_every_token_is_the_targets_own(drafter: Drafter, thinking: int) -> None:
    """Given what was thought, be it relaxed as it may: also where one draft spans thinking and answer."""
    limit = 3
    for seed in range(3):
        target, draft = tiny_pair(seed)
        written = Speculation(target, draft, drafter, RELAXED, thinking).exact(limit + 1, limit)
        thoughts: dict[tuple[int, ...], float] = {}
        for text, probability in written.items():
            thoughts[text[:thinking]] = thoughts.get(text[:thinking], 0) + probability
        for text, probability in written.items():
            answer = 1.0
            for i in range(thinking, len(text)):
                answer *= target(text[:i]).probability(text[i])
            assert probability == pytest.approx(thoughts[text[:thinking]] * answer, abs=EXACT)


def test_enumeration_detects_a_rule_that_relaxes_past_the_end_of_thinking() -> None:
    """One draft that is judged as thinking to its end, though its second half is answer."""
    target, draft = tiny_pair(2)
    written = Speculation(target, draft, drawn_draft, RELAXED, thinking=3).exact(3, 2)
    first: dict[int, float] = {}
    for text, probability in written.items():
        first[text[0]] = first.get(text[0], 0) + probability
    off = [
        abs(
            probability
            - first[text[0]] * target(text[:1]).probability(text[1]) * target(text[:2]).probability(text[2])
        )
        for text, probability in written.items()
    ]
    assert sum(off) > 0.05


@pytest.mark.parametrize("accept", [RELAXED, TYPICAL])
def test_draws_detect_every_lossy_rule(accept: AcceptRule) -> None:
    assert p_value(drawn_draft, accept, 2, seed=2, thinking=3) < 1e-6


@pytest.mark.parametrize("rule", [typical, Relaxed(block_wise, 2)], ids=lambda rule: rule.name)
def test_draws_on_real_distributions_detect_every_lossy_rule(rule: AcceptanceRule) -> None:
    assert real_p_value(rule, seed=1) < 1e-6
