"""Paired comparisons: hand-worked intervals, and simulations of what is promised about looking early.

The noise of the simulations: each measurement's log has Student's t noise of 5 degrees of freedom, scaled to 3 %: its
tails are heavy. Over it lies a drift that both members of a pair share: a slow wave of 10 %, and a random walk of
0.5 % from one measurement to the next, of which the second member sees one step more.
"""

import math

import numpy as np
import pytest

from slipstream.core.comparing import SAME, Comparison, Verdict, by_rates, by_times, sentence, watched

RUNS = 1000


def simulated(rng: np.random.Generator, slowdown: float, pairs: int) -> list[float]:
    """Log speed-ups of pairs whose first member is slower by `slowdown`; they take turns in being first."""
    noise = rng.standard_t(5, (pairs, 2)) * 0.03 / math.sqrt(5 / 3)
    walk = np.cumsum(rng.normal(0, 0.005, 2 * pairs)).reshape(pairs, 2)
    wave = 0.1 * np.sin(np.arange(2 * pairs) / 15 + rng.uniform(0, 6)).reshape(pairs, 2)
    times = np.exp(noise + walk + wave)
    times[:, 0] *= 1 + slowdown
    second_first = np.arange(pairs) % 2 == 1
    drift = np.exp(walk + wave)
    times[second_first] *= (drift[:, ::-1] / drift)[second_first]  # the other one was measured first
    return by_times(times.tolist())


def looks(logs: list[float]) -> set[Verdict]:
    """The verdicts of somebody who looks after every pair."""
    return {watched(logs[:n]).verdict for n in range(1, len(logs) + 1)}


def test_a_slowdown_of_5_percent_is_found_within_20_pairs() -> None:
    rng = np.random.default_rng(20)
    found = [looks(simulated(rng, 0.05, 20)) for _ in range(RUNS)]
    assert sum(Verdict.SLOWER in verdicts for verdicts in found) >= 0.9 * RUNS
    assert sum(Verdict.FASTER in verdicts for verdicts in found) <= 0.01 * RUNS


@pytest.mark.parametrize("pairs", [20, 60])
def test_no_difference_is_not_called_one_however_often_one_looks(pairs: int) -> None:
    rng = np.random.default_rng(21)
    found = [looks(simulated(rng, 0.0, pairs)) for _ in range(RUNS)]
    assert sum(bool({Verdict.FASTER, Verdict.SLOWER} & verdicts) for verdicts in found) <= 0.065 * RUNS


def test_the_true_ratio_is_inside_at_every_look() -> None:
    rng = np.random.default_rng(22)
    truth = math.log(1.5)
    missed = 0
    for _ in range(RUNS):
        logs = (truth + rng.normal(0, 0.3, 40)).tolist()
        intervals = [watched(logs[:n]) for n in range(5, 41)]
        missed += any(not (c.low <= 1.5 <= c.high) for c in intervals if c.low and c.high)
    assert missed <= 0.065 * RUNS


def test_a_hand_worked_interval() -> None:
    """n = 5: g = 5, k = (6 / 0.0025)^(1/5) = 4.7433, t² < 4 · 3.7433 · 6 / (6 - 4.7433) = 71.49; t < 8.455.

    Logs -0.2 … 0.2: mean 0, variance 0.1 / 4 = 0.025, so the reach is 8.455 · √(0.025 / 5) = 0.5979.
    """
    found = watched([-0.2, -0.1, 0.0, 0.1, 0.2])
    assert found.n == 5
    assert found.ratio == pytest.approx(1.0)
    assert math.log(found.high or 0) == pytest.approx(0.5979, abs=2e-3)
    assert math.log(found.low or 0) == pytest.approx(-0.5979, abs=2e-3)
    assert found.verdict is Verdict.NOT_KNOWN_YET


def test_too_few_pairs_have_a_ratio_and_no_interval() -> None:
    assert watched([]) == Comparison(None, None, None, 0)
    assert watched([math.log(2)]) == Comparison(pytest.approx(2.0), None, None, 1)
    four = watched([0.7, 0.7, 0.7, 0.7])
    assert (four.low, four.verdict) == (None, Verdict.NOT_KNOWN_YET)


def test_pairs_that_are_all_alike_leave_no_doubt() -> None:
    assert watched([0.0] * 5).verdict is Verdict.NO_DIFFERENCE
    assert watched([0.1] * 5).verdict is Verdict.FASTER
    assert watched([-0.1] * 5).verdict is Verdict.SLOWER


def test_an_interval_narrows_with_pairs() -> None:
    logs = [0.1, -0.1] * 40
    widths = [found.high - found.low for n in (8, 16, 80) if (found := watched(logs[:n])).low and found.high]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == 3


def test_rates_and_times_say_the_same() -> None:
    assert by_rates([(30.0, 20.0)]) == [pytest.approx(math.log(1.5))]
    assert by_times([(2.0, 3.0)]) == [pytest.approx(math.log(1.5))]
    assert by_rates([(None, 20.0), (30.0, None)]) == []


@pytest.mark.parametrize("odd", [0.0, -1.0, math.nan, math.inf])
def test_what_no_clock_can_have_measured_is_refused(odd: float) -> None:
    with pytest.raises(ValueError, match="no speed"):
        by_rates([(odd, 1.0)])
    with pytest.raises(ValueError, match="no speed"):
        by_times([(1.0, odd)])


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.01, 1.2, Verdict.FASTER),
        (0.8, 0.99, Verdict.SLOWER),
        (0.98, 1.02, Verdict.NO_DIFFERENCE),
        (1 / (1 + SAME), 1 + SAME, Verdict.NO_DIFFERENCE),
        (0.96, 1.02, Verdict.NOT_KNOWN_YET),
        (1.0, 1.5, Verdict.NOT_KNOWN_YET),
    ],
)
def test_verdicts(low: float, high: float, verdict: Verdict) -> None:
    assert Comparison(1.0, low, high, 9).verdict is verdict


def test_figures_never_contradict_the_verdict() -> None:
    assert Comparison(1.6234, 1.5511, 1.7, 40).figures == "1.62× (1.55–1.70)"
    assert Comparison(1.05, 1.0004, 1.1, 40).figures == "1.0500× (1.0004–1.1000)"
    assert Comparison(0.99, 0.98, 0.998, 40).figures == "0.990× (0.980–0.998)"
    assert Comparison(1.3, None, None, 2).figures == "1.30×"
    assert Comparison(None, None, None, 0).figures == ""


def test_sentences() -> None:
    def told(*figures: float | None, n: int = 40) -> str:
        return sentence(Comparison(*figures, n), "drafting", "not drafting", "prompts")

    interval = "95 % interval, 40 prompts"
    assert told(1.62, 1.55, 1.7) == f"Drafting is faster than not drafting: 1.62× (1.55–1.70), {interval}."
    assert told(0.9, 0.85, 0.95) == f"Drafting is slower than not drafting: 0.90× (0.85–0.95), {interval}."
    assert (
        told(1.0, 0.99, 1.02)
        == f"Drafting is as fast as not drafting, within 3%: 1.00× (0.99–1.02), {interval}."
    )
    question = "Whether drafting is faster than not drafting is not known yet"
    assert told(1.1, 0.9, 1.3) == f"{question}: 1.10× (0.90–1.30), {interval}."
    assert told(1.1, None, None, n=3) == f"{question}: 1.10× so far, 3 prompts are too few to say."
    assert told(None, None, None, n=0) == f"{question}: nothing is measured."
