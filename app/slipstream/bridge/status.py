"""One sentence that is always true: what is loaded, where, and whether drafting is active, or why not.

A pure function of what the window knows; knows no widgets.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from slipstream.bridge.pair import NGRAM, PairState, draft_file
from slipstream.bridge.told import told
from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.events import LoadProgress, ModelInfo, PairLoaded
from slipstream.core.pace import PaceReport, ReasonKind, reason
from slipstream.core.settings import Settings
from slipstream.core.text import printable


def tr(text: str) -> str:
    return QCoreApplication.translate("Status", text)


@dataclass(frozen=True, slots=True)
class Status:
    """The sentence in two parts, each complete; `drafting` tells whether answers draft at present."""

    models: str
    draft: str = ""
    drafting: bool = False

    @property
    def sentence(self) -> str:
        return f"{self.models} {self.draft}".strip()


def speculation(settings: Settings, loaded: PairLoaded | None) -> Speculation:
    """How the next answer will draft, by the settings as they are now."""
    if not settings.speculate or loaded is None:
        return Speculation(Drafting.NONE)
    draft_max, accept = settings.draft_max or None, AcceptRule(settings.accept)
    if settings.draft == NGRAM:
        return Speculation(Drafting.NGRAM, draft_max, accept=accept)
    if settings.draft and loaded.draft is not None:
        return Speculation(Drafting.MODEL, draft_max, accept=accept)
    return Speculation(Drafting.NONE)


def sampling(settings: Settings) -> Sampling:
    """How the next answer's tokens will be drawn."""
    return Sampling(
        settings.temperature, settings.top_p, settings.top_k, settings.min_p, settings.repeat_penalty
    )


def place(model: ModelInfo) -> str:
    """Where a model's layers are, e.g. "on the CPU, 30 layers"."""
    layers = model.n_layers
    devices = ", ".join(name for name in model.devices if not name.startswith("CPU"))
    if model.gpu_layers <= 0 or not devices:
        return tr("on the CPU, {0} layers").format(layers)
    if model.gpu_layers > layers:  # llama.cpp counts the output layer as one more
        return tr("on {0}, all {1} layers").format(devices, layers)
    if model.gpu_layers == 1:
        return tr("the output on {0}, all {1} layers on the CPU").format(devices, layers)
    return tr("{0} of {1} layers on {2}, the rest on the CPU").format(model.gpu_layers - 1, layers, devices)


def status(
    state: PairState,
    loaded: PairLoaded | None,
    settings: Settings,
    progress: LoadProgress | None = None,
    trouble: str = "",
    pace: PaceReport | None = None,
) -> Status:
    """The sentence. `trouble` is what went wrong with the draft in this answer or the last, `pace` what the
    automatic pace said of it.
    """
    if state in (PairState.LOADING, PairState.MEASURING):
        return Status(_progress(state, progress))
    if state is PairState.COMPARING:
        return Status(tr("Ways to draft are being compared; the chat waits until that is over."))
    if state is PairState.BENCHMARKING:
        return Status(tr("A benchmark is running; the chat waits until it is over."))
    if state is PairState.DOWN:
        return Status(tr("The engine is stopped; nothing is loaded."))
    if loaded is None:
        return Status(tr("No model is loaded."))
    target = tr("{0} ({1})").format(printable(Path(loaded.target.path).stem), place(loaded.target))
    models = tr("{0}.").format(target)
    if loaded.draft is not None:
        draft = tr("{0} ({1})").format(printable(Path(loaded.draft.path).stem), place(loaded.draft))
        used = draft_file(settings.draft) is not None
        words = tr("{0}, with the draft {1}.") if used else tr("{0}; the draft {1} is loaded and not used.")
        models = words.format(target, draft)
    how = speculation(settings, loaded)
    if how.drafting is not Drafting.MODEL or how.draft_max is not None:
        pace = None  # it was told of another way to draft
    active = how.drafting is not Drafting.NONE and not (pace and pace.off)
    return Status(models, _drafting(how, loaded, settings, trouble, pace), active)


def _progress(state: PairState, progress: LoadProgress | None) -> str:
    if progress is None:
        return (
            tr("Measuring what this pair costs…")
            if state is PairState.MEASURING
            else tr("Loading the model…")
        )
    text = {
        "servers": tr("Waiting for the RPC servers…"),
        "draft": tr("Loading the draft… {0} %"),
        "costs": tr("Measuring what this pair costs… {0} %"),
    }.get(progress.stage, tr("Loading the model… {0} %"))
    return text.format(round(progress.fraction * 100))


def _drafting(
    how: Speculation, loaded: PairLoaded, settings: Settings, trouble: str, pace: PaceReport | None
) -> str:
    if not settings.speculate:
        return tr("Drafting is off: the switch is off.")
    if how.drafting is Drafting.NONE:
        if loaded.draft_problem and settings.draft:
            return tr("Drafting is off: {0}").format(told(loaded.draft_problem).rstrip(".") + ".")
        return tr("Drafting is off: no draft is chosen.")
    if trouble:
        return tr("Drafting stopped: {0} The next answer tries again.").format(
            told(trouble).rstrip(".") + "."
        )
    label = _changes_output(how, settings)
    if pace is not None:
        return " ".join(filter(None, (pace_words(pace), label)))
    length = tr("automatic length") if how.draft_max is None else tr("up to {0} tokens").format(how.draft_max)
    ngram = how.drafting is Drafting.NGRAM
    words = (
        tr("Drafting is on: n-gram lookup, {0}.") if ngram else tr("Drafting is on: the draft model, {0}.")
    )
    return " ".join(filter(None, (words.format(length), label)))


def pace_words(report: PaceReport) -> str:
    """Why the automatic pace drafts as it does."""
    told = reason(report)
    words = {
        ReasonKind.FASTER: tr("Drafting: about {0}× as fast here."),
        ReasonKind.EVEN: tr("Drafting: about as fast as without it here."),
        ReasonKind.TRYING: tr("Trying again whether drafting pays."),
        ReasonKind.COSTS: tr("Drafting is paused: it costs about {0} % here: needs τ {1}, gets {2}."),
        ReasonKind.GAINS_NOTHING: tr("Drafting is paused: it gains nothing here: needs τ {0}, gets {1}."),
        ReasonKind.TOO_DEAR: tr(
            "Drafting is paused: a step that drafts {0} takes {1} plain steps here, too much even for good drafts."
        ),
    }
    point = QLocale().decimalPoint()
    return words[told.kind].format(*(figure.replace(".", point) for figure in told.figures))


def _changes_output(how: Speculation, settings: Settings) -> str:
    """The label of a lossy rule, where one will be at work."""
    match GenerateRequest(sampling=sampling(settings), speculation=how).accept:
        case AcceptRule.RELAXED:
            return tr("Relaxed acceptance changes the output while thinking.")
        case AcceptRule.TYPICAL:
            return tr("Typical acceptance changes the output.")
    return ""
