"""How many tokens to take from a lookup: on the way to the end of a copy, by dynamic programming.

A text that follows an earlier one does so up to some token, and however it is drafted, the steps write all tokens up
to that one, it included (as the recovered token). So the best lengths are those with the least time to get there:

    V(l) = min over n of  cost(n) + P(the next n + 1 tokens agree)·V(l + n + 1)

with l the tokens that match so far. A step that is kept whole writes one more, its bonus token; if that agrees, too,
the copy goes on. n = 0 is a step without a lookup, open only where no length pays by itself: waiting makes surer, but
teaches nothing. The longest drafts are not the best, though their tokens are the cheapest: where a copy ends every 40
tokens, a draft of 64 is mostly thrown away.

Knows nothing of models, tokens or clocks: numbers in, lengths out.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def lookup_lengths(agrees: Floats, verify_ms: Floats, *, other_ms: float, read_ms: float) -> NDArray[np.intp]:
    """How many tokens to take after a match of l tokens, [l]; 0 where a step without a lookup is better. (L,).

    agrees: (L,), below 1: how likely the next token agrees after a match of l tokens; longer ones are as the last.
    verify_ms: (G + 2,), [n] is the verification of n tokens. other_ms: what a token costs without lookups.
    read_ms: what each token kept costs afterwards.
    """
    longest, most = len(agrees) - 1, len(verify_ms) - 2
    ahead = np.concatenate([agrees, np.full(most, agrees[-1])])
    drafted = np.arange(most + 1)
    lengths = np.zeros(longest + 1, np.intp)
    left = np.zeros(longest + 1)  # V
    for matched in range(longest, -1, -1):
        reaches = np.cumprod(ahead[matched : matched + most + 1])  # [i]: the next i + 1 tokens agree
        kept = np.cumsum(reaches[:-1])
        costs = np.append(other_ms, verify_ms[2:] + read_ms * kept)
        if (costs[1:] < other_ms * (1 + kept)).any():
            costs[0] = np.inf
        if matched == longest:
            totals = costs / (1 - reaches)
        else:
            totals = costs + reaches * left[np.minimum(matched + drafted + 1, longest)]
        lengths[matched] = totals.argmin()
        left[matched] = totals.min()
    return lengths
