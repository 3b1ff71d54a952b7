"""The ways to draft that can be compared with what is loaded, and what each is called.

Another draft model is none of them: one pair is loaded at a time, and a load between two segments would be measured
with them.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from slipstream.core.chat import AcceptRule, Drafting, Sampling, Speculation
from slipstream.core.events import PairLoaded

OFF = Speculation(Drafting.NONE)  # what everything is compared with


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


class Way(StrEnum):
    """A way to draft, as a person chooses it."""

    AUTO = "auto"
    FIXED = "fixed"
    NGRAM = "ngram"
    RELAXED = "relaxed"
    TYPICAL = "typical"


@dataclass(frozen=True, slots=True)
class Offer:
    way: Way
    speculation: Speculation
    why_not: str = ""  # "" where it can be compared now


def offers(loaded: PairLoaded | None, sampling: Sampling, length: int) -> tuple[Offer, ...]:
    """All ways, those that cannot be compared with a reason. `length`: tokens of a fixed draft."""
    no_draft = "" if loaded is not None and loaded.draft is not None else tr("No draft model is loaded.")
    same = tr("At temperature 0 all rules keep the same tokens.") if sampling.greedy else ""
    model = Drafting.MODEL
    return (
        Offer(Way.AUTO, Speculation(model), no_draft),
        Offer(Way.FIXED, Speculation(model, length), no_draft),
        Offer(Way.NGRAM, Speculation(Drafting.NGRAM)),
        Offer(Way.RELAXED, Speculation(model, accept=AcceptRule.RELAXED), no_draft or same),
        Offer(Way.TYPICAL, Speculation(model, accept=AcceptRule.TYPICAL), no_draft or same),
    )


def side_name(speculation: Speculation) -> str:
    """What a side is called, so that it can begin a sentence."""
    if speculation.drafting is Drafting.NONE:
        return tr("No drafting")
    if speculation.drafting is Drafting.NGRAM:
        return tr("n-gram lookup")
    if speculation.draft_max is not None:
        return tr("Drafting {0}").format(speculation.draft_max)
    return {
        AcceptRule.RELAXED: tr("Relaxed acceptance"),
        AcceptRule.TYPICAL: tr("Typical acceptance"),
    }.get(speculation.accept, tr("Automatic drafting"))


def way_help(way: Way) -> str:
    """What a way does, in a sentence or two."""
    return {
        Way.AUTO: tr("The draft model drafts as far as it pays, lookup first; off where it does not pay."),
        Way.FIXED: tr(
            "The draft model drafts the same number of tokens in each step, whether it pays or not."
        ),
        Way.NGRAM: tr("What followed the same words earlier in the conversation is drafted again."),
        Way.RELAXED: tr("While thinking, near misses of the draft are kept. This changes the output."),
        Way.TYPICAL: tr("Drafted tokens that are typical enough are kept. This changes the output."),
    }[way]
