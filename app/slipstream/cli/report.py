"""A run as JSON: the contract's names for `core.metrics`' figures."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from slipstream.cli.placement_text import placement_json
from slipstream.core.events import PairLoaded
from slipstream.core.metrics import ClosedBy, RunStats, StepRecord
from slipstream.core.metrics_json import metrics_json
from slipstream.core.pace import PaceReport, ReasonKind, reason

SCHEMA = 1
_REASONS = {
    ReasonKind.FASTER: "Drafting: about {0}× as fast here.",
    ReasonKind.EVEN: "Drafting: about as fast as without it here.",
    ReasonKind.TRYING: "Trying again whether drafting pays.",
    ReasonKind.COSTS: "Drafting is paused: it costs about {0} % here: needs τ {1}, gets {2}.",
    ReasonKind.GAINS_NOTHING: "Drafting is paused: it gains nothing here: needs τ {0}, gets {1}.",
    ReasonKind.TOO_DEAR: "Drafting is paused: a step that drafts {0} takes {1} plain steps here, too much even for "
    "good drafts.",
}


def stats_json(
    stats: RunStats, options: argparse.Namespace, loaded: PairLoaded, versions: dict[str, str]
) -> dict[str, Any]:
    """One run's figures, as `--stats` writes them."""
    return {
        "schema": SCHEMA,
        **figures_json(stats),
        **circumstances_json(options, loaded, versions, stats.seed),
    }


def figures_json(stats: RunStats) -> dict[str, Any]:
    """What a run came to."""
    return {
        "text": stats.text,
        "thinking": stats.thinking,
        "answer": stats.answer,
        "tokens": list(stats.tokens),
        "prompt_tokens": stats.prompt_tokens,
        "reused_tokens": stats.reused_tokens,
        **metrics_json(stats.metrics),
        "prefill_ms": stats.prefill_ms,
        "draft_prefill_ms": stats.draft_prefill_ms,
        "ttft_ms": stats.ttft_ms,
        "total_ms": stats.total_ms,
        "decode_ms": stats.decode_ms,
        "phases": {str(phase): metrics_json(metrics) for phase, metrics in stats.phases.items()},
        "thinking_closed": str(stats.thinking_closed) if stats.thinking_closed else None,
        "stop_reason": str(stats.stop_reason),
        "seed": stats.seed,
        "notes": list(stats.notes),
        "pace": asdict(stats.pace) if stats.pace else None,
    }


def circumstances_json(
    options: argparse.Namespace, loaded: PairLoaded, versions: dict[str, str], seed: int
) -> dict[str, Any]:
    """With what it was asked for, of whom, and on what."""
    settings = {
        name: str(value) if isinstance(value, Path) else value
        for name, value in vars(options).items()
        if name not in ("command", "events", "stats", "quiet", "prompt")
    }
    settings |= {"seed": seed, "ctx_size": loaded.n_ctx, "threads": loaded.threads}
    settings["draft_max"] = "auto" if options.draft_max is None else options.draft_max
    return {
        "target": str(options.target),
        "draft": None if options.draft == "none" else options.draft,
        "draft_problem": loaded.draft_problem,
        "settings": settings,
        "models": {
            "target": _model(loaded.target),
            "draft": _model(loaded.draft) if loaded.draft else None,
        },
        "placement": placement_json(loaded.placement),
        "engine": {**versions, "system_info": loaded.system_info},
    }


def event_json(record: StepRecord, about: dict[str, Any] | None = None) -> str:
    """One step, as a line of `--events`; `about` says of which answer, where there are several."""
    return json.dumps(
        {
            **(about or {}),
            "index": record.index,
            "drafted": list(record.drafted),
            "accepted": record.accepted,
            "emitted": list(record.emitted),
            "drafter": record.drafter,
            "rule": record.rule,
            "phase": str(record.phase),
            "position": record.position,
            "limit": record.limit,
            "target_probs": list(record.target_probs),
            "draft_probs": list(record.draft_probs),
            "draft_ms": record.draft_ms,
            "verify_ms": record.verify_ms,
            "sample_ms": record.sample_ms,
            "other_ms": record.other_ms,
            "t_ms": record.t_ms,
            "stop_reason": str(record.stop_reason) if record.stop_reason else None,
            "refused": record.refused,
            "inserted": list(record.inserted),
        }
    )


def summary_line(stats: RunStats) -> str:
    """The figures a person wants to see after an answer."""
    metrics = stats.metrics
    parts = [f"{metrics.emitted} tokens"]
    if metrics.tokens_per_second is not None:
        parts.append(f"{metrics.tokens_per_second:.1f} tokens/s")
    if metrics.acceptance_rate is not None:
        parts.append(f"acceptance {metrics.acceptance_rate:.0%}, τ {metrics.acceptance_length:.2f}")
    if metrics.changes_output:
        parts.append(
            "changes the output"
            if metrics.refused_share is None
            else f"changes the output: the exact rule would have refused {metrics.refused_share:.1%} of the "
            "accepted tokens"
        )
    if stats.thinking_closed is ClosedBy.BUDGET:
        parts.append("thinking closed by its budget")
    if stats.ttft_ms is not None:
        parts.append(f"first token after {stats.ttft_ms:.0f} ms")
    return " · ".join([*parts, str(stats.stop_reason).replace("_", " "), f"seed {stats.seed}"])


def pace_line(report: PaceReport) -> str:
    """Why the automatic pace drafts as it does, in a sentence."""
    told = reason(report)
    return _REASONS[told.kind].format(*told.figures)


def _model(info: Any) -> dict[str, Any]:
    return {
        "name": info.name,
        "description": info.description,
        "parameters": info.n_params,
        "bytes": info.size_bytes,
        "layers": info.n_layers,
        "gpu_layers": info.gpu_layers,
        "devices": list(info.devices),
    }
