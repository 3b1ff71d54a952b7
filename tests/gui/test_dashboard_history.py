"""The plots' rows say what core.metrics says, at every step, and stay bounded."""

from itertools import pairwise
from math import isnan

import pytest
from dashboard_runs import run_steps

from slipstream.core.history import RATE_WINDOW_MS, History
from slipstream.core.metrics import Phase, measure, measure_phases


def test_every_row_is_the_meter_of_its_prefix() -> None:
    steps = run_steps(150)
    history = History()
    history.extend(steps)
    for row in range(len(steps)):
        expected = measure(steps[: row + 1])
        assert history.token[row] == expected.emitted
        assert history.mean_tau[row] == pytest.approx(expected.acceptance_length)
        for column, value in (
            (history.mean_rate, expected.tokens_per_second),
            (history.mean_acceptance, expected.acceptance_rate),
        ):
            assert isnan(column[row]) if value is None else column[row] == pytest.approx(value)
    assert sum(history.stall) == measure(steps).icl.stalls > 0


def test_gaps_are_the_inter_chunk_latencies() -> None:
    steps = run_steps(40)
    history = History()
    history.extend(steps)
    assert isnan(history.gap_ms[0])
    gaps = [b.t_ms - a.t_ms for a, b in pairwise(steps)]
    assert list(history.gap_ms[1:]) == pytest.approx(gaps)
    assert max(history.gap_ms[1:]) == pytest.approx(measure(steps).icl.max)


def test_recent_rate_is_decode_rate_from_the_last_emission_two_seconds_ago() -> None:
    steps = run_steps(150)
    history = History()
    history.extend(steps)
    for row in (60, 99, 149):
        start = max(i for i in range(row) if steps[i].t_ms <= steps[row].t_ms - RATE_WINDOW_MS)
        expected = measure(steps[start : row + 1]).tokens_per_second
        assert history.rate[row] == pytest.approx(expected)


def test_recent_rate_waits_for_three_gaps() -> None:
    history = History()
    history.extend(run_steps(10))
    assert [isnan(value) for value in history.rate[:5]] == [True, True, True, False, False]


def test_recent_figures_move_with_the_text_and_pause_with_the_drafting() -> None:
    steps = run_steps(400)
    history = History()
    history.extend(steps)
    paused = range(round(0.6 * 400) + 1, round(0.7 * 400) - 1)
    assert isnan(history.acceptance[0])
    assert not isnan(history.acceptance[paused[0] - 2])
    plain = History()
    plain.extend(run_steps(50, drafting=False))
    assert all(isnan(value) for value in plain.acceptance)
    assert set(plain.tau) == {1.0}


def test_a_long_pause_of_drafting_is_a_gap() -> None:
    history = History()
    history.extend(run_steps(2000))
    assert isnan(history.acceptance[round(0.69 * 2000)])
    assert history.tau[round(0.69 * 2000)] == pytest.approx(1.0, abs=0.01)


def test_phases_are_spans_of_tokens() -> None:
    steps = run_steps(50)
    history = History()
    history.extend(steps)
    thought = sum(len(s.emitted) for s in steps if s.phase is Phase.THINK)
    assert [(s.phase, s.start, s.end) for s in history.spans] == [
        (Phase.THINK, 0, thought),
        (Phase.ANSWER, thought, history.meter.emitted),
    ]


def test_history_is_bounded_and_the_meter_is_not() -> None:
    steps = run_steps(1000)
    bounded, whole = History(capacity=100), History()
    for start in range(0, 1000, 7):
        bounded.extend(steps[start : start + 7])
    whole.extend(steps)
    assert len(bounded) < 200
    assert bounded.dropped + len(bounded) == 1000
    assert list(bounded.rate) == pytest.approx(list(whole.rate[-len(bounded) :]))
    assert bounded.meter.metrics() == whole.meter.metrics()


def test_rows_hold_what_each_step_did() -> None:
    steps = run_steps(120)
    history = History()
    history.extend(steps)
    assert list(history.drafted) == [len(step.drafted) for step in steps]
    assert list(history.accepted) == [step.accepted for step in steps]
    assert list(history.emitted) == [len(step.emitted) for step in steps]
    assert history.duration_ms(7) == pytest.approx(steps[7].duration_ms, rel=1e-6)
    assert [sum(column) for column in history.parts] == pytest.approx(
        [
            sum(parts)
            for parts in zip(
                *((s.draft_ms, s.verify_ms, s.sample_ms, s.other_ms) for s in steps), strict=True
            )
        ],
        rel=1e-5,
    )


def test_chunks_are_counted_by_their_size() -> None:
    steps = run_steps(120)
    history = History()
    history.extend(steps)
    sizes = [len(step.emitted) for step in steps]
    assert history.chunks == [sizes.count(n) for n in range(1, max(sizes) + 1)]


def test_each_phase_has_a_meter_of_its_own() -> None:
    steps = run_steps(150)
    history = History()
    history.extend(steps)
    for phase, expected in measure_phases(steps).items():
        assert history.phases[phase].metrics() == expected


def test_rows_and_tokens_find_each_other() -> None:
    steps = run_steps(60)
    history = History()
    history.extend(steps)
    number = 0
    for row, step in enumerate(steps):
        assert history.first_token(row) == number
        for _ in step.emitted:
            assert history.row_writing(number) == row
            number += 1
    assert history.row_writing(number) == -1
    assert history.row_writing(-1) == -1
    assert History().row_at(3.0) == -1
    first, stop = history.rows_between(20, 30)
    assert history.token[first] < 20 <= history.token[first + 1]
    assert history.token[stop - 2] <= 30 < history.token[stop - 1]


def test_stalls_are_found_from_either_side_and_by_stretches() -> None:
    history = History()
    history.extend(run_steps(400))
    rows = [row for row, stalled in enumerate(history.stall) if stalled]
    assert len(rows) > 2
    assert [history.stall_beside(rows[1], step) for step in (-1, 1)] == [rows[0], rows[2]]
    assert history.stall_beside(rows[0], -1) == history.stall_beside(rows[-1], 1) == -1
    assert history.stalls_between(rows[0], rows[2]) == (0, 2)
    assert list(history.stall_token) == [history.token[row] for row in rows]
    assert list(history.stall_gap_ms) == [history.gap_ms[row] for row in rows]


def test_rows_that_dropped_off_are_not_found() -> None:
    steps = run_steps(1000)
    bounded = History(capacity=100)
    bounded.extend(steps)
    assert bounded.row_writing(5) == -1
    last = bounded.meter.emitted - 1
    assert bounded.row_writing(last) == len(bounded) - 1
    first, stop = bounded.stalls_between(0, len(bounded))
    stalled = [bounded.token[row] for row, stall in enumerate(bounded.stall) if stall]
    assert list(bounded.stall_token[first:stop]) == stalled
