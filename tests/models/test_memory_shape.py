"""What a header tells of memory, worked out by hand on small headers."""

import pytest
from gguf_writer import BOOL, STR, U32, array, header, model_pairs, pair, vocabulary_pairs, with_tensors
from memory_source import MemorySource

from slipstream.models.gguf import read_header
from slipstream.models.memory_shape import CacheRows, Matrices, read_shape

F32, F16, Q4_K = 0, 1, 12
WHOLE = (
    ("token_embd.weight", (32, 16), F32),
    ("blk.0.attn_q.weight", (32, 32), F16),
    ("blk.0.attn_norm.weight", (32,), F32),
    ("blk.1.ffn_up.weight", (256, 8), Q4_K),
    ("blk.1.ffn_up.bias", (8,), F32),
    ("output_norm.weight", (32,), F32),
)


def shape(pairs, tensors=WHOLE):
    return read_shape(read_header(MemorySource(with_tensors(pairs, tensors)), "m.gguf"))


def test_tensors_by_place():
    found = shape([*model_pairs(), *vocabulary_pairs()])
    assert (found.layers, found.inputs, found.vocabulary) == (2, 32 * 16 * 4, 16)
    assert found.layer_weights == 32 * 32 * 2 + 32 * 4 + 8 * 144 + 8 * 4
    # tied: the head is the embedding once more
    assert (found.tied, found.output) == (32 * 16 * 4, 32 * 16 * 4 + 32 * 4)
    assert found.weights == found.inputs + found.layer_weights + 32 * 4
    assert found.matrices == (
        Matrices(F32, 0, 32 * 16 * 4),
        Matrices(F16, 32 * 32 * 2, 0),
        Matrices(Q4_K, 8 * 144, 0),
    )


def test_a_head_of_its_own():
    found = shape(model_pairs(), (*WHOLE, ("output.weight", (32, 16), F16)))
    assert (found.tied, found.output) == (0, 32 * 4 + 32 * 16 * 2)
    assert found.weights == sum((found.inputs, found.layer_weights, found.output))


def test_widths_of_grouped_attention():
    found = shape(model_pairs(attention__head_count_kv=1, feed_forward_length=64))
    assert found.cache == (CacheRows(2, 8, 8),)
    assert (found.heads, found.query, found.keys, found.values, found.attended) == (4, 32, 8, 8, 32)
    assert (found.feed_forward, found.masks, found.state) == (64, 1, 0)


def test_lengths_of_their_own():
    found = shape(model_pairs(attention__key_length=16, attention__value_length=12))
    assert found.cache == (CacheRows(2, 64, 48),)
    assert (found.query, found.attended) == (64, 48)


def test_heads_that_differ_by_layer():
    found = shape([*model_pairs(), array("llama.attention.head_count_kv", U32, [0, 2])])
    assert found.cache == (CacheRows(1, 16, 16),)


def test_latent_attention_keeps_keys_only():
    found = shape(
        model_pairs(
            "deepseek2",
            attention__head_count_kv=1,
            attention__key_length=24,
            attention__value_length=16,
            attention__key_length_mla=12,
            attention__value_length_mla=8,
            attention__kv_lora_rank=16,
        )
    )
    assert found.cache == (CacheRows(2, 24, 0),)
    assert found.attended == 4 * 16


def test_windows_have_lengths_of_their_own():
    found = shape(
        [
            *model_pairs("gemma4", attention__sliding_window=64, attention__key_length_swa=4),
            pair("gemma4.attention.value_length_swa", U32, 4),
            array("gemma4.attention.sliding_window_pattern", BOOL, [True, False]),
        ]
    )
    assert found.cache == (CacheRows(1, 16, 16), CacheRows(1, 32, 32))
    assert found.masks == 2


def test_layers_that_share_a_cache_have_none():
    found = shape(model_pairs("gemma4", attention__shared_kv_layers=1))
    assert found.cache == (CacheRows(1, 32, 32),)


def test_layers_for_multi_token_prediction_are_not_loaded():
    found = shape(model_pairs(nextn_predict_layers=1))
    assert found.layers == 1
    assert found.layer_weights == 32 * 32 * 2 + 32 * 4
    assert found.cache == (CacheRows(1, 32, 32),)


def test_recurrent_layers_keep_a_state():
    found = shape(
        [
            *model_pairs(
                "granitehybrid",
                ssm__conv_kernel=4,
                ssm__inner_size=64,
                ssm__state_size=16,
                ssm__group_count=1,
            ),
            array("granitehybrid.attention.head_count_kv", U32, [0, 4]),
        ]
    )
    assert found.cache == (CacheRows(1, 32, 32),)
    assert found.state == 4 * (3 * (64 + 2 * 16) + 64 * 16)


def test_attention_in_every_fourth_layer():
    tensors = [("token_embd.weight", (32, 16), F32), *((f"blk.{i}.w.weight", (32,), F32) for i in range(8))]
    found = shape(model_pairs("qwen35", block_count=8), tensors)
    assert found.cache == (CacheRows(2, 32, 32),)


def test_a_pass_reads_the_experts_it_uses():
    found = shape(
        model_pairs(
            expert_count=8, expert_used_count=2, expert_feed_forward_length=48, feed_forward_length=64
        )
    )
    assert (found.experts, found.experts_used, found.feed_forward) == (8, 2, 96)
    assert found.layer_bytes == round(found.layer_weights / 4)
    dense = shape(model_pairs())
    assert dense.read_per_token == dense.layer_weights + dense.output


@pytest.mark.parametrize(
    "data",
    [
        header(model_pairs()),  # no tensors
        with_tensors([pair("general.architecture", STR, "llama")], WHOLE),  # no layers
        with_tensors(model_pairs(block_count=0), WHOLE),
        with_tensors(model_pairs(block_count=100_000), WHOLE),
    ],
)
def test_headers_without_a_shape(data):
    assert read_shape(read_header(MemorySource(data), "m.gguf")) is None


def test_numbers_that_make_no_sense_break_nothing():
    for numbers in (
        {"attention__head_count": 0},
        {"attention__head_count": 2**32 - 1},
        {"embedding_length": 0},
        {"attention__head_count_kv": 0},
        {"nextn_predict_layers": 2},
        {"full_attention_interval": 2**32 - 1},
        {"attention__shared_kv_layers": 2**32 - 1},
    ):
        found = shape(model_pairs(**numbers))
        assert found.layers >= 1
        assert found.read_per_token >= 0
