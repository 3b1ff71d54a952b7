"""A target and its draft, loaded and unloaded as one object, offloaded as far as there is memory.

The draft is loaded first, so that it gets the GPU: an off-GPU draft ruins speculation (llama.cpp #10664).
A draft that cannot be used is left out, with the reason; a target that cannot is an error.
"""

import logging
from dataclasses import dataclass, replace

from slipstream.core.chat import PairSpec
from slipstream.core.engine import Listener
from slipstream.core.errors import AppError, LoadError
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.memory_use import Placement
from slipstream.core.placing import fewer
from slipstream.core.vocabulary import Vocabulary, compare_vocabularies
from slipstream.engine import backend, rpc
from slipstream.engine.chat_format import ChatFormat
from slipstream.engine.context import Context, ContextOptions, NativeStopFlag
from slipstream.engine.model import Model
from slipstream.engine.offload import ModelFacts, Wish, offload_for
from slipstream.engine.placement import buffer_names, device_memory, read_placement

log = logging.getLogger(__name__)

MIN_CONTEXT = 16


@dataclass
class Pair:
    """What is loaded. `draft` is None where there is none, or none that fits."""

    target: Context
    draft: Context | None
    format: ChatFormat
    loaded: PairLoaded

    def close(self) -> None:
        for context in (self.draft, self.target):
            close_context(context)


def load_pair(spec: PairSpec, progress: Listener, stop: NativeStopFlag) -> Pair:
    """Load both models. Raises ModelFileError or LoadError for the target; then nothing stays loaded."""
    if endpoints := rpc.servers():
        progress(LoadProgress("servers", 0.0))  # one that is busy lets wait
        rpc.connect(endpoints)
    facts = ModelFacts.of(spec.target)
    n_ctx = max(MIN_CONTEXT, min(spec.ctx_size, facts.n_ctx_train or spec.ctx_size))
    threads = spec.threads or backend.physical_cores()
    options = ContextOptions(n_ctx, threads, spec.flash_attn, spec.cache_type_k, spec.cache_type_v)
    draft, problem = _load_draft(spec, facts, options, progress, stop)
    target = None
    try:
        wish = Wish(spec.gpu_layers, spec.devices, spec.target_bytes)
        target = _load(facts, wish, options, "target", progress, stop)
        chat_format = ChatFormat(target.model)
        loaded = PairLoaded(
            target=target.model.info(),
            draft=draft.model.info() if draft else None,
            draft_problem=problem,
            n_ctx=target.n_ctx,
            threads=threads,
            system_info=backend.system_info(),
            opens_thinking=chat_format.opens_thinking,
            template_problem=chat_format.problem,
            placement=_placement(target, draft),
        )
    except BaseException:
        for context in (draft, target):
            close_context(context)
        raise
    if problem:
        log.warning("draft left out: %s", problem)
    return Pair(target, draft, chat_format, loaded)


def with_draft(pair: Pair, spec: PairSpec, progress: Listener, stop: NativeStopFlag) -> Pair:
    """The same target with the draft of `spec`, which is loaded as that of the pair was; the pair stays as it is.

    Whoever asks closes that draft. Raises ModelFileError, LoadError; also LoadError where it cannot draft here.
    """
    assert spec.draft is not None
    target = pair.target
    facts = ModelFacts.of(spec.draft)
    if problem := _unfit(target.model.vocabulary(), target.model, facts):
        raise LoadError(problem, "Choose another draft")
    options = ContextOptions(
        target.n_ctx, pair.loaded.threads, spec.flash_attn, spec.cache_type_k, spec.cache_type_v
    )
    wish = Wish(spec.draft_gpu_layers, spec.draft_devices, spec.draft_bytes)
    draft = _load(facts, wish, options, "draft", progress, stop)
    loaded = replace(pair.loaded, draft=draft.model.info(), draft_problem=None)
    return replace(pair, draft=draft, loaded=loaded)


def close_context(context: Context | None) -> None:
    """Free it and its model."""
    if context is not None:
        context.close()
        context.model.close()


def cannot_roll_back(model: ModelFacts | Model) -> str | None:
    """Why nothing can be drafted with this model, or None: rejected tokens must leave the cache again."""
    if model.can_roll_back:
        return None
    return f"{model.path.name} has a recurrent state, from which drafted tokens cannot be taken back"


def _load_draft(
    spec: PairSpec, target: ModelFacts, options: ContextOptions, progress: Listener, stop: NativeStopFlag
) -> tuple[Context | None, str | None]:
    """The draft, or why there is none; its weights are loaded only where its vocabulary fits."""
    if spec.draft is None:
        return None, None
    try:
        facts = ModelFacts.of(spec.draft)
        if problem := _unfit(target.vocabulary, target, facts):
            return None, problem
        wish = Wish(spec.draft_gpu_layers, spec.draft_devices, spec.draft_bytes)
        return _load(facts, wish, options, "draft", progress, stop), None
    except AppError as error:
        if stop.is_set():
            raise
        return None, error.one_line()


def _unfit(vocabulary: Vocabulary, target: ModelFacts | Model, draft: ModelFacts) -> str | None:
    """Why this draft cannot draft for this target, or None."""
    verdict = compare_vocabularies(vocabulary, draft.vocabulary)
    if not verdict.fits:
        return f"{draft.path.name} has another vocabulary: {'; '.join(verdict.reasons)}"
    return cannot_roll_back(target) or cannot_roll_back(draft)


def _load(
    facts: ModelFacts,
    wish: Wish,
    options: ContextOptions,
    stage: str,
    progress: Listener,
    stop: NativeStopFlag,
) -> Context:
    """A model and its context. Automatic layers go down until llama.cpp has memory for both."""

    def on_progress(fraction: float) -> bool:
        progress(LoadProgress(stage, fraction))
        return not stop.is_set()

    offload = offload_for(facts, wish, options.n_ctx)
    while True:
        model = None
        try:
            model = Model(facts.path, offload, on_progress)
            return Context(model, options, stop)
        except BaseException as error:
            if model is not None:
                model.close()
            if not isinstance(error, LoadError) or not wish.automatic or not offload.layers or stop.is_set():
                raise
        offload = fewer(offload, facts.layers)
        log.warning("no room on the GPU for %s; trying %d layers", facts.path.name, offload.layers)


def _placement(target: Context, draft: Context | None) -> Placement:
    """Where both lie, and what the devices have left."""
    names = buffer_names()
    uses = [read_placement([*c.model.log, *c.log], names) for c in (target, draft) if c is not None]
    return Placement(uses[0], uses[1] if draft else (), device_memory())
