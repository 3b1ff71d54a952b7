"""The paired bootstrap: against exact values, and whether its intervals cover what they promise to."""

import math

import numpy as np
import pytest

from slipstream.core.bootstrap import settled, student_t
from slipstream.core.comparing import Comparison, Verdict


@pytest.mark.parametrize(("freedom", "exact"), [(4, 2.7764), (5, 2.5706), (10, 2.2281), (30, 2.0423)])
def test_students_t_is_close_to_the_tables(freedom: int, exact: float) -> None:
    assert student_t(freedom) == pytest.approx(exact, rel=3e-3)


def test_kinds_count_alike_however_many_prompts_they_have() -> None:
    found = settled([[math.log(2)] * 2, [math.log(8)] * 10])
    assert found.ratio == pytest.approx(4.0)
    assert (found.low, found.high) == (pytest.approx(4.0), pytest.approx(4.0))
    assert found.n == 12


def test_no_interval_where_there_is_nothing_to_draw_from() -> None:
    assert settled([]) == Comparison(None, None, None, 0)
    assert settled([[], []]) == Comparison(None, None, None, 0)
    assert settled([[0.1, 0.2, 0.3, 0.4]]).low is None
    assert settled([[0.1, 0.2, 0.3, 0.4, 0.5]]).low is not None
    assert settled([[0.1, 0.2, 0.3, 0.4], [0.1]]).low is None  # one prompt tells nothing of its kind's spread
    assert settled([[0.1, 0.2, 0.3], [0.1, 0.2]]).low is None  # three degrees of freedom
    assert settled([[0.1, 0.2, 0.3], [], [0.1, 0.2, 0.3]]).n == 6


def test_the_same_measurements_have_the_same_interval() -> None:
    logs = [[0.3, 0.1, 0.4, 0.1, 0.5, 0.9]]
    assert settled(logs) == settled(logs)
    assert settled(logs).verdict is Verdict.FASTER


@pytest.mark.parametrize("prompts", [6, 16])
def test_the_interval_covers_what_it_promises_to(prompts: int) -> None:
    rng = np.random.default_rng(prompts)
    runs, inside = 400, 0
    for _ in range(runs):
        found = settled([(0.3 + rng.normal(0, 0.2, prompts)).tolist()])
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= math.exp(0.3) <= found.high
    assert 0.915 * runs <= inside <= 0.99 * runs


def test_over_kinds_too() -> None:
    rng = np.random.default_rng(9)
    runs, inside = 400, 0
    for _ in range(runs):
        kinds = [(mean + rng.normal(0, spread, 6)).tolist() for mean, spread in ((0.5, 0.1), (-0.1, 0.3))]
        found = settled(kinds)
        inside += (found.low or 9) <= math.exp(0.2) <= (found.high or 0)
    assert 0.915 * runs <= inside <= 0.99 * runs
