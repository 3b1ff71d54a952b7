"""What this machine's own records tell of a pair, in words: what was measured, and what can only be estimated.

The two are never mixed: a speed-up that was measured side by side says so, and one that is worked out of answers to
different prompts is called an estimate.
"""

from PySide6.QtCore import QCoreApplication

from slipstream.core.benchmark.history import PairHistory
from slipstream.models.prediction import Estimate, Prediction
from slipstream.ui.bench.words import counted, drafting_words, on_kind
from slipstream.ui.dashboard import figures as written


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelWords", text)


def evidence_sentences(prediction: Prediction) -> list[str]:
    """What was measured first; [] where nothing of this pair ran here."""
    found = []
    if prediction.benchmarks is not None:
        found.append(measured_sentence(prediction.benchmarks))
    if prediction.estimate is not None and not prediction.is_measured:
        found.append(estimate_sentence(prediction.estimate))
    return found


def measured_sentence(history: PairHistory) -> str:
    """E.g. "Measured here: 1.62× (1.55–1.70) on code, over 31 prompts (temperature 0)."."""
    kinds = [kind for kind in history.kinds if kind.decode.ratio is not None]
    figures = ", ".join(f"{written.gained(kind.decode)} {on_kind(kind.kind)}" for kind in kinds)
    if len(kinds) > 1:
        figures = tr("{0}; all together {1}").format(figures, written.gained(history.decode))
    text = (
        tr("Measured here so far: {0}, over {1}{2}. That is too little to be sure.")
        if history.decode.low is None
        else tr("Measured here: {0}, over {1}{2}.")
    )
    return text.format(figures, counted(history.decode.n, "prompts"), _way(history))


def estimate_sentence(estimate: Estimate) -> str:
    """Of answers with drafting, against a level without it."""
    text = tr(
        "Estimated: {0} answers here were written about {1} as fast as without drafting, to other prompts."
    )
    return text.format(estimate.answers, written.factor(estimate.ratio))


def _way(history: PairHistory) -> str:
    """How it was drafted and sampled, where that is not how it is done by itself."""
    setup = history.setup
    parts = [tr("temperature 0")] if setup.greedy else []
    if setup.speculation.draft_max is not None:
        parts.append(drafting_words(setup.speculation))
    return f" ({', '.join(parts)})" if parts else ""
