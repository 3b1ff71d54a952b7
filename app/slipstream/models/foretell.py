"""What a pair will take where its layers are, told from the two headers: by it the engine shares out its devices."""

import logging
from dataclasses import replace

from slipstream.core.chat import PairSpec
from slipstream.core.errors import ModelFileError
from slipstream.core.placing import ModelBytes
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.memory import LoadOptions, model_memory
from slipstream.models.memory_shape import read_shape

log = logging.getLogger(__name__)


def foretold(spec: PairSpec, target: GgufHeader, draft: GgufHeader | None) -> PairSpec:
    """The spec with what both will take; None stays where a header does not tell. Both get the target's context."""
    asked = LoadOptions(spec.ctx_size, spec.flash_attn != "off", spec.cache_type_k, spec.cache_type_v)
    options = replace(asked, ctx_size=asked.context(target.context_length))
    return replace(
        spec,
        target_bytes=model_bytes(target, options),
        draft_bytes=model_bytes(draft, options) if draft is not None else None,
    )


def model_bytes(header: GgufHeader, options: LoadOptions) -> ModelBytes | None:
    """Bytes of a layer, the output and the buffers; None where the header has no layers.

    All its blocks are counted, also those for multi-token prediction, which are not loaded: llama.cpp counts so.
    """
    try:
        shape = read_shape(header)
        blocks = header.block_count
    except ModelFileError as error:
        log.info("memory is estimated: %s", error.message)
        return None
    if shape is None or blocks is None:
        return None
    output = model_memory(shape, options, None, 1)
    whole = model_memory(shape, options, None, shape.layers + 1)
    layers = whole.gpu - output.gpu
    return ModelBytes(blocks, -(-layers // shape.layers), output.gpu_weights, output.gpu_compute)
