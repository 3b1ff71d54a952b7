"""A comparison as JSON: everything that was measured of it, and what it comes to. The schema describes it.

What was said (prompt, texts) is null unless the comparison alone was asked for; token ids are part of what was
measured, as in the steps of a run.
"""

from typing import Any

from slipstream.core.compared import KeptComparison, KeptPass, KeptSide, PassEnd
from slipstream.core.comparing import Comparison
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.side_by_side import Speedups
from slipstream.core.transfer.codec import encoded


def comparison_json(record: ComparisonRecord) -> dict[str, Any]:
    kept, has_texts = record.kept, record.has_texts
    request = encoded(kept.request)
    for name in ("raw", "speculation", "seed"):  # each side has a speculation of its own, each pass a seed
        del request[name]
    if not has_texts:
        del request["messages"]
    faster: list[Speedups | None] = [None, *kept.speedups()]
    return {
        "comparison": record.comparison,
        "uid": kept.uid,
        "conversation": (
            None if kept.conversation is None else {"id": kept.conversation, "title": record.title}
        ),
        "message": kept.message,
        "created": encoded(kept.created),
        "stage": str(kept.stage),
        "note": kept.note,
        "error": kept.error,
        "hint": kept.hint,
        "prompt": kept.prompt if has_texts else None,
        "request": request,
        "pair": encoded(kept.pair),
        "build": kept.build,
        "machine": kept.machine,
        "version": kept.version,
        "segment_tokens": kept.segment,
        "seeds": list(kept.seeds),
        "sides": [_side(kept, side, own, has_texts) for side, own in zip(kept.sides, faster, strict=True)],
        "first_differences": kept.differences(),
        "partings": encoded(kept.partings),
        "switch_share": kept.switch_share,
    }


def _side(kept: KeptComparison, side: KeptSide, faster: Speedups | None, has_texts: bool) -> dict[str, Any]:
    metrics = side.metrics
    return {
        "speculation": encoded(side.spec.speculation),
        "draft": side.spec.draft or None,
        "drafter": side.drafter(kept.pair) or None,
        "model": encoded(side.draft),
        "tokens_per_second": side.tokens_per_second,
        "acceptance_rate": metrics.acceptance_rate,
        "acceptance_length": metrics.acceptance_length,
        "total_ms": side.last.total_ms,
        "speedup": None
        if faster is None
        else {"decode": _ratio(faster.decode), "total": _ratio(faster.total)},
        "passes": [_pass(each, has_texts) for each in side.passes],
    }


def _ratio(comparison: Comparison) -> dict[str, Any]:
    return {
        "ratio": comparison.ratio,
        "low": comparison.low,
        "high": comparison.high,
        "n": comparison.n,
        "verdict": str(comparison.verdict),
    }


def _pass(each: KeptPass, has_texts: bool) -> dict[str, Any]:
    return {
        "segments": [
            {
                **encoded(kept.segment),
                "began_ms": kept.began_ms,
                **encoded(kept.counts),
                "tokens": list(kept.tokens),
                "pieces": encoded(kept.pieces) if has_texts else None,
            }
            for kept in each.segments
        ],
        "end": None if each.end is None else _end(each.end, has_texts),
    }


def _end(end: PassEnd, has_texts: bool) -> dict[str, Any]:
    data: dict[str, Any] = encoded(end)
    data |= data.pop("counts")
    return data if has_texts else {**data, "pieces": None}
