"""What a drafter is, and the one that never drafts."""

from collections.abc import Iterator
from typing import Protocol

from slipstream.engine.acceptance import Draft, Verdict
from slipstream.engine.context import Prefill
from slipstream.engine.model import Tokens

NOTHING = Draft(())


class Drafter(Protocol):
    """Proposes tokens that may follow a context."""

    def prepare(self, context: Tokens) -> Iterator[Prefill]:
        """Read the prompt, so that the first `propose` is quick. Raises StoppedError, DecodeError."""

    def propose(self, context: Tokens, limit: int) -> Draft:
        """At most `limit` tokens (fewer, or none, are welcome). Raises StoppedError, DecodeError."""

    def observe(self, verdict: Verdict) -> None:
        """What became of the last proposal."""

    @property
    def decode_ms(self) -> float:
        """Wall time spent in llama_decode, summed; 0 for drafters without a model."""


class NoDrafter:
    """Ordinary decoding: always the empty draft."""

    decode_ms = 0.0

    def prepare(self, context: Tokens) -> Iterator[Prefill]:
        return iter(())

    def propose(self, context: Tokens, limit: int) -> Draft:
        return NOTHING

    def observe(self, verdict: Verdict) -> None:
        pass
