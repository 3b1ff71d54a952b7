"""The allocator that stands for ggml's, and how the buffer grows with what decides about it."""

import random
from dataclasses import replace

import pytest
from model_shapes import QWEN_1_5B

from slipstream.models.compute_buffer import ALIGNMENT, Arena, Pass, compute_buffer, input_buffer

MiB = 1 << 20
BATCH = Pass(cells=4096, tokens=512, outputs=65)


def test_blocks_are_aligned_and_reused():
    arena = Arena()
    first, second = arena.take(1), arena.take(ALIGNMENT + 1)
    assert (first, second, arena.peak) == (0, ALIGNMENT, 3 * ALIGNMENT)
    arena.give(first)
    assert arena.take(ALIGNMENT) == first
    assert arena.peak == 3 * ALIGNMENT


def test_the_smallest_hole_that_is_large_enough_is_taken():
    arena = Arena()
    blocks = [arena.take(size * ALIGNMENT) for size in (4, 1, 2, 1, 3, 1)]
    arena.give(blocks[0], blocks[2], blocks[4])
    assert arena.take(2 * ALIGNMENT) == blocks[2]
    assert arena.take(3 * ALIGNMENT) == blocks[4]


def test_holes_side_by_side_become_one_and_the_last_is_given_up():
    arena = Arena()
    a, b, c, d = (arena.take(ALIGNMENT) for _ in range(4))
    arena.give(a, c, b)
    assert arena.take(3 * ALIGNMENT) == a
    arena.give(d)
    arena.give(a)
    assert arena.take(9 * ALIGNMENT) == 0


@pytest.mark.parametrize("seed", range(20))
def test_no_two_blocks_ever_overlap(seed):
    chance = random.Random(seed)
    arena = Arena()
    live: dict[int, int] = {}
    for _ in range(400):
        if live and chance.random() < 0.5:
            offset = chance.choice(list(live))
            arena.give(offset)
            del live[offset]
            continue
        size = chance.randrange(1, 40 * ALIGNMENT)
        offset = arena.take(size)
        for other, length in live.items():
            assert offset + size <= other or other + length <= offset
        live[offset] = size
        assert sum(live.values()) <= arena.peak
        assert offset + size <= arena.peak


def test_a_pass_through_a_transformer_by_hand():
    """The feed-forward part is the largest: three of its results at once, beside inputs and residual."""
    found = compute_buffer(QWEN_1_5B, BATCH)
    wide, narrow, mask = 4 * 512 * 8960, 4 * 512 * 1536, 2 * 4096 * 512
    assert found == pytest.approx(3 * wide + 3 * narrow + mask, rel=0.05)


def test_it_is_decided_by_the_logits_where_the_vocabulary_is_large():
    shape = replace(QWEN_1_5B, embedding=256, feed_forward=512, query=256, attended=256)
    logits = 4 * 151_936 * 65
    assert logits < compute_buffer(shape, BATCH) < logits + 8 * MiB


def test_without_flash_attention_the_scores_decide():
    scores = 4 * 4096 * 512 * 12
    assert compute_buffer(QWEN_1_5B, replace(BATCH, flash=False)) > scores


@pytest.mark.parametrize("seed", range(60))
def test_it_is_never_less_than_what_lives_at_once(seed):
    """And not much more: what is lost in holes stays small. Wider layers and vocabularies take more."""
    chance = random.Random(seed)
    shape = replace(
        QWEN_1_5B,
        layers=chance.randrange(1, 5),
        embedding=chance.randrange(64, 4096),
        feed_forward=chance.randrange(64, 20_000),
        vocabulary=chance.randrange(1000, 200_000),
        shared=chance.choice((0, 512)),
    )
    if chance.random() < 0.3:
        shape = replace(shape, experts=8, experts_used=2)
    batch = Pass(chance.randrange(256, 8192), chance.randrange(65, 512), chance.randrange(1, 65))
    kept = 4 * shape.embedding * batch.tokens
    mask = 2 * batch.cells * batch.tokens
    feed_forward = 4 * 3 * shape.feed_forward * (batch.tokens if shape.layers > 1 else batch.outputs)
    logits = 4 * shape.vocabulary * batch.outputs
    attention = 4 * (2 * shape.embedding + shape.query) * batch.tokens
    found = compute_buffer(shape, batch)
    least = kept + max(logits, attention + mask, feed_forward)
    assert least <= found <= least + feed_forward + mask + 12 * kept
    assert input_buffer(shape, batch) <= found
    for wider in (
        replace(shape, feed_forward=2 * shape.feed_forward),
        replace(shape, vocabulary=2 * shape.vocabulary),
    ):
        assert compute_buffer(wider, batch) >= 0.97 * found  # holes may happen to fit better


def test_one_layer_and_none_of_the_widths():
    nothing = replace(
        QWEN_1_5B, layers=1, embedding=0, feed_forward=0, query=0, attended=0, vocabulary=0, keys=0
    )
    assert compute_buffer(replace(nothing, values=0), Pass(256, 1, 1)) < MiB
