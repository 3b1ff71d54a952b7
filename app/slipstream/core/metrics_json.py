"""`core.metrics`' figures as JSON, under the names of the headless contract: the same in every file that has them."""

from typing import Any

from slipstream.core.metrics import IclSummary, Metrics


def metrics_json(metrics: Metrics) -> dict[str, Any]:
    """Counters, rates and times over some steps; what is not known is None."""
    return {
        "emitted": metrics.emitted,
        "steps": metrics.steps,
        "drafted": metrics.drafted,
        "accepted": metrics.accepted,
        "acceptance_rate": metrics.acceptance_rate,
        "acceptance_length": metrics.acceptance_length,
        "refused": metrics.refused,
        "refused_share": metrics.refused_share,
        "changes_output": metrics.changes_output,
        "per_position": [count.rate for count in metrics.positions],
        "conditional_acceptance": [count.conditional for count in metrics.positions],
        "tpot_ms": metrics.tpot_ms,
        "tokens_per_second": metrics.tokens_per_second,
        "icl_ms": icl_json(metrics.icl),
        "draft_ms": metrics.draft_ms,
        "verify_ms": metrics.verify_ms,
        "sample_ms": metrics.sample_ms,
        "other_ms": metrics.other_ms,
    }


def icl_json(icl: IclSummary) -> dict[str, Any]:
    return {
        "p50": icl.p50,
        "p95": icl.p95,
        "p99": icl.p99,
        "max": icl.max,
        "jitter": icl.jitter,
        "stalls": icl.stalls,
    }
