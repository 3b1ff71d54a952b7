"""Which draft tokens are kept: the acceptance rules, pure functions over distributions.

A rule sees the draft, asks for the target's distribution at one position after the other, and says how many
draft tokens stand and which token follows them. `lossless` holds the rules whose output is distributed as if
the target had written alone, `lossy` those that change the output. They know no model, no logits and no text.

To add a rule: write a class with the shape of `AcceptanceRule` and name it in `rule_for`.
"""

from collections.abc import Callable

from slipstream.core.chat import AcceptRule
from slipstream.engine.acceptance.base import (
    AcceptanceRule,
    Draft,
    Target,
    Verdict,
    expected_accepted,
    keeping,
    overlap,
    residual,
)
from slipstream.engine.acceptance.lossless import block_wise, match, token_wise
from slipstream.engine.acceptance.lossy import Relaxed, typical

__all__ = [
    "AcceptanceRule",
    "Draft",
    "Relaxed",
    "Target",
    "Thinking",
    "Verdict",
    "block_wise",
    "expected_accepted",
    "keeping",
    "match",
    "overlap",
    "residual",
    "rule_for",
    "token_wise",
    "typical",
    "wants_drawn_draft",
]


Thinking = Callable[[tuple[int, ...]], int]  # how many of these tokens, written next, are surely thinking


def rule_for(accept: AcceptRule, draft: Draft, thinking: Thinking | None = None) -> AcceptanceRule:
    """The rule that judges this draft; `thinking` None says that none of it is thinking.

    Where a lossy rule has nothing to say (no draft; `relaxed` outside thinking) it is the lossless one.
    """
    lossless: AcceptanceRule = match if draft.distributions is None else block_wise
    if accept is AcceptRule.RELAXED and thinking is not None and (own := thinking(draft.tokens)):
        return Relaxed(lossless, own)
    if accept is AcceptRule.TYPICAL and draft.tokens:
        return typical
    if accept is AcceptRule.TOKEN:
        return token_wise
    return match if accept is AcceptRule.MATCH else lossless


def wants_drawn_draft(accept: AcceptRule) -> bool:
    """Whether a draft model should draw its tokens (keeping distributions) rather than take the likeliest.

    At the same settings a drawn draft is accepted more often by a rule that uses its distribution, and less
    often by one that does not. The lossy rules would keep more of the likeliest tokens, but then the text
    would be the draft's greedy one wherever they keep it: no randomness left, which makes R1 go in circles.
    """
    return accept is not AcceptRule.MATCH
