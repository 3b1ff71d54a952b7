"""What a drafter is, and the one that never drafts."""

from collections.abc import Callable, Iterator
from typing import Protocol

from slipstream.engine.context import Prefill
from slipstream.engine.model import Tokens
from slipstream.engine.pace.base import Plan
from slipstream.engine.proposal import NOTHING, Proposal


class Drafter(Protocol):
    """Proposes tokens that may follow a context."""

    def prepare(self, context: Tokens, reads: Callable[[int], int]) -> Iterator[Prefill]:
        """Read the prompt, so that the first `propose` is quick.

        `reads` says how many of so many unread tokens a draft model shall read. Raises StoppedError, DecodeError.
        """

    def propose(self, context: Tokens, plan: Plan) -> Proposal:
        """As many tokens as `plan` wants, or fewer. Raises StoppedError, DecodeError."""

    @property
    def decode_ms(self) -> float:
        """Wall time spent in llama_decode, summed; 0 for drafters without a model."""


class NoDrafter:
    """Ordinary decoding: always the empty draft."""

    decode_ms = 0.0

    def prepare(self, context: Tokens, reads: Callable[[int], int]) -> Iterator[Prefill]:
        return iter(())

    def propose(self, context: Tokens, plan: Plan) -> Proposal:
        return NOTHING
