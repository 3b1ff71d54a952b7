"""Answers what is asked about comparisons, on the store's thread."""

from dataclasses import replace

from slipstream.bridge.comparison_messages import (
    ComparisonKept,
    ComparisonRead,
    ComparisonReply,
    ComparisonRequest,
    ComparisonsListed,
    KeepComparison,
    KeepSegment,
    ListComparisons,
    ReadComparison,
    RemoveComparison,
)
from slipstream.store.store import Store


def answer_comparison(store: Store, request: ComparisonRequest, build: str) -> ComparisonReply | None:
    """Do it. `build` names the engine in the records. Raises StoreError."""
    match request:
        case KeepComparison(comparison):
            made = replace(comparison, build=comparison.build or build)
            return ComparisonKept(comparison.uid, store.keep_comparison(made))
        case KeepSegment(uid, side, number, segment):
            store.keep_comparison_segment(uid, side, number, segment)
            return None
        case ReadComparison(comparison):
            return ComparisonRead(comparison, store.comparison(comparison))
        case RemoveComparison(comparison):
            store.remove_comparison(comparison)
        case ListComparisons():
            pass
    return ComparisonsListed(tuple(store.list_comparisons()))
