"""The fit's arithmetic: what always holds, for shapes and contexts drawn at random."""

import random
from dataclasses import replace

import pytest
from model_shapes import QWEN_1_5B

from slipstream.core.chat import CACHE_TYPES
from slipstream.engine.context import BATCH as ENGINES_BATCH
from slipstream.models.memory import (
    BATCH,
    LoadOptions,
    cache_bytes,
    layers_that_fit,
    model_memory,
    reordered_types,
)
from slipstream.models.memory_shape import CacheRows, Matrices

Q4_K = 12


def drawn(seed):
    """A shape with weights, and how to load it."""
    chance = random.Random(seed)
    head = chance.choice((0, 10**8))
    inputs = head or chance.randrange(10**8)
    shape = replace(
        QWEN_1_5B,
        layers=chance.randrange(1, 80),
        inputs=inputs,
        layer_weights=chance.randrange(10**6, 10**11),
        output=chance.randrange(10**6) + head,
        tied=head,
        matrices=(Matrices(Q4_K, 10**6, head),),
        cache=(CacheRows(chance.randrange(1, 80), 32 * chance.randrange(64), 32 * chance.randrange(64)),),
        state=chance.choice((0, 10**7)),
    )
    options = LoadOptions(
        chance.randrange(1, 40_000),
        chance.random() < 0.8,
        chance.choice(CACHE_TYPES),
        chance.choice(CACHE_TYPES),
    )
    return chance, shape, options


def test_the_batch_is_the_engines():
    assert BATCH == ENGINES_BATCH


def test_a_cache_by_hand():
    """28 layers, 256 keys and values of 2 bytes, 4096 tokens."""
    assert cache_bytes(QWEN_1_5B, LoadOptions(), 4096) == 28 * 4096 * 2 * 256 * 2
    assert cache_bytes(QWEN_1_5B, LoadOptions(), 4097) == 28 * 4352 * 2 * 256 * 2
    assert cache_bytes(QWEN_1_5B, LoadOptions(cache_type_k="q8_0"), 256) == 28 * 256 * (256 // 32 * 34 + 512)
    without = cache_bytes(QWEN_1_5B, LoadOptions(), 256)
    assert cache_bytes(replace(QWEN_1_5B, state=100), LoadOptions(), 256) == without + 100
    latent = replace(QWEN_1_5B, cache=(CacheRows(28, 576, 0),))
    assert cache_bytes(latent, LoadOptions(), 256) == 28 * 256 * 576 * 2


def test_without_flash_attention_all_values_are_as_wide_as_the_widest():
    shape = replace(QWEN_1_5B, cache=(CacheRows(1, 8, 8), CacheRows(1, 8, 32)), values=32)
    assert cache_bytes(shape, LoadOptions(flash=False), 256) == 256 * 2 * (8 + 32 + 8 + 32)


def test_a_context_is_no_longer_than_trained_for_and_never_nothing():
    assert LoadOptions(4096).context(2048) == 2048
    assert LoadOptions(1024).context(2048) == 1024
    assert LoadOptions(1).context(None) == 16
    assert LoadOptions(4096).context(0) == 4096


@pytest.mark.parametrize("seed", range(100))
def test_offloading_moves_weights_and_loses_none(seed):
    chance, shape, options = drawn(seed)
    alone = model_memory(shape, options, None)
    assert (alone.gpu, alone.gpu_layers) == (0, 0)
    layers = chance.randrange(1, shape.layers + 2)
    split = model_memory(shape, options, None, layers)
    assert split.gpu_layers == layers
    # on the GPU the head is another copy of a tied embedding
    assert split.all_weights == shape.weights + shape.tied
    assert split.all_cache == alone.all_cache
    assert min(split.weights, split.cache, split.compute, split.gpu_cache) >= 0
    whole = model_memory(shape, options, None, shape.layers + 1)
    assert whole.weights == shape.inputs
    assert whole.cache == 0
    assert whole.host < split.host or layers == shape.layers + 1
    assert model_memory(shape, options, None, 10**6) == whole


@pytest.mark.parametrize("seed", range(100))
def test_more_context_takes_more(seed):
    _, shape, options = drawn(seed)
    smaller = model_memory(shape, options, None)
    larger = model_memory(shape, replace(options, ctx_size=options.ctx_size + 256), None)
    assert larger.cache >= smaller.cache
    assert larger.total >= smaller.total * 0.999
    assert larger.weights == smaller.weights
    fine = model_memory(shape, replace(options, cache_type_k="f32", cache_type_v="f32"), None)
    coarse = model_memory(shape, replace(options, cache_type_k="q4_0", cache_type_v="q4_0"), None)
    assert coarse.cache <= smaller.cache <= fine.cache


@pytest.mark.parametrize("seed", range(60))
def test_the_layers_that_fit_are_as_many_as_fit(seed):
    chance, shape, options = drawn(seed)
    free = chance.randrange(2 * 10**11)
    layers = layers_that_fit(shape, options, None, free)
    assert model_memory(shape, options, None, layers).gpu <= free
    if layers <= shape.layers:
        assert model_memory(shape, options, None, layers + 1).gpu > free


def test_none_and_all_layers():
    shape = replace(QWEN_1_5B, layer_weights=10**9, output=10**8)
    assert layers_that_fit(shape, LoadOptions(), None, 0) == 0
    assert layers_that_fit(shape, LoadOptions(), None, 10**12) == 29


def test_reordered_matrices_are_copies():
    shape = replace(
        QWEN_1_5B,
        layer_weights=10**9,
        output=10**8,
        matrices=(Matrices(Q4_K, 8 * 10**8, 0), Matrices(14, 1, 10**8)),
    )
    found = model_memory(shape, LoadOptions(), None, reordered=frozenset((Q4_K,)))
    assert found.reordered == 8 * 10**8
    assert found.weights == shape.weights
    tied = replace(shape, inputs=10**8, tied=10**8, matrices=(Matrices(Q4_K, 8 * 10**8, 10**8),))
    # the head is reordered, the embedding is not: both are needed
    assert (
        model_memory(tied, LoadOptions(), None, reordered=frozenset((Q4_K,))).weights == tied.weights + 10**8
    )
    assert model_memory(tied, LoadOptions(), None).weights == tied.weights


def test_which_types_are_reordered_depends_on_the_processor():
    assert reordered_types(frozenset(("sse", "avx2"))) == {2, 12, 20, 39}
    assert reordered_types(frozenset(("avx2", "avx512f"))) == {2, 10, 12, 20, 39}
    assert 14 in reordered_types(frozenset(("asimddp",)))
    assert not reordered_types(frozenset())
