"""Shapes of models for tests of memory and pairing: a Qwen2.5 of 1.5 B parameters, without its weights."""

from slipstream.models.memory_shape import CacheRows, MemoryShape

QWEN_1_5B = MemoryShape(
    layers=28,
    inputs=0,
    layer_weights=0,
    output=0,
    tied=0,
    matrices=(),
    cache=(CacheRows(28, 256, 256),),
    state=0,
    masks=1,
    embedding=1536,
    vocabulary=151_936,
    heads=12,
    query=1536,
    keys=256,
    values=256,
    attended=1536,
    feed_forward=8960,
    shared=0,
    experts=0,
    experts_used=0,
)
