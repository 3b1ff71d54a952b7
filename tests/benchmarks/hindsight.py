"""How fast an answer could have been written at all: every step drafting what hindsight knows to be best.

For a recorded answer it is known, at each place, how many tokens of the draft's likeliest continuation agree with
what the target wrote (`Trace.model`), and how many a lookup would have found (`Trace.lookup`). An oracle that knows
them drafts from either, any number of tokens, or nothing; the cheapest way through the text is found exactly, by
dynamic programming from the end. Steps have the prices of a cost table (`costs.py`): t_T(n + 1) for n tokens
verified, t_d for each token drafted by the model, nothing for a lookup, for judging, for catching up. So no
controller of these drafters can be faster: it is a bound, not a goal.

At temperature 0 this is the whole truth. Above it, it is that of *likeliest* drafts judged by match, whatever the
answer was drafted with: the target's text does not depend on the draft then, and so it is well defined. A drawn draft
judged by block may do better than this bound, where draft and target are both unsure.

What was measured is compared at the same prices: wall time is divided by how much slower than the table the answer's
own verifying decodes were, and keeps all that the oracle does not pay (overhead, catching up, tokens drafted and
dropped).
"""

import statistics
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rows import Step

MOST_DRAFTED = 64


@dataclass(frozen=True)
class Prices:
    """ms. Between measured sizes on a straight line; beyond the last one, as the last two rise."""

    verify: Mapping[int, float]  # by tokens decoded: one more than drafted
    draft: float  # per token

    def verify_ms(self, tokens: int) -> float:
        if tokens in self.verify:
            return self.verify[tokens]
        sizes = sorted(self.verify)
        place = min(max(bisect_left(sizes, tokens), 1), len(sizes) - 1)
        low, high = sizes[place - 1], sizes[place]
        slope = (self.verify[high] - self.verify[low]) / (high - low)
        return self.verify[low] + slope * (tokens - low)

    def step_ms(self, drafted: int, by_model: bool = True) -> float:
        return self.verify_ms(drafted + 1) + (drafted * self.draft if by_model else 0.0)


@dataclass(frozen=True)
class Trace:
    """Per token of an answer: how many from it on a draft made just before it would have kept."""

    model: tuple[int, ...]
    lookup: tuple[int, ...]

    @staticmethod
    def runs(agrees: Sequence[bool]) -> tuple[int, ...]:
        """How many agreements in a row begin at each place."""
        counts = [0] * (len(agrees) + 1)
        for i in reversed(range(len(agrees))):
            counts[i] = counts[i + 1] + 1 if agrees[i] else 0
        return tuple(counts[:-1])


def oracle_ms(trace: Trace, prices: Prices) -> float:
    """The least the tokens after the first can cost."""
    end = len(trace.model)
    left = [0.0] * (end + 1)
    for place in reversed(range(1, end)):
        room = min(end - place - 1, MOST_DRAFTED)
        ways = [prices.step_ms(0) + left[place + 1]]
        for kept, by_model in ((trace.model[place], True), (trace.lookup[place], False)):
            # More than is kept may still be cheaper: some larger batches cost less than smaller ones.
            ways += [
                prices.step_ms(drafted, by_model) + left[place + 1 + min(drafted, kept)]
                for drafted in range(1, room + 1)
            ]
        left[place] = min(ways)
    return left[1] if end else 0.0


def fixed_ms(trace: Trace, prices: Prices, length: int) -> float:
    """What the tokens after the first cost with the model drafting always `length` tokens."""
    total, place, end = 0.0, 1, len(trace.model)
    while place < end:
        drafted = min(length, end - place - 1)
        total += prices.step_ms(drafted)
        place += 1 + min(drafted, trace.model[place])
    return total


def recorded_ms(steps: Sequence[Step], prices: Prices) -> float:
    """Wall time of the steps after the first, at the table's speed."""
    later = steps[1:]
    slower = statistics.median(step.verify_ms / prices.verify_ms(step.drafted + 1) for step in later)
    return sum(step.draft_ms + step.verify_ms + step.rest_ms for step in later) / slower


def hindsight_limit(runs: Sequence[tuple[Trace, Sequence[Step]]], prices: Prices) -> float:
    """Ours / limit, as speeds: 1 is as fast as any length could have been. Over all runs together.

    `runs`: per answer its trace and recorded steps; both stand for the same tokens.
    """
    return sum(oracle_ms(trace, prices) for trace, _ in runs) / sum(
        recorded_ms(steps, prices) for _, steps in runs
    )
