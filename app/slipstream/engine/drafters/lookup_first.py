"""Lookup where it has a match worth more, the draft model otherwise: a long match costs nothing."""

from collections.abc import Callable, Iterator

from slipstream.engine.context import Prefill
from slipstream.engine.drafters.model import ModelDrafter
from slipstream.engine.drafters.ngram import NgramDrafter
from slipstream.engine.model import Tokens
from slipstream.engine.pace.base import Plan
from slipstream.engine.proposal import Proposal


class LookupFirst:
    """Asks `lookup` first; its plan says which matches are worth it."""

    def __init__(self, lookup: NgramDrafter, model: ModelDrafter) -> None:
        self._lookup, self._model = lookup, model

    @property
    def decode_ms(self) -> float:
        return self._model.decode_ms

    def prepare(self, context: Tokens, reads: Callable[[int], int]) -> Iterator[Prefill]:
        yield from self._lookup.prepare(context, reads)
        yield from self._model.prepare(context, reads)

    def propose(self, context: Tokens, plan: Plan) -> Proposal:
        found = self._lookup.propose(context, plan)
        return found if found.draft.tokens else self._model.propose(context, plan)
