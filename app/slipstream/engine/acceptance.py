"""Which draft tokens are kept: the acceptance rules, pure functions over distributions.

A rule sees the draft, asks for the target's distribution at one position after the other, and says how many
draft tokens stand and which token follows them. All rules here are lossless: what comes out is distributed
as if the target had written alone. They know no model, no logits and no text.

To add a rule: write a class with the shape of `AcceptanceRule` and name it in `_PAIRS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import AcceptRule
from slipstream.engine.sampling import Distribution

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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first `accepted` draft tokens stand, then comes `token`: recovered, or the bonus if all stand."""

    accepted: int
    token: int


class AcceptanceRule(Protocol):
    """How a draft is judged."""

    @property
    def name(self) -> str: ...

    @property
    def needs_distributions(self) -> bool:
        """Whether it makes use of the distributions the draft was drawn from."""

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        """`target(i)` is the target's distribution after the context and `draft.tokens[:i]`, 0 ≤ i ≤ len."""


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


class TokenWise:
    """Rejection sampling token by token (Leviathan et al. 2211.17192, Chen et al. 2302.01318). Lossless.

    Keeps x, drawn from q, with probability min(1, p(x)/q(x)); the first refused token is replaced by one
    drawn from norm((p − q)₊). Keeps Σ min(p, q) on average. A deterministic draft is a point mass.
    Raises ValueError for a token that its own distribution rules out.
    """

    name = "token"
    needs_distributions = True

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        for i, token in enumerate(draft.tokens):
            p = target(i)
            q = draft.distributions[i] if draft.distributions is not None else Distribution.point(token)
            kept, drafted = p.probability(token), q.probability(token)
            if drafted <= 0:
                raise ValueError(f"draft token {token} was not drawn from the distribution given with it")
            if kept < drafted and not rng.random() < kept / drafted:
                return Verdict(i, residual(p, q).draw(rng))
        return Verdict(len(draft.tokens), target(len(draft.tokens)).draw(rng))


class BlockWise:
    """Block verification (Sun et al. 2403.10444, algorithm 2): the draft is judged as a whole. Lossless.

    With P(i) = min(1, P(i-1)·p(x)/q(x)) and s(i) the mass of (P(i)·p - q)₊ at the next position, position i passes
    with probability s(i) / (s(i) + 1 - P(i)), the last one with P. The *largest* position that passes is kept,
    whatever fails before it, so in expectation never fewer tokens than token by token.
    """

    name = "block"
    needs_distributions = True

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        drawn_from = draft.distributions or tuple(Distribution.point(token) for token in draft.tokens)
        length = len(draft.tokens)
        kept, share = 0, 1.0  # the largest position that passed, and its P
        running = 1.0
        for i, (token, q) in enumerate(zip(draft.tokens, drawn_from, strict=True), start=1):
            drafted = q.probability(token)
            if drafted <= 0:
                raise ValueError(f"draft token {token} was not drawn from the distribution given with it")
            running = min(1.0, running * target(i - 1).probability(token) / drafted)
            if running == 0:
                break  # and so it stays: no later position can pass
            passes = running
            if i < length:
                left = float(_surplus(target(i), drawn_from[i], running).sum())
                passes = left / (left + 1 - running) if left + 1 - running > 0 else 1.0
            if rng.random() < passes:
                kept, share = i, running
        if kept == length:
            return Verdict(kept, target(kept).draw(rng))
        return Verdict(kept, residual(target(kept), drawn_from[kept], share).draw(rng))


def residual(p: Distribution, q: Distribution, share: float = 1.0) -> Distribution:
    """norm((share·p - q)₊): what p holds beyond q; p itself where that is nothing but rounding."""
    surplus = _surplus(p, q, share)
    keep = surplus > 0
    mass = float(surplus.sum())
    if mass <= ROUNDING_MASS:
        return p
    return Distribution(p.ids[keep], surplus[keep] / mass)


def _surplus(p: Distribution, q: Distribution, share: float) -> NDArray[np.float64]:
    """(share·p - q)₊ on the support of p."""
    places = q.ids.searchsorted(p.ids).clip(max=q.ids.size - 1)
    return np.maximum(share * p.probs - np.where(q.ids[places] == p.ids, q.probs[places], 0.0), 0.0)


match = Match()
token_wise = TokenWise()
block_wise = BlockWise()

# What a person chooses → (the rule for a draft that was drawn, the rule for a deterministic one).
_PAIRS: dict[AcceptRule, tuple[AcceptanceRule, AcceptanceRule]] = {
    AcceptRule.LOSSLESS: (block_wise, match),
    AcceptRule.TOKEN: (token_wise, token_wise),
    AcceptRule.MATCH: (match, match),
}


def rule_for(accept: AcceptRule, draft: Draft) -> AcceptanceRule:
    """The rule that judges this draft."""
    drawn, deterministic = _PAIRS[accept]
    return deterministic if draft.distributions is None else drawn


def wants_drawn_draft(accept: AcceptRule) -> bool:
    """Whether a draft model should draw its tokens (keeping distributions) rather than take the likeliest.

    At the same settings a drawn draft is accepted more often by a rule that uses its distribution, and less
    often by one that does not.
    """
    return _PAIRS[accept][0].needs_distributions
