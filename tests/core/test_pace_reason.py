"""The reason for the pace, as people get it: rounded as far as it can be trusted, and not flickering."""

import pytest

from slipstream.core.pace import PaceReport, PaceState, Reason, ReasonKind, reason, steadied


def report(state: PaceState, speedup: float = 1.0, needs: float = 1.94, gets: float = 1.63, length: int = 3):
    return PaceReport(state, speedup, needs, gets, length)


@pytest.mark.parametrize(
    ("told", "kind", "figures"),
    [
        (report(PaceState.DRAFTING, 1.418), ReasonKind.FASTER, ("1.4",)),
        (report(PaceState.DRAFTING, 1.44), ReasonKind.FASTER, ("1.45",)),
        (report(PaceState.DRAFTING, 1.02), ReasonKind.EVEN, ()),
        (report(PaceState.DRAFTING, 0.99), ReasonKind.EVEN, ()),
        (report(PaceState.TRYING), ReasonKind.TRYING, ()),
        (report(PaceState.TOO_FEW_KEPT, 0.88), ReasonKind.COSTS, ("10", "1.9", "1.6")),
        (report(PaceState.TOO_FEW_KEPT, 0.84), ReasonKind.COSTS, ("15", "1.9", "1.6")),
        (report(PaceState.TOO_FEW_KEPT, 0.99), ReasonKind.GAINS_NOTHING, ("1.9", "1.6")),
        (report(PaceState.TOO_DEAR, 0.7, needs=2.88, length=2), ReasonKind.TOO_DEAR, ("2", "2.9")),
    ],
)
def test_every_state_has_its_words(told, kind, figures):
    assert reason(told) == Reason(kind, figures)


def test_small_changes_keep_the_sentence_and_large_ones_do_not():
    shown = report(PaceState.DRAFTING, 1.424)
    assert steadied(shown, report(PaceState.DRAFTING, 1.426)) is shown  # 1.40 and 1.45 when rounded
    faster = report(PaceState.DRAFTING, 1.51)
    assert steadied(shown, faster) is faster
    paused = report(PaceState.TOO_FEW_KEPT, 1.424)
    assert steadied(shown, paused) is paused
    assert steadied(None, shown) is shown
    assert steadied(shown, None) is None
