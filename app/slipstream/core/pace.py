"""What the automatic pace does and why, and the same as a reason for people.

`reason` picks what there is to say and rounds the figures as far as they can be trusted; who shows it has a
sentence for each kind, in the window's language or plainly. `steadied` keeps a sentence from flickering.
"""

from dataclasses import dataclass
from enum import StrEnum

SPEEDUP_STEP = 0.05  # what expected speedups are told to: they are estimates
NOTICEABLE = 0.075  # a change of the expected speedup that is worth another sentence; more than half a step


class PaceState(StrEnum):
    """What the automatic pace does at present, and why."""

    DRAFTING = "drafting"
    TRYING = "trying"  # off, and looking whether that is still right
    TOO_FEW_KEPT = "too_few_kept"  # off: drafts would be kept too rarely
    TOO_DEAR = "too_dear"  # off: verifying costs so much here that even good drafts do not pay


@dataclass(frozen=True, slots=True)
class PaceReport:
    """The reason for how far is drafted. Off, it speaks of the best length there would be."""

    state: PaceState
    speedup: (
        float  # of decoding, against not drafting: measured of late while it drafts, else what it would be
    )
    needs_tau: float  # break-even: what a step of that length costs, in plain steps
    gets_tau: float  # tokens a step of that length is expected to yield
    length: int  # tokens drafted, on average or at best

    @property
    def off(self) -> bool:
        return self.state in (PaceState.TOO_FEW_KEPT, PaceState.TOO_DEAR)


class ReasonKind(StrEnum):
    """What there is to say, and which figures the sentence has."""

    FASTER = "faster"  # times as fast
    EVEN = "even"  # drafts, for next to nothing; no figure
    TRYING = "trying"  # no figure
    COSTS = "costs"  # percent lost, tau needed, tau got
    GAINS_NOTHING = "gains_nothing"  # tau needed, tau got
    TOO_DEAR = "too_dear"  # tokens drafted, plain steps a step with them takes


@dataclass(frozen=True, slots=True)
class Reason:
    """Two reports that say the same to a person have equal reasons."""

    kind: ReasonKind
    figures: tuple[str, ...] = ()


def reason(report: PaceReport) -> Reason:
    """What to tell of a report."""
    needs, gets = f"{report.needs_tau:.1f}", f"{report.gets_tau:.1f}"
    match report.state:
        case PaceState.DRAFTING:
            times = round(report.speedup / SPEEDUP_STEP) * SPEEDUP_STEP
            return Reason(ReasonKind.FASTER, (f"{times:.3g}",)) if times > 1 else Reason(ReasonKind.EVEN)
        case PaceState.TRYING:
            return Reason(ReasonKind.TRYING)
        case PaceState.TOO_FEW_KEPT:
            percent = round((1 - report.speedup) / SPEEDUP_STEP) * round(100 * SPEEDUP_STEP)
            if percent <= 0:
                return Reason(ReasonKind.GAINS_NOTHING, (needs, gets))
            return Reason(ReasonKind.COSTS, (str(percent), needs, gets))
        case PaceState.TOO_DEAR:
            return Reason(ReasonKind.TOO_DEAR, (str(report.length), needs))


def steadied(shown: PaceReport | None, report: PaceReport | None) -> PaceReport | None:
    """The report to show: the one that is shown, unless the new one tells of something else.

    Reports change every few steps. Rounding alone would let a sentence go to and fro at the edge of two figures.
    """
    if (
        shown is not None
        and report is not None
        and shown.state is report.state
        and abs(shown.speedup - report.speedup) < NOTICEABLE
    ):
        return shown
    return report
