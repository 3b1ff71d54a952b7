"""What a benchmark's records come to, by kind of text and over all of them.

* tokens/s: the geometric mean over prompts (of a prompt's repeats first), over all kinds that of the kinds; so the
  ratio of both is the speed-up.
* speed-up: the ratio of paired answers, for decoding and for total latency, averaged in the same way, with its 95 %
  interval: over prompts (`core.bootstrap`), over repeats where there is one prompt only; over pairs, with an interval
  that may be looked at early (`core.comparing`), as long as not all is measured. Rates are means over pairs then too.
* acceptance rate, acceptance length: summed over the answers that drafted. Inter-chunk latencies are pooled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import fmean

from slipstream.core.benchmark.record import BenchAnswer, BenchPair
from slipstream.core.comparing import Comparison, by_rates, by_times, watched
from slipstream.core.metrics import IclSummary, percentile

ALL = ""  # the kind that stands for all kinds together


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The figures of one kind of text, or of all of them (`ALL`). None where nothing was measured."""

    kind: str
    prompts: int
    pairs: int
    drafting_rate: float | None  # decode tokens/s
    plain_rate: float | None
    decode: Comparison  # how many times as fast with drafting
    total: Comparison  # the same of total latency
    unit: str  # what n counts: "prompts" | "repeats" | "pairs"
    acceptance_rate: float | None
    acceptance_length: float | None
    drafting_icl: IclSummary
    plain_icl: IclSummary
    same_text: int  # pairs whose answers are the same, token for token
    changes_output: bool  # a lossy rule judged


@dataclass(frozen=True, slots=True)
class _Units:
    """Log speed-ups and log rates of one kind; one of each for a prompt, or a repeat."""

    decode: list[float]
    total: list[float]
    drafting: list[float]
    plain: list[float]


def kind_figures(pairs: Sequence[BenchPair], *, complete: bool) -> list[KindFigures]:
    """One per kind, in the order they are met, then one of all. `complete`: nothing is left to measure.

    Nothing for no pairs.
    """
    if not pairs:
        return []
    groups: dict[str, list[BenchPair]] = {}
    for pair in pairs:
        groups.setdefault(pair.kind, []).append(pair)
    return [
        *(_figures(kind, [own], complete=complete) for kind, own in groups.items()),
        _figures(ALL, list(groups.values()), complete=complete),
    ]


def pooled_icl(answers: Iterable[BenchAnswer]) -> IclSummary:
    """Percentiles over the gaps of all these answers; stalls as each answer's own meter found them."""
    own = list(answers)
    gaps = sorted(gap for answer in own for gap in answer.gaps)
    if not gaps:
        return IclSummary()
    p50, p95, p99 = (percentile(gaps, q) for q in (50, 95, 99))
    return IclSummary(p50, p95, p99, gaps[-1], sum(answer.metrics.icl.stalls for answer in own))


def _figures(kind: str, groups: list[list[BenchPair]], *, complete: bool) -> KindFigures:
    """`groups`: the pairs of each kind this is about."""
    pairs = [pair for group in groups for pair in group]
    units = [_units(group) for group in groups]
    rated = units if complete else [_each(pairs)]
    one_prompt = len(groups) == 1 and len({(pair.prompt, pair.digest) for pair in pairs}) == 1
    drafted = [pair.drafting.metrics for pair in pairs]
    submitted, accepted = sum(m.drafted for m in drafted), sum(m.accepted for m in drafted)
    return KindFigures(
        kind=kind,
        prompts=len({(pair.prompt, pair.digest) for pair in pairs}),
        pairs=len(pairs),
        drafting_rate=_mean_rate([own.drafting for own in rated]),
        plain_rate=_mean_rate([own.plain for own in rated]),
        decode=_compared(groups, [own.decode for own in units], decode_logs, complete=complete),
        total=_compared(groups, [own.total for own in units], total_logs, complete=complete),
        unit="pairs" if not complete else "repeats" if one_prompt else "prompts",
        acceptance_rate=accepted / submitted if submitted else None,
        acceptance_length=1 + accepted / sum(m.steps for m in drafted),
        drafting_icl=pooled_icl(pair.drafting for pair in pairs),
        plain_icl=pooled_icl(pair.plain for pair in pairs),
        same_text=sum(pair.same_text for pair in pairs),
        changes_output=any(m.changes_output for m in drafted),
    )


def decode_logs(pairs: Iterable[BenchPair]) -> list[float]:
    """Log speed-ups of decoding; pairs with an answer too short for a rate are left out."""
    return by_rates(pair.rates for pair in pairs)


def total_logs(pairs: Iterable[BenchPair]) -> list[float]:
    """Log speed-ups of total latency."""
    return by_times(pair.latencies for pair in pairs)


def _compared(
    groups: list[list[BenchPair]],
    units: list[list[float]],
    logs: Callable[[Iterable[BenchPair]], list[float]],
    *,
    complete: bool,
) -> Comparison:
    if not complete:
        return watched([each for group in groups for each in logs(group)])
    from slipstream.core.bootstrap import settled  # noqa: PLC0415  # NumPy: not before the window is shown

    return settled(units)


def _units(pairs: list[BenchPair]) -> _Units:
    """Repeats of a prompt count once, as their mean; but for those of a kind's only prompt."""
    by_prompt: dict[tuple[str, str], list[BenchPair]] = {}
    for pair in pairs:
        by_prompt.setdefault((pair.prompt, pair.digest), []).append(pair)
    return _averaged(list(by_prompt.values())) if len(by_prompt) > 1 else _each(pairs)


def _each(pairs: list[BenchPair]) -> _Units:
    """Every pair counts."""
    return _averaged([[pair] for pair in pairs])


def _averaged(samples: list[list[BenchPair]]) -> _Units:
    """Each sample as its mean."""
    measured = [[pair for pair in sample if None not in pair.rates] for sample in samples]
    return _Units(
        decode=[fmean(decode_logs(own)) for own in measured if own],
        total=[fmean(total_logs(sample)) for sample in samples],
        drafting=[fmean(log(pair.drafting.rate or 1) for pair in own) for own in measured if own],
        plain=[fmean(log(pair.plain.rate or 1) for pair in own) for own in measured if own],
    )


def _mean_rate(kinds: list[list[float]]) -> float | None:
    """The geometric mean over kinds of that over their prompts."""
    means = [fmean(logs) for logs in kinds if logs]
    return exp(fmean(means)) if means else None
