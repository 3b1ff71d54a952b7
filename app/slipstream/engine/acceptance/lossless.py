"""The rules that change nothing: what comes out is distributed as if the target had written alone."""

from itertools import accumulate
from operator import mul

import numpy as np

from slipstream.engine.acceptance.base import Draft, Target, Verdict, keeping, residual, surplus
from slipstream.engine.distribution import total


class Match:
    """Draw from the target at each position; go on while it draws what was drafted. Lossless for any draft.

    Keeps token x with probability p(x). At temperature 0 this is exact greedy matching.
    """

    name = "match"
    needs_distributions = False

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        for i, token in enumerate(draft.tokens):
            drawn = target(i).draw(rng)
            if drawn != token:
                return Verdict(i, drawn)
        return Verdict(len(draft.tokens), target(len(draft.tokens)).draw(rng))

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        kept = (target(i).probability(token) for i, token in enumerate(draft.tokens))
        return tuple(accumulate(kept, mul))


class TokenWise:
    """Rejection sampling token by token (Leviathan et al. 2211.17192, Chen et al. 2302.01318). Lossless.

    Keeps x, drawn from q, with probability min(1, p(x)/q(x)); the first refused token is replaced by one
    drawn from norm((p - q)₊). Keeps Σ min(p, q) on average. A deterministic draft is a point mass.
    """

    name = "token"
    needs_distributions = True

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        for i, token in enumerate(draft.tokens):
            p, q = target(i), draft.drawn_from(i)
            keep = keeping(p, q, token)
            if keep < 1 and not rng.random() < keep:
                return Verdict(i, residual(p, q).draw(rng))
        return Verdict(len(draft.tokens), target(len(draft.tokens)).draw(rng))

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        kept = (keeping(target(i), draft.drawn_from(i), token) for i, token in enumerate(draft.tokens))
        return tuple(accumulate(kept, mul))


class BlockWise:
    """Block verification (Sun et al. 2403.10444, algorithm 2): the draft is judged as a whole. Lossless.

    With P(i) = min(1, P(i-1)·p(x)/q(x)) and s(i) the mass of (P(i)·p - q)₊ at the next position, position i passes
    with probability s(i) / (s(i) + 1 - P(i)), the last one with P. The *largest* position that passes is kept,
    whatever fails before it, so in expectation never fewer tokens than token by token.
    """

    name = "block"
    needs_distributions = True

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        kept, share = 0, 1.0  # the largest position that passed, and its P
        for i, (passes, running) in enumerate(self._passing(draft, target), start=1):
            if rng.random() < passes:
                kept, share = i, running
        if kept == len(draft.tokens):
            return Verdict(kept, target(kept).draw(rng))
        return Verdict(kept, residual(target(kept), draft.drawn_from(kept), share).draw(rng))

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        passing = [passes for passes, _ in self._passing(draft, target)]
        passing += [0.0] * (len(draft.tokens) - len(passing))
        none_from_here = list(accumulate((1 - passes for passes in reversed(passing)), mul))
        return tuple(1 - none for none in reversed(none_from_here))

    def _passing(self, draft: Draft, target: Target) -> list[tuple[float, float]]:
        """Per position the probability to pass and its P, up to where P is 0: no later one can pass."""
        length = len(draft.tokens)
        found: list[tuple[float, float]] = []
        running = 1.0
        for i, token in enumerate(draft.tokens, start=1):
            drafted = draft.drawn_from(i - 1).probability(token)
            if drafted <= 0:
                raise ValueError(f"draft token {token} was not drawn from the distribution given with it")
            running = min(1.0, running * target(i - 1).probability(token) / drafted)
            if running == 0:
                break
            passes = running
            if i < length:
                left = total(surplus(target(i), draft.drawn_from(i), running))
                passes = left / (left + 1 - running) if left + 1 - running > 0 else 1.0
            found.append((passes, running))
        return found


match = Match()
token_wise = TokenWise()
block_wise = BlockWise()
