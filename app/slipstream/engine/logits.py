"""Passes over a row of raw logits, where llama.cpp keeps it: never written to, never sorted whole.

The trick for the k largest is a threshold that costs one pass: split the row into groups, take each group's
maximum; the k-th largest of these maxima is reached by at least k logits, so the k largest logits all reach it,
and few others do.

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

GROUP_SIZES = (64, 8)  # the row is folded by the one, its maxima by the other, while enough are left
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
    maxima = row
    for size in GROUP_SIZES:
        if maxima.size >= size * max(2 * count, size):
            maxima = _maxima(maxima, size)
    last = max(maxima.size - count, 0)
    top = np.partition(maxima, last)[last:]
    _check_top(float(top.max()))  # NaN counts as the largest of all
    return np.flatnonzero(row >= max(top[0], np.float32(LOWEST)))


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


def _maxima(values: Logits, size: int) -> Logits:
    """The maxima of groups of `size` values or one more. Group g is values[g::width], so that they vectorise."""
    width = values.size // size
    whole = width * size
    maxima: Logits = values[:whole].reshape(size, width).max(axis=0)
    left = values.size - whole  # fewer than `size`, and so than groups
    np.maximum(maxima[:left], values[whole:], out=maxima[:left])
    return maxima


def _check_top(top: float) -> None:
    """`top` is a row's maximum, which is NaN if anything in the row is."""
    if math.isnan(top):
        raise DecodeError("the logits hold NaN: the model's computation went wrong")
    if top == math.inf:
        raise DecodeError("the logits hold infinity: the model's computation went wrong")
    if top == -math.inf:
        raise DecodeError(NO_TOKEN)
