"""Two benchmarks compared: by kind of text, the figures of both, and the one's speed over the other's.

They were not measured side by side. The ratio is taken prompt by prompt over what both have, so that other prompts
make no difference; what else was different between the two times it cannot tell.
"""

from dataclasses import dataclass
from statistics import fmean

from slipstream.core.benchmark.figures import KindFigures, kind_figures
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.bootstrap import settled
from slipstream.core.comparing import Comparison, by_rates


@dataclass(frozen=True, slots=True)
class Across:
    """One kind of text, `core.benchmark.figures.ALL` for all. None where a benchmark has nothing of it."""

    kind: str
    first: KindFigures | None
    second: KindFigures | None
    second_against_first: Comparison  # decode tokens/s with drafting, on prompts that both have


def across(first: Benchmark, second: Benchmark) -> list[Across]:
    """By kind, in the order they are met in the first, then all."""
    figures = [
        {each.kind: each for each in kind_figures(own.pairs, complete=own.is_complete)}
        for own in (first, second)
    ]
    kinds = [kind for kind in dict.fromkeys((*figures[0], *figures[1])) if kind]
    rates = [_rates(own) for own in (first, second)]
    logs: dict[str, list[float]] = {kind: [] for kind in kinds}
    for key in rates[0].keys() & rates[1].keys():
        logs[key[0]] += [rates[1][key] - rates[0][key]]
    found = [
        Across(kind, figures[0].get(kind), figures[1].get(kind), settled([sorted(logs[kind])]))
        for kind in kinds
    ]
    overall = settled([sorted(own) for own in logs.values()])
    return [*found, Across("", figures[0].get(""), figures[1].get(""), overall)] if found else []


def _rates(benchmark: Benchmark) -> dict[tuple[str, str, str], float]:
    """Log tokens/s with drafting by (kind, prompt, digest), the mean over repeats."""
    found: dict[tuple[str, str, str], list[float]] = {}
    for pair in benchmark.pairs:
        for log in by_rates([(pair.drafting.rate, 1.0)]):
            found.setdefault((pair.kind, pair.prompt, pair.digest), []).append(log)
    return {key: fmean(logs) for key, logs in found.items()}
