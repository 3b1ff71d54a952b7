"""The arithmetic of the figures: ratios over paired prompts, their intervals, and choices made in hindsight.

Pure functions over {prompt id: tokens per second}. Ratios are averaged as logarithms: "twice as fast" and "half as
fast" weigh alike.
"""

import math
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rates = Mapping[str, float]  # by prompt id, in the order of the prompts
DRAWS = 4000


@dataclass(frozen=True)
class Ratio:
    """A geometric mean and its 95 % interval; `n` prompts."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f}–{self.high:.3f})"


def log_ratios(ours: Rates, theirs: Rates) -> list[float]:
    """One per prompt that both have."""
    return [math.log(ours[name] / theirs[name]) for name in ours if name in theirs]


def ratio(groups: Sequence[Sequence[float]]) -> Ratio | None:
    """The geometric mean over kinds of the geometric mean over prompts; None where a kind has no prompt.

    `groups`: log ratios per kind. The interval is the percentile bootstrap over prompts, drawn anew within each
    kind; it takes the kinds as given.
    """
    if not groups or not all(groups):
        return None
    rng = random.Random(1)
    draws = sorted(
        statistics.fmean(statistics.fmean(rng.choices(group, k=len(group))) for group in groups)
        for _ in range(DRAWS)
    )
    ends = draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS) - 1]
    mean = statistics.fmean(statistics.fmean(group) for group in groups)
    return Ratio(math.exp(mean), math.exp(ends[0]), math.exp(ends[1]), sum(len(group) for group in groups))


def best(rates: Mapping[str, Rates], among: Sequence[str]) -> str | None:
    """The setting with the highest geometric mean over the prompts that all of `among` have.

    Chosen by what it is then compared on: in favour of the peer. None where there is nothing to choose from.
    """
    common = set.intersection(*(set(rates.get(name, {})) for name in among))
    if not common:
        return None
    return max(
        among, key=lambda name: statistics.geometric_mean(rates[name][each] for each in sorted(common))
    )


def two_fold(
    rates: Mapping[str, Rates], ours: str, among: Sequence[str]
) -> tuple[list[float], tuple[str, ...]]:
    """`ours` against the best of `among`, chosen on one half of the prompts, compared on the other; both ways.

    Every other prompt is a half. Gives the log ratios of all prompts, and the two choices; nothing where a half
    has none that all settings have.
    """
    names = [name for name in rates.get(ours, {}) if all(name in rates.get(each, {}) for each in among)]
    halves = names[::2], names[1::2]
    logs: list[float] = []
    chosen: list[str] = []
    for choose_on, compare_on in (halves, halves[::-1]):
        cut = {each: {name: rates[each][name] for name in choose_on} for each in among}
        choice = best(cut, among)
        if choice is None or not compare_on:
            return [], ()
        chosen.append(choice)
        logs += log_ratios({name: rates[ours][name] for name in compare_on}, rates[choice])
    return logs, tuple(chosen)
