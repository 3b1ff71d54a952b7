"""Expected acceptance, computed without drawing, is what the rules keep when they run."""

from functools import partial

import numpy as np
import pytest
from oracle import Drafter, Model, adaptive_draft, argmax_draft, drawn_draft, outcomes
from rule_cases import EXACT, distribution, table_pair, tiny_pair

from slipstream.engine.acceptance import (
    AcceptanceRule,
    Draft,
    Relaxed,
    block_wise,
    expected_accepted,
    match,
    overlap,
    token_wise,
    typical,
)
from slipstream.engine.sampling import Distribution

RULES = [match, token_wise, block_wise, typical, Relaxed(block_wise, 1), Relaxed(match, 5)]


def after(model: Model, context: tuple[int, ...], draft: Draft, i: int) -> Distribution:
    return model(context + draft.tokens[:i])


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
