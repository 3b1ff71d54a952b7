"""What is known about how a pair's drafts fare: the other half of what the pace controller learns.

Costs (`core.costs`) say what a longer draft takes; `Habits` say what it brings. A draft model tells how sure it is:
the raw probability of its likeliest token. These confidences are cut into bins, and for each bin it is learned
which share of the tokens is kept, and which bin tends to follow which. Lookups have no confidence but the length
of the match, and bins of their own.

Only positions that were reached are learned from: what comes after a refused token says nothing. Everything
forgets, so that a change of subject shows within tens of steps.
"""

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

CONFIDENCE_EDGES = (0.15, 0.3, 0.45, 0.6, 0.75, 0.87, 0.95, 0.985)
MATCH_EDGES = (4, 5, 6, 8, 12, 16, 24, 40)  # tokens that matched before the one that is drafted
ENTRIES = ("plain", "recovered", "whole")  # how the step before ended: the states a draft can begin in
BINS, MATCHES = len(CONFIDENCE_EDGES) + 1, len(MATCH_EDGES) + 1

MEMORY = 256  # observations that are remembered for a pair
SHORT_MEMORY = 48  # within an answer: a text changes its nature sooner than models do
LOOKED_UP = (
    8  # times as many of lookups: they come by the dozen, and what matters is the one in a hundred refused
)
DOUBT = 6.0  # what the shares start with weighs this many observations
# Where nothing is known yet: a draft is somewhat too sure of itself, and confidence persists.
_KEPT = (0.2, 0.3, 0.4, 0.52, 0.65, 0.77, 0.87, 0.93, 0.97)
_KEPT_OFF = (0.08, 0.12, 0.15, 0.2, 0.25, 0.3, 0.3, 0.3, 0.3)  # drawn, and not the likeliest
# Measured on edits, renames, solutions of maths problems and prose, tokens of Qwen2.5; docs/findings.md.
_KEPT_MATCHED = (0.42, 0.5, 0.57, 0.68, 0.72, 0.75, 0.78, 0.88, 0.95)
_KEPT_COPIED = (0.7, 0.75, 0.8, 0.87, 0.92, 0.955, 0.99, 0.991, 0.994)
_OVERALL = (0.04, 0.08, 0.1, 0.1, 0.1, 0.09, 0.09, 0.1, 0.3)  # how often each confidence is met


def confidence_bin(confidence: float) -> int:
    return bisect_right(CONFIDENCE_EDGES, confidence)


def match_bin(length: int) -> int:
    return bisect_right(MATCH_EDGES, length)


@dataclass
class Share:
    """A mean of values in 0…1 that starts with a guess and slowly forgets."""

    mean: float
    weight: float = DOUBT

    def add(self, value: float, memory: float = MEMORY) -> None:
        self.weight = min(self.weight + 1, memory)
        self.mean += (value - self.mean) / self.weight


@dataclass
class Frequencies:
    """How often each of some outcomes is met; starts with a guess and slowly forgets."""

    counts: list[float]

    def add(self, outcome: int, memory: float = MEMORY) -> None:
        self.scale_to(memory - 1)
        self.counts[outcome] += 1

    def scale_to(self, most: float) -> None:
        """Weigh no more than `most` observations."""
        total = sum(self.counts)
        if total > most:
            self.counts = [count * most / total for count in self.counts]

    @property
    def shares(self) -> list[float]:
        total = sum(self.counts)
        return [count / total for count in self.counts]


def _shares(guesses: Sequence[float]) -> list[Share]:
    return [Share(guess) for guess in guesses]


def _follows() -> list[Frequencies]:
    """After an entry any confidence, as overall; after a confidence rather a near one."""
    overall = [Frequencies([DOUBT * share for share in _OVERALL]) for _ in ENTRIES]
    after = []
    for before in range(BINS):
        near = [share * (2.0 if abs(b - before) <= 1 else 1.0) for b, share in enumerate(_OVERALL)]
        after.append(Frequencies([DOUBT * weight / sum(near) for weight in near]))
    return overall + after


@dataclass
class Habits:
    """What was learned about the drafts of one pair under one acceptance rule. Lists by bin.

    `drawn`, `likeliest`: the share kept where the token is drawn from the draft's distribution, or is its likeliest.
    `drew_likeliest`, `drew_other`: the share kept once it is known which one was drawn.
    `follows`: rows are the entries, then the bins: which bin comes next.
    `matched`: the share kept of looked-up tokens, by the length of the match; `copied`: the same where
    lookups have written much of the last tokens: the text is a copy then, and no phrase repeated by chance.
    """

    drawn: list[Share] = field(default_factory=lambda: _shares(_KEPT))
    likeliest: list[Share] = field(default_factory=lambda: _shares(_KEPT))
    drew_likeliest: list[Share] = field(default_factory=lambda: _shares(_KEPT))
    drew_other: list[Share] = field(default_factory=lambda: _shares(_KEPT_OFF))
    follows: list[Frequencies] = field(default_factory=_follows)
    entries: Frequencies = field(default_factory=lambda: Frequencies([1.0] * len(ENTRIES)))
    matched: list[Share] = field(default_factory=lambda: _shares(_KEPT_MATCHED))
    copied: list[Share] = field(default_factory=lambda: _shares(_KEPT_COPIED))

    # Earned for trials while drafting was off; not for one answer only, for short ones have to save together.
    spare_ms: float = field(default=0.0, compare=False)

    def for_an_answer(self) -> "Habits":
        """A copy that learns quickly: what is known of the pair is where it starts from."""
        copied = deepcopy(self)
        copied.weigh_at_most(SHORT_MEMORY / 4)
        return copied

    def weigh_at_most(self, observations: float) -> None:
        """Let what was seen so far weigh no more than so many observations: what comes now shows sooner."""
        for name in _SHARES:
            most = observations * (LOOKED_UP if name in _LOOKUPS else 1)
            for share in getattr(self, name):
                share.weight = min(share.weight, most)
        for row in (*self.follows, self.entries):
            row.scale_to(observations)

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: [[share.mean, share.weight] for share in getattr(self, name)] for name in _SHARES
        }
        found["follows"] = [row.counts for row in self.follows]
        found["entries"] = self.entries.counts
        return found

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Habits":
        """Raises ValueError, KeyError or TypeError for what `to_json` cannot have written."""
        found = cls()
        for name in _SHARES:
            most = MEMORY * (LOOKED_UP if name in _LOOKUPS else 1)
            rows = [Share(_within(mean, 0, 1), _within(weight, 1, most)) for mean, weight in data[name]]
            setattr(found, name, _as_long_as(getattr(found, name), rows))
        found.follows = _as_long_as(found.follows, [_frequencies(row, BINS) for row in data["follows"]])
        found.entries = _frequencies(data["entries"], len(ENTRIES))
        return found


_LOOKUPS = ("matched", "copied")
_SHARES = ("drawn", "likeliest", "drew_likeliest", "drew_other", *_LOOKUPS)


def _frequencies(row: list[float], length: int) -> Frequencies:
    counts = [_within(count, 0, MEMORY + 1) for count in row]
    if len(counts) != length or not sum(counts) > 0:
        raise ValueError("not a row of frequencies")
    return Frequencies(counts)


def _as_long_as[T](expected: list[T], found: list[T]) -> list[T]:
    if len(found) != len(expected):
        raise ValueError(f"{len(found)} rows in place of {len(expected)}")
    return found


def _within(value: float, low: float, high: float) -> float:
    number = float(value)
    if not isfinite(number) or not low <= number <= high:
        raise ValueError(f"{value} is not between {low} and {high}")
    return number
