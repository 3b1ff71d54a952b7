"""The lossless rules change nothing about what the target writes; lossy and broken ones are caught doing it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from oracle import (
    Drafter,
    Model,
    Speculation,
    TableModel,
    adaptive_draft,
    argmax_draft,
    draw_one_step,
    drawn_draft,
    dropping_draft,
    g_test,
    g_test_of_draws,
    no_draft,
    ordinary,
    outcomes,
    total_variation,
)

from slipstream.core.chat import AcceptRule, Sampling
from slipstream.engine import acceptance
from slipstream.engine.acceptance import (
    AcceptanceRule,
    Draft,
    Relaxed,
    Verdict,
    block_wise,
    expected_accepted,
    lossless,
    match,
    overlap,
    rule_for,
    token_wise,
    typical,
)
from slipstream.engine.acceptance.lossy import relaxed_keeps, typical_keeps
from slipstream.engine.sampling import Distribution, Sampler

LOSSLESS, TOKEN, MATCH = AcceptRule.LOSSLESS, AcceptRule.TOKEN, AcceptRule.MATCH
RELAXED, TYPICAL = AcceptRule.RELAXED, AcceptRule.TYPICAL
EXACT = 1e-12  # total variation; what rounding may leave
SIGNIFICANT = 0.001
DRAWS = 100_000


def distribution(**probs: float) -> Distribution:
    """distribution(_3=0.4, _7=0.6)"""
    ids = [int(name[1:]) for name in probs]
    return Distribution(np.array(ids, np.int32), np.array(list(probs.values())))


def broken_residual(p: Distribution, q: Distribution, share: float = 1.0) -> Distribution:
    """Wrong on purpose: forgets that the draft has had its share."""
    return p


# --- exact enumeration -------------------------------------------------------------------------------------


def tiny_pair(seed: int) -> tuple[Model, Model]:
    """A past-dependent pair over 3 tokens; by seed related or not, with tokens ruled out or not."""
    ruled_out = 0.3 if seed % 2 else 0.0
    target = TableModel(seed, 3, scale=1.5, ruled_out=ruled_out)
    draft = TableModel(seed + 1000, 3, 1.5, ruled_out, kin=None if ruled_out or seed % 3 else target)
    return target.sampled(Sampling(1.0, top_p=1, top_k=0)), draft.sampled(Sampling(0.8, top_p=0.9, top_k=0))


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


def worst_variation(drafter: Drafter, limit: int, accept: AcceptRule = LOSSLESS, thinking: int = 0) -> float:
    """How far from the target's own the output gets, over the pairs."""
    found = []
    for seed in range(6):
        target, draft = tiny_pair(seed)
        written = Speculation(target, draft, drafter, accept, thinking).exact(limit + 1, limit)
        assert sum(written.values()) == pytest.approx(1, abs=EXACT)
        found.append(total_variation(written, ordinary(target, limit + 1)))
    return max(found)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_enumeration_detects_a_residual_drawn_from_p(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "residual", broken_residual)
    assert worst_variation(drawn_draft, limit) > 0.05


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_enumeration_detects_drawn_tokens_dropped_for_their_own_probability(limit: int) -> None:
    assert worst_variation(dropping_draft, limit) > 0.05


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


def relaxed(exact: AcceptanceRule, thinking: int) -> AcceptanceRule:
    return Relaxed(exact, thinking)


RULES = [match, token_wise, block_wise, typical, relaxed(block_wise, 1), relaxed(match, 5)]


@pytest.mark.parametrize("drafter", [argmax_draft, drawn_draft, adaptive_draft])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_survival_is_the_distribution_of_what_is_kept(rule: AcceptanceRule, drafter: Drafter) -> None:
    """Of each draft by itself, against the rule as it runs, along all its branches."""
    for seed in range(4):
        target, draft = tiny_pair(seed)
        for start in range(3):
            drafted = drafter(draft, (start,), 3, np.random.default_rng(seed))
            at = partial(after, target, (start,), drafted)
            kept = outcomes(lambda rng, drafted=drafted, at=at: rule(drafted, at, rng).accepted)
            at_least = [
                sum(p for count, p in kept.items() if count >= i) for i in range(1, len(drafted.tokens) + 1)
            ]
            assert rule.survival(drafted, at) == pytest.approx(at_least, abs=EXACT)
            mean = sum(count * p for count, p in kept.items())
            assert expected_accepted(rule, drafted, at) == pytest.approx(mean, abs=EXACT)


def after(model: Model, context: tuple[int, ...], draft: Draft, i: int) -> Distribution:
    return model(context + draft.tokens[:i])


def test_expected_acceptance_averages_to_what_drawing_says() -> None:
    """Over drawn drafts; the overlap of the first position is exactly what token by token keeps there."""
    target, draft = table_pair()
    rng = np.random.default_rng(3)
    expected, counted, overlaps = [], [], []
    for _ in range(4000):
        drafted = drawn_draft(draft, (), 3, rng)
        at = partial(after, target, (), drafted)
        expected.append(expected_accepted(block_wise, drafted, at))
        counted.append(block_wise(drafted, at, rng).accepted)
        overlaps.append(token_wise.survival(drafted, at)[0])
    assert np.std(expected) < np.std(counted)
    assert np.mean(expected) == pytest.approx(np.mean(counted), abs=4 * np.std(counted) / 4000**0.5)
    assert overlap(target(()), draft(())) == pytest.approx(
        np.mean(overlaps), abs=4 * np.std(overlaps) / 4000**0.5
    )


def test_overlap_by_hand() -> None:
    p = distribution(_1=0.5, _4=0.3, _9=0.2)
    q = distribution(_0=0.2, _1=0.1, _4=0.6, _11=0.1)
    assert overlap(p, q) == pytest.approx(0.4)
    assert overlap(q, p) == pytest.approx(0.4)
    assert overlap(p, Distribution.point(4)) == pytest.approx(0.3)
    assert overlap(p, Distribution.point(2)) == 0


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


def test_lossy_rules_judge_only_what_is_theirs() -> None:
    drawn, taken = Draft((1, 2), (distribution(_1=1.0), distribution(_2=1.0))), Draft((1, 2))
    assert rule_for(TYPICAL, drawn) is rule_for(TYPICAL, taken) is typical
    assert rule_for(TYPICAL, Draft(())) is match
    assert [rule_for(RELAXED, draft) for draft in (drawn, taken)] == [block_wise, match]  # no thinking
    assert [rule_for(RELAXED, draft, lambda _: 0) for draft in (drawn, taken)] == [block_wise, match]
    assert rule_for(RELAXED, drawn, lambda _: 1) == Relaxed(block_wise, 1)
    assert rule_for(RELAXED, taken, len) == Relaxed(match, 2)
    assert {rule.value for rule in AcceptRule if rule.changes_output} == {"relaxed", "typical"}


def test_a_token_its_distribution_rules_out_is_a_bug_not_a_verdict() -> None:
    draft = Draft((1,), (distribution(_2=1.0),))
    with pytest.raises(ValueError, match="not drawn"):
        token_wise(draft, lambda _: distribution(_1=0.5, _2=0.5), np.random.default_rng(0))
    with pytest.raises(ValueError, match="1 tokens with 2 distributions"):
        Draft((1,), (distribution(_1=1.0), distribution(_1=1.0)))


# --- 10⁵ draws, through sampler and rules --------------------------------------------------------------------

SAMPLING = Sampling(temperature=0.8, top_k=8, top_p=0.95)


def table_pair(sampling: Sampling = SAMPLING) -> tuple[Model, Model]:
    target = TableModel(5, 20, scale=2)
    return target.sampled(sampling), TableModel(6, 20, scale=2, kin=target).sampled(sampling)


def p_value(drafter: Drafter, accept: AcceptRule, limit: int, seed: int, thinking: int = 0) -> float:
    target, draft = table_pair()
    speculation = Speculation(target, draft, drafter, accept, thinking)
    expected = ordinary(target, limit + 1)
    return g_test_of_draws(lambda rng: speculation.write(limit + 1, limit, rng), expected, DRAWS, seed)


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


@pytest.mark.parametrize("accept", [RELAXED, TYPICAL])
def test_draws_detect_every_lossy_rule(accept: AcceptRule) -> None:
    assert p_value(drawn_draft, accept, 2, seed=2, thinking=3) < 1e-6


REAL_ROWS = Path(__file__).parent / "data" / "real_rows.npz"


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


@pytest.mark.parametrize("rule", [match, token_wise, block_wise], ids=lambda rule: rule.name)
def test_draws_on_real_distributions(rule: AcceptanceRule) -> None:
    assert real_p_value(rule, seed=1) > SIGNIFICANT


def test_draws_on_real_distributions_detect_a_residual_drawn_from_p(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossless, "residual", broken_residual)
    assert real_p_value(token_wise, seed=1) < 1e-6


@pytest.mark.parametrize("rule", [typical, Relaxed(block_wise, 2)], ids=lambda rule: rule.name)
def test_draws_on_real_distributions_detect_every_lossy_rule(rule: AcceptanceRule) -> None:
    assert real_p_value(rule, seed=1) < 1e-6


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
