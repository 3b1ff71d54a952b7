"""When to stop drafting: an optimal stopping problem, solved by dynamic programming.

A draft is made token by token. Before each token the draft model may be asked for a distribution, which costs a
decode; what it shows, its confidence, tells how likely the next token is to be kept; submitting it makes the
verification dearer. What is gained is tokens, what is paid is time, and time has a price: the tokens that the best
policy would make of it (`rate`). So the value of a state is

    before a decode   W(i, S, b) = max(0, -rate·decode + Σ_c follows(b, c)·U(i, S, c))
    after it          U(i, S, c) = max(0, S·kept(c) - rate·(T(i+2) - T(i+1)) + W(i+1, S·kept(c), c))

with i the tokens submitted so far, S the probability that all of them are kept, b and c the bins of the last and
the next confidence, and T(n) what verifying n tokens costs. T is jagged, so a rule that looks one token ahead fails;
this one looks to the end. The threshold structure is that of SpecDec++ (2405.19715, section 3.2), with measured
costs in place of constants. The best rate solves 1 + W = rate·T(1) (the renewal-reward theorem), where W is the
value of entering: Dinkelbach's method.

Knows nothing of models, tokens or clocks: numbers in, thresholds out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID = np.linspace(0.0, 1.0, 21)  # survival probabilities at which values are kept; linear in between
CLOSE = 1e-3  # relative, of rates
MOST_ROUNDS = 24


@dataclass(frozen=True)
class Prospects:
    """What drafting costs and brings at present. B bins, E entries, drafts of at most G tokens."""

    verify_ms: Floats  # (G + 2,): [n] is the verification of n tokens; [0] is not used
    entry_ms: Floats  # (E,): the first decode of a draft, by entry
    decode_ms: float  # each further one
    kept: Floats  # (B,): probability that a submitted token is kept, given all before it are
    first: Floats  # (E, B): the first confidence, by entry
    follows: Floats  # (B, B): the next confidence, by the last one
    entries: Floats  # (E,): how often each entry is met

    @property
    def longest(self) -> int:
        return len(self.verify_ms) - 2

    @property
    def plain_rate(self) -> float:
        """Tokens per ms without drafting."""
        return float(1 / self.verify_ms[1])


class Policy:
    """The best decisions where a millisecond is worth `rate` tokens."""

    def __init__(self, prospects: Prospects, rate: float) -> None:
        self.rate = rate
        self.prospects = prospects
        longest, bins = prospects.longest, prospects.kept.size
        added = rate * np.diff(prospects.verify_ms[1:])  # [i]: from i submitted tokens to i + 1
        survives = np.outer(GRID, prospects.kept)  # (S, B), after submission
        step = 1 / (len(GRID) - 1)
        low = np.minimum((survives / step).astype(np.intp), len(GRID) - 2)
        part = survives / step - low
        columns = np.arange(bins)
        self._before = np.zeros((longest + 1, len(GRID), bins))  # W, not yet cut at 0
        self._after = np.zeros((longest, len(GRID), bins))  # U, not yet cut at 0
        going_on = np.zeros((len(GRID), bins))
        for i in range(longest - 1, -1, -1):
            further = going_on[low, columns] * (1 - part) + going_on[low + 1, columns] * part
            self._after[i] = survives - added[i] + further
            worth = np.maximum(self._after[i], 0)
            self._before[i] = worth @ prospects.follows.T - rate * prospects.decode_ms
            going_on = np.maximum(self._before[i], 0)
        # What is gained by entering, in tokens per step; (E,), may be below 0.
        first = np.maximum(self._after[0][-1], 0) if longest else np.zeros(bins)
        self.entering: Floats = prospects.first @ first - rate * prospects.entry_ms

    @property
    def gain(self) -> float:
        """Tokens per step above what the time they take is worth, if drafting is left out where it loses."""
        return float(self.prospects.entries @ np.maximum(self.entering, 0))

    def asks(self, submitted: int, survival: float, last: int) -> bool:
        """Whether the next distribution is worth its decode, after one submitted token or more."""
        return submitted < self.prospects.longest and _at(self._before[submitted], survival, last) > 0

    def submits(self, submitted: int, survival: float, confidence: int) -> bool:
        """Whether a token from the distribution at hand is worth its verification."""
        return submitted < self.prospects.longest and _at(self._after[submitted], survival, confidence) > 0


def _at(values: Floats, survival: float, column: int) -> float:
    place = min(max(survival, 0.0), 1.0) * (len(GRID) - 1)
    low = min(int(place), len(GRID) - 2)
    return float(values[low, column] + (values[low + 1, column] - values[low, column]) * (place - low))


def best_policy(prospects: Prospects, start: float | None = None) -> Policy:
    """The policy whose own rate is the price it reckons with; not drafting at all is one of them.

    `start`: the rate to try first (the last one found). The gap 1 + gain - rate·T(1) falls with the rate, from
    the plain rate, where it is the gain, to a rate no policy reaches; its zero is found by the Illinois method.
    """
    plain = prospects.plain_rate
    policy = Policy(prospects, plain)
    if policy.gain <= 0:
        return policy
    low, low_gap = plain, policy.gain
    high, high_gap = (
        plain * (prospects.longest + 1),
        -float(prospects.longest),
    )  # all kept, for the price of one
    rate = start if start is not None and low < start < high else plain * 1.5
    for _ in range(MOST_ROUNDS):
        policy = Policy(prospects, rate)
        gap = 1 + policy.gain - rate / plain
        if abs(gap) < CLOSE:
            break
        if gap > 0:
            low, low_gap, high_gap = rate, gap, high_gap / 2
        else:
            high, high_gap, low_gap = rate, gap, low_gap / 2
        rate = (low * high_gap - high * low_gap) / (high_gap - low_gap)
    return policy


def fixed_lengths(prospects: Prospects) -> tuple[Floats, Floats]:
    """For drafts of always 1, 2, … G tokens: what a step yields and what it costs, in plain steps; (G,) each.

    Drafting at length g pays where the first is above the second: tau against its break-even.
    """
    at = (prospects.entries @ prospects.first) * prospects.kept  # (B,): reached, kept, by its confidence
    survives = np.empty(prospects.longest)
    for i in range(prospects.longest):
        survives[i] = at.sum()
        at = (at @ prospects.follows) * prospects.kept
    decodes = prospects.entries @ prospects.entry_ms + prospects.decode_ms * np.arange(prospects.longest)
    return 1 + np.cumsum(survives), (prospects.verify_ms[2:] + decodes) / prospects.verify_ms[1]
