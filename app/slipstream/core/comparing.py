"""Is one configuration faster than another? Ratios of paired measurements, with 95 % intervals.

A pair is two measurements of the same thing, taken side by side: what changes slowly (heat, other programs) acts on
both and leaves their ratio alone. Ratios are averaged as logarithms, for "twice as fast" and "half as fast" weigh
alike. Everything is computed from log speed-ups, one per pair, above 0 where the first of the pair is faster;
`by_rates` and `by_times` make them. It knows neither engines nor prompts.

`watched` may be looked at after every pair, and measuring may end because of what was seen. Its intervals hold at
all these moments at once (a confidence sequence): of the comparisons ever made, in at most 5 % is the true ratio
outside its interval at any time. The idea: for normal log ratios of unknown mean and spread, the likelihood ratio of
the t statistic, mixed over effects drawn from N(0, EFFECT²) in units of the spread, is a martingale under the true
mean, and so ever reaches 1/0.05 with a probability of at most 0.05 (Ville's inequality); solved for the mean, that is
the interval below. T. L. Lai, "On confidence sequences", Annals of Statistics 4 (1976), with the Gaussian mixture of
H. Wang and A. Ramdas, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance",
arXiv:2310.03722, section 4. That noise may have heavier tails than the normal's is tried in
tests/core/test_comparing.py.

For what is looked at once, when all is measured, there is `core.bootstrap`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

ALPHA = 0.05  # how often an interval may miss the true ratio
FEWEST = 5  # pairs below which no interval is given
EFFECT = 1.0  # the differences that are found soonest, in spreads of one pair's log ratio
SAME = 0.03  # two are called equally fast where they differ by no more than this


class Verdict(StrEnum):
    FASTER = "faster"
    SLOWER = "slower"
    NO_DIFFERENCE = "no_difference"  # of more than `SAME`
    NOT_KNOWN_YET = "not_known_yet"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many times as fast the first is: the geometric mean over `n` pairs, and its 95 % interval.

    `ratio` is None without a pair; `low` and `high` are None as long as there is no telling.
    """

    ratio: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def verdict(self) -> Verdict:
        if self.low is None or self.high is None:
            return Verdict.NOT_KNOWN_YET
        if self.low > 1:
            return Verdict.FASTER
        if self.high < 1:
            return Verdict.SLOWER
        if self.low >= 1 / (1 + SAME) and self.high <= 1 + SAME:
            return Verdict.NO_DIFFERENCE
        return Verdict.NOT_KNOWN_YET

    @property
    def figures(self) -> str:
        """E.g. "1.62× (1.55–1.70)"; the ratio alone where there is no interval; "" without a pair."""
        if self.ratio is None:
            return ""
        if self.low is None or self.high is None:
            return f"{self.ratio:.2f}×"
        digits = self._digits
        return f"{self.ratio:.{digits}f}× ({self.low:.{digits}f}–{self.high:.{digits}f})"

    @property
    def _digits(self) -> int:
        """Two; more where an interval that leaves out 1 would be written as if it ended there."""
        nearest = {Verdict.FASTER: self.low, Verdict.SLOWER: self.high}.get(self.verdict)
        if nearest is None:
            return 2
        return next((digits for digits in (2, 3, 4) if f"{nearest:.{digits}f}" != f"{1:.{digits}f}"), 5)


def by_rates(pairs: Iterable[tuple[float | None, float | None]]) -> list[float]:
    """Log speed-ups from (first, second) in anything per second.

    Pairs with a rate that is not known (None) are left out. Raises ValueError for one that is not above 0 and finite.
    """
    return [_log_ratio(first, second) for first, second in pairs if first is not None and second is not None]


def by_times(pairs: Iterable[tuple[float | None, float | None]]) -> list[float]:
    """Log speed-ups from (first, second) in any unit of time; otherwise as `by_rates`."""
    return [_log_ratio(second, first) for first, second in pairs if first is not None and second is not None]


def watched(logs: Sequence[float]) -> Comparison:
    """Compare while it is being measured: it holds however often one looks, and whenever one stops."""
    n = len(logs)
    if not n:
        return Comparison(None, None, None, 0)
    mean = fmean(logs)
    # The mixture stays below 1/ALPHA where t² < (n - 1) (k - 1) (1 + g) / (1 + g - k); nowhere, where k > 1 + g.
    g = n * EFFECT**2
    k = ((1 + g) / ALPHA**2) ** (1 / n)
    if n < FEWEST or k >= 1 + g:
        return Comparison(math.exp(mean), None, None, n)
    most_t = math.sqrt((n - 1) * (k - 1) * (1 + g) / (1 + g - k))
    variance = sum((log - mean) ** 2 for log in logs) / (n - 1)
    reach = most_t * math.sqrt(variance / n)
    return Comparison(math.exp(mean), math.exp(mean - reach), math.exp(mean + reach), n)


def sentence(comparison: Comparison, first: str, second: str, unit: str = "pairs") -> str:
    """The verdict in plain English, for terminals and reports; the window has its own words.

    `first` and `second` name the configurations as nouns ("drafting", "not drafting"), `unit` what n counts.
    """
    counted = f"{comparison.n} {unit}"
    evidence = f"{comparison.figures}, 95 % interval, {counted}"
    match comparison.verdict:
        case Verdict.FASTER:
            return f"{_capital(first)} is faster than {second}: {evidence}."
        case Verdict.SLOWER:
            return f"{_capital(first)} is slower than {second}: {evidence}."
        case Verdict.NO_DIFFERENCE:
            return f"{_capital(first)} is as fast as {second}, within {SAME:.0%}: {evidence}."
    question = f"Whether {first} is faster than {second} is not known yet"
    if comparison.ratio is None:
        return f"{question}: nothing is measured."
    if comparison.low is None:
        return f"{question}: {comparison.figures} so far, {counted} are too few to say."
    return f"{question}: {evidence}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _log_ratio(over: float, under: float) -> float:
    """Raises ValueError."""
    for value in (over, under):
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{value} is no speed and no time")
    return math.log(over) - math.log(under)
