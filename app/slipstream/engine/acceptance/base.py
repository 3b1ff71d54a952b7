"""What a rule is given and what it answers, and the arithmetic on two distributions that rules share.

Knows no rule, no model, no logits and no text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from slipstream.engine.distribution import Distribution, Probs, total

ROUNDING_MASS = 1e-12  # a residual of this mass or less is rounding error: p and q are the same
Target = Callable[[int], Distribution]


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposed tokens, and what each was drawn from; () is ordinary decoding.

    `distributions` None says that the draft was deterministic (argmax, n-gram lookup). Where given, every
    token was really drawn from its distribution, and every drawn token was submitted: whether to submit one
    may depend on the tokens before it and on the distributions up to its own, never on the token itself, or
    the output is no longer the target's. A point mass among them is a token taken without drawing.
    `raw_probs`: per token, the draft's probability before temperature and cuts (None where it has none).
    """

    tokens: tuple[int, ...]
    distributions: tuple[Distribution, ...] | None = None
    raw_probs: tuple[float | None, ...] = ()
    drafter: str = "none"

    def __post_init__(self) -> None:
        if self.distributions is not None and len(self.distributions) != len(self.tokens):
            raise ValueError(f"{len(self.tokens)} tokens with {len(self.distributions)} distributions")

    def drawn_from(self, i: int) -> Distribution:
        """What token i was drawn from: a point mass where it was not drawn."""
        return self.distributions[i] if self.distributions is not None else Distribution.point(self.tokens[i])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first `accepted` draft tokens stand, then comes `token`: recovered, or the bonus if all stand.

    `refused`: for each token that a lossy rule let through, in order, the probability with which the exact
    rule would have refused it: 1 - min(1, p/q). Tokens kept by a lossless rule are left off the end.
    """

    accepted: int
    token: int
    refused: tuple[float, ...] = ()


class AcceptanceRule(Protocol):
    """How a draft is judged."""

    @property
    def name(self) -> str: ...

    @property
    def needs_distributions(self) -> bool:
        """Whether it makes use of the distributions the draft was drawn from."""

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        """`target(i)` is the target's distribution after the context and `draft.tokens[:i]`, 0 ≤ i ≤ len.

        Raises ValueError for a token that its own distribution rules out.
        """

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        """Per position i from 1, the probability that at least i tokens of this very draft are kept."""


def expected_accepted(rule: AcceptanceRule, draft: Draft, target: Target) -> float:
    """How many tokens of this very draft the rule keeps on average, exactly: nothing is drawn.

    Averaged over drafts it says the same as counting what a rule really kept, with less noise: the rule's own
    dice are integrated out (Rao-Blackwell).
    """
    return sum(rule.survival(draft, target))


def overlap(p: Distribution, q: Distribution) -> float:
    """Σ min(p, q): how much of what q draws the exact rule keeps, on average over the draw."""
    return total(np.minimum(p.probs, q.on(p)))


def surplus(p: Distribution, q: Distribution, share: float = 1.0) -> Probs:
    """(share·p - q)₊ on the support of p."""
    return np.maximum(share * p.probs - q.on(p), 0.0)


def residual(p: Distribution, q: Distribution, share: float = 1.0) -> Distribution:
    """norm((share·p - q)₊): what p holds beyond q; p itself where that is nothing but rounding."""
    left = surplus(p, q, share)
    return p if total(left) <= ROUNDING_MASS else Distribution.proportional(p.ids, left)


def keeping(p: Distribution, q: Distribution, token: int) -> float:
    """min(1, p/q): the probability with which the exact rule keeps `token`, drawn from q.

    Raises ValueError where q rules the token out.
    """
    drafted = q.probability(token)
    if drafted <= 0:
        raise ValueError(f"draft token {token} was not drawn from the distribution given with it")
    return min(1.0, p.probability(token) / drafted)
