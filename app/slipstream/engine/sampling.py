"""From a row of raw logits to the distribution a token is drawn from, cut to what can be drawn.

A row has up to 152k logits. Where the cuts leave a few, a pass finds the handful of candidates they can leave
(`logits.candidates`), and everything after that works on those in float64. Without cuts every token counts:
a few passes in float32, and no more.

Knows nothing of drafts, models or text: rows and token ids come in, distributions go out.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import Sampling
from slipstream.core.errors import DecodeError
from slipstream.engine.distribution import LONG, Distribution, Probs, every_token, total
from slipstream.engine.logits import LOWEST, NO_TOKEN, Ids, Logits, candidates, largest, raw_probability

__all__ = ["Distribution", "Sampler", "raw_probability"]

Floats = NDArray[np.float64]

FEW = 64  # candidates that mostly hold top-p
WIDENING = (1024, 16384)  # candidates tried where they do not, before falling back to a bound
FLOAT32_UNDERFLOW = 1e-32  # a weight below it loses its digits, or all of itself, when it is normalised
NO_IDS: Ids = np.empty(0, np.intp)


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

        Raises DecodeError for a row with NaN or infinity in it, or without any possible token (all -inf).
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
            return self._nucleus(row, top, penalised)
        if self._min_p > 0:
            ids, values = self._at_least(row, top + self._temperature * math.log(self._min_p), penalised)
            weights = self._weights(values, top)
            return _normalised(*_where(weights >= self._min_p, ids, weights))
        return _normalised(every_token(row.size), self._all_weights(row, top, penalised))

    def likeliest(self, row: Logits, recent: NDArray[np.int32], count: int) -> tuple[Ids, Floats]:
        """Ids and logits, after the penalty, of the `count` likeliest tokens, in falling order. Raises as above."""
        return self._largest(row[: self._n_vocab], count, self._penalised(recent))

    def _nucleus(self, row: Logits, top: float, penalised: Ids) -> Distribution:
        """Top-p over the whole vocabulary: widen the candidates until they hold enough of the mass.

        `top` is the largest logit. Mostly the likeliest few show where the cut lies, whatever the rest weighs.
        Where they do not, the rest is weighed: of a long row in float32, so the cut is exact to about 1e-6 of it.
        """
        ids, values = self._largest(row, FEW, penalised)
        weights = self._weights(values, top)
        known = weights.cumsum()
        # The others weigh no more than the last of these.
        most = known[-1] + (row.size - ids.size) * weights[-1]
        least_cut, most_cut = known.searchsorted((self._top_p * known[-1], self._top_p * most))
        if least_cut == most_cut:
            return self._cut(ids, weights, float(known[-1]))
        mass = total(self._all_weights(row, top, penalised))
        if known[-1] >= self._top_p * mass:
            return self._cut(ids, weights, mass)
        for count in WIDENING:
            ids, values = self._largest(row, count, penalised)
            weights = self._weights(values, top)
            if weights.sum() >= self._top_p * mass:
                return self._cut(ids, weights, mass)
        # All tokens below this weight together weigh less than the share that may be left out.
        lightest = (1 - self._top_p) * mass / row.size
        ids, values = self._at_least(row, top + self._temperature * math.log(lightest), penalised)
        ids, values = _ranked(ids, values)
        return self._cut(ids, self._weights(values, top), mass)

    def _all_weights(self, row: Logits, top: float, penalised: Ids) -> Probs:
        """The weights of all tokens, (n_vocab,): float64, or float32 for a long row."""
        kind = np.float32 if row.size >= LONG else np.float64
        zero = kind(top)
        with np.errstate(over="ignore"):  # a penalised token may stand far above `top`; it is replaced below
            weights: Probs = np.subtract(row, zero, dtype=kind)
            if float(zero) != top:  # a penalised logit, which need not be a float32 number
                weights += kind(float(zero) - top)
            if self._temperature != 1:
                weights *= kind(1 / self._temperature)
            np.exp(weights, out=weights)
        if penalised.size:
            weights[penalised] = self._weights(self._adjusted(row, penalised, penalised), top)
        return weights

    def _cut(self, ids: Ids, weights: Floats, mass: float) -> Distribution:
        """Top-p of `mass`, then min-p, on candidates in falling order."""
        keep = ids.size
        if self._min_p > 0:
            keep = int(np.count_nonzero(weights >= self._min_p * weights[0]))
        if self._top_p < 1:
            # The token that reaches top-p is the last one in.
            keep = min(keep, int(weights.cumsum().searchsorted(self._top_p * mass)) + 1)
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
        best = largest(row)
        return best, float(row[best])

    def _largest(self, row: Logits, count: int, penalised: Ids) -> tuple[Ids, Floats]:
        """Exactly the `count` largest adjusted logits (fewer where fewer are possible), in falling order."""
        ids = candidates(row, count + penalised.size)
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


def _ranked(ids: Ids, values: Floats) -> tuple[Ids, Floats]:
    """In falling order; of equals the lowest id first (`ids` ascend)."""
    order = np.argsort(-values, kind="stable")
    return ids[order], values[order]


def _where[Number: np.floating[Any]](
    keep: NDArray[np.bool], ids: NDArray[Any], values: NDArray[Number]
) -> tuple[NDArray[Any], NDArray[Number]]:
    """Those to keep; without a copy where that is all of them."""
    return (ids, values) if keep.all() else (ids[keep], values[keep])


def _normalised(ids: NDArray[Any], weights: Probs) -> Distribution:
    """The distribution with these weights; a token whose weight underflowed cannot be drawn."""
    least = FLOAT32_UNDERFLOW if weights.dtype == np.float32 else 0.0
    if not weights.min() > least:
        ids, weights = _where(weights > least, ids, weights)
    return Distribution.proportional(ids.astype(np.int32, copy=False), weights)
