"""A run's figures: those it ended with; of one that did not end, what its steps come to, by the same meter."""

from collections.abc import Mapping
from dataclasses import dataclass

from slipstream.core.metrics import Metrics, Phase, RunMeter, StepRecord
from slipstream.core.reports.records import RunRecord


@dataclass(frozen=True, slots=True)
class Summary:
    """Times are ms since the request; None where they are not known."""

    metrics: Metrics
    phases: Mapping[Phase, Metrics]
    ttft_ms: float | None
    total_ms: float | None


class Summing:
    """Adds up the steps of a run that did not end; costs nothing for one that did."""

    def __init__(self, run: RunRecord, measured: RunMeter | None = None) -> None:
        """`measured`: a meter that somebody else feeds with the same steps; two would keep every gap twice."""
        self._stats = run.stats
        self._is_fed = measured is not None
        self._whole = RunMeter() if measured is None else measured
        self._phases: dict[Phase, RunMeter] = {}

    @property
    def wants_steps(self) -> bool:
        return self._stats is None

    def add(self, step: StepRecord) -> None:
        if self._stats is None:
            if not self._is_fed:
                self._whole.add(step)
            self._phases.setdefault(step.phase, RunMeter()).add(step)

    def summary(self) -> Summary:
        stats = self._stats
        if stats is not None:
            return Summary(stats.metrics, stats.phases, stats.ttft_ms, stats.total_ms)
        phases = {phase: self._phases[phase].metrics() for phase in Phase if phase in self._phases}
        return Summary(self._whole.metrics(), phases, self._whole.first_t_ms, self._whole.last_t_ms)
