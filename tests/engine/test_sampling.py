"""The sampler against a slow, obvious one; raw probabilities."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from slipstream.core.chat import Sampling
from slipstream.core.errors import DecodeError
from slipstream.engine.distribution import LONG, Distribution
from slipstream.engine.logits import candidates
from slipstream.engine.sampling import Sampler, raw_probability

NOTHING = np.empty(0, np.int32)
WINDOW = 64


def reference(
    sampling: Sampling, row: NDArray[np.float32], n_vocab: int, recent: NDArray[np.int32]
) -> dict[int, float]:
    """Token → probability, by sorting everything."""
    x = row[:n_vocab].astype(np.float64)
    for token in set(recent[-WINDOW:].tolist()):
        if token < n_vocab:
            x[token] *= 1 / sampling.repeat_penalty if x[token] > 0 else sampling.repeat_penalty
    order = np.lexsort((np.arange(n_vocab), -x))
    order = order[np.isfinite(x[order])]
    if sampling.temperature == 0:
        return {int(order[0]): 1.0}
    if sampling.top_k > 0:
        order = order[: sampling.top_k]
    p = np.exp((x[order] - x[order[0]]) / sampling.temperature)
    p /= p.sum()
    if sampling.top_p < 1:
        below = np.append(0, p.cumsum()[:-1]) < sampling.top_p  # the mass before a token does not suffice
        order, p = order[below], p[below]
    likely = (p >= sampling.min_p * p[0]) & (p > 0)
    order, p = order[likely], p[likely]
    return dict(zip(order.tolist(), (p / p.sum()).tolist(), strict=True))


def check(sampling: Sampling, row: NDArray[np.float32], n_vocab: int, recent: NDArray[np.int32]) -> None:
    """The sampler finds what the reference finds, and writes nothing into the row."""
    row.flags.writeable = False
    got = Sampler(sampling, n_vocab, WINDOW).distribution(row, recent)
    expected = reference(sampling, row, n_vocab, recent)
    if sampling.temperature > 0 and uncut(sampling) and n_vocab >= LONG:
        check_long(got, expected)
        return
    if got.ids.tolist() != sorted(expected) and sampling.top_k == 0 and sampling.top_p < 1:
        # The whole vocabulary's mass is known to 1e-6: tokens at the border may be in or out within that.
        margins = [replace(sampling, top_p=sampling.top_p + difference) for difference in (-3e-6, 3e-6)]
        smallest, largest = (reference(margin, row, n_vocab, recent) for margin in margins)
        assert smallest.keys() <= set(got.ids.tolist()) <= largest.keys()
        kept = sum(largest[token] for token in got.ids.tolist())
        expected = {token: largest[token] / kept for token in got.ids.tolist()}
    assert got.ids.dtype == np.int32
    assert got.ids.tolist() == sorted(expected)
    assert got.probs.dtype == np.float64
    assert got.probs.sum() == pytest.approx(1, abs=1e-12)
    assert got.probs == pytest.approx(np.array([expected[token] for token in got.ids.tolist()]), rel=1e-6)


def uncut(sampling: Sampling) -> bool:
    """Whether every token can be drawn."""
    return sampling.top_k == 0 and sampling.top_p == 1 and sampling.min_p == 0


def check_long(got: Distribution, expected: dict[int, float]) -> None:
    """As well as float32 can say it: only tokens it cannot tell from impossible are missing."""
    kept = got.ids.tolist()
    assert got.ids.dtype == np.int32
    assert kept == sorted(kept)
    assert set(kept) <= expected.keys()
    assert max((expected[token] for token in expected.keys() - set(kept)), default=0) < 1e-31
    assert got.probs.sum(dtype=np.float64) == pytest.approx(1, abs=1e-6)
    assert got.probs == pytest.approx(np.array([expected[token] for token in kept]), rel=2e-5, abs=0)


def random_row(rng: np.random.Generator, size: int) -> NDArray[np.float32]:
    """Logits of one of the kinds that happen: smooth, peaked, full of ties, partly ruled out, far from 0."""
    row = rng.standard_normal(size) * rng.choice([0.5, 3, 10])
    kind = rng.integers(6)
    if kind == 1:
        row[rng.integers(size, size=3)] += 30
    elif kind == 2:
        row = np.round(row)
    elif kind == 3:
        row[rng.random(size) < 0.9] = -np.inf
        row[rng.integers(size)] = 1
    elif kind == 4:
        row += rng.choice([-1, 1]) * 300
    elif kind == 5:
        row[rng.integers(size, size=size // 2 + 1)] = np.finfo(np.float32).min
    return row.astype(np.float32)


def random_sampling(rng: np.random.Generator) -> Sampling:
    return Sampling(
        temperature=float(rng.choice([0, 0.05, 0.6, 1, 1.7])),
        top_k=int(rng.choice([0, 0, 1, 2, 5, 40, 1000])),
        top_p=float(rng.choice([1, rng.uniform(0.01, 1), rng.uniform(0.9, 1)])),
        min_p=float(rng.choice([0, 0, rng.uniform(0, 0.3)])),
        repeat_penalty=float(rng.choice([1, 1, 1.1, 1.7, 0.6])),
    )


def random_cases(seed: int, n: int, sizes: tuple[int, int]) -> Iterator[tuple]:
    rng = np.random.default_rng(seed)
    for _ in range(n):
        n_vocab = int(rng.integers(*sizes))
        row = random_row(rng, n_vocab + int(rng.choice([0, 0, 7, 300])))
        row[n_vocab:] = rng.choice([0, 100, np.nan])  # padding is never to be looked at
        # Recent tokens: anything, or the likeliest ones, which matter most.
        pool = np.argsort(-row[:n_vocab])[:30] if rng.random() < 0.5 else np.arange(n_vocab)
        recent = rng.choice(pool, int(rng.choice([0, 3, 40, 100]))).astype(np.int32)
        if not np.isfinite(row[:n_vocab]).any():
            continue
        yield random_sampling(rng), row, n_vocab, recent


# --- against the reference ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_small_vocabularies(seed: int) -> None:
    for case in random_cases(seed, 300, (1, 80)):
        check(*case)


@pytest.mark.parametrize("seed", range(4))
def test_larger_vocabularies(seed: int) -> None:
    """Large enough for the block maxima, in all sizes of a last, incomplete block."""
    for case in random_cases(100 + seed, 100, (3000, 9000)):
        check(*case)


@pytest.mark.parametrize("top_p", [0.5, 0.99, 0.99999])
@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_top_p_alone_widens_as_far_as_it_must(top_p: float, penalty: float) -> None:
    """Nuclei of tens, thousands and tens of thousands of tokens."""
    rng = np.random.default_rng(1)
    recent = rng.integers(40_000, size=50).astype(np.int32)
    for scale in (0.3, 2, 5):
        row = (rng.standard_normal(40_000) * scale).astype(np.float32)
        check(Sampling(0.9, top_p, 0, repeat_penalty=penalty), row, 39_900, recent)


@pytest.mark.parametrize("rest", [0.0, 0.9, 1.0, 1.1, 30])
def test_top_p_weighs_the_rest_where_it_matters(rest: float) -> None:
    """Three tokens that weigh 1 in all, beside 20,000 that weigh nothing, as much, or 30 times as much together."""
    row = np.full(20_000, math.log(rest / 20_000) if rest else -np.inf, np.float32)
    row[[3, 9, 70]] = np.log([0.6, 0.3, 0.1])
    for top_p in (0.3, 0.31, 0.59, 0.89, 0.9, 0.99, 1 - 1e-16):
        check(Sampling(1, top_p, 0), row.copy(), 20_000, NOTHING)


def test_ties_at_the_last_place_go_to_the_lowest_ids() -> None:
    row = np.zeros(20_000, np.float32)
    row[[19_999, 12_345, 77]] = 1
    for sampling, expected in (
        (Sampling(1, 1, 2), [77, 12_345]),
        (Sampling(1, 1, 5), [0, 1, 77, 12_345, 19_999]),
        (Sampling(0), [77]),
        (Sampling(0, repeat_penalty=1.5), [77]),
    ):
        got = Sampler(sampling, 20_000).distribution(row, np.array([400], np.int32))
        assert got.ids.tolist() == expected


@pytest.mark.parametrize("n_vocab", [5, 20_000])
def test_padding_is_never_drawn(n_vocab: int) -> None:
    row = np.linspace(0, 1, n_vocab + 64, dtype=np.float32)
    row[n_vocab:] = 50
    for sampling in (Sampling(0), Sampling(), Sampling(1, 1, 0), Sampling(1, 0.9, 0), Sampling(1, 1, 0, 0.5)):
        for penalty in (1.0, 1.2):
            sampler = Sampler(replace(sampling, repeat_penalty=penalty), n_vocab)
            recent = np.array([0, n_vocab - 1, n_vocab + 3], np.int32)
            assert sampler.distribution(row, recent).ids.max() < n_vocab


# --- repetition penalty, by hand ---------------------------------------------------------------------------


def test_a_penalty_moves_tokens_out_of_the_top_and_others_in() -> None:
    row = np.full(20_000, -5, np.float32)
    row[[10, 20, 30]] = [4, 3, 2.5]
    sampler = Sampler(Sampling(1, 1, 2, repeat_penalty=2), 20_000)
    after = sampler.distribution(row, np.array([10, 10, 10], np.int32))  # 4 → 2, once however often it came
    assert after.ids.tolist() == [20, 30]
    assert after.probability(20) == pytest.approx(1 / (1 + math.exp(-0.5)))
    greedy = Sampler(Sampling(0, repeat_penalty=2), 20_000)
    assert greedy.distribution(row, np.array([10], np.int32)).mode == 20


def test_a_negative_logit_falls_too_and_a_penalty_below_1_lifts() -> None:
    row = np.array([-1, -1.5, -9], np.float32)
    assert Sampler(Sampling(0, repeat_penalty=2), 3).distribution(row, np.array([0], np.int32)).mode == 1
    assert Sampler(Sampling(0, repeat_penalty=0.1), 3).distribution(row, np.array([2], np.int32)).mode == 2


def test_only_the_recent_window_is_penalised() -> None:
    row = np.array([2, 1.5, 0], np.float32)
    sampler = Sampler(Sampling(0, repeat_penalty=2), 3, recent_window=4)
    assert sampler.distribution(row, np.array([0, 2, 2, 2, 2], np.int32)).mode == 0
    assert sampler.distribution(row, np.array([0, 2, 2, 2], np.int32)).mode == 1


# --- edges -------------------------------------------------------------------------------------------------

WAYS = [
    Sampling(0),
    Sampling(),
    Sampling(1, 0.9, 0),
    Sampling(1, 1, 0),
    Sampling(1, 1, 0, 0.1),
    Sampling(repeat_penalty=1.1),
    Sampling(0, repeat_penalty=1.1),
]


@pytest.mark.parametrize("sampling", WAYS)
@pytest.mark.parametrize("size", [10, 20_000])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_nan_and_infinity_are_refused(sampling: Sampling, size: int, bad: float) -> None:
    recent = np.array([3], np.int32)
    for place in (0, size // 2, size - 1):
        row = np.zeros(size, np.float32)
        row[place] = bad
        with pytest.raises(DecodeError, match="NaN" if np.isnan(bad) else "infinity"):
            Sampler(sampling, size).distribution(row, recent)
        with pytest.raises(DecodeError, match="NaN" if np.isnan(bad) else "infinity"):
            raw_probability(row, [0])


@pytest.mark.parametrize("sampling", WAYS)
@pytest.mark.parametrize("size", [10, 20_000])
def test_a_row_without_any_possible_token_is_refused(sampling: Sampling, size: int) -> None:
    row = np.full(size, -np.inf, np.float32)
    with pytest.raises(DecodeError, match="no token is possible"):
        Sampler(sampling, size).distribution(row, np.array([3], np.int32))
    with pytest.raises(DecodeError, match="no token is possible"):
        raw_probability(row, [0])


def test_extreme_settings_leave_the_likeliest_token() -> None:
    row = np.linspace(-3, 3, 20_000, dtype=np.float32)
    for sampling in (
        Sampling(temperature=1e-40),
        Sampling(temperature=1e-12, top_k=0),
        Sampling(temperature=1e-12, top_k=0, top_p=1),
        Sampling(top_p=0.0),
        Sampling(top_p=0.0, top_k=0),
        Sampling(top_p=1, top_k=0, min_p=1.0),
        Sampling(min_p=7.0),
        Sampling(top_k=1),
    ):
        got = Sampler(sampling, 20_000).distribution(row, NOTHING)
        assert got.ids.tolist() == [19_999], sampling
    row[-1] = 30
    for penalty in (1.1, 1.3, 1.7):  # the penalised logit is no float32 number
        sampling = Sampling(top_k=0, min_p=1.0, repeat_penalty=penalty)
        got = Sampler(sampling, 20_000).distribution(row, np.array([19_999], np.int32))
        assert got.ids.tolist() == [19_999]
    with pytest.raises(ValueError, match="penalty"):
        Sampler(Sampling(repeat_penalty=0), 10)


def test_greedy_says_so() -> None:
    assert Sampler(Sampling(0), 10).greedy
    assert Sampler(Sampling(1, top_k=1), 10).greedy
    assert not Sampler(Sampling(), 10).greedy


@pytest.mark.parametrize("penalty", [1.0, 1.3, 0.5])
@pytest.mark.parametrize("temperature", [0.05, 0.6, 1.0, 1.7])
def test_every_token_of_a_large_vocabulary(temperature: float, penalty: float) -> None:
    """No cuts: more tokens than fit whole columns, padding, some ruled out, some penalised to the top."""
    rng = np.random.default_rng(4)
    for n_vocab in (LONG, 20_011):
        row = (rng.standard_normal(n_vocab + 9) * 3).astype(np.float32)
        row[n_vocab:] = np.nan
        row[rng.integers(n_vocab, size=n_vocab // 10)] = -np.inf
        recent = np.argsort(np.nan_to_num(row[:n_vocab], neginf=-99))[[-1, -2, 50, 2000]].astype(np.int32)
        check(Sampling(temperature, 1, 0, 0, penalty), row, n_vocab, recent)


def test_a_penalised_top_between_float32_numbers_keeps_its_place_at_any_temperature() -> None:
    """Weights are relative to the largest logit, exactly: a rounded one would be off by 10^-6 / T in them."""
    row = np.linspace(-3, 3, 20_000, dtype=np.float32)
    row[7] = 30
    for sampling in (Sampling(1e-12, 1, 0, repeat_penalty=1.7), Sampling(1e-12, 0.9, 0, repeat_penalty=1.7)):
        got = Sampler(sampling, 20_000).distribution(row, np.array([7], np.int32))
        assert (got.ids.tolist(), got.probs.tolist()) == ([7], [1.0])
    for penalty in (1.1, 1.3, 1.7):
        row[9] = np.nextafter(np.float32(30 / penalty), np.float32(0))
        check(Sampling(1e-6, 1, 0, repeat_penalty=penalty), row.copy(), 20_000, np.array([7], np.int32))


# --- raw probabilities -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0, 25, -40, 90, -200, 3e4])
@pytest.mark.parametrize("scale", [0.1, 3, 12])
def test_raw_probability_is_the_plain_softmax(shift: float, scale: float) -> None:
    rng = np.random.default_rng(2)
    row = (rng.standard_normal(30_011) * scale + shift).astype(np.float32)
    row[5] = -np.inf
    row.flags.writeable = False
    x = row.astype(np.float64)
    softmax = np.exp(x - x.max()) / np.exp(x - x.max()).sum()
    tokens = [5, 0, 30_010, int(x.argmax()), int(x.argmin())]
    assert raw_probability(row, tokens) == pytest.approx(softmax[tokens].tolist(), rel=1e-5, abs=0)
    assert raw_probability(row, range(row.size)) == pytest.approx(softmax.tolist(), rel=1e-5, abs=0)


@pytest.mark.parametrize("level", [-101, 0, 100])  # exp(-101) in float32 has no digits left
def test_raw_probability_with_most_tokens_ruled_out(level: float) -> None:
    row = np.full(20_000, -np.inf, np.float32)
    row[[4, 9]] = [level, level + math.log(3)]
    assert raw_probability(row, [4, 9, 10]) == pytest.approx([0.25, 0.75, 0], rel=1e-5)


# --- candidates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 63, 640, 641, 4096, 4159, 20_011, 151_665])
def test_candidates_hold_the_largest_and_few_others(size: int) -> None:
    """In rows of every remainder by the group sizes; the largest among the first, the last, or anywhere."""
    rng = np.random.default_rng(size)
    row = rng.standard_normal(size).astype(np.float32)
    for rows in (row, np.sort(row), -np.sort(-row)):
        for count in (1, 5, 40, 500):
            ids = candidates(rows, count)
            assert set(np.argsort(-rows)[:count].tolist()) <= set(ids.tolist())
            assert ids.tolist() == sorted(ids.tolist())
            if rows is row:
                assert ids.size <= 1.5 * count + 10
