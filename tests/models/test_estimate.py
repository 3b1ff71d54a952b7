"""A quantization judged by another one's header: near enough for a list."""

from pathlib import Path

import pytest

from slipstream.models.estimate import scaled
from slipstream.models.inspect import read_files
from slipstream.models.memory import LoadOptions, model_memory
from slipstream.models.memory_shape import MemoryShape, read_shape

OPTIONS = LoadOptions(2048)


def shape_of(path: Path) -> MemoryShape:
    shape = read_shape(read_files(path).header)
    assert shape is not None
    return shape


@pytest.mark.weights
def test_another_quantization_is_met_within_a_few_percent(demo_target: Path, low_bit_draft: Path) -> None:
    known, other = shape_of(demo_target), shape_of(low_bit_draft)
    ratio = low_bit_draft.stat().st_size / demo_target.stat().st_size
    guessed, real = (model_memory(shape, OPTIONS, 8192) for shape in (scaled(known, ratio), other))
    assert guessed.total == pytest.approx(real.total, rel=0.05)
    assert (guessed.cache, guessed.logits) == (real.cache, real.logits)


@pytest.mark.weights
def test_only_weights_are_scaled(demo_target: Path) -> None:
    known = shape_of(demo_target)
    half = scaled(known, 0.5)
    assert half.weights == pytest.approx(known.weights / 2, abs=4)
    assert half.cache == known.cache
    assert half.read_per_token == pytest.approx(known.read_per_token / 2, abs=4)
