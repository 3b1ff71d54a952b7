"""Every definition of DESIGN.md's table, on examples small enough to be worked by hand."""

import random
from dataclasses import replace

import numpy as np
import pytest

from slipstream.core.metrics import (
    IclSummary,
    Metrics,
    Phase,
    PositionCount,
    RunMeter,
    StepRecord,
    StopReason,
    break_even_tau,
    measure,
    measure_phases,
    percentile,
)


def step(
    index: int,
    t_ms: float,
    *,
    drafted: int = 0,
    accepted: int = 0,
    emitted: int | None = None,
    phase: Phase = Phase.ANSWER,
    parts: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
) -> StepRecord:
    """A step that emits accepted + 1 tokens unless told otherwise."""
    return StepRecord(
        index=index,
        drafter="model" if drafted else "none",
        rule="token",
        phase=phase,
        position=10 + index,
        limit=4,
        drafted=tuple(range(drafted)),
        accepted=accepted,
        emitted=tuple(range(accepted + 1 if emitted is None else emitted)),
        target_probs=(0.5,) * drafted,
        draft_probs=(0.5,) * drafted,
        draft_ms=parts[0],
        verify_ms=parts[1],
        sample_ms=parts[2],
        other_ms=parts[3],
        t_ms=t_ms,
    )


# The run most tests read. Emissions at 100, 150, 190, 220, 240 and 300 ms; tokens 1, 5, 2, 1, 1, 2.
RUN = (
    step(1, 100),  # the prefill's token: drafts nothing
    step(2, 150, drafted=4, accepted=4),  # all kept, and the bonus token
    step(3, 190, drafted=4, accepted=1),  # one kept, and the recovered token
    step(4, 220, drafted=2, accepted=0),  # the recovered token alone
    step(5, 240),  # a plain step
    step(6, 300, drafted=3, accepted=2, emitted=2),  # the second kept token ends the turn
)


def test_steps_and_tokens_are_counted() -> None:
    metrics = measure(RUN)
    assert metrics.steps == 6
    assert metrics.drafted == 4 + 4 + 2 + 3
    assert metrics.accepted == 4 + 1 + 0 + 2
    assert metrics.emitted == 1 + 5 + 2 + 1 + 1 + 2


def test_emitted_is_accepted_plus_one_a_step_less_the_cut_at_the_end() -> None:
    metrics = measure(RUN)
    assert metrics.emitted == metrics.accepted + metrics.steps - 1


def test_acceptance_rate_is_accepted_over_drafted() -> None:
    assert measure(RUN).acceptance_rate == 7 / 13


def test_acceptance_rate_without_drafting_is_not_a_number_and_not_zero() -> None:
    assert measure([step(1, 10), step(2, 20)]).acceptance_rate is None


def test_acceptance_rate_is_zero_when_all_is_rejected() -> None:
    assert measure([step(1, 10), step(2, 20, drafted=4)]).acceptance_rate == 0


def test_acceptance_length_is_one_plus_accepted_over_all_steps() -> None:
    assert measure(RUN).acceptance_length == 1 + 7 / 6


def test_acceptance_length_of_a_run_without_steps_is_unknown() -> None:
    assert measure([]).acceptance_length is None


def test_positions_tell_drafted_reached_and_accepted() -> None:
    # Position 1: steps 2, 3, 4, 6 drafted it, and always reach it; 2, 3 and 6 kept it.
    # Position 2: the same four drafted it; 2, 3 and 6 reached it; 2 and 6 kept it.
    # Position 3: steps 2, 3 and 6; 2 and 6 reached it; 2 kept it. Position 4: steps 2 and 3; 2 reached and kept it.
    assert measure(RUN).positions == (
        PositionCount(4, 4, 3),
        PositionCount(4, 3, 2),
        PositionCount(3, 2, 1),
        PositionCount(2, 1, 1),
    )


def test_per_position_rate_and_conditional_acceptance() -> None:
    second = measure(RUN).positions[1]
    assert second.rate == 2 / 4
    assert second.conditional == 2 / 3


def test_conditional_acceptance_of_a_position_never_reached_is_unknown() -> None:
    positions = measure([step(1, 10), step(2, 20, drafted=2)]).positions
    assert positions[1].rate == 0
    assert positions[1].conditional is None


def test_icl_percentiles_interpolate_between_the_gaps() -> None:
    # The gaps are 50, 40, 30, 20, 60; in order 20, 30, 40, 50, 60. p95 stands at rank 3.8, p99 at 3.96.
    icl = measure(RUN).icl
    assert icl.p50 == 40
    assert icl.p95 == pytest.approx(58)
    assert icl.p99 == pytest.approx(59.6)
    assert icl.max == 60


def test_jitter_is_p95_over_p50() -> None:
    assert measure(RUN).icl.jitter == pytest.approx(58 / 40)


def test_one_emission_has_no_gap() -> None:
    metrics = measure([step(1, 100)])
    assert metrics.icl == IclSummary()
    assert metrics.icl.jitter is None


def gaps(*lengths: float) -> list[StepRecord]:
    at, steps = 0.0, [step(1, 0.0)]
    for length in lengths:
        at += length
        steps.append(step(len(steps) + 1, at))
    return steps


@pytest.mark.parametrize(
    ("lengths", "stalls"),
    [
        ((10, 10, 10, 31), 1),  # above three times the median before it
        ((10, 10, 10, 30), 0),  # not above
        ((10, 10, 31), 0),  # two gaps make no median yet
        ((10, 20, 30, 61), 1),  # the median is 20
        ((10, 20, 30, 59), 0),
        ((10, 10, 10, 100, 35, 31), 3),  # the long ones hardly move the median
        ((100, 100, 100, 10, 10, 10, 10, 200), 1),  # the median has come down to 10
    ],
)
def test_a_stall_is_a_gap_above_three_running_medians(lengths: tuple[float, ...], stalls: int) -> None:
    assert measure(gaps(*lengths)).icl.stalls == stalls


def test_tpot_is_the_emission_interval_over_the_tokens_after_the_first() -> None:
    assert measure(RUN).tpot_ms == pytest.approx((300 - 100) / (12 - 1))


def test_tpot_below_two_tokens_is_unknown() -> None:
    metrics = measure([step(1, 100)])
    assert metrics.tpot_ms is None
    assert metrics.tokens_per_second is None


def test_decode_speed_is_the_tokens_after_the_first_over_the_emission_interval() -> None:
    assert measure(RUN).tokens_per_second == pytest.approx(11 / 0.2)


def test_decode_speed_does_not_come_from_the_parts() -> None:
    busy = [step(1, 100, parts=(1, 1, 1, 1)), step(2, 200, parts=(90, 900, 9, 1))]
    assert measure(busy).tokens_per_second == pytest.approx(10)


def test_a_step_that_emits_nothing_makes_no_gap() -> None:
    metrics = measure([step(1, 100), step(2, 110, emitted=0), step(3, 150)])
    assert metrics.steps == 3
    assert metrics.icl.max == 50


def test_the_parts_are_added_up_apart() -> None:
    metrics = measure([step(1, 10, parts=(1, 2, 3, 4)), step(2, 30, parts=(10, 20, 30, 40))])
    assert (metrics.draft_ms, metrics.verify_ms, metrics.sample_ms, metrics.other_ms) == (11, 22, 33, 44)


def test_the_parts_of_a_step_add_up_to_the_step() -> None:
    assert step(2, 30, parts=(10, 20, 3, 4)).duration_ms == 37


def test_ttft_and_total_latency_are_first_and_last_emission() -> None:
    meter = RunMeter()
    for record in RUN:
        meter.add(record)
    assert (meter.first_t_ms, meter.last_t_ms) == (100, 300)


def test_thinking_and_answer_are_measured_apart() -> None:
    # Thinking: 1, 5 and 2 tokens at 100, 150, 190. Answer: 3 tokens at 220, then 1 at 240.
    think = [
        step(r.index, r.t_ms, drafted=len(r.drafted), accepted=r.accepted, phase=Phase.THINK) for r in RUN[:3]
    ]
    answer = [step(4, 220, drafted=2, accepted=2), step(5, 240)]
    phases = measure_phases(think + answer)
    assert list(phases) == [Phase.THINK, Phase.ANSWER]
    assert phases[Phase.THINK].tokens_per_second == pytest.approx((8 - 1) / 0.09)
    assert phases[Phase.THINK].acceptance_rate == 5 / 8
    # The answer's first emission is a chunk of three, which lie before its interval.
    assert phases[Phase.ANSWER].tokens_per_second == pytest.approx(1 / 0.02)
    assert phases[Phase.ANSWER].icl.max == 20
    assert phases[Phase.ANSWER].emitted == 4


def test_a_phase_that_is_interrupted_has_no_gap_across_the_interruption() -> None:
    steps = [
        step(1, 100.0),  # "<" of an opening tag that the model writes itself
        *(step(i, 100.0 + 10 * i, phase=Phase.THINK) for i in range(2, 500)),
        *(step(i, 100.0 + 10 * i) for i in range(500, 504)),
    ]
    answer = measure_phases(steps)[Phase.ANSWER]
    assert answer.emitted == 5
    assert answer.icl.max == 10
    assert answer.icl.stalls == 0
    assert answer.tokens_per_second == pytest.approx(100)


def test_a_phase_that_did_not_happen_is_left_out() -> None:
    assert list(measure_phases(RUN)) == [Phase.ANSWER]


def test_break_even_is_the_cost_of_a_drafting_step_in_plain_steps() -> None:
    assert break_even_tau(30.0, 20.0) == 1.5
    assert break_even_tau(None, 20.0) is None
    assert break_even_tau(30.0, None) is None


def test_the_meter_says_at_any_time_what_the_steps_so_far_come_to() -> None:
    meter = RunMeter()
    for count, record in enumerate(RUN, 1):
        meter.add(record)
        assert meter.metrics() == measure(RUN[:count])


def test_what_the_exact_rule_would_have_refused_is_added_up() -> None:
    run = (
        step(1, 100),
        replace(step(2, 150, drafted=4, accepted=3, phase=Phase.THINK), rule="relaxed", refused=0.75),
        replace(step(3, 190, drafted=4, accepted=2, phase=Phase.THINK), rule="relaxed", refused=0.25),
        replace(step(4, 220, drafted=4, accepted=3), rule="block"),
    )
    whole, phases = measure(run), measure_phases(run)
    assert (whole.refused, whole.refused_share, whole.changes_output) == (1, 1 / 8, True)
    assert phases[Phase.THINK].refused_share == 1 / 5
    assert (phases[Phase.ANSWER].refused_share, phases[Phase.ANSWER].changes_output) == (0, False)


def test_without_a_lossy_rule_nothing_is_refused() -> None:
    metrics = measure(RUN)
    assert (metrics.refused, metrics.refused_share, metrics.changes_output) == (0, 0, False)
    assert measure(RUN[:1]).refused_share is None
    nothing_kept = measure((RUN[0], replace(RUN[3], rule="typical")))  # what it refused it may refuse wrongly
    assert (nothing_kept.refused_share, nothing_kept.changes_output) == (None, True)


def random_run(rng: random.Random) -> list[StepRecord]:
    steps = [step(1, rng.uniform(1, 500))]
    for index in range(2, rng.randint(2, 60)):
        drafted = rng.randint(0, 6)
        parts = (rng.random(), rng.random() * 20, rng.random(), rng.random())
        steps.append(
            step(
                index,
                steps[-1].t_ms + sum(parts),
                drafted=drafted,
                accepted=rng.randint(0, drafted),
                phase=rng.choice(list(Phase)),
                parts=parts,
            )
        )
    return steps


@pytest.mark.parametrize("seed", range(50))
def test_what_must_hold_for_any_run(seed: int) -> None:
    steps = random_run(random.Random(seed))
    metrics = measure(steps)
    assert metrics.accepted <= metrics.drafted
    assert metrics.emitted == metrics.accepted + metrics.steps
    assert sum(count.accepted for count in metrics.positions) == metrics.accepted
    assert sum(count.drafted for count in metrics.positions) == metrics.drafted
    assert all(count.accepted <= count.reached <= count.drafted for count in metrics.positions)
    parts = metrics.draft_ms + metrics.verify_ms + metrics.sample_ms + metrics.other_ms
    assert parts == pytest.approx(steps[-1].t_ms - steps[0].t_ms)
    check_gaps(steps, metrics)
    phases = measure_phases(steps)
    assert sum(part.emitted for part in phases.values()) == metrics.emitted


def check_gaps(steps: list[StepRecord], metrics: Metrics) -> None:
    lengths = np.diff([record.t_ms for record in steps])
    if len(lengths):
        found = (metrics.icl.p50, metrics.icl.p95, metrics.icl.p99, metrics.icl.max)
        assert found == pytest.approx(tuple(np.percentile(lengths, (50, 95, 99, 100))))


@pytest.mark.parametrize("q", [0, 1, 37.5, 50, 95, 99, 100])
@pytest.mark.parametrize("size", [1, 2, 3, 10, 101])
def test_percentiles_agree_with_numpy(q: float, size: int) -> None:
    values = sorted(random.Random(size).gauss(20, 5) for _ in range(size))
    assert percentile(values, q) == pytest.approx(float(np.percentile(values, q)))


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_a_stop_reason_belongs_to_one_step_only_by_default() -> None:
    assert step(1, 1.0).stop_reason is None
    assert StopReason("end_of_turn") is StopReason.END_OF_TURN
