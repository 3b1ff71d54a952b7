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

Ids = NDArray[np.intp]
Logits = NDArray[np.float32]
Floats = NDArray[np.float64]

GROUP_SIZE = 64  # logits a group; 32 to 128 take about the same time at 152k, more or fewer take longer
WIDENING = (64, 1024)  # candidates tried for top-p without top-k, before falling back to a bound
LOWEST = float(np.finfo(np.float32).min)  # -inf, a token ruled out, lies below it
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

    `n_vocab` is the number of real tokens: ids from there on are padding, and never appear. Of equal logits the
    lowest ids come first, so cuts are deterministic. The penalty is llama.cpp's: once for each distinct token
    among the last `recent_window`, a positive logit is divided by it, another multiplied. It is applied to
    candidates only, yet exactly: p penalised tokens can make room for no more than p others, so the largest
    k + p raw logits and the penalised tokens together hold the k largest adjusted ones.

    Raises ValueError for a penalty that is not positive.
    """

    def __init__(self, sampling: Sampling, n_vocab: int, recent_window: int = 64) -> None:
        if not sampling.repeat_penalty > 0:
            raise ValueError(f"the repetition penalty must be above 0, not {sampling.repeat_penalty}")
        self._sampling = sampling
        self._n_vocab = n_vocab
        self._window = recent_window
        # Differences of float32 logits divided by this stay within float64.
        self._temperature = max(sampling.temperature, 1e-30)

    @property
    def greedy(self) -> bool:
        """Whether every distribution is a single token: temperature 0 or top-k 1."""
        return self._sampling.temperature <= 0 or self._sampling.top_k == 1

    def distribution(self, row: Logits, recent: NDArray[np.int32]) -> Distribution:
        """What to draw from after `recent`, given the raw logits `row` (at least n_vocab,).

        Raises ValueError for a row with NaN or infinity in it, or with no possible token (all -inf).
        """
        row = row[: self._n_vocab]
        penalised = self._penalised(recent)
        if self.greedy:
            if penalised.size == 0:
                return Distribution.point(_argmax(row))
            return Distribution.point(int(self._largest(row, 1, penalised)[0][0]))
        if self._sampling.top_k > 0:
            ids, values = self._largest(row, self._sampling.top_k, penalised)
            weights = self._weights(values, float(values[0]))
            return self._cut(ids, weights, float(weights.sum()))
        top = float(self._largest(row, 1, penalised)[1][0])
        if self._sampling.top_p < 1:
            return self._nucleus(row, top, penalised)
        lowest = (
            top + self._temperature * math.log(self._sampling.min_p) if self._sampling.min_p > 0 else LOWEST
        )
        ids, values = self._at_least(row, lowest, penalised)
        weights = self._weights(values, top)
        keep = weights >= self._sampling.min_p if 0 < self._sampling.min_p < 1 else weights > 0
        return _normalised(ids[keep], weights[keep])

    def _nucleus(self, row: Logits, top: float, penalised: Ids) -> Distribution:
        """Top-p over the whole vocabulary: widen the candidates until they hold enough of the mass."""
        scaled = np.subtract(row, np.float32(top))
        with np.errstate(over="ignore"):  # a penalised token may stand far above `top`; it is replaced below
            np.multiply(scaled, np.float32(1 / self._temperature), out=scaled)
            np.exp(scaled, out=scaled)
        scaled[penalised] = self._weights(self._adjusted(row, penalised, penalised), top)
        total = float(scaled.sum())
        enough = self._sampling.top_p * total
        for count in WIDENING:
            ids, values = self._largest(row, count, penalised)
            weights = self._weights(values, top)
            if weights.sum() >= enough:
                return self._cut(ids, weights, total)
        # All tokens below this weight together weigh less than the share that may be left out.
        lowest = (1 - self._sampling.top_p) * total / row.size
        ids, values = self._at_least(row, top + self._temperature * math.log(lowest), penalised)
        ids, values = _ranked(ids, values)
        return self._cut(ids, self._weights(values, top), total)

    def _cut(self, ids: Ids, weights: Floats, total: float) -> Distribution:
        """Top-p of `total`, then min-p, on candidates in falling order."""
        keep = (
            int(np.count_nonzero(weights >= self._sampling.min_p)) if self._sampling.min_p > 0 else ids.size
        )
        if self._sampling.top_p < 1:
            # The token that reaches top-p is the last one in.
            keep = min(keep, int(weights.cumsum().searchsorted(self._sampling.top_p * total)) + 1)
        ids, weights = ids[: max(keep, 1)], weights[: max(keep, 1)]
        order = ids.argsort()
        return _normalised(ids[order], weights[order])

    def _weights(self, values: Floats, top: float) -> Floats:
        """Probabilities up to a factor; 1 for the largest logit."""
        return np.exp((values - top) / self._temperature)

    def _penalised(self, recent: NDArray[np.int32]) -> Ids:
        """Distinct tokens the penalty applies to, ascending."""
        if self._sampling.repeat_penalty == 1 or recent.size == 0 or self._window <= 0:
            return NO_IDS
        distinct = {token for token in recent[-self._window :].tolist() if 0 <= token < self._n_vocab}
        return np.array(sorted(distinct), np.intp)

    def _adjusted(self, row: Logits, ids: Ids, penalised: Ids) -> Floats:
        """Logits of `ids` (ascending, holding every penalised one), the penalty applied."""
        values = row[ids].astype(np.float64)
        if penalised.size:
            places = ids.searchsorted(penalised)
            raw, penalty = values[places], self._sampling.repeat_penalty
            values[places] = np.where(raw > 0, raw / penalty, raw * penalty)
        return values

    def _largest(self, row: Logits, count: int, penalised: Ids) -> tuple[Ids, Floats]:
        """Exactly the `count` largest adjusted logits (fewer where fewer are possible), in falling order."""
        ids = _candidates(row, count + penalised.size)
        if penalised.size:
            ids = np.union1d(ids, penalised)
        ids, values = _ranked(ids, self._adjusted(row, ids, penalised))
        count = min(count, int(np.count_nonzero(values[:count] >= LOWEST)))
        if count == 0:
            raise ValueError("no token is possible: every logit is -inf")
        return ids[:count], values[:count]

    def _at_least(self, row: Logits, lowest: float, penalised: Ids) -> tuple[Ids, Floats]:
        """All tokens whose adjusted logit is `lowest` or a rounding error less, ids ascending."""
        bound = (
            np.nextafter(np.float32(max(lowest, LOWEST)), np.float32(-np.inf)) if lowest > LOWEST else LOWEST
        )
        ids: Ids = np.flatnonzero(row >= np.float32(bound))
        if penalised.size:
            ids = np.union1d(ids, penalised)
        values = self._adjusted(row, ids, penalised)
        keep = values >= float(bound)
        return ids[keep], values[keep]


def raw_probability(row: Logits, tokens: Sequence[int]) -> list[float]:
    """Probabilities of `tokens` under the plain softmax (temperature 1) over the whole of `row`, to 1e-5.

    `row` holds real tokens only: cut the padding off. Raises ValueError as `Sampler.distribution` does.
    """
    top = row[_argmax(row)]
    shifted = np.subtract(row, top)
    np.exp(shifted, out=shifted)
    total = float(shifted.sum())
    return [math.exp(float(row[token]) - float(top)) / total for token in tokens]


def _argmax(row: Logits) -> int:
    """The largest logit's id, the lowest of equals. Raises ValueError where there is none."""
    best = int(row.argmax())
    _check_top(float(row[best]))
    return best


def _check_top(top: float) -> None:
    """`top` is a row's maximum, which is NaN if anything in the row is."""
    if math.isnan(top):
        raise ValueError("the logits hold NaN: the model's computation went wrong")
    if top == math.inf:
        raise ValueError("the logits hold infinity: the model's computation went wrong")
    if top == -math.inf:
        raise ValueError("no token is possible: every logit is -inf")


def _candidates(row: Logits, count: int) -> Ids:
    """Ids, ascending, of the `count` largest logits at least: all that reach a lower bound of the last one's.

    Tokens at -inf are left out.
    """
    width = row.size // GROUP_SIZE  # number of groups; group g is row[g::width], so maxima vectorise
    if width < 2 * count:
        _check_top(float(row.max()))
        if row.size <= count:
            return np.flatnonzero(row >= LOWEST)
        bound = max(float(np.partition(row, row.size - count)[row.size - count]), LOWEST)
        return np.flatnonzero(row >= np.float32(bound))
    body = row[: width * GROUP_SIZE].reshape(GROUP_SIZE, width)
    rest = row[width * GROUP_SIZE :]
    maxima = body.max(axis=0)
    _check_top(max(float(maxima.max()), float(rest.max())) if rest.size else float(maxima.max()))
    bound = np.float32(max(float(np.partition(maxima, width - count)[width - count]), LOWEST))
    groups = np.flatnonzero(maxima >= bound)
    lines, columns = np.nonzero(body[:, groups] >= bound)
    ids = lines * width + groups[columns]
    more = np.flatnonzero(rest >= bound)
    return np.concatenate((ids, more + width * GROUP_SIZE)) if more.size else ids


def _ranked(ids: Ids, values: Floats) -> tuple[Ids, Floats]:
    """In falling order; of equals the lowest id first (`ids` ascend)."""
    order = np.argsort(-values, kind="stable")
    return ids[order], values[order]


def _normalised(ids: Ids, weights: Floats) -> Distribution:
    if weights[-1] == 0 or not weights.all():  # a weight can underflow; such a token cannot be drawn
        ids, weights = ids[weights > 0], weights[weights > 0]
    return Distribution(ids.astype(np.int32), weights / weights.sum())
