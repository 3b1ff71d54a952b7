"""One prompt answered with drafting and without, one right after the other: what all figures are computed from.

The figures of an answer are those that the engine's own meter made (`core.metrics`); the emissions are kept beside
them, so that gaps can be pooled over prompts and two answers be compared at the same length.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from slipstream.core.benchmark.prompts import BenchPrompt
from slipstream.core.metrics import Metrics, RunStats, StepRecord


@dataclass(frozen=True, slots=True)
class BenchAnswer:
    """One answer. Times in ms since the request."""

    metrics: Metrics
    tokens: tuple[int, ...]  # ids emitted
    counts: tuple[int, ...]  # tokens of each emission
    times: tuple[float, ...]  # of each emission
    seed: int
    prompt_tokens: int
    prefill_ms: float
    draft_prefill_ms: float
    stop_reason: str

    @classmethod
    def of(cls, stats: RunStats, steps: list[StepRecord]) -> "BenchAnswer":
        """From a run and its steps. One that emitted nothing has no place here."""
        emissions = [step for step in steps if step.emitted]
        return cls(
            metrics=stats.metrics,
            tokens=stats.tokens,
            counts=tuple(len(step.emitted) for step in emissions),
            times=tuple(step.t_ms for step in emissions),
            seed=stats.seed,
            prompt_tokens=stats.prompt_tokens,
            prefill_ms=stats.prefill_ms,
            draft_prefill_ms=stats.draft_prefill_ms,
            stop_reason=str(stats.stop_reason),
        )

    @property
    def rate(self) -> float | None:
        """Decode tokens/s; None where there is no interval to measure."""
        return self.metrics.tokens_per_second

    @property
    def gaps(self) -> list[float]:
        """Inter-chunk latencies, ms."""
        return [after - before for before, after in pairwise(self.times)]

    def latency_ms(self, tokens: int) -> float:
        """From the request until so many tokens were out, both prefills included. Of 1 … all of them."""
        return next(
            time for count, time in zip(accumulate(self.counts), self.times, strict=True) if count >= tokens
        )


@dataclass(frozen=True, slots=True)
class BenchPair:
    """A prompt, answered both ways."""

    prompt: str  # its id
    digest: str  # of its text
    kind: str
    repeat: int  # from 0
    drafting_first: bool
    drafting: BenchAnswer
    plain: BenchAnswer

    @property
    def rates(self) -> tuple[float | None, float | None]:
        """Decode tokens/s (with drafting, without)."""
        return self.drafting.rate, self.plain.rate

    @property
    def latencies(self) -> tuple[float, float]:
        """Total latency (with drafting, without), both up to the length of the shorter answer.

        Sampled answers rightly differ, and so does their length; greedy ones are the same.
        """
        tokens = min(len(self.drafting.tokens), len(self.plain.tokens))
        return self.drafting.latency_ms(tokens), self.plain.latency_ms(tokens)

    @property
    def same_text(self) -> bool:
        """Whether both answers are the same, token for token."""
        return self.drafting.tokens == self.plain.tokens


@dataclass(frozen=True, slots=True)
class BenchSkip:
    """A prompt that could not be measured, and why; it is not tried again."""

    prompt: str
    digest: str
    kind: str
    repeat: int
    why: str


BenchRow = BenchPair | BenchSkip


def key_of(row: BenchRow) -> tuple[str, str, int]:
    """What it is a measurement of."""
    return row.prompt, row.digest, row.repeat


def key_for(prompt: BenchPrompt, repeat: int) -> tuple[str, str, int]:
    """The same of what is still to be measured."""
    return prompt.id, prompt.digest, repeat
