"""What a quantization would take, judged by the header of another one of the same model.

A repository has a dozen quantizations, and reading each header is megabytes. Layers, cache and buffers are the same
in all of them; the bytes of the weights follow the size of the file. Good to a few percent, and to be called "about".
"""

from dataclasses import replace

from slipstream.models.memory_shape import MemoryShape


def scaled(shape: MemoryShape, ratio: float) -> MemoryShape:
    """The same model with weights of `ratio` times the bytes."""
    return replace(
        shape,
        inputs=round(shape.inputs * ratio),
        layer_weights=round(shape.layer_weights * ratio),
        output=round(shape.output * ratio),
        tied=round(shape.tied * ratio),
        matrices=(),  # which types these would have, only the file's own header tells
    )
