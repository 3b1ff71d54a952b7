"""A benchmark as JSON: the figures by kind, what they were measured with, and every pair of answers."""

from typing import Any

from slipstream.core.benchmark.figures import KindFigures, kind_figures
from slipstream.core.benchmark.record import BenchAnswer, BenchPair
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.comparing import Comparison
from slipstream.core.metrics import IclSummary
from slipstream.core.metrics_json import metrics_json
from slipstream.core.transfer.codec import encoded

SCHEMA = 1


def benchmark_json(benchmark: Benchmark, *, rows: bool = True) -> dict[str, Any]:
    """One object, documented in docs/headless.md; without `rows` the figures alone."""
    figures = kind_figures(benchmark.pairs, complete=benchmark.is_complete)
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "id": benchmark.uid,
        "name": benchmark.name,
        "created": benchmark.created.isoformat(),
        "complete": benchmark.is_complete,
        "prompts": len(benchmark.plan.prompts),
        "asked": [
            {"id": prompt.id, "kind": prompt.kind, "digest": prompt.digest}
            for prompt in benchmark.plan.prompts
        ],
        "repeats": benchmark.plan.repeats,
        "kinds": [_kind(each) for each in figures[:-1]],
        "overall": _kind(figures[-1]) if figures else None,
        "skipped": [encoded(skip) for skip in benchmark.skips],
        "setup": {**encoded(benchmark.setup), "digest": benchmark.setup.digest},
    }
    if rows:
        found["rows"] = [_row(pair) for pair in benchmark.pairs]
    return found


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    return {**encoded(comparison), "verdict": str(comparison.verdict)}


def _kind(figures: KindFigures) -> dict[str, Any]:
    return {
        "kind": figures.kind or "all",
        "prompts": figures.prompts,
        "pairs": figures.pairs,
        "tokens_per_second": {"drafting": figures.drafting_rate, "plain": figures.plain_rate},
        "speedup": {
            "decode": comparison_json(figures.decode),
            "total": comparison_json(figures.total),
            "n_counts": figures.unit,
        },
        "acceptance_rate": figures.acceptance_rate,
        "acceptance_length": figures.acceptance_length,
        "icl_ms": {"drafting": _icl(figures.drafting_icl), "plain": _icl(figures.plain_icl)},
        "same_text": figures.same_text,
        "changes_output": figures.changes_output,
    }


def _icl(icl: IclSummary) -> dict[str, Any]:
    return {**encoded(icl), "jitter": icl.jitter}


def _row(pair: BenchPair) -> dict[str, Any]:
    drafting_ms, plain_ms = pair.latencies
    return {
        "prompt": pair.prompt,
        "digest": pair.digest,
        "kind": pair.kind,
        "repeat": pair.repeat,
        "first": "drafting" if pair.drafting_first else "plain",
        "same_text": pair.same_text,
        "compared_ms": {"drafting": drafting_ms, "plain": plain_ms},
        "drafting": _answer(pair.drafting),
        "plain": _answer(pair.plain),
    }


def _answer(answer: BenchAnswer) -> dict[str, Any]:
    return {
        **metrics_json(answer.metrics),
        "prefill_ms": answer.prefill_ms,
        "draft_prefill_ms": answer.draft_prefill_ms,
        "ttft_ms": answer.times[0],
        "total_ms": answer.times[-1],
        "prompt_tokens": answer.prompt_tokens,
        "stop_reason": answer.stop_reason,
        "seed": answer.seed,
        "tokens": list(answer.tokens),
        "chunk_tokens": list(answer.counts),
        "chunk_ms": list(answer.times),
    }
