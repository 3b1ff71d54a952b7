"""The rules that trade the target's exact distribution for longer steps. They change the output, and say so.

Both keep a draft token that the target finds plausible, without throwing dice, and draw the recovered token
from p. How much that changes is told with every verdict: `Verdict.refused`. They see p as tokens are drawn from
it, after temperature and cuts, and never keep a token that p rules out. So with a single-token p, at
temperature 0, they keep exactly what `match` keeps and change nothing. (Judged by the untempered p they would
change greedy answers; who asks for temperature 0 asks for the target's own answer.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

import numpy as np

from slipstream.engine.acceptance.base import AcceptanceRule, Draft, Target, Verdict, keeping
from slipstream.engine.distribution import Distribution

RELAXED_TOP_N = 10
RELAXED_DELTA = 0.6
TYPICAL_EPSILON = 0.09
TYPICAL_DELTA = 0.3


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Keep a *thinking* token among the target's top N with p(x) ≥ p_max - Δ; the rest is judged by `exact`.

    TensorRT-LLM's rule for DeepSeek-R1, with its N = 10 and Δ = 0.6. The first `thinking` tokens of the draft
    are thinking; where they are all kept, `exact` judges those after them, as a draft of their own.
    """

    exact: AcceptanceRule
    thinking: int
    name = "relaxed"

    @property
    def needs_distributions(self) -> bool:
        return self.exact.needs_distributions

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        head, tail = _split(draft, self.thinking)
        refused, stopped_by = _let_through(head, target, relaxed_keeps)
        kept = len(refused)
        if stopped_by is not None:
            return Verdict(kept, stopped_by.draw(rng), refused)
        judged = self.exact(tail, lambda i: target(kept + i), rng)
        return Verdict(kept + judged.accepted, judged.token, refused)

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        head, tail = _split(draft, self.thinking)
        refused, stopped_by = _let_through(head, target, relaxed_keeps)
        kept = len(refused)
        if stopped_by is not None:
            return _sure(kept, len(draft.tokens))
        return _sure(kept, kept) + self.exact.survival(tail, lambda i: target(kept + i))


class Typical:
    """Keep a token with p(x) > min(ε, δ·exp(-H(p))): the flatter p, the less it takes (Medusa, 2401.10774).

    ε = 0.09 and δ = 0.3 are Medusa's; H is in nats.
    """

    name = "typical"
    needs_distributions = True  # to keep the draft's randomness, and to tell what is refused

    def __call__(self, draft: Draft, target: Target, rng: np.random.Generator) -> Verdict:
        refused, stopped_by = _let_through(draft, target, typical_keeps)
        p = target(len(refused)) if stopped_by is None else stopped_by
        return Verdict(len(refused), p.draw(rng), refused)

    def survival(self, draft: Draft, target: Target) -> tuple[float, ...]:
        refused, _stopped_by = _let_through(draft, target, typical_keeps)
        return _sure(len(refused), len(draft.tokens))


def relaxed_keeps(p: Distribution, token: int) -> bool:
    """Whether `token` is among the N likeliest (of equals, the lowest ids) and at most Δ below the likeliest."""
    own = p.probability(token)
    if own <= 0 or own < float(p.probs.max()) - RELAXED_DELTA:
        return False
    likelier = np.count_nonzero(p.probs > own) + np.count_nonzero(p.probs[p.ids < token] == own)
    return bool(likelier < RELAXED_TOP_N)


def typical_keeps(p: Distribution, token: int) -> bool:
    """Whether p(token) exceeds the threshold of a distribution with p's entropy."""
    probs = p.probs[p.probs > 0]
    entropy = -float(probs @ np.log(probs))
    return p.probability(token) > min(TYPICAL_EPSILON, TYPICAL_DELTA * exp(-entropy))


def _split(draft: Draft, at: int) -> tuple[Draft, Draft]:
    """The draft up to its `at`-th token, and from there on."""
    drawn = draft.distributions
    return (
        Draft(draft.tokens[:at], None if drawn is None else drawn[:at]),
        Draft(draft.tokens[at:], None if drawn is None else drawn[at:]),
    )


def _let_through(
    draft: Draft, target: Target, keeps: Callable[[Distribution, int], bool]
) -> tuple[tuple[float, ...], Distribution | None]:
    """For each token kept before the first that is not, how likely an exact rule would have refused it; and the
    target's distribution where one is not kept.
    """
    refused: list[float] = []
    for i, token in enumerate(draft.tokens):
        p = target(i)
        if not keeps(p, token):
            return tuple(refused), p
        refused.append(1 - keeping(p, draft.drawn_from(i), token))
    return tuple(refused), None


def _sure(count: int, length: int) -> tuple[float, ...]:
    """The survival of a draft of which the first `count` tokens are sure to be kept, and no more."""
    return (1.0,) * count + (0.0,) * (length - count)


typical = Typical()
