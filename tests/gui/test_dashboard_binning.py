"""Thinning keeps every spike and never draws more than the pixels can show; axes end at round numbers."""

from array import array

import numpy as np
import pytest

from slipstream.core.axes import round_up, ticks
from slipstream.ui.dashboard.binning import Thinned, floats, highest, min_max


def test_few_points_stay_as_they_are() -> None:
    x = np.arange(10.0)
    thin_x, thin_y = min_max(x, x * 2, 0, 9, 300)
    assert thin_x is x
    assert list(thin_y) == list(x * 2)


@pytest.mark.parametrize("count", [700, 10_000, 100_003])
def test_points_are_bounded_and_extremes_survive(count: int) -> None:
    rng = np.random.default_rng(count)
    x = np.cumsum(rng.integers(1, 5, count)).astype(float)
    y = rng.normal(10, 1, count)
    y[count // 3], y[count // 2] = 99.0, -99.0
    thin_x, thin_y = min_max(x, y, x[0], x[-1], 300)
    assert len(thin_x) == len(thin_y) <= 600
    assert (np.diff(thin_x) >= 0).all()
    assert {99.0, -99.0} <= set(thin_y)
    width = (x[-1] - x[0]) / 300
    assert abs(thin_x[list(thin_y).index(99.0)] - x[count // 3]) <= width


def test_rising_and_falling_bins_keep_their_direction() -> None:
    x = np.arange(1000.0)
    assert (np.diff(min_max(x, x, 0, 999, 50)[1]) >= 0).all()
    assert (np.diff(min_max(x, -x, 0, 999, 50)[1]) <= 0).all()


def test_nan_is_a_gap_only_where_a_bin_holds_nothing_else() -> None:
    x = np.arange(1000.0)
    y = np.ones(1000)
    y[400:600] = np.nan
    y[10] = np.nan
    thin_x, thin_y = min_max(x, y, 0, 999, 100)
    gap = np.isnan(thin_y)
    assert gap.any()
    assert thin_x[gap].min() >= 390
    assert thin_x[gap].max() <= 600


def test_highest_of_each_bin() -> None:
    x, y = highest(np.array([1.0, 2.0, 50.0, 99.0]), np.array([5.0, 9.0, 3.0, 4.0]), 0, 100, 10)
    assert list(x) == [1.0, 50.0, 99.0]
    assert list(y) == [9.0, 3.0, 4.0]


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (0.9, 1), (1, 1), (1.01, 1.2), (41, 50), (64, 64), (101, 120), (9999, 10000)]
)
def test_round_up(value: float, end: float) -> None:
    assert round_up(value) == pytest.approx(end)


@pytest.mark.parametrize("high", [0.7, 1, 3, 7, 40, 64, 100, 1234, 99999])
@pytest.mark.parametrize("at_most", [3, 4])
def test_ticks_are_few_and_inside(high: float, at_most: int) -> None:
    values = ticks(0, high, at_most)
    assert 2 <= len(values) <= at_most
    assert values[0] == 0
    assert values[-1] <= high * (1 + 1e-9)
    assert values[-1] >= high / 2.5


def grown(count: int) -> tuple["array[float]", "array[float]"]:
    rng = np.random.default_rng(count)
    x = array("d", np.cumsum(rng.integers(1, 5, count)).astype(float))
    y = array("d", rng.normal(10, 1, count))
    y[count // 2] = 99.0
    y[count // 3] = float("nan")
    return x, y


def test_a_growing_curve_is_thinned_as_if_it_were_new() -> None:
    x, y = grown(20_000)
    span = (0.0, 80_000.0)
    thinned = Thinned()
    for stop in (10, 601, 602, 5000, 5007, 5007, 12_000, 20_000):
        wanted = min_max(floats(x, 0, stop), floats(y, 0, stop), *span, 300)
        got = thinned.rows(x, y, 0, stop, span, 300)
        for one, other in zip(got, wanted, strict=True):
            np.testing.assert_array_equal(one, other)


def test_another_stretch_or_another_history_begins_anew() -> None:
    x, y = grown(9000)
    thinned = Thinned()
    for first, stop, span, source in (
        (0, 9000, (0.0, 30_000.0), 1),
        (2000, 9000, (x[2000], 30_000.0), 1),
        (2000, 9000, (x[2000], 40_000.0), 1),
        (2000, 9000, (x[2000], 40_000.0), 2),
        (2000, 8000, (x[2000], 40_000.0), 2),
    ):
        wanted = min_max(floats(x, first, stop), floats(y, first, stop), *span, 300)
        got = thinned.rows(x, y, first, stop, span, 300, source)
        for one, other in zip(got, wanted, strict=True):
            np.testing.assert_array_equal(one, other)


def test_what_is_complete_is_not_looked_at_again() -> None:
    x, y = grown(10_000)
    span = (0.0, 40_000.0)
    thinned = Thinned()
    before = thinned.rows(x, y, 0, 9000, span, 300)
    y[100] = 1e6  # a history does not change; it shows what is read
    after = thinned.rows(x, y, 0, 9100, span, 300)
    assert np.nanmax(after[1]) == np.nanmax(before[1]) == 99.0
