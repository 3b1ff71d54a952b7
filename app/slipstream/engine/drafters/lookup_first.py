"""Lookup where it has a long match, the draft model otherwise: a long match costs nothing and is mostly right."""

from collections.abc import Iterator

from slipstream.engine.acceptance import Draft, Verdict
from slipstream.engine.context import Prefill
from slipstream.engine.drafters.model import ModelDrafter
from slipstream.engine.drafters.ngram import LONGEST, NgramDrafter
from slipstream.engine.model import Tokens


class LookupFirst:
    """Asks `lookup` for matches of at least `shortest` tokens, then `model`."""

    def __init__(self, lookup: NgramDrafter, model: ModelDrafter, shortest: int = LONGEST) -> None:
        self._lookup, self._model, self._shortest = lookup, model, shortest

    @property
    def decode_ms(self) -> float:
        return self._model.decode_ms

    def prepare(self, context: Tokens) -> Iterator[Prefill]:
        yield from self._lookup.prepare(context)
        yield from self._model.prepare(context)

    def propose(self, context: Tokens, limit: int) -> Draft:
        found = self._lookup.propose(context, limit, self._shortest)
        return found if found.tokens else self._model.propose(context, limit)

    def observe(self, verdict: Verdict) -> None:
        self._model.observe(verdict)
