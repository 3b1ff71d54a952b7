"""Who runs ahead. One file per drafter; `make_drafter` is the only place that knows them all.

A drafter keeps whatever it needs in step with the `context` it is handed: it finds the common prefix by itself,
so edits, stops and errors need no repair.
"""

from slipstream.core.chat import Drafting, Speculation
from slipstream.core.errors import UsageError
from slipstream.engine.acceptance import wants_drawn_draft
from slipstream.engine.context import Context
from slipstream.engine.drafters.base import Drafter, NoDrafter
from slipstream.engine.drafters.lookup_first import LookupFirst
from slipstream.engine.drafters.model import ModelDrafter
from slipstream.engine.drafters.ngram import NgramDrafter
from slipstream.engine.sampling import Sampler

__all__ = ["Drafter", "NgramDrafter", "NoDrafter", "make_drafter"]


def make_drafter(
    speculation: Speculation, draft: Context | None, sampler: Sampler, lookup: NgramDrafter, seed: int
) -> Drafter:
    """The drafter for one run. `lookup` is kept across runs: it remembers the conversation's n-grams.

    Raises UsageError where a draft model is asked for and none is loaded.
    """
    if speculation.drafting is Drafting.NONE or speculation.draft_max == 0:
        return NoDrafter()
    if speculation.drafting is Drafting.NGRAM:
        return lookup
    if draft is None:
        raise UsageError("No draft model is loaded", "Choose one, or draft by n-gram lookup")
    drawn = wants_drawn_draft(speculation.accept) and not sampler.greedy
    model = ModelDrafter(draft, sampler, drawn=drawn, seed=seed)
    return LookupFirst(lookup, model) if speculation.lookup_first else model
