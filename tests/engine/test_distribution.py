"""Distributions over tokens: drawing, looking up, comparing; few tokens and many alike."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from oracle import g_test, outcomes

from slipstream.engine.distribution import LONG, Distribution, Probs, every_token, total


def long_probs(seed: int, size: int, kind: type[np.floating]) -> Probs:
    """Uneven probabilities, a third of them 0."""
    rng = np.random.default_rng(seed)
    weights = rng.random(size) ** 8 * (rng.random(size) < 2 / 3)
    return (weights / weights.sum()).astype(kind)


def sparse(seed: int, size: int, among: int) -> Distribution:
    rng = np.random.default_rng(seed)
    ids = np.sort(rng.permutation(among)[:size]).astype(np.int32)
    return Distribution(ids, rng.dirichlet(np.ones(size)))


def as_table(distribution: Distribution, size: int) -> NDArray[np.float64]:
    table = np.zeros(size)
    table[distribution.ids] = distribution.probs
    return table


def test_draw_follows_the_probabilities_exactly() -> None:
    for ids, probs in (([4], [1.0]), ([1, 5, 6], [0.2, 0.5, 0.3]), (list(range(0, 80, 2)), [1 / 40] * 40)):
        drawn = outcomes(Distribution(np.array(ids, np.int32), np.array(probs)).draw)
        assert drawn == pytest.approx(dict(zip(ids, probs, strict=True)), abs=1e-15)


def test_draw_survives_a_sum_just_below_1() -> None:
    class AlmostOne:
        def random(self) -> float:
            return math.nextafter(1, 0)

    distribution = Distribution(np.array([2, 3], np.int32), np.array([0.5, 0.5 - 1e-12]))
    assert distribution.draw(AlmostOne()) == 3


def test_draws_repeat_with_the_seed() -> None:
    distribution = Distribution(np.arange(8, dtype=np.int32), np.full(8, 1 / 8))
    first, again, other = (
        [distribution.draw(rng) for _ in range(50)] for rng in map(np.random.default_rng, (3, 3, 4))
    )
    assert first == again != other


def test_probability_and_mode() -> None:
    distribution = Distribution(np.array([3, 7, 90], np.int32), np.array([0.2, 0.4, 0.4]))
    assert [distribution.probability(token) for token in (0, 3, 5, 7, 90, 91)] == [0, 0.2, 0, 0.4, 0.4, 0]
    assert distribution.mode == 7
    point = Distribution.point(12)
    assert (point.mode, point.probability(12), point.probability(11)) == (12, 1.0, 0.0)


class Always:
    """A generator of one number."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        return self.number


@pytest.mark.parametrize("size", [LONG, LONG + 1, LONG + 63, 5000])
def test_a_long_draw_gives_each_token_its_interval(size: int) -> None:
    """The intervals [0, 1) falls into, one a token: each begins where the draw says it does, and is p long."""
    probs = long_probs(size, size, np.float64)
    distribution = Distribution(every_token(size), probs)
    width = size // 64
    whole = width * 64
    # The order of drawing: column by column, then the tokens that fill no column.
    order = np.concatenate((np.arange(whole).reshape(64, width).T.ravel(), np.arange(whole, size)))
    order = order[probs[order] > 0]
    ends = probs[order].cumsum()
    middles = ends - probs[order] / 2
    wide = probs[order] > 1e-13  # wider than what rounding moves
    drawn = [distribution.draw(Always(middle)) for middle in middles[wide].tolist()]
    assert len(drawn) > size / 2
    assert drawn == order[wide].tolist()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_long_draw_never_returns_an_impossible_token(kind: type[np.floating]) -> None:
    probs = long_probs(1, 20_011, kind)
    probs[-700:] = 0  # of the last line and of the tokens after it
    distribution = Distribution(every_token(20_011), probs)
    for number in (0.0, 5e-324, 1e-9, *np.linspace(0, 1, 300).tolist(), math.nextafter(1, 0)):
        assert probs[distribution.draw(Always(number))] > 0


def test_long_draws_follow_the_probabilities() -> None:
    """40,000 draws in float32; the tokens are pooled by id, which goes across columns."""
    probs = long_probs(2, 30_000, np.float32)
    distribution = Distribution(every_token(30_000), probs)
    rng = np.random.default_rng(3)
    drawn = np.array([distribution.draw(rng) for _ in range(40_000)])
    counts = np.bincount(drawn // 100, minlength=300)
    assert g_test(counts.tolist(), probs.reshape(300, 100).sum(axis=1, dtype=np.float64).tolist()) > 0.001


SIZES = [1, 3, 40, LONG - 1, LONG, 9000, 12_000]


@pytest.mark.parametrize("mine", SIZES)
@pytest.mark.parametrize("others", SIZES)
def test_probabilities_of_anothers_tokens(mine: int, others: int) -> None:
    """Of few and many, all and some tokens; 12,000 are all there are."""
    p, q = sparse(mine, mine, 12_000), sparse(others + 1, others, 12_000)
    assert p.on(q).tolist() == as_table(p, 12_000)[q.ids].tolist()


def test_probabilities_of_every_token_where_vocabularies_differ_in_size() -> None:
    small = Distribution(every_token(5000), long_probs(1, 5000, np.float32))
    large = Distribution(every_token(5600), long_probs(2, 5600, np.float32))
    assert small.on(large).tolist() == [*small.probs.tolist(), *[0.0] * 600]
    assert large.on(small).tolist() == large.probs[:5000].tolist()
    assert small.on(small) is small.probs  # and no work at all


def test_a_long_comparison_stays_in_float32() -> None:
    """A float64 array among them would double the work and the memory."""
    long = Distribution(every_token(5000), long_probs(1, 5000, np.float32))
    assert Distribution.point(17).on(long).dtype == np.float32


@pytest.mark.parametrize("size", [5, 5000])
def test_proportional_to_weights(size: int) -> None:
    weights = long_probs(5, size, np.float32 if size >= LONG else np.float64) * 40
    weights[1] = 0
    ids = np.arange(size, dtype=np.int32) * 2
    got = Distribution.proportional(ids, weights)
    assert got.probs.dtype == weights.dtype
    table = as_table(got, 2 * size)
    assert table[::2] == pytest.approx(weights / weights.sum(dtype=np.float64), rel=1e-6, abs=0)
    if size < LONG:  # and only possible tokens are kept
        assert got.ids.tolist() == ids[weights > 0].tolist()


def test_total_of_a_long_row() -> None:
    rng = np.random.default_rng(6)
    for size in (1, 63, 64, 65, 151_665):
        weights = np.exp(rng.standard_normal(size) * 5).astype(np.float32)
        assert total(weights) == pytest.approx(math.fsum(weights.tolist()), rel=1e-6)
