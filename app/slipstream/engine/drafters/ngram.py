"""Lookup: what followed the last tokens when they came before is drafted again. Needs no model and no time.

The index does the finding, the plan of the step says how many tokens a match is worth. What is looked up may
be shown to a person, so nothing is kept from one conversation to another.
(Prompt lookup decoding: Saxena 2023; llama.cpp's lookup.)
"""

from collections.abc import Callable, Iterator
from itertools import takewhile

from slipstream.engine.acceptance import Draft
from slipstream.engine.context import Prefill
from slipstream.engine.drafters.index import NgramIndex
from slipstream.engine.model import Tokens
from slipstream.engine.pace.base import Plan
from slipstream.engine.proposal import NOTHING, Proposal


class NgramDrafter:
    """Drafts from what the conversation already holds; lives as long as the pair that is loaded."""

    name = "ngram"
    decode_ms = 0.0

    def __init__(self) -> None:
        self._index = NgramIndex()
        self._opening = ""

    def enter(self, opening: str) -> None:
        """Go on with the conversation that opens with this text: its first message, or a raw prompt.

        An opening that shares less than half with the last one is another conversation's; everything is
        forgotten then. Tokens cannot tell: templates and system prompts begin all conversations alike.
        """
        pairs = zip(opening, self._opening, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if 2 * shared < max(len(opening), len(self._opening)):
            self._index.forget()
        self._opening = opening

    def forget(self) -> None:
        """Start over: another vocabulary, or a run that is to be measured as the first one."""
        self._index.forget()

    def prepare(self, context: Tokens, reads: Callable[[int], int]) -> Iterator[Prefill]:
        self._index.follow(context)
        return iter(())

    def propose(self, context: Tokens, plan: Plan) -> Proposal:
        match = self._index.find(context)
        limit = plan.lookup(match.sureness()) if match else 0
        if match is None or not limit:
            return NOTHING
        drafted = match.continuation(limit)
        sureness = tuple(float(match.sureness(i)) for i in range(len(drafted)))
        return Proposal(Draft(drafted, None, (None,) * len(drafted), self.name), sureness)
