"""How far to draft: fixed by a person, or found by measurement."""

from slipstream.core.chat import Drafting, Speculation
from slipstream.core.costs import PairRecord
from slipstream.core.habits import Habits
from slipstream.engine.acceptance import wants_drawn_draft
from slipstream.engine.pace.adaptive import AdaptivePace
from slipstream.engine.pace.base import FixedPace, Pace, Plan

__all__ = ["AdaptivePace", "FixedPace", "Pace", "Plan", "make_pace"]

UNMEASURED_LENGTH = 4  # tokens drafted where nothing is known about costs
SHORTEST_MATCH = 3  # tokens; shorter matches are mostly chance
SURE_MATCH = 6  # tokens that must match before a draft model's place is taken


def make_pace(speculation: Speculation, record: PairRecord, *, greedy: bool) -> Pace:
    """The pace of one answer: of the chosen length, or automatic, which learns into `record`."""
    by_model = speculation.drafting is Drafting.MODEL
    shortest = SURE_MATCH if by_model else SHORTEST_MATCH
    if speculation.draft_max is not None or speculation.drafting is Drafting.NONE:
        return FixedPace(speculation.draft_max or 0, shortest)
    if not record.is_measured:
        return FixedPace(UNMEASURED_LENGTH, shortest)
    accept = speculation.accept
    habits = record.habits.setdefault(f"{accept}:{'greedy' if greedy else 'sampled'}", Habits())
    draws = wants_drawn_draft(accept) and not greedy
    return AdaptivePace(record, habits, model=by_model, draws=draws, exact=not accept.changes_output)
