"""Gaps between chunks, from recorded answers: pooled over the answers of one setting, defined as everywhere else.

The parts of a step add up to the time since the emission before, so a row's steps hold its gaps. Knows no engine.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rows import Answer, Row, Step

from slipstream.core.metrics import Phase, StepRecord, measure, percentile

OFF_BY = 0.02  # of the decode's time, that rounding and the last step may leave unaccounted for


@dataclass(frozen=True)
class Latency:
    """Of all answers of one setting on one kind of prompt. Times in ms."""

    prompts: int
    rate: float  # tokens/s, geometric mean over prompts
    chunk: float  # tokens
    gaps: tuple[float, ...]  # ascending
    stalls: int

    def at(self, q: float) -> float:
        """The q-th percentile of the gaps."""
        return percentile(self.gaps, q)

    @property
    def jitter(self) -> float:
        return self.at(95) / self.at(50)

    @property
    def stalls_per_hundred(self) -> float:
        return 100 * self.stalls / len(self.gaps)


def records(answer: Answer) -> list[StepRecord]:
    """An answer's steps as the engine's records, as far as the definitions need them."""
    t_ms, found = answer.ttft_ms, list[StepRecord]()
    for number, step in enumerate(answer.steps, start=1):
        t_ms += _length(step) if number > 1 else 0.0
        found.append(_record(number, step, t_ms))
    return found


def _length(step: Step) -> float:
    return step.draft_ms + step.verify_ms + step.rest_ms


def _record(number: int, step: Step, t_ms: float) -> StepRecord:
    return StepRecord(
        index=number,
        drafter=step.drafter,
        rule="",
        phase=Phase.ANSWER,
        position=0,
        limit=step.drafted,
        drafted=(0,) * step.drafted,
        accepted=step.accepted,
        emitted=(0,) * step.emitted,
        target_probs=(),
        draft_probs=(),
        draft_ms=step.draft_ms,
        verify_ms=step.verify_ms,
        sample_ms=0.0,
        other_ms=step.rest_ms,
        t_ms=t_ms,
    )


def latency(answers: Sequence[Answer]) -> Latency:
    """Pooled over answers of different prompts. Raises ValueError where an answer's steps do not make up its time."""
    gaps: list[float] = []
    chunks = tokens = stalls = 0
    for answer in answers:
        steps = records(answer)
        took = answer.total_ms - answer.ttft_ms
        if abs(steps[-1].t_ms - answer.total_ms) > OFF_BY * took:
            raise ValueError(f"steps take {steps[-1].t_ms - answer.ttft_ms:.0f} ms of {took:.0f}")
        later = [step for step in steps[1:] if step.emitted]
        gaps += (step.duration_ms for step in later)
        chunks += len(later)
        tokens += sum(len(step.emitted) for step in later)
        stalls += measure(steps).icl.stalls
    rates = [answer.tokens_per_second for answer in answers]
    rate = statistics.geometric_mean(rate for rate in rates if rate)
    return Latency(len(answers), rate, tokens / chunks, tuple(sorted(gaps)), stalls)


def by_setting(rows: Iterable[Row], kind: str, temperature: float) -> dict[str, Latency]:
    """{setting: its latency} of a kind at a temperature; rows without steps, such as a peer's, are left out."""
    answers: dict[str, list[Answer]] = {}
    for row in rows:
        key = row.key
        if (key.kind, key.temperature) == (kind, temperature) and len(row.answer.steps) > 1:
            answers.setdefault(key.setting, []).append(row.answer)
    return {setting: latency(own) for setting, own in answers.items()}
