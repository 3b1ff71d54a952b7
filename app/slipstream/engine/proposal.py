"""What a drafter hands over: the draft to be judged, and what can be learned from how it came about."""

from dataclasses import dataclass

from slipstream.engine.acceptance import Draft
from slipstream.engine.sampling import Distribution


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft with its circumstances.

    `confidences`: per token, the highest raw probability of the distribution it was taken from; one more where
    the draft model was asked once more and the draft ended there. For a lookup, the tokens that matched before.
    `sources`: per token, the draft model's distribution, drawn from or not; () where it is a point mass.
    `decode_ms`: what each decode of the draft model took; the first one read `caught_up` tokens.
    """

    draft: Draft
    confidences: tuple[float, ...] = ()
    sources: tuple[Distribution, ...] = ()
    decode_ms: tuple[float, ...] = ()
    caught_up: int = 1


NOTHING = Proposal(Draft(()))
