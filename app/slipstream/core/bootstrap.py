"""How much faster one configuration is over a set of prompts, with the paired bootstrap interval over them.

For what is looked at once, when all is measured; what is looked at meanwhile has `core.comparing.watched`. Prompts
are drawn anew within each kind of text. The plain percentile interval is too narrow for few prompts, so deviations
are scaled by √(n/(n-1)) and the percentiles are those of Student's t in place of the normal's: the expanded
percentile interval of T. C. Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69
(2015), 371-386. It knows neither engines nor prompts.
"""

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from slipstream.core.comparing import ALPHA, FEWEST, Comparison

DRAWS = 10_000
BLOCK = 1_000_000  # numbers drawn at a time, so that memory is bounded


def settled(kinds: Iterable[Sequence[float]]) -> Comparison:
    """Log speed-ups of prompts, by kind of text, as one comparison.

    The ratio is the geometric mean over kinds of the geometric mean over prompts: no kind counts for more because it
    has more prompts. The interval takes the kinds as given; there is none for fewer than `FEWEST` prompts (one more
    for each further kind), nor where a kind has one prompt only. A kind without any is left out.
    """
    groups = [np.asarray(kind, np.float64) for kind in kinds if len(kind)]
    if not groups:
        return Comparison(None, None, None, 0)
    n = sum(len(group) for group in groups)
    freedom = n - len(groups)
    ratio = math.exp(float(np.mean([group.mean() for group in groups])))
    if freedom < FEWEST - 1 or min(len(group) for group in groups) < 2:
        return Comparison(ratio, None, None, n)
    rng = np.random.default_rng(1)  # the same figures for the same measurements
    draws = np.mean([_means_of_draws(group, rng) for group in groups], axis=0)
    tail = NormalDist().cdf(-student_t(freedom))
    low, high = np.quantile(draws, (tail, 1 - tail))
    return Comparison(ratio, math.exp(low), math.exp(high), n)


def student_t(freedom: int) -> float:
    """The 1 - ALPHA/2 quantile of Student's t, right to 0.3 % from 4 degrees of freedom on.

    M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    z = NormalDist().inv_cdf(1 - ALPHA / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, 1))


def _means_of_draws(group: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """float64[DRAWS]: the means of samples as large as the group, drawn from it with replacement."""
    n, mean = len(group), group.mean()
    wider = mean + (group - mean) * math.sqrt(n / (n - 1))
    rows = max(1, BLOCK // n)
    blocks = [
        wider[rng.integers(0, n, (min(rows, DRAWS - done), n))].mean(axis=1) for done in range(0, DRAWS, rows)
    ]
    return np.concatenate(blocks)
