"""Runs as the store would hand them over, made up; and a source that keeps them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import sin

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.events import ModelInfo, PairLoaded, StepDone
from slipstream.core.metrics import Phase, RunStats, StepRecord, StopReason, measure, measure_phases
from slipstream.core.reports import BenchmarkRecord, RunRecord, Scope, ScopeKind
from slipstream.core.reports.records import ComparisonRecord, RunEnd

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TARGET = ModelInfo(
    "/models/R1-Distill-1.5B-Q4_K_M.gguf", "R1 Distill 1.5B", "qwen2 1.5B Q4_K - Medium", 1_777_088_000,
    1_117_320_512, 28, 0, ("CPU",), 151_936, 131_072,
)  # fmt: skip
DRAFT = ModelInfo(
    "/models/Qwen2.5-0.5B-Q8_0.gguf", "Qwen2.5 0.5B", "qwen2 0.5B Q8_0", 494_000_000, 531_000_000, 24, 0, ("CPU",),
    151_936, 32_768,
)  # fmt: skip
PAIR = PairLoaded(TARGET, DRAFT, None, 4096, 2, "AVX2 = 1 | FMA = 1", True)
DRAFTING = GenerateRequest(
    sampling=Sampling(temperature=0.6),
    speculation=Speculation(Drafting.MODEL, draft_max=4),
    max_tokens=2000,
    seed=7,
)
PLAIN = replace(DRAFTING, speculation=Speculation(Drafting.NONE))
SLY = 'a/b <script>alert("x")</script>\n=1+1 🙂 \ud800'


def make_steps(count: int, *, drafting: bool = True, seed: int = 1, plain_ms: float = 60.0) -> list[StepDone]:
    """Thinking, then the answer; drafts hold now more and now less, pause for a while, and some gaps are stalls."""
    rng = random.Random(seed)
    steps: list[StepDone] = []
    t_ms, position = 420.0, 100
    for index in range(1, count + 1):
        pause = 0.6 * count < index < 0.75 * count
        drafted = 4 if drafting and index > 1 and not pause else 0
        accepted = 0
        while accepted < drafted and rng.random() < 0.75 + 0.2 * sin(index / count * 9):
            accepted += 1
        verify_ms = max(1.0, plain_ms + 3.0 * drafted + rng.gauss(0, 0.06 * plain_ms))
        if index % 100 == 50:
            verify_ms *= 5
        parts = (14.0 * drafted, verify_ms, 1.0, 1.0)
        if index > 1:
            t_ms += sum(parts)
        record = StepRecord(
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
            draft_probs=(0.5, None, 1 / 3, 0.1)[:drafted],
            draft_ms=parts[0],
            verify_ms=parts[1],
            sample_ms=parts[2],
            other_ms=parts[3],
            t_ms=t_ms,
            stop_reason=StopReason.END_OF_TURN if index == count else None,
        )
        steps.append(StepDone(record, (), "a note" if index == 2 else ""))
        position += accepted + 1
    return steps


def make_run(
    run: int,
    steps: Sequence[StepDone],
    *,
    request: GenerateRequest = DRAFTING,
    title: str = "Six times seven",
    end: RunEnd = RunEnd.FINISHED,
    pair: PairLoaded = PAIR,
) -> RunRecord:
    records = [step.record for step in steps]
    stats = RunStats(
        metrics=measure(records),
        phases=measure_phases(records),
        text="",
        thinking="",
        answer="",
        tokens=(),
        prompt_tokens=120,
        reused_tokens=30,
        prefill_ms=400.0,
        draft_prefill_ms=20.0,
        ttft_ms=records[0].t_ms if records else None,
        total_ms=records[-1].t_ms if records else None,
        stop_reason=StopReason.END_OF_TURN,
        seed=7,
        decode_ms=99.5,
    )
    return RunRecord(
        run=run,
        message=run + 100,
        conversation=1,
        title=title,
        created=NOON + timedelta(minutes=run),
        end=end,
        build="llama-cpp-python 0.3.36",
        request=request,
        pair=pair,
        stats=stats if end is RunEnd.FINISHED else None,
        interruption="the engine stopped" if end is RunEnd.INTERRUPTED else None,
        steps=records[-1].index if records else 0,
    )


def lossy(run: RunRecord) -> RunRecord:
    """The same, as if a lossy rule had judged it."""
    assert run.stats is not None
    metrics = replace(run.stats.metrics, changes_output=True, refused=3.25)
    request = replace(run.request, speculation=replace(run.request.speculation, accept=AcceptRule.TYPICAL))
    return replace(run, request=request, stats=replace(run.stats, metrics=metrics))


@dataclass
class Kept:
    """A `ReportSource` of runs and benchmarks that are all meant; of benchmarks alone, the runs are not."""

    runs: dict[int, tuple[RunRecord, Sequence[StepDone]]]
    benchmarks: dict[int, BenchmarkRecord] = field(default_factory=dict)
    comparisons: dict[int, ComparisonRecord] = field(default_factory=dict)

    @classmethod
    def of(cls, *runs: tuple[RunRecord, Sequence[StepDone]]) -> "Kept":
        return cls({run.run: (run, steps) for run, steps in runs})

    def report_runs(self, scope: Scope) -> list[int]:
        return [] if scope.kind is ScopeKind.BENCHMARK else list(self.runs)

    def report_run(self, run: int) -> RunRecord | None:
        return self.runs[run][0] if run in self.runs else None

    def report_steps(self, run: RunRecord) -> Iterator[StepDone]:
        yield from self.runs[run.run][1]

    def report_benchmarks(self, scope: Scope) -> list[int]:
        return list(self.benchmarks)

    def report_benchmark(self, benchmark: int) -> BenchmarkRecord | None:
        return self.benchmarks.get(benchmark)

    def report_comparisons(self, scope: Scope) -> list[int]:
        return list(self.comparisons)

    def report_comparison(self, comparison: int) -> ComparisonRecord | None:
        return self.comparisons.get(comparison)


def one(count: int = 200, **how: object) -> Kept:
    """A single finished run."""
    steps = make_steps(count)
    return Kept.of((make_run(1, steps, **how), steps))  # type: ignore[arg-type]
