"""The lossless rules change nothing about what the target writes; broken ones are caught doing it."""

from dataclasses import replace

import numpy as np
import pytest
from oracle import (
    Drafter,
    Model,
    Speculation,
    adaptive_draft,
    argmax_draft,
    drawn_draft,
    dropping_draft,
    g_test,
    no_draft,
    ordinary,
    outcomes,
    total_variation,
)
from rule_cases import (
    EXACT,
    LOSSLESS,
    MATCH,
    RELAXED,
    SIGNIFICANT,
    TOKEN,
    distribution,
    p_value,
    real_p_value,
    table_pair,
    tiny_pair,
    worst_variation,
)

from slipstream.core.chat import AcceptRule, Sampling
from slipstream.engine import acceptance
from slipstream.engine.acceptance import (
    AcceptanceRule,
    Draft,
    Relaxed,
    Verdict,
    block_wise,
    lossless,
    match,
    rule_for,
    token_wise,
    typical,
)
from slipstream.engine.sampling import Distribution


def broken_residual(p: Distribution, q: Distribution, share: float = 1.0) -> Distribution:
    """Wrong on purpose: forgets that the draft has had its share."""
    return p


# --- exact enumeration -------------------------------------------------------------------------------------


LOSSLESS_WAYS = [
    (no_draft, LOSSLESS),
    (argmax_draft, MATCH),
    (drawn_draft, MATCH),
    (dropping_draft, MATCH),  # harmless under match: nothing there depends on how a token came about
    (argmax_draft, LOSSLESS),
    (drawn_draft, LOSSLESS),
    (adaptive_draft, LOSSLESS),
    (argmax_draft, TOKEN),
    (drawn_draft, TOKEN),
    (adaptive_draft, TOKEN),
    (argmax_draft, RELAXED),  # nothing here is thinking
    (drawn_draft, RELAXED),
]


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize(("drafter", "accept"), LOSSLESS_WAYS)
def test_output_is_distributed_as_the_targets_own(drafter: Drafter, accept: AcceptRule, limit: int) -> None:
    for seed in range(6):
        target, draft = tiny_pair(seed)
        written = Speculation(target, draft, drafter, accept).exact(limit + 1, limit)
        assert sum(written.values()) == pytest.approx(1, abs=EXACT)
        assert total_variation(written, ordinary(target, limit + 1)) < EXACT, f"seed {seed}"


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_enumeration_detects_a_residual_drawn_from_p(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "residual", broken_residual)
    assert worst_variation(drawn_draft, limit) > 0.05


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_enumeration_detects_drawn_tokens_dropped_for_their_own_probability(limit: int) -> None:
    assert worst_variation(dropping_draft, limit) > 0.05


@pytest.mark.parametrize("seed", range(6))
def test_acceptance_is_what_theory_says(seed: int) -> None:
    """Token-wise keeps Σ min(p, q) of drawn tokens; match keeps p(x) of token x."""
    target, draft = tiny_pair(seed)
    p, q = target(()), draft(())

    def accepted(rule: AcceptanceRule, drafted: Draft, rng: np.random.Generator) -> int:
        return rule(drafted, lambda i: target(drafted.tokens[:i]), rng).accepted

    drawn = outcomes(lambda rng: accepted(token_wise, drawn_draft(draft, (), 1, rng), rng))
    overlap = sum(min(p.probability(x), q.probability(x)) for x in range(3))
    assert drawn.get(1, 0) == pytest.approx(overlap, abs=EXACT)
    for rule in (match, token_wise):
        likeliest = outcomes(lambda rng, rule=rule: accepted(rule, Draft((q.mode,)), rng))
        assert likeliest.get(1, 0) == pytest.approx(p.probability(q.mode), abs=EXACT)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_block_verification_keeps_no_fewer_than_token_by_token(limit: int) -> None:
    """In expectation, on every pair; the same for a single token, more for longer drafts."""
    gains = []
    for seed in range(6):
        target, draft = tiny_pair(seed)

        def expected(rule: AcceptanceRule, target: Model = target, draft: Model = draft) -> float:
            def accepted(rng: np.random.Generator) -> int:
                drafted = drawn_draft(draft, (), limit, rng)
                return rule(drafted, lambda i: target(drafted.tokens[:i]), rng).accepted

            return sum(count * probability for count, probability in outcomes(accepted).items())

        gains.append(expected(block_wise) - expected(token_wise))
    assert min(gains) >= -EXACT
    if limit == 1:
        assert max(gains) <= EXACT
    else:
        assert max(gains) > 0.005


def test_a_drawn_draft_is_kept_whole_where_draft_and_target_agree() -> None:
    target, _ = tiny_pair(0)
    step = Speculation(target, target, drawn_draft, LOSSLESS).step
    assert {len(emitted) for emitted in outcomes(lambda rng: step((), 3, rng))} == {4}


# --- by hand -----------------------------------------------------------------------------------------------


def test_residual_is_what_the_target_holds_beyond_the_draft() -> None:
    p = distribution(_1=0.5, _4=0.3, _9=0.2)
    q = distribution(_0=0.2, _1=0.1, _4=0.6, _11=0.1)
    left = acceptance.residual(p, q)
    assert left.ids.tolist() == [1, 9]
    assert left.probs == pytest.approx([0.4 / 0.6, 0.2 / 0.6])


@pytest.mark.parametrize("difference", [0.0, 4e-13])
def test_a_residual_of_rounding_errors_is_the_target(difference: float) -> None:
    p = distribution(_2=0.5, _5=0.5)
    q = distribution(_2=0.5 - difference, _5=0.5 + difference)
    assert acceptance.residual(p, q) is p


def test_residual_just_above_rounding_is_used() -> None:
    p = distribution(_2=0.5, _5=0.5)
    q = distribution(_2=0.5 - 1e-11, _5=0.5 + 1e-11)
    assert acceptance.residual(p, q).ids.tolist() == [2]


def test_the_target_is_asked_for_no_more_than_needed() -> None:
    asked: list[int] = []

    def target(i: int) -> Distribution:
        asked.append(i)
        return Distribution.point(7)

    rng = np.random.default_rng(0)
    for rule in (match, token_wise, typical, Relaxed(match, 3)):
        lossy = rule.name in ("typical", "relaxed")
        asked.clear()
        assert rule(Draft((7, 8, 9)), target, rng) == Verdict(1, 7, (0,) if lossy else ())
        assert asked == [0, 1]
        asked.clear()
        assert rule(Draft((7, 7)), target, rng) == Verdict(2, 7, (0, 0) if lossy else ())
        assert asked == [0, 1, 2]
        asked.clear()
        assert rule(Draft(()), target, rng) == Verdict(0, 7)
        assert asked == [0]


def test_the_rule_follows_choice_and_draft() -> None:
    drawn, taken = Draft((1,), (distribution(_1=1.0),)), Draft((1,))
    assert [rule_for(LOSSLESS, draft) for draft in (drawn, taken)] == [block_wise, match]
    assert [rule_for(TOKEN, draft) for draft in (drawn, taken)] == [token_wise, token_wise]
    assert [rule_for(MATCH, draft) for draft in (drawn, taken)] == [match, match]
    assert {accept for accept in AcceptRule if not acceptance.wants_drawn_draft(accept)} == {MATCH}


def test_a_token_its_distribution_rules_out_is_a_bug_not_a_verdict() -> None:
    draft = Draft((1,), (distribution(_2=1.0),))
    with pytest.raises(ValueError, match="not drawn"):
        token_wise(draft, lambda _: distribution(_1=0.5, _2=0.5), np.random.default_rng(0))
    with pytest.raises(ValueError, match="1 tokens with 2 distributions"):
        Draft((1,), (distribution(_1=1.0), distribution(_1=1.0)))


# --- 10⁵ draws, through sampler and rules --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drafter", "accept", "limit"),
    [
        (argmax_draft, MATCH, 3),
        (drawn_draft, TOKEN, 2),
        (drawn_draft, LOSSLESS, 3),
        (adaptive_draft, LOSSLESS, 2),
        (drawn_draft, RELAXED, 2),
    ],
)
def test_draws_on_the_table_model(drafter: Drafter, accept: AcceptRule, limit: int) -> None:
    assert p_value(drafter, accept, limit, seed=limit) > SIGNIFICANT


def test_draws_detect_a_residual_drawn_from_p(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "residual", broken_residual)
    assert p_value(drawn_draft, TOKEN, 2, seed=2) < 1e-6


def test_draws_detect_drawn_tokens_dropped_for_their_own_probability() -> None:
    assert p_value(dropping_draft, LOSSLESS, 2, seed=2) < 1e-6


@pytest.mark.parametrize("rule", [match, token_wise, block_wise], ids=lambda rule: rule.name)
def test_draws_on_real_distributions(rule: AcceptanceRule) -> None:
    assert real_p_value(rule, seed=1) > SIGNIFICANT


def test_draws_on_real_distributions_detect_a_residual_drawn_from_p(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "residual", broken_residual)
    assert real_p_value(token_wise, seed=1) < 1e-6


def test_g_test_by_hand() -> None:
    # G = 2·(60 ln 1.2 + 40 ln 0.8) = 4.027 on 1 degree of freedom
    assert g_test([60, 40], [0.5, 0.5]) == pytest.approx(0.04477, abs=1e-4)
    assert g_test([60, 40, 0], [0.5, 0.5, 0]) == pytest.approx(0.04477, abs=1e-4)
    assert g_test([60, 38, 2], [0.5, 0.49, 0.01]) == pytest.approx(0.04477, abs=1e-4)  # pooled
    assert g_test([60, 39, 1], [0.5, 0.5, 0]) == 0


# --- seeds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drafter", "accept"), [(drawn_draft, LOSSLESS), (drawn_draft, TOKEN), (argmax_draft, MATCH)]
)
def test_a_seed_repeats(drafter: Drafter, accept: AcceptRule) -> None:
    target, draft = table_pair()
    speculation = Speculation(target, draft, drafter, accept)
    one, same, other = (speculation.write(60, 3, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert one == same
    assert one != other


def test_greedy_writes_what_the_target_alone_writes() -> None:
    target, draft = table_pair(Sampling(temperature=0))
    alone = next(iter(ordinary(target, 40)))
    for drafter in (no_draft, argmax_draft, drawn_draft):
        for accept in AcceptRule:
            speculation = Speculation(target, draft, drafter, accept)
            assert speculation.write(40, 3, np.random.default_rng()) == alone
            thinking = replace(speculation, thinking=40)
            assert thinking.write(40, 3, np.random.default_rng()) == alone
