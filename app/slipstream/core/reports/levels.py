"""What a run is compared with: tokens/s without drafting, and the τ above which drafting pays.

The level is that of the run's own plain steps where it has enough of them: same process, same minute, same text.
Else that of the answers of the same report which the same target wrote on the same devices without drafting; they
answered other prompts, so the report says where its level comes from. Else it is not known: nothing is assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from slipstream.core.costs import PairRecord
from slipstream.core.metrics import StepRecord
from slipstream.core.reports.records import RunRecord

ENOUGH_PLAIN_STEPS = 16  # below, one hiccup of the machine makes the level


@dataclass(frozen=True, slots=True)
class RunLevels:
    """`answers`: from how many answers without drafting the level is; 0: from the run's own plain steps."""

    plain: float | None = None  # tokens/s
    break_even: float | None = None  # τ
    answers: int = 0


class OwnLevels:
    """Learns from a run's steps as the automatic pace does (`core.costs`)."""

    def __init__(self) -> None:
        self._costs = PairRecord("", "", "")
        self._plain_steps = 0
        self._position = 0

    def add(self, step: StepRecord) -> None:
        self._costs.observe(step)
        self._plain_steps += step.index > 1 and not step.drafted
        self._position = step.position

    def levels(self, others: "LevelsOfOthers", run: RunRecord) -> RunLevels:
        if self._plain_steps < ENOUGH_PLAIN_STEPS:
            return others.of(run)
        return RunLevels(
            self._costs.plain_tokens_per_second(self._position), self._costs.break_even_tau(self._position)
        )


class LevelsOfOthers:
    """The answers of a report that were written without drafting, by target and devices."""

    def __init__(self, runs: Iterable[RunRecord] = ()) -> None:
        self._rates: dict[object, list[float]] = {}
        for run in runs:
            self.add(run)

    def add(self, run: RunRecord) -> None:
        if run.stats is None or run.stats.metrics.drafted:
            return
        rate = run.stats.metrics.tokens_per_second
        if rate is not None and run.stats.metrics.steps >= ENOUGH_PLAIN_STEPS:
            self._rates.setdefault(_configuration(run), []).append(rate)

    def of(self, run: RunRecord) -> RunLevels:
        rates = self._rates.get(_configuration(run), [])
        return RunLevels(median(rates), None, len(rates)) if rates else RunLevels()


def _configuration(run: RunRecord) -> object:
    target = run.pair.target
    return target.path, target.size_bytes, target.devices, target.gpu_layers, run.pair.threads
