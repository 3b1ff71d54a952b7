"""What a segment, a pass and a speed-up are, on examples worked out by hand."""

import math

import pytest

from slipstream.core.comparing import Verdict
from slipstream.core.metrics import Phase, StepRecord
from slipstream.core.side_by_side import (
    Candidate,
    Parting,
    Pass,
    Segment,
    first_difference,
    segment_of,
    speedups,
)


def step(index: int, emitted: int, t_ms: float) -> StepRecord:
    tokens = tuple(range(emitted))
    return StepRecord(
        *(index, "none", "match", Phase.ANSWER, 10, 0, (), 0, tokens, (), ()),
        *(0.0, 0.0, 0.0, 0.0, t_ms),
    )


def segment(number: int, ms: float, tokens: int = 32) -> Segment:
    """Of single tokens, `ms` apart."""
    return Segment(number, tokens, tokens * ms, tokens - 1, (ms,) * (tokens - 1))


def passes(*ms: float, prefill_ms: float = 0.0, tokens: int = 32) -> list[Pass]:
    """One pass of segments whose tokens take so long."""
    return [Pass(prefill_ms, [segment(number, each, tokens) for number, each in enumerate(ms, 1)])]


def test_a_segment_is_from_emission_to_emission_and_its_first_step_is_in_no_rate() -> None:
    steps = [step(5, 3, 1100.0), step(6, 2, 1140.0), step(7, 4, 1200.0)]
    made = segment_of(2, steps, began_ms=1000.0, switch_ms=7.5)
    assert made == Segment(2, 9, 200.0, 6, (40.0, 60.0), 7.5)
    assert made.tokens_per_second == pytest.approx(6 / 100 * 1000)
    assert made.ms_per_token == pytest.approx(200 / 9)


def test_a_single_emission_has_no_rate() -> None:
    made = segment_of(1, [step(1, 1, 130.0)], began_ms=100.0, switch_ms=0.0)
    assert made.tokens_per_second is None
    assert made.ms_per_token == 30.0


def test_a_speedup_is_the_geometric_mean_over_pairs() -> None:
    base, side = passes(20, 20, 20, 20, 20, 20), passes(10, 20, 10, 20, 10, 20)
    found = speedups(base, side)
    assert found.decode.ratio == pytest.approx(math.sqrt(2))
    assert found.decode.n == 6
    assert found.total.ratio == pytest.approx(math.sqrt(2))
    assert found.decode.verdict is Verdict.NOT_KNOWN_YET  # so different pairs say little


def test_total_latency_has_both_prefills_as_they_were_measured() -> None:
    """Twice as fast in writing 192 tokens at 10 ms; 800 ms of prefill, the side's draft 320 ms more."""
    base = passes(*[20.0] * 6, prefill_ms=800)
    side = passes(*[10.0] * 6, prefill_ms=1120)
    found = speedups(base, side)
    assert found.decode.ratio == pytest.approx(2.0)
    assert found.total.ratio == pytest.approx((800 + 3840) / (1120 + 1920))
    assert found.total.verdict is Verdict.FASTER


def test_a_long_prefill_of_the_draft_can_make_a_faster_side_answer_later() -> None:
    found = speedups(passes(*[20.0] * 6, prefill_ms=100), passes(*[15.0] * 6, prefill_ms=2000))
    assert found.decode.verdict is Verdict.FASTER
    assert found.total.verdict is Verdict.SLOWER


def test_passes_are_paired_segment_by_segment_and_what_one_side_lacks_is_left_out() -> None:
    base = passes(20, 20, 20) + passes(20, 20)
    side = passes(10, 10) + passes(10, 10, 10)
    assert speedups(base, side).decode.n == 4


def test_a_rest_counts_from_half_a_segment_on() -> None:
    for tokens, counted in ((15, 0), (16, 1)):
        assert speedups(passes(20, tokens=tokens), passes(10, tokens=tokens)).decode.n == counted


def test_nothing_is_known_of_nothing() -> None:
    found = speedups([Pass()], [Pass()])
    assert (found.decode.ratio, found.total.ratio) == (None, None)
    assert found.total.verdict is Verdict.NOT_KNOWN_YET


def test_the_first_difference_is_none_where_one_text_goes_on() -> None:
    assert first_difference((1, 2, 3), (1, 2, 3, 4)) is None
    assert first_difference((1, 2, 3), (1, 5, 3)) == 1
    assert first_difference((), (1,)) is None


@pytest.mark.parametrize(("margin", "rounding"), [(0.01, True), (0.2, True), (0.3, False)])
def test_rounding_explains_what_is_near(margin: float, rounding: bool) -> None:
    likeliest = (Candidate("a", 11 + margin, 0.5), Candidate("b", 11.0, 0.49))
    parting = Parting(1, 7, ("a", "b"), likeliest)
    assert parting.margin == pytest.approx(margin)
    assert parting.by_rounding is rounding
