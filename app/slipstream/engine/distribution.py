"""A probability distribution over tokens, and what drawing and comparing ask of it.

Mostly a few dozen tokens survive the sampler, and any way to handle them is quick. Without cuts (top-k 0,
top-p 1) all 152k do, several times a step: then the probabilities are float32, ids are shared, and nothing
is searched for that a table can answer. The break lies at `LONG` tokens; results are the same on both sides.

Knows nothing of logits, drafts or models.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Probs = NDArray[np.floating[Any]]

LONG = 4096  # tokens from which on a pass over all of them is worth saving
COLUMN = 64  # tokens a column of a long draw; at 152k, 32 to 128 take about the same time


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Probabilities of the tokens that can be drawn at all.

    `ids` (k,) int32, ascending and distinct; `probs` (k,) positive, adding up to 1: float64, or float32 from
    `LONG` tokens on, where sums hold to 1e-6. What `proportional` makes of long weights may keep zeros.
    """

    ids: NDArray[np.int32]
    probs: Probs

    @staticmethod
    def point(token: int) -> "Distribution":
        """All probability on one token."""
        return Distribution(np.array([token], np.int32), np.ones(1))

    @staticmethod
    def proportional(ids: NDArray[np.int32], weights: Probs) -> "Distribution":
        """Probabilities in proportion to `weights` (k,), not negative and not all 0, of `ids` (k,).

        Tokens of weight 0 are left out, unless there are many to go through: they are never drawn anyhow.
        """
        if weights.size < LONG:
            likely = weights > 0
            if not likely.all():
                ids, weights = ids[likely], weights[likely]
            return Distribution(ids, weights / weights.sum())
        return Distribution(ids, weights * weights.dtype.type(1 / total(weights)))

    def draw(self, rng: np.random.Generator) -> int:
        """One token, by inverting the cumulative distribution at `rng.random()`.

        Where there is no choice, no random number is spent. A long distribution is inverted in two steps:
        first over the masses of columns (token i is in column i modulo their number), then within one.
        """
        if self.ids.size == 1:
            return int(self.ids[0])
        number = rng.random()
        if self.ids.size < LONG:
            return int(self.ids[_invert(self.probs.cumsum(), number)])
        body, rest = _columns(self.probs)
        width = body.shape[1]
        ends = np.concatenate((body.sum(axis=0), rest), dtype=np.float64).cumsum()
        column = _invert(ends, number)
        if column >= width:  # of the few tokens that fill no column, each stands for itself
            return int(self.ids[body.size + column - width])
        before = ends[column - 1] if column else 0.0
        line = _invert(before + body[:, column].cumsum(dtype=np.float64), number)
        return int(self.ids[line * width + column])

    def probability(self, token: int) -> float:
        """The token's probability; 0.0 off the support."""
        place = bisect_left(self.ids, token)
        found = place < self.ids.size and self.ids[place] == token
        return float(self.probs[place]) if found else 0.0

    def on(self, other: "Distribution") -> Probs:
        """The probabilities of `other`'s tokens here, (other's k,), in its order. Not to be written to."""
        if other.ids.size < LONG:
            places = np.minimum(self.ids.searchsorted(other.ids), self.ids.size - 1)
            return np.where(self.ids[places] == other.ids, self.probs[places], 0.0)
        size = max(int(self.ids[-1]), int(other.ids[-1])) + 1
        table = self.probs
        if table.size < size:
            table = np.zeros(size, other.probs.dtype)
            table[self.ids] = self.probs
        return table if other.ids.size == size else table[other.ids]

    @property
    def mode(self) -> int:
        """The likeliest token; of equals, the one with the lowest id."""
        return int(self.ids[self.probs.argmax()])


@lru_cache(maxsize=4)
def every_token(n_vocab: int) -> NDArray[np.int32]:
    """0, 1, … n_vocab - 1; shared, so read-only."""
    ids = np.arange(n_vocab, dtype=np.int32)
    ids.flags.writeable = False
    return ids


def total(weights: Probs) -> float:
    """The sum of a long row to about 1e-6: columns in its own type (which vectorises), then in float64."""
    body, rest = _columns(weights)
    return float(body.sum(axis=0).sum(dtype=np.float64) + rest.sum(dtype=np.float64))


def _columns(values: Probs) -> tuple[Probs, Probs]:
    """The row as columns of `COLUMN` tokens, (COLUMN, n), and the few left over."""
    width = values.size // COLUMN
    return values[: width * COLUMN].reshape(COLUMN, width), values[width * COLUMN :]


def _invert(ends: Probs, number: float) -> int:
    """The first place whose cumulative mass exceeds `number`; where rounding leaves none, the last with any mass."""
    # bisect, not np.searchsorted: it is faster for one value, and it asks nothing of the random number but
    # comparisons, which lets a test follow every branch with its exact probability.
    place = bisect_right(ends, number)
    return place if place < ends.size else int(ends.searchsorted(ends[-1]))
