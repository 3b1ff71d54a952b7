"""A target and its draft, loaded and unloaded as one object, offloaded as far as there is memory.

The draft is loaded first, so that it gets the GPU: an off-GPU draft ruins speculation (llama.cpp #10664).
A draft that cannot be used is left out, with the reason; a target that cannot is an error.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.chat import PairSpec
from slipstream.core.errors import AppError, LoadError
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.vocabulary import compare_vocabularies
from slipstream.engine import backend
from slipstream.engine.chat_format import ChatFormat
from slipstream.engine.context import Context, ContextOptions, NativeStopFlag
from slipstream.engine.model import Model

log = logging.getLogger(__name__)

ALL_LAYERS = -1
MEMORY_RESERVE = 512 << 20  # bytes of a GPU left for compute buffers and others
MIN_CONTEXT = 16
_SPLIT = re.compile(r"-\d{5}-of-(\d{5})\.gguf$")


@dataclass
class Pair:
    """What is loaded. `draft` is None where there is none, or none that fits."""

    target: Context
    draft: Context | None
    format: ChatFormat
    loaded: PairLoaded

    def close(self) -> None:
        for context in (self.draft, self.target):
            if context is not None:
                context.close()
                context.model.close()


def load_pair(spec: PairSpec, progress: Callable[[LoadProgress], None], stop: NativeStopFlag) -> Pair:
    """Load both models. Raises ModelFileError or LoadError for the target; then nothing stays loaded."""
    threads = spec.threads or backend.physical_cores()
    draft_model, problem = _load_draft(spec, progress, stop)
    target_model = target = draft = None
    try:
        target_model = _load(spec.target, spec.gpu_layers, spec.ctx_size, "target", progress, stop)
        n_ctx = max(MIN_CONTEXT, min(spec.ctx_size, target_model.n_ctx_train or spec.ctx_size))
        options = ContextOptions(n_ctx, threads, spec.flash_attn, spec.cache_type_k, spec.cache_type_v)
        if draft_model is not None and (problem := _unfit(target_model, draft_model)):
            draft_model.close()
            draft_model = None
        if draft_model is not None:
            draft = Context(draft_model, options, stop)
        target = Context(target_model, options, stop)
        chat_format = ChatFormat(target_model)
    except BaseException:
        for part in (draft, target, draft_model, target_model):
            if part is not None:
                part.close()
        raise
    if problem:
        log.warning("draft left out: %s", problem)
    return Pair(
        target,
        draft,
        chat_format,
        PairLoaded(
            target=target_model.info(),
            draft=draft_model.info() if draft_model else None,
            draft_problem=problem,
            n_ctx=target.n_ctx,
            threads=threads,
            system_info=backend.system_info(),
            opens_thinking=chat_format.opens_thinking,
            template_problem=chat_format.problem,
        ),
    )


def _load_draft(
    spec: PairSpec, progress: Callable[[LoadProgress], None], stop: NativeStopFlag
) -> tuple[Model | None, str | None]:
    """The draft's model, or why there is none."""
    if spec.draft is None:
        return None, None
    try:
        return _load(spec.draft, spec.draft_gpu_layers, spec.ctx_size, "draft", progress, stop), None
    except AppError as error:
        if stop.is_set():
            raise
        return None, error.one_line()


def _unfit(target: Model, draft: Model) -> str | None:
    """Why this draft cannot draft for this target, or None."""
    verdict = compare_vocabularies(target.vocabulary(), draft.vocabulary())
    if not verdict.fits:
        return f"{draft.path.name} has another vocabulary: {'; '.join(verdict.reasons)}"
    for model in (target, draft):
        if not model.can_roll_back:
            return f"{model.path.name} has a recurrent state, from which drafted tokens cannot be taken back"
    return None


def _load(
    path: Path,
    gpu_layers: int | None,
    n_ctx: int,
    stage: str,
    progress: Callable[[LoadProgress], None],
    stop: NativeStopFlag,
) -> Model:
    """Load one model; automatic layers go down until llama.cpp has memory for them."""

    def on_progress(fraction: float) -> bool:
        progress(LoadProgress(stage, fraction))
        return not stop.is_set()

    if gpu_layers is not None:
        return Model(path, gpu_layers, on_progress)
    if not backend.can_offload():
        return Model(path, 0, on_progress)
    layers = layers_for(path, n_ctx)
    while True:
        try:
            return Model(path, layers, on_progress)
        except LoadError as error:
            if layers == 0 or stop.is_set() or "memory" not in error.hint:
                raise
            layers = layers // 2 if layers > 0 else max(1, model_shape(path)[0] * 3 // 4)
            log.warning("no GPU memory for %s; trying %d layers", path.name, layers)


def layers_for(path: Path, n_ctx: int) -> int:
    """How many layers of a model fit the free GPU memory with their KV cache; ALL_LAYERS for all."""
    n_layers, kv_bytes_per_token = model_shape(path)
    free = sum(max(0, device.free - MEMORY_RESERVE) for device in backend.devices() if device.is_gpu)
    return fitting_layers(_bytes_on_disk(path), n_layers, kv_bytes_per_token * n_ctx, free)


def fitting_layers(weights: int, n_layers: int, kv_cache: int, free: int) -> int:
    """Layers that fit `free` bytes, each taking its share of `weights` and `kv_cache`; ALL_LAYERS for all."""
    needed = weights + kv_cache
    if needed <= free:
        return ALL_LAYERS
    return max(0, min(n_layers, int(free / needed * (n_layers + 1))))


def model_shape(path: Path) -> tuple[int, int]:
    """(layers, bytes of one token's f16 keys and values) of a model file, from its metadata alone."""
    model = Model(path, 0, vocab_only=True)
    try:
        architecture = model.metadata("general.architecture")

        def number(key: str, default: int) -> int:
            text = model.metadata(f"{architecture}.{key}")
            return int(text) if text and text.isdecimal() else default

        layers = number("block_count", 1)
        heads = max(1, number("attention.head_count", 1))
        key_length = number("attention.key_length", number("embedding_length", 4096) // heads)
        value_length = number("attention.value_length", key_length)
        kv_heads = number("attention.head_count_kv", heads)  # where it differs by layer: at most all heads
        return layers, 2 * layers * kv_heads * (key_length + value_length)
    finally:
        model.close()


def _bytes_on_disk(path: Path) -> int:
    """The size of a model file, or of all parts of a split one."""
    parts = [path]
    if split := _SPLIT.search(path.name):
        parts = list(path.parent.glob(f"{path.name[: split.start()]}-*-of-{split[1]}.gguf"))
    return sum(part.stat().st_size for part in parts)
