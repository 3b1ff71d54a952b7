"""Made-up runs for the dashboard's tests: thinking then answer, acceptance that falls and rises, stalls."""

import random
from math import sin

from slipstream.core.metrics import Phase, RunStats, StepRecord, StopReason, measure, measure_phases

FIRST_MS = 420.0


def run_steps(
    count: int, *, drafting: bool = True, seed: int = 1, plain_ms: float = 60.0
) -> list[StepRecord]:
    """A run of `count` steps; the middle of it drafts nothing, one gap in a hundred is a stall."""
    rng = random.Random(seed)
    steps: list[StepRecord] = []
    t_ms, position = FIRST_MS, 100
    for index in range(1, count + 1):
        alpha = 0.7 + 0.25 * sin(index / count * 9)
        pause = 0.6 * count < index < 0.7 * count
        drafted = 4 if drafting and index > 1 and not pause else 0
        accepted = 0
        while accepted < drafted and rng.random() < alpha:
            accepted += 1
        verify_ms = plain_ms + rng.gauss(0, 4)
        if index % 100 == 50:
            verify_ms += 5 * (plain_ms + 14 * drafted)
        if index > 1:
            t_ms += verify_ms + 14 * drafted + 2
        steps.append(
            StepRecord(
                index=index,
                drafter="model" if drafted else "none",
                rule="token",
                phase=Phase.THINK if index <= 0.4 * count else Phase.ANSWER,
                position=position,
                limit=4,
                drafted=tuple(range(drafted)),
                accepted=accepted,
                emitted=tuple(range(accepted + 1)),
                target_probs=(0.6,) * drafted,
                draft_probs=(0.5,) * drafted,
                draft_ms=14.0 * drafted,
                verify_ms=verify_ms,
                sample_ms=1.0,
                other_ms=1.0,
                t_ms=t_ms,
                stop_reason=StopReason.END_OF_TURN if index == count else None,
            )
        )
        position += accepted + 1
    return steps


def run_stats(steps: list[StepRecord], stop_reason: StopReason = StopReason.END_OF_TURN) -> RunStats:
    metrics = measure(steps)
    return RunStats(
        metrics=metrics,
        phases=measure_phases(steps),
        text="",
        thinking="",
        answer="",
        tokens=tuple(range(metrics.emitted)),
        prompt_tokens=120,
        reused_tokens=30,
        prefill_ms=400.0,
        draft_prefill_ms=20.0,
        ttft_ms=steps[0].t_ms if steps else None,
        total_ms=steps[-1].t_ms if steps else None,
        stop_reason=stop_reason,
        seed=1,
    )
