"""Passes over a row of raw logits, where llama.cpp keeps it: never written to, never sorted whole.

The trick for the k largest is a threshold that costs one pass: split the row into groups, take each group's
maximum; the k-th largest of these maxima is reached by at least k logits, so the k largest logits all reach
it, and they lie in the few groups whose maximum does.

All raise DecodeError for a row with NaN or infinity in it, or without any possible token (all -inf).
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from slipstream.core.errors import DecodeError
from slipstream.engine.distribution import total

Ids = NDArray[np.intp]
Logits = NDArray[np.float32]

GROUP_SIZE = 64  # logits a group; at 152k, 32 to 128 take about the same time
FOLD = 8  # maxima that become one, while that leaves FOLD times more than asked for
LOWEST = float(np.finfo(np.float32).min)  # -inf, a token ruled out, lies below it
SAFE_SUMS = (1e-20, 1e30)  # between these, a float32 sum of exp(logit) lost nothing at either end
NO_TOKEN = "no token is possible: every logit is -inf"


def largest(row: Logits) -> int:
    """The id of the largest logit, the lowest of equals."""
    best = int(row.argmax())
    _check_top(float(row[best]))
    return best


def candidates(row: Logits, count: int) -> Ids:
    """Ids, ascending, of the `count` largest logits at least: all that reach a lower bound of the last one.

    Tokens at -inf are left out.
    """
    width = row.size // GROUP_SIZE  # how many groups; group g is row[g::width], so that maxima vectorise
    if width < 2 * count:
        _check_top(float(row.max()))
        return np.flatnonzero(row >= _reached(row, count))
    body = row[: width * GROUP_SIZE].reshape(GROUP_SIZE, width)
    rest = row[width * GROUP_SIZE :]
    maxima = body.max(axis=0)
    _check_top(float(np.maximum(maxima.max(), rest.max(initial=-np.inf))))
    bound = _reached(maxima, count)
    groups = np.flatnonzero(maxima >= bound)
    lines, columns = np.nonzero(body[:, groups] >= bound)
    ids = lines * width + groups[columns]
    more = np.flatnonzero(rest >= bound)
    return np.concatenate((ids, more + width * GROUP_SIZE)) if more.size else ids


def raw_probability(row: Logits, tokens: Sequence[int]) -> list[float]:
    """Probabilities of `tokens` under the plain softmax (temperature 1) over the whole of `row`, to 1e-5.

    `row` holds real tokens only: cut the padding off. One pass, however many tokens are asked for.
    """
    shift = 0.0
    with np.errstate(over="ignore"):
        mass = total(np.exp(row))
    if not SAFE_SUMS[0] < mass < SAFE_SUMS[1]:  # rare, and a pass dearer: measure from the largest logit
        shift = float(row[largest(row)])
        mass = total(np.exp(row - np.float32(shift)))
    return [math.exp(float(row[token]) - shift) / mass for token in tokens]


def _reached(values: Logits, count: int) -> np.float32:
    """A value, above -inf, that `count` of these reach (all that can, where these are fewer)."""
    while values.size >= 2 * FOLD * count:
        values = values[: values.size // FOLD * FOLD].reshape(FOLD, -1).max(axis=0)
    last = max(values.size - count, 0)
    return max(np.partition(values, last)[last], np.float32(LOWEST))


def _check_top(top: float) -> None:
    """`top` is a row's maximum, which is NaN if anything in the row is."""
    if math.isnan(top):
        raise DecodeError("the logits hold NaN: the model's computation went wrong")
    if top == math.inf:
        raise DecodeError("the logits hold infinity: the model's computation went wrong")
    if top == -math.inf:
        raise DecodeError(NO_TOKEN)
