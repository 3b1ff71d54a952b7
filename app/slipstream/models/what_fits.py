"""What to do where a pair has no room: the largest context that would fit, told from the headers."""

from dataclasses import replace

from slipstream.core.chat import PairSpec
from slipstream.core.errors import ModelFileError
from slipstream.models.fit import Sized, largest_context
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.here import machine_memory
from slipstream.models.machine_memory import MachineMemory, processor_words
from slipstream.models.memory import CELLS, LoadOptions, reordered_types
from slipstream.models.memory_shape import read_shape


def what_fits(
    spec: PairSpec, target: GgufHeader, draft: GgufHeader | None = None, machine: MachineMemory | None = None
) -> str:
    """A sentence without its full stop; "" where nothing can be said, or all of it should fit."""
    try:
        models = [_sized(header) for header in (target, draft) if header is not None]
    except ModelFileError:
        return ""
    machine = machine or machine_memory()
    first, second = models[0], models[1] if len(models) > 1 else None
    if first is None or not machine.free:
        return ""
    options = LoadOptions(spec.ctx_size, spec.flash_attn != "off", spec.cache_type_k, spec.cache_type_v)
    options = replace(options, ctx_size=options.context(target.context_length))
    reordered = reordered_types(processor_words())
    context = largest_context(first, second, options, machine, reordered)
    if context >= options.ctx_size:
        return ""
    if context >= CELLS:
        return f"About {context} tokens of context would fit"
    alone = largest_context(first, None, options, machine, reordered)
    if second is not None and alone >= CELLS:
        return f"Without the draft, about {alone} tokens of context would fit"
    return "A short context may have no room either: take a smaller model, or one of fewer bits"


def _sized(header: GgufHeader) -> Sized | None:
    shape = read_shape(header)
    return Sized(shape, header.context_length) if shape is not None else None
