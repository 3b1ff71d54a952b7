"""What this machine's own records tell of a pair, on a terminal and as JSON: measured, or estimated."""

from typing import Any

from slipstream.core.benchmark.history import PairHistory
from slipstream.core.benchmark.report import comparison_json
from slipstream.core.transfer.codec import encoded
from slipstream.models.prediction import Estimate, Prediction


def measured_text(history: PairHistory) -> str:
    """E.g. "1.62× (1.55–1.70) on code, 0.98× on open, all together 1.26× (1.20–1.33) over 31 prompts, greedy"."""
    kinds = [kind for kind in history.kinds if kind.decode.ratio is not None]
    parts = [f"{kind.decode.figures} on {kind.kind}" for kind in kinds]
    if len(kinds) > 1:
        parts.append(f"all together {history.decode.figures}")
    setup, n = history.setup, history.decode.n
    way = ", greedy" if setup.greedy else ""
    if setup.speculation.draft_max is not None:
        way += f", up to {setup.speculation.draft_max} tokens a step"
    sure = "" if history.decode.low is not None else "; too little to be sure"
    return f"{', '.join(parts)} over {n} {'prompt' if n == 1 else 'prompts'}{way}{sure}"


def estimate_text(estimate: Estimate) -> str:
    """Said as what it is: nothing was paired."""
    level = f"{estimate.plain_answers} answers" if estimate.plain_answers else "the steps measured"
    return (
        f"{estimate.answers} answers here came to {estimate.ratio:.2f}× the tokens/s of {level} without drafting; "
        "their prompts differ"
    )


def evidence_json(found: Prediction) -> dict[str, Any]:
    """`measured` and `estimated`, null where there is nothing of it."""
    history, estimate = found.benchmarks, found.estimate
    return {
        "measured": None
        if history is None
        else {
            "overall": comparison_json(history.decode),
            "kinds": {kind.kind: comparison_json(kind.decode) for kind in history.kinds},
            "benchmarks": history.benchmarks,
            "last": history.last.isoformat(),
            "speculation": encoded(history.setup.speculation),
            "greedy": history.setup.greedy,
        },
        "estimated": None if estimate is None else {"speedup": estimate.ratio, **encoded(estimate)},
    }
