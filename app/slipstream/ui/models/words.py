"""Models, memory and verdicts in words: sizes, sentences, and how good the news is."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from slipstream.bridge.amounts import size_text
from slipstream.models.fit import Fit, Where
from slipstream.models.inspect import TemplateSummary, VocabularySummary
from slipstream.models.memory import ModelMemory
from slipstream.models.pairing import PairReason, PairVerdict, ReasonKind, Suitability
from slipstream.models.prediction import Basis, Prediction
from slipstream.ui.models.evidence import evidence_sentences

GOOD, WARNING, BAD, PLAIN = "good", "warning", "bad", "plain"  # levels, as `Badge` shows them


def tr(text: str) -> str:
    return QCoreApplication.translate("ModelWords", text)


def number(value: float, digits: int = 1) -> str:
    return QLocale().toString(float(value), "f", digits)


def whole(value: int) -> str:
    """E.g. "131,072"."""
    return QLocale().toString(value)


def count_text(count: int) -> str:
    """Parameters or downloads, e.g. "7.6 B"."""
    for unit, factor in (
        (tr("{0} T"), 10**12),
        (tr("{0} B"), 10**9),
        (tr("{0} M"), 10**6),
        (tr("{0} k"), 10**3),
    ):
        if count >= factor:
            return unit.format(number(count / factor, 0 if count >= 100 * factor else 1))
    return str(count)


def tokens_text(tokens: int) -> str:
    return tr("{0} tokens").format(whole(tokens))


def date_text(moment: datetime) -> str:
    """As everybody reads it alike."""
    return f"{moment:%Y-%m-%d}"


def joined(*parts: str) -> str:
    """What is known, with dots between, which stay with what is before them."""
    return "\N{NO-BREAK SPACE}· ".join(part for part in parts if part)


def unbroken(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def fit_word(fit: Fit) -> str:
    """The verdict of a list."""
    words = {
        Where.GPU: tr("fits on the GPU"),
        Where.PARTLY: tr("partly on the GPU"),
        Where.MEMORY: tr("fits in memory"),
        Where.NO: tr("does not fit"),
        Where.UNKNOWN: tr("memory unknown"),
    }
    return words[fit.where]


def fit_level(fit: Fit) -> str:
    levels = {Where.GPU: GOOD, Where.MEMORY: GOOD, Where.PARTLY: WARNING, Where.NO: BAD}
    return levels.get(fit.where, PLAIN)


def fit_sentence(fit: Fit, *, about: bool = False) -> str:
    """Where it goes, what it needs, what is free. `about`: from another quantization's header."""
    at = whole(fit.context)
    needs, free = size_text(fit.host), size_text(fit.free)
    gpu, gpu_free = size_text(fit.gpu), size_text(fit.gpu_free)
    match fit.where:
        case Where.GPU:
            text = tr("Fits on the GPU at {0} tokens: {1} of {2} free there, {3} of {4} beside it.")
            told = text.format(at, gpu, gpu_free, needs, free)
        case Where.PARTLY:
            text = tr("Fits partly on the GPU at {0} tokens: {1} of {2} free there, {3} of {4} beside it.")
            told = text.format(at, gpu, gpu_free, needs, free)
        case Where.MEMORY:
            told = tr("Fits in memory at {0} tokens: {1} of {2} free.").format(at, needs, free)
        case Where.NO:
            told = tr("Does not fit at {0} tokens: {1} are needed, {2} are free.").format(at, needs, free)
        case Where.UNKNOWN:
            text = tr("Needs {1} at {0} tokens; how much is free cannot be asked here.")
            told = text.format(at, size_text(fit.total))
    return tr("{0} About: judged by another quantization's header.").format(told) if about else told


def memory_parts(memory: ModelMemory) -> str:
    """What a model's memory is made of."""
    text = tr("{0}: weights {1}, cache {2}, buffers {3}").format(
        size_text(memory.total),
        size_text(memory.all_weights),
        size_text(memory.all_cache),
        size_text(memory.buffers),
    )
    if not memory.gpu_layers:
        return text
    return joined(text, tr("{0} layers on the GPU").format(memory.gpu_layers))


def suitability_word(suitability: Suitability) -> str:
    words = {
        Suitability.RECOMMENDED: tr("recommended"),
        Suitability.SUITABLE: tr("suitable"),
        Suitability.DOUBTFUL: tr("doubtful"),
        Suitability.UNFIT: tr("does not fit"),
    }
    return words[suitability]


def suitability_level(suitability: Suitability) -> str:
    levels = {Suitability.DOUBTFUL: WARNING, Suitability.UNFIT: BAD}
    return levels.get(suitability, GOOD)


def reason_sentence(reason: PairReason) -> str:
    """Why a draft is unfit or doubtful."""
    figures = reason.figures
    match reason.kind:
        case ReasonKind.NO_ROOM:
            needed, free = map(int, figures)
            text = tr("Both together need {0}, {1} are free.")
            return text.format(size_text(needed), size_text(free))
        case ReasonKind.SHORT_CONTEXT:
            text = tr("It was trained for {0} tokens of context, {1} are asked for.")
            return text.format(*(whole(int(figure)) for figure in figures))
        case ReasonKind.VOCABULARY | ReasonKind.LISTED_AGAINST:
            return f"{figures[0][:1].upper()}{figures[0][1:]}."
    return _reasons()[reason.kind].format(*figures)


def _reasons() -> dict[ReasonKind, str]:
    return {
        ReasonKind.NOT_A_DRAFT: tr("It cannot be used: {0}."),
        ReasonKind.TAKES_NOTHING_BACK: tr(
            "{0} has a recurrent state, from which drafted tokens cannot be taken back."
        ),
        ReasonKind.SAME_FILE: tr("It is the model itself: drafting takes as long as writing."),
        ReasonKind.LARGE: tr("It is large: it reads {0} % of what the model reads for a token."),
        ReasonKind.BESIDE_GPU: tr("It does not fit on the GPU, which makes drafting slow."),
        ReasonKind.GAINS_NOTHING: tr(
            "Drafting is not expected to pay here: a step would have to yield {0} tokens, and yields {1}."
        ),
        ReasonKind.GAINED_NOTHING: tr("Drafting with it did not pay when that was measured here."),
    }


def ratio_text(verdict: PairVerdict) -> str:
    """How the two sizes compare; "" where that is not known."""
    ratio = verdict.size_ratio
    if ratio is None:
        return ""
    if 0.95 < ratio < 1.05:
        return tr("reads as much for a token")
    if ratio >= 1:
        return tr("reads {0} times less for a token").format(number(ratio))
    return tr("reads {0} times more for a token").format(number(1 / ratio))


def cost_text(verdict: PairVerdict) -> str:
    """What the draft costs in memory."""
    if verdict.fit is None or verdict.fit.draft is None:
        return ""
    return tr("takes {0} of memory").format(size_text(verdict.fit.draft.total))


def gain_text(prediction: Prediction) -> str:
    """What to expect, and how sure that is."""
    if not prediction.pays:
        said = tr("No gain expected: drafting would pause itself")
    elif prediction.high - prediction.low < 0.1:
        said = tr("About {0} times as fast, with {1} tokens drafted").format(
            number(prediction.speedup), prediction.length
        )
    else:
        said = tr("{0} to {1} times as fast, with about {2} tokens drafted").format(
            number(prediction.low), number(prediction.high), prediction.length
        )
    return tr("{0} ({1}).").format(said, basis_text(prediction))


def basis_text(prediction: Prediction) -> str:
    """Where the figures of a prediction come from."""
    costs = {
        Basis.MEASURED: tr("costs measured here"),
        Basis.PARTLY: tr("the model's costs measured here, the draft's guessed"),
        Basis.ASSUMED: tr("costs guessed from the sizes"),
    }[prediction.costs]
    measured = prediction.acceptance is Basis.MEASURED
    kept = tr("acceptance from earlier answers") if measured else tr("acceptance guessed")
    return tr("{0}, {1}").format(costs, kept)


def expected_text(verdict: PairVerdict) -> str:
    """What is to be gained, and what was; "" where neither is known. No guess where the reasons have it."""
    prediction = verdict.prediction
    if prediction is None or not verdict.fits:
        return ""
    told = any(doubt.kind is ReasonKind.GAINS_NOTHING for doubt in verdict.doubts)
    guess = [] if told or prediction.is_measured else [gain_text(prediction)]
    return " ".join([*guess, *evidence_sentences(prediction)])


def reason_sentences(verdict: PairVerdict) -> list[str]:
    """What forbids the pair; where nothing does, what speaks against it."""
    if not verdict.fits:
        listed = [doubt for doubt in verdict.doubts if doubt.kind is ReasonKind.LISTED_AGAINST]
        return [reason_sentence(reason) for reason in (*verdict.unfit, *listed)]
    found = []
    for doubt in verdict.doubts:
        sentence = reason_sentence(doubt)
        if doubt.kind is ReasonKind.GAINS_NOTHING and verdict.prediction is not None:
            sentence = tr("{0} ({1}).").format(sentence.rstrip("."), basis_text(verdict.prediction))
        found.append(sentence)
    return found


def vocabulary_text(vocabulary: VocabularySummary | None) -> str:
    if vocabulary is None:
        return tr("none")
    return tr("{0}, {1} tokens").format(vocabulary.type, whole(vocabulary.size))


def template_text(template: TemplateSummary) -> str:
    if not template.present:
        return tr("none")
    if template.opens_thinking:
        return tr("yes, every answer starts with thinking")
    return tr("yes, with thinking") if template.thinking_tags else tr("yes")
