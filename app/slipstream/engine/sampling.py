"""From a row of raw logits to the distribution a token is drawn from, kept sparse.

A row has up to 152k logits and is read where llama.cpp keeps it: never written to, never sorted whole. The
trick is a threshold that costs one pass: split the row into groups, take each group's maximum; the k-th
largest of these maxima is reached by at least k logits, so the k largest logits all reach it, and they lie in
the few groups whose maximum does. Everything after that works on a handful of candidates in float64.

Knows nothing of drafts, models or text: rows and token ids come in, distributions go out.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import Sampling
from slipstream.core.errors import DecodeError

Ids = NDArray[np.intp]
Logits = NDArray[np.float32]
Floats = NDArray[np.float64]

GROUP_SIZE = 64  # logits a group; at 152k, 32 to 128 take about the same time
WIDENING = (64, 1024, 16384)  # candidates tried for top-p without top-k, before falling back to a bound
LOWEST = float(np.finfo(np.float32).min)  # -inf, a token ruled out, lies below it
SAFE_SUMS = (1e-20, 1e30)  # between these, a float32 sum of exp(logit) lost nothing at either end
NO_TOKEN = "no token is possible: every logit is -inf"
NO_IDS: Ids = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Probabilities of the tokens that can be drawn at all.

    `ids` (k,) ascending and distinct; `probs` (k,) positive, adding up to 1.
    """

    ids: NDArray[np.int32]
    probs: Floats

    @staticmethod
    def point(token: int) -> "Distribution":
        """All probability on one token."""
        return Distribution(np.array([token], np.int32), np.ones(1))

    def draw(self, rng: np.random.Generator) -> int:
        """One token, by inverting the cumulative distribution at `rng.random()`.

        Where there is no choice, no random number is spent.
        """
        last = self.ids.size - 1
        if last == 0:
            return int(self.ids[0])
        # bisect, not np.searchsorted: it is faster for one value, and it asks nothing of the random number
        # but comparisons, which lets a test follow every branch with its exact probability.
        return int(self.ids[min(bisect_right(np.cumsum(self.probs), rng.random()), last)])

    def probability(self, token: int) -> float:
        """The token's probability; 0.0 off the support."""
        place = bisect_left(self.ids, token)
        found = place < self.ids.size and self.ids[place] == token
        return float(self.probs[place]) if found else 0.0

    @property
    def mode(self) -> int:
        """The likeliest token; of equals, the one with the lowest id."""
        return int(self.ids[self.probs.argmax()])


class Sampler:
    """Repetition penalty, top-k, temperature, top-p, min-p, in this order.

    `n_vocab` is the number of real tokens: ids from there on are padding, and never appear. Of equal logits
    the lowest ids come first, so cuts are deterministic. The penalty is llama.cpp's: once for each distinct
    token among the last `recent_window`, a positive logit is divided by it, another multiplied. It is applied
    to candidates only, yet exactly: p penalised tokens make room for no more than p others, so the k + p
    largest raw logits and the penalised tokens together hold the k largest adjusted ones.

    Raises ValueError for a penalty that is not positive.
    """

    def __init__(self, sampling: Sampling, n_vocab: int, recent_window: int = 64) -> None:
        if not sampling.repeat_penalty > 0:
            raise ValueError(f"the repetition penalty must be above 0, not {sampling.repeat_penalty}")
        self._n_vocab = n_vocab
        self._window = recent_window
        self._penalty = sampling.repeat_penalty
        self._top_k = sampling.top_k
        self._top_p = sampling.top_p
        self._min_p = min(sampling.min_p, 1.0)
        # A difference of float32 logits divided by this stays within float64.
        self._temperature = max(sampling.temperature, 1e-30)
        self._greedy = sampling.temperature <= 0 or sampling.top_k == 1

    @property
    def greedy(self) -> bool:
        """Whether every distribution is a single token: temperature 0 or top-k 1."""
        return self._greedy

    def distribution(self, row: Logits, recent: NDArray[np.int32]) -> Distribution:
        """What to draw from after the tokens `recent`, given the raw logits `row` (at least n_vocab,).

        Raises ValueError for a row with NaN or infinity in it, or without any possible token (all -inf).
        """
        row = row[: self._n_vocab]
        penalised = self._penalised(recent)
        if self._greedy:
            return Distribution.point(self._best(row, penalised)[0])
        if self._top_k > 0:
            ids, values = self._largest(row, self._top_k, penalised)
            weights = self._weights(values, float(values[0]))
            return self._cut(ids, weights, float(weights.sum()))
        top = self._best(row, penalised)[1]
        if self._top_p < 1:
            return self._nucleus(row, float(np.float32(top)), penalised)
        lowest = top + self._temperature * math.log(self._min_p) if self._min_p > 0 else LOWEST
        ids, values = self._at_least(row, lowest, penalised)
        weights = self._weights(values, top)
        return _normalised(*_where(weights >= self._min_p, ids, weights))

    def _nucleus(self, row: Logits, top: float, penalised: Ids) -> Distribution:
        """Top-p over the whole vocabulary: widen the candidates until they hold enough of the mass.

        `top` is about the largest logit. The mass of the whole is summed in float32, so the cut is exact up to
        about 1e-6 of it.
        """
        total = self._mass(row, top, penalised)
        for count in WIDENING:
            ids, values = self._largest(row, count, penalised)
            weights = self._weights(values, top)
            if weights.sum() >= self._top_p * total:
                return self._cut(ids, weights, total)
        # All tokens below this weight together weigh less than the share that may be left out.
        lightest = (1 - self._top_p) * total / row.size
        ids, values = self._at_least(row, top + self._temperature * math.log(lightest), penalised)
        ids, values = _ranked(ids, values)
        return self._cut(ids, self._weights(values, top), total)

    def _mass(self, row: Logits, top: float, penalised: Ids) -> float:
        """Sum of the weights of all tokens."""
        with np.errstate(over="ignore"):  # a penalised token may stand far above `top`; it is replaced below
            weights = np.subtract(row, np.float32(top))
            np.multiply(weights, np.float32(1 / self._temperature), out=weights)
            np.exp(weights, out=weights)
        weights[penalised] = self._weights(self._adjusted(row, penalised, penalised), top)
        return _sum(weights)

    def _cut(self, ids: Ids, weights: Floats, total: float) -> Distribution:
        """Top-p of `total`, then min-p, on candidates in falling order."""
        keep = ids.size
        if self._min_p > 0:
            keep = int(np.count_nonzero(weights >= self._min_p * weights[0]))
        if self._top_p < 1:
            # The token that reaches top-p is the last one in.
            keep = min(keep, int(weights.cumsum().searchsorted(self._top_p * total)) + 1)
        ids, weights = ids[:keep], weights[:keep]
        order = ids.argsort()
        return _normalised(ids[order], weights[order])

    def _weights(self, values: Floats, top: float) -> Floats:
        """Probabilities up to a factor; 1 for a logit of `top`."""
        return np.exp((values - top) / self._temperature)

    def _penalised(self, recent: NDArray[np.int32]) -> Ids:
        """Distinct tokens the penalty applies to, ascending."""
        if self._penalty == 1 or recent.size == 0 or self._window <= 0:
            return NO_IDS
        distinct = {token for token in recent[-self._window :].tolist() if 0 <= token < self._n_vocab}
        return np.array(sorted(distinct), np.intp)

    def _adjusted(self, row: Logits, ids: Ids, penalised: Ids) -> Floats:
        """Logits of `ids` (ascending, holding every penalised one) after the penalty."""
        values = row[ids].astype(np.float64)
        if penalised.size:
            places = ids.searchsorted(penalised)
            raw = values[places]
            values[places] = np.where(raw > 0, raw / self._penalty, raw * self._penalty)
        return values

    def _best(self, row: Logits, penalised: Ids) -> tuple[int, float]:
        """The token with the largest adjusted logit, and this logit."""
        if penalised.size:
            ids, values = self._largest(row, 1, penalised)
            return int(ids[0]), float(values[0])
        best = _argmax(row)
        return best, float(row[best])

    def _largest(self, row: Logits, count: int, penalised: Ids) -> tuple[Ids, Floats]:
        """Exactly the `count` largest adjusted logits (fewer where fewer are possible), in falling order."""
        ids = _candidates(row, count + penalised.size)
        if penalised.size:
            ids = np.union1d(ids, penalised)
        ids, values = _ranked(ids, self._adjusted(row, ids, penalised))
        ids, values = ids[:count], values[:count]
        if not values.size or values[0] < LOWEST:
            raise DecodeError(NO_TOKEN)
        if values[-1] < LOWEST:
            return _where(values >= LOWEST, ids, values)
        return ids, values

    def _at_least(self, row: Logits, lowest: float, penalised: Ids) -> tuple[Ids, Floats]:
        """All tokens whose adjusted logit is `lowest`, a rounding error less, or more; ids ascending."""
        bound = np.float32(max(lowest - 1e-6 * abs(lowest), LOWEST))
        ids = np.flatnonzero(row >= bound)
        if penalised.size:
            ids = np.union1d(ids, penalised)
        values = self._adjusted(row, ids, penalised)
        return _where(values >= bound, ids, values)


def raw_probability(row: Logits, tokens: Sequence[int]) -> list[float]:
    """Probabilities of `tokens` under the plain softmax (temperature 1) over the whole of `row`, to 1e-5.

    `row` holds real tokens only: cut the padding off. Raises ValueError as `Sampler.distribution` does.
    """
    shift = 0.0
    with np.errstate(over="ignore"):
        total = _sum(np.exp(row))
    if not SAFE_SUMS[0] < total < SAFE_SUMS[1]:  # rare, and a pass dearer: measure from the largest logit
        shift = float(row[_argmax(row)])
        total = _sum(np.exp(row - np.float32(shift)))
    return [math.exp(float(row[token]) - shift) / total for token in tokens]


def _check_top(top: float) -> None:
    """`top` is a row's maximum, which is NaN if anything in the row is."""
    if math.isnan(top):
        raise DecodeError("the logits hold NaN: the model's computation went wrong")
    if top == math.inf:
        raise DecodeError("the logits hold infinity: the model's computation went wrong")
    if top == -math.inf:
        raise DecodeError(NO_TOKEN)


def _argmax(row: Logits) -> int:
    """The largest logit's id, the lowest of equals. Raises ValueError where there is none."""
    best = int(row.argmax())
    _check_top(float(row[best]))
    return best


def _candidates(row: Logits, count: int) -> Ids:
    """Ids, ascending, of the `count` largest logits at least: all that reach a lower bound of the last one's.

    Tokens at -inf are left out. Raises ValueError where nothing is left, or the row is no row of logits.
    """
    width = row.size // GROUP_SIZE  # how many groups; group g is row[g::width], so that maxima vectorise
    if width < 2 * count:
        _check_top(float(row.max()))
        last = max(row.size - count, 0)
        return np.flatnonzero(row >= max(np.partition(row, last)[last], np.float32(LOWEST)))
    body = row[: width * GROUP_SIZE].reshape(GROUP_SIZE, width)
    rest = row[width * GROUP_SIZE :]
    maxima = body.max(axis=0)
    _check_top(float(np.maximum(maxima.max(), rest.max(initial=-np.inf))))
    last = width - count
    bound = max(np.partition(maxima, last)[last], np.float32(LOWEST))
    groups = np.flatnonzero(maxima >= bound)
    lines, columns = np.nonzero(body[:, groups] >= bound)
    ids = lines * width + groups[columns]
    more = np.flatnonzero(rest >= bound)
    return np.concatenate((ids, more + width * GROUP_SIZE)) if more.size else ids


def _sum(weights: NDArray[np.float32]) -> float:
    """The sum of a long row to about 1e-6: columns in float32 (which vectorises), then these in float64."""
    width = weights.size // GROUP_SIZE
    body = weights[: width * GROUP_SIZE].reshape(GROUP_SIZE, width)
    rest = weights[width * GROUP_SIZE :]
    return float(body.sum(axis=0).sum(dtype=np.float64) + rest.sum(dtype=np.float64))


def _ranked(ids: Ids, values: Floats) -> tuple[Ids, Floats]:
    """In falling order; of equals the lowest id first (`ids` ascend)."""
    order = np.argsort(-values, kind="stable")
    return ids[order], values[order]


def _where(keep: NDArray[np.bool], ids: Ids, values: Floats) -> tuple[Ids, Floats]:
    """Those to keep; without a copy where that is all of them."""
    return (ids, values) if keep.all() else (ids[keep], values[keep])


def _normalised(ids: Ids, weights: Floats) -> Distribution:
    """The distribution with these weights; a token whose weight underflowed to 0 cannot be drawn."""
    ids, weights = _where(weights > 0, ids, weights)
    return Distribution(ids.astype(np.int32), weights / weights.sum())
