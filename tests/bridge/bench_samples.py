"""Benchmarks made by hand, for tests of what is made of them."""

from dataclasses import replace
from datetime import UTC, datetime

from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.prompts import BenchPrompt
from slipstream.core.benchmark.record import BenchAnswer, BenchPair, BenchSkip
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.setup import BenchModel, BenchSetup
from slipstream.core.chat import Drafting, Sampling, Speculation
from slipstream.core.metrics import Phase, StepRecord, measure

SETUP = BenchSetup(
    target=BenchModel("Big.Q4_K_M.gguf", "a" * 64, "qwen2 1.5B Q4_K - Medium", 10**9, 28, 0, ("CPU",)),
    draft=BenchModel("Small.gguf", "b" * 64, "qwen2 0.5B Q4_0", 4 * 10**8, 24, 0, ("CPU",)),
    speculation=Speculation(Drafting.MODEL),
    sampling=Sampling(temperature=0.0),
    max_tokens=64,
    thinking_budget=None,
    stop=(),
    system="",
    raw=False,
    seed=1,
    context=4096,
    threads=2,
    flash_attn="auto",
    cache_type_k="f16",
    cache_type_v="f16",
    machine="Linux x86_64 A processor x2",
    system_info="AVX2 = 1",
    build="llama-cpp-python 0.3.36",
    version="0.1.0",
)


def step(number: int, emitted: int, t_ms: float, drafted: int = 0) -> StepRecord:
    """All of the draft but the last token is kept."""
    return StepRecord(
        index=number,
        drafter="model" if drafted else "none",
        rule="match",
        phase=Phase.ANSWER,
        position=10,
        limit=4,
        drafted=tuple(range(drafted)),
        accepted=emitted - 1,
        emitted=tuple(range(emitted)),
        target_probs=(),
        draft_probs=(),
        draft_ms=0.0,
        verify_ms=1.0,
        sample_ms=0.0,
        other_ms=0.0,
        t_ms=t_ms,
    )


def answer(counts: list[int], times: list[float], drafted: int = 0, tokens: tuple[int, ...] | None = None):
    """Emissions of so many tokens at these times; every one but the first drafted so many."""
    steps = [
        step(number, count, time, drafted if number > 1 else 0)
        for number, (count, time) in enumerate(zip(counts, times, strict=True), 1)
    ]
    return BenchAnswer(
        metrics=measure(steps),
        tokens=tuple(range(sum(counts))) if tokens is None else tokens,
        counts=tuple(counts),
        times=tuple(times),
        seed=1,
        prompt_tokens=12,
        prefill_ms=80.0,
        draft_prefill_ms=5.0,
        stop_reason="max_tokens",
    )


def pair(prompt: BenchPrompt, speedup: float, repeat: int = 0, rate: float = 20.0) -> BenchPair:
    """Five tokens each: `rate` a second without drafting, so many times as fast with it; 100 ms until the first."""
    gap = 1000 / rate
    return BenchPair(
        prompt=prompt.id,
        digest=prompt.digest,
        kind=prompt.kind,
        repeat=repeat,
        drafting_first=repeat % 2 == 0,
        drafting=answer([1, 2, 2], [100.0, 100 + 2 * gap / speedup, 100 + 4 * gap / speedup], drafted=2),
        plain=answer([1] * 5, [100 + number * gap for number in range(5)]),
    )


def prompts(count: int, kind: str = "code") -> list[BenchPrompt]:
    return [BenchPrompt(f"{kind}/{number}", kind, f"{kind} prompt {number}") for number in range(count)]


def benchmark(speedups: dict[str, list[float]], *, setup: BenchSetup = SETUP, uid: str = "one") -> Benchmark:
    """A complete one: by kind, the speed-up of each prompt."""
    asked = [prompt for kind, own in speedups.items() for prompt in prompts(len(own), kind)]
    gains = [gain for own in speedups.values() for gain in own]
    rows = tuple(pair(prompt, gain) for prompt, gain in zip(asked, gains, strict=True))
    created = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    return Benchmark(uid, created, setup, BenchPlan(tuple(asked)), rows)


def stopped(whole: Benchmark, after: int) -> Benchmark:
    """The same, ended after so many pairs."""
    return replace(whole, rows=whole.rows[:after])


def skipping(whole: Benchmark, why: str) -> Benchmark:
    """The same, of which the last prompt could not be measured."""
    last = whole.rows[-1]
    skip = BenchSkip(last.prompt, last.digest, last.kind, last.repeat, why)
    return replace(whole, rows=(*whole.rows[:-1], skip))
