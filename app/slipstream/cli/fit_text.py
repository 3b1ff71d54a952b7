"""Memory, expected gain and verdicts in words for a terminal, and as JSON."""

from dataclasses import asdict
from typing import Any

from slipstream.cli.evidence_text import evidence_json
from slipstream.core.amounts import size_text
from slipstream.models.fit import Fit, Where
from slipstream.models.memory import ModelMemory
from slipstream.models.pairing import PairReason, PairVerdict, ReasonKind
from slipstream.models.prediction import Basis, Prediction


def fit_text(found: Fit) -> str:
    """One sentence: where it goes, what it needs, what is free."""
    at = f"at {found.context} tokens of context"
    needs = f"{size_text(found.host)} of {size_text(found.free)} free"
    on_gpu = f"{size_text(found.gpu)} of {size_text(found.gpu_free)} free on the GPU"
    match found.where:
        case Where.GPU:
            return f"fits on the GPU {at}: {on_gpu}, {needs} beside it"
        case Where.PARTLY:
            return f"fits partly on the GPU {at}: {on_gpu}, {needs} beside it"
        case Where.MEMORY:
            return f"fits {at}: {needs}"
        case Where.NO:
            return f"does not fit {at}: needs {size_text(found.total)}, {size_text(found.free)} are free"
        case Where.UNKNOWN:
            return f"{size_text(found.total)} {at}; how much is free cannot be asked here"


def parts_text(memory: ModelMemory) -> str:
    """What a model's memory is made of."""
    text = (
        f"{size_text(memory.total)}: weights {size_text(memory.all_weights)}, "
        f"cache {size_text(memory.all_cache)}, buffers {size_text(memory.buffers)}"
    )
    return f"{text}; {memory.gpu_layers} layers on the GPU" if memory.gpu_layers else text


def fit_json(found: Fit) -> dict[str, Any]:
    """Bytes."""
    return {
        "where": found.where,
        "context": found.context,
        "needed": found.host,
        "free": found.free,
        "gpu_needed": found.gpu,
        "gpu_free": found.gpu_free,
        "target": asdict(found.target),
        "draft": asdict(found.draft) if found.draft else None,
    }


def prediction_text(found: Prediction) -> str:
    """One sentence, with how sure it is."""
    if found.is_measured and found.benchmarks is not None:
        gain = found.benchmarks.decode
        return f"{gain.figures}, measured here over {gain.n} prompts"
    if not found.pays:
        said = "none expected: drafting would pause itself"
    elif found.high - found.low < 0.1:
        said = f"about {found.speedup:.1f} times as fast, drafting {found.length} tokens"
    else:
        said = f"{found.low:.1f} to {found.high:.1f} times as fast, drafting about {found.length} tokens"
    return f"{said} ({_basis(found)})"


def _basis(found: Prediction) -> str:
    costs = {
        Basis.MEASURED: "step costs measured here",
        Basis.PARTLY: "the target's costs measured here, the draft's guessed",
        Basis.ASSUMED: "costs guessed from the sizes",
    }[found.costs]
    kept = "acceptance from earlier answers" if found.acceptance is Basis.MEASURED else "acceptance guessed"
    return f"{costs}, {kept}"


def prediction_json(found: Prediction) -> dict[str, Any]:
    """The figures, and what they rest on."""
    told = ("speedup", "low", "high", "length", "tau", "needs_tau", "costs", "acceptance")
    return {**{name: getattr(found, name) for name in told}, **evidence_json(found)}


def reason_text(reason: PairReason) -> str:
    """A reason as a sentence without its full stop."""
    if reason.kind is ReasonKind.NO_ROOM:
        needed, free = map(int, reason.figures)
        return f"both together need {size_text(needed)}, {size_text(free)} are free"
    return _REASONS[reason.kind].format(*reason.figures)


_REASONS = {
    ReasonKind.VOCABULARY: "{}",
    ReasonKind.LISTED_AGAINST: "{}",
    ReasonKind.NOT_A_DRAFT: "the draft cannot be used: {}",
    ReasonKind.TAKES_NOTHING_BACK: "{} has a recurrent state, from which drafted tokens cannot be taken back",
    ReasonKind.SAME_FILE: "target and draft are the same file: drafting takes as long as writing",
    ReasonKind.LARGE: "the draft is large: it reads {} % of what the target reads for a token",
    ReasonKind.BESIDE_GPU: "the draft does not fit on the GPU, which makes drafting slow",
    ReasonKind.SHORT_CONTEXT: "the draft was trained for {} tokens of context, {} are asked for",
    ReasonKind.GAINS_NOTHING: "drafting is not expected to pay here: a step needs τ {} and gets {}",
    ReasonKind.GAINED_NOTHING: "drafting with it did not pay when that was measured here: {} over {} prompts",
}


def ratio_text(verdict: PairVerdict) -> str | None:
    """How the two sizes compare."""
    ratio = verdict.size_ratio
    if ratio is None:
        return None
    if ratio >= 1:
        return f"the draft reads {ratio:.1f} times less for a token"
    return f"the draft reads {1 / ratio:.1f} times more for a token"
