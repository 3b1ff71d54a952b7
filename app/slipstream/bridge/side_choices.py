"""The ways to draft that can be compared with what is loaded: other lengths, other rules, other drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.side_drafts import LocalDraft
from slipstream.core.chat import AcceptRule, Drafting, Sampling, Speculation
from slipstream.core.events import PairLoaded
from slipstream.core.side_by_side import SideSpec

OFF = SideSpec()  # no drafting: what everything is compared with


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
    key: str  # the way's, or the file of another draft
    side: SideSpec
    help: str  # what it does, in a sentence or two
    why_not: str = ""  # "" where it can be compared now


def offers(loaded: PairLoaded | None, sampling: Sampling, length: int) -> tuple[Offer, ...]:
    """All ways with what is loaded; those that cannot be compared have a reason. `length`: of a fixed draft."""
    no_draft = "" if loaded is not None and loaded.draft is not None else tr("No draft model is loaded.")
    same = tr("At temperature 0 all rules keep the same tokens.") if sampling.greedy else ""
    model = Drafting.MODEL
    ways = (
        (Way.AUTO, Speculation(model), no_draft),
        (Way.FIXED, Speculation(model, length), no_draft),
        (Way.NGRAM, Speculation(Drafting.NGRAM), ""),
        (Way.RELAXED, Speculation(model, accept=AcceptRule.RELAXED), no_draft or same),
        (Way.TYPICAL, Speculation(model, accept=AcceptRule.TYPICAL), no_draft or same),
    )
    return tuple(
        Offer(way, SideSpec(speculation), _way_help(way), why_not) for way, speculation, why_not in ways
    )


def draft_offers(drafts: Sequence[LocalDraft]) -> tuple[Offer, ...]:
    """The other drafts on this machine that go with the model, drafting as far as it pays."""
    words = tr("{0} drafts as far as it pays. It is loaded for the comparison, and freed after it.")
    return tuple(
        Offer(draft.path, SideSpec(Speculation(Drafting.MODEL), draft.path), words.format(draft.name))
        for draft in drafts
    )


def _way_help(way: Way) -> str:
    return {
        Way.AUTO: tr("The draft model drafts as far as it pays, lookup first; off where it does not pay."),
        Way.FIXED: tr(
            "The draft model drafts the same number of tokens in each step, whether it pays or not."
        ),
        Way.NGRAM: tr("What followed the same words earlier in the conversation is drafted again."),
        Way.RELAXED: tr("While thinking, near misses of the draft are kept. This changes the output."),
        Way.TYPICAL: tr("Drafted tokens that are typical enough are kept. This changes the output."),
    }[way]
