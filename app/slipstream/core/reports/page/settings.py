"""The tables of what an answer was written with: settings, models, machine."""

from slipstream.core.chat import Drafting
from slipstream.core.events import ModelInfo
from slipstream.core.metrics import ClosedBy, StopReason
from slipstream.core.reports.page.markup import Markup, facts
from slipstream.core.reports.records import RunEnd, RunRecord
from slipstream.core.reports.speech import Speech


def settings_table(run: RunRecord, speech: Speech) -> Markup:
    """How it was asked for, and how it ended."""
    translate = speech.translate
    request, stats = run.request, run.stats
    sampling, speculation = request.sampling, request.speculation
    seed = stats.seed if stats else request.seed
    length = translate("Report", "automatic") if speculation.draft_max is None else str(speculation.draft_max)
    rows = [
        (translate("Report", "Drafting"), _drafting(run, speech)),
        (translate("Report", "Draft length"), length if run.drafts else ""),
        (translate("Report", "Acceptance rule"), str(request.accept) if run.drafts else ""),
        (translate("Report", "Temperature"), f"{sampling.temperature:g}".replace(".", speech.point)),
        (
            "top-k · top-p · min-p",
            f"{sampling.top_k} · {sampling.top_p:g} · {sampling.min_p:g}".replace(".", speech.point),
        ),
        (translate("Report", "Repeat penalty"), f"{sampling.repeat_penalty:g}".replace(".", speech.point)),
        (translate("Report", "Most tokens"), speech.number(request.max_tokens)),
        (
            translate("Report", "Thinking budget"),
            "" if request.thinking_budget is None else speech.number(request.thinking_budget),
        ),
        (translate("Report", "Seed"), "" if seed is None else str(seed)),
        (translate("Report", "Prompt"), _prompt(run, speech)),
        (translate("Report", "Ended"), ended(run, speech)),
        (translate("Report", "Notes"), "; ".join(stats.notes) if stats else ""),
    ]
    return facts(rows)


def machine_table(run: RunRecord, speech: Speech) -> Markup:
    """The models as they were loaded, and on what."""
    translate = speech.translate
    pair = run.pair
    rows = [
        (translate("Report", "Model"), run.target),
        (translate("Report", "as loaded"), model_words(pair.target, speech)),
        (translate("Report", "Draft"), run.draft),
        (
            translate("Report", "as loaded"),
            model_words(pair.draft, speech) if pair.draft and run.drafts else "",
        ),
        (translate("Report", "Draft problem"), pair.draft_problem or ""),
        (
            translate("Report", "Context"),
            translate("Report", "{n} tokens").format(n=speech.number(pair.n_ctx)),
        ),
        (translate("Report", "Threads"), str(pair.threads)),
        (translate("Report", "Engine"), run.build),
        (translate("Report", "Processor features"), " ".join(pair.system_info.split())),
    ]
    return facts(rows)


def ended(run: RunRecord, speech: Speech) -> str:
    """Why the run ended, in a few words."""
    translate = speech.translate
    if run.end is RunEnd.RUNNING:
        return translate("Report", "it was still being written")
    if run.stats is None:
        return run.interruption or translate("Report", "it was cut off")
    words = {
        StopReason.END_OF_TURN: translate("Report", "the model ended its turn"),
        StopReason.MAX_TOKENS: translate("Report", "most tokens reached"),
        StopReason.STOP_STRING: translate("Report", "a stop text was written"),
        StopReason.CONTEXT_FULL: translate("Report", "the context was full"),
        StopReason.STOPPED: translate("Report", "stopped by a person"),
    }[run.stats.stop_reason]
    if run.stats.thinking_closed is ClosedBy.BUDGET:
        words += " · " + translate("Report", "thinking closed by its budget")
    elif run.stats.thinking_closed is ClosedBy.PERSON:
        words += " · " + translate("Report", "thinking closed by a person")
    return words


def _drafting(run: RunRecord, speech: Speech) -> str:
    translate = speech.translate
    if not run.drafts:
        return translate("Report", "off")
    if run.request.speculation.drafting is Drafting.NGRAM:
        return translate("Report", "n-gram lookup")
    if run.request.speculation.lookup_first:
        return translate("Report", "lookup first, then the draft model")
    return translate("Report", "the draft model")


def _prompt(run: RunRecord, speech: Speech) -> str:
    stats = run.stats
    if stats is None:
        return ""
    words = speech.translate("Report", "{n} tokens, {reused} of them reused; read in {time}")
    return words.format(
        n=speech.number(stats.prompt_tokens),
        reused=speech.number(stats.reused_tokens),
        time=speech.duration(stats.prefill_ms + stats.draft_prefill_ms),
    )


def model_words(model: ModelInfo, speech: Speech) -> str:
    devices = ", ".join(model.devices)
    layers = speech.translate("Report", "{n} of {all} layers offloaded").format(
        n=model.gpu_layers, all=model.n_layers + 1
    )
    parts = (model.description, speech.size(model.size_bytes), devices, layers if model.gpu_layers else "")
    return " · ".join(part for part in parts if part)
