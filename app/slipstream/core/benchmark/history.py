"""What all benchmarks together say of a pair: how much drafting gains on this machine, by kind of text.

Only what was measured against no drafting, side by side, counts; each prompt counts once, however often it was
measured. What is drafted, how, and how it is sampled make a difference, so each way is told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.comparing import Comparison, watched


@dataclass(frozen=True, slots=True)
class MeasuredPrompt:
    """A prompt answered both ways, in some benchmark."""

    setup: BenchSetup
    created: datetime
    complete: bool  # the benchmark was measured to its end
    kind: str
    prompt: str  # tells prompts apart
    decode_log: float | None  # log speed-ups; of decoding None where an answer was too short
    total_log: float
    drafted: int
    accepted: int
    steps: int


@dataclass(frozen=True, slots=True)
class KindHistory:
    """What is known of one kind of text."""

    kind: str
    decode: Comparison
    total: Comparison
    acceptance_rate: float | None
    acceptance_length: float


@dataclass(frozen=True, slots=True)
class PairHistory:
    """One pair, drafted and sampled in one way, on one machine."""

    setup: BenchSetup  # of the latest benchmark
    last: datetime
    benchmarks: int
    kinds: tuple[KindHistory, ...]
    decode: Comparison  # over all kinds, each counting alike


def pair_histories(prompts: Iterable[MeasuredPrompt]) -> list[PairHistory]:
    """By pair and way of drafting, what was measured last first."""
    groups: dict[object, list[MeasuredPrompt]] = {}
    for prompt in prompts:
        groups.setdefault(_way(prompt.setup), []).append(prompt)
    found = [_history(own) for own in groups.values()]
    return sorted(found, key=lambda history: history.last, reverse=True)


def _way(setup: BenchSetup) -> object:
    return setup.pair_key, setup.speculation, setup.greedy


def _history(prompts: list[MeasuredPrompt]) -> PairHistory:
    kinds: dict[str, list[MeasuredPrompt]] = {}
    for prompt in prompts:
        kinds.setdefault(prompt.kind, []).append(prompt)
    latest = max(prompts, key=lambda prompt: prompt.created)
    return PairHistory(
        setup=latest.setup,
        last=latest.created,
        benchmarks=len({(prompt.created, prompt.setup.digest) for prompt in prompts}),
        kinds=tuple(_kind(kind, own) for kind, own in kinds.items()),
        decode=_compared(
            [_decode_logs(own) for own in kinds.values()], complete=all(prompt.complete for prompt in prompts)
        ),
    )


def _kind(kind: str, prompts: list[MeasuredPrompt]) -> KindHistory:
    total: dict[str, list[float]] = {}
    for prompt in prompts:
        total.setdefault(prompt.prompt, []).append(prompt.total_log)
    drafted, accepted = sum(p.drafted for p in prompts), sum(p.accepted for p in prompts)
    complete = all(prompt.complete for prompt in prompts)
    return KindHistory(
        kind=kind,
        decode=_compared([_decode_logs(prompts)], complete=complete),
        total=_compared([total], complete=complete),
        acceptance_rate=accepted / drafted if drafted else None,
        acceptance_length=1 + accepted / sum(p.steps for p in prompts),
    )


def _decode_logs(prompts: list[MeasuredPrompt]) -> dict[str, list[float]]:
    """By prompt; those whose answers were too short for a rate are left out."""
    found: dict[str, list[float]] = {}
    for prompt in prompts:
        if prompt.decode_log is not None:
            found.setdefault(prompt.prompt, []).append(prompt.decode_log)
    return found


def _compared(kinds: list[dict[str, list[float]]], *, complete: bool) -> Comparison:
    """Over prompts; where a benchmark was ended early, perhaps for what was seen, with the interval for that."""
    means = [[fmean(own) for own in logs.values()] for logs in kinds]
    if not complete:
        return watched([mean for own in means for mean in own])
    from slipstream.core.bootstrap import settled  # noqa: PLC0415  # NumPy: not before it is needed

    return settled(means)
