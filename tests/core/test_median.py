"""The running median is the median, at every value, to the last bit."""

import random

import pytest

from slipstream.core.median import RunningMedian
from slipstream.core.metrics import percentile


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_percentile_of_all_so_far(seed: int) -> None:
    rng = random.Random(seed)
    values: list[float] = []
    median = RunningMedian()
    for _ in range(200):
        value = rng.choice([rng.gauss(50, 20), float(rng.randrange(5)), 1e9 * rng.random()])
        values.append(value)
        median.add(value)
        assert median.value == percentile(sorted(values), 50)
        assert len(median) == len(values)


def test_of_nothing_there_is_none() -> None:
    with pytest.raises(ValueError, match="no values"):
        _ = RunningMedian().value
