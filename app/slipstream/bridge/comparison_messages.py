"""What is asked of the store's thread about comparisons, and what comes back: frozen records.

Part of `store_messages`, where the unions are.
"""

from dataclasses import dataclass

from slipstream.core.compared import KeptComparison, KeptSegment
from slipstream.store.comparisons import ComparisonLine


@dataclass(frozen=True, slots=True)
class KeepComparison:
    """Keep it as it is now; what was kept of it before stays. `ComparisonKept` follows."""

    comparison: KeptComparison


@dataclass(frozen=True, slots=True)
class KeepSegment:
    """A segment more of one that is being written."""

    comparison: str  # its uid
    side: int
    number: int  # of the pass, from 1
    segment: KeptSegment


@dataclass(frozen=True, slots=True)
class ListComparisons:
    pass


@dataclass(frozen=True, slots=True)
class ReadComparison:
    comparison: int


@dataclass(frozen=True, slots=True)
class RemoveComparison:
    """For good; `ComparisonsListed` follows."""

    comparison: int


ComparisonRequest = KeepComparison | KeepSegment | ListComparisons | ReadComparison | RemoveComparison


@dataclass(frozen=True, slots=True)
class ComparisonKept:
    uid: str
    id: int


@dataclass(frozen=True, slots=True)
class ComparisonsListed:
    """The newest first."""

    lines: tuple[ComparisonLine, ...]


@dataclass(frozen=True, slots=True)
class ComparisonRead:
    id: int
    comparison: KeptComparison


ComparisonReply = ComparisonKept | ComparisonsListed | ComparisonRead
