"""How many layers go to a GPU, worked out without one; loading on a device is checked where there is one."""

from pathlib import Path

import pytest
from runs import ask, run

from slipstream.core.chat import Drafting, PairSpec
from slipstream.engine import backend
from slipstream.engine.offload import ALL_LAYERS, ModelFacts, fewer_layers, fitting_layers
from slipstream.engine.session import LocalEngine

GIB = 1 << 30


@pytest.mark.parametrize(
    ("weights", "kv_cache", "free", "layers"),
    [
        (4 * GIB, 1 * GIB, 8 * GIB, ALL_LAYERS),
        (4 * GIB, 1 * GIB, 5 * GIB, ALL_LAYERS),
        (4 * GIB, 1 * GIB, 5 * GIB - 1, 32),
        (4 * GIB, 1 * GIB, 5 * GIB // 2, 16),
        (4 * GIB, 1 * GIB, 0, 0),
    ],
)
def test_as_many_layers_as_fit_are_offloaded(weights: int, kv_cache: int, free: int, layers: int) -> None:
    assert fitting_layers(weights, 32, kv_cache, free) == layers


def test_what_does_not_fit_after_all_is_tried_with_fewer_layers_down_to_none() -> None:
    layers, tried = ALL_LAYERS, []
    while layers:
        layers = fewer_layers(layers, 32)
        tried.append(layers)
    assert tried == [24, 12, 6, 3, 1, 0]


@pytest.mark.weights
def test_the_shape_is_read_without_loading_weights(demo_target: Path) -> None:
    # SmolLM2-135M: 30 layers, width 576, 9 heads, 3 of keys and values: 30 × 3 × 2 × 64 values of 2 bytes
    facts = ModelFacts.of(demo_target)
    assert (facts.layers, facts.kv_bytes_per_token) == (30, 30 * 3 * 2 * 64 * 2)
    assert facts.n_ctx_train == 8192
    assert len(facts.vocabulary.texts) == 49152
    assert facts.can_roll_back


@pytest.mark.weights
def test_layers_asked_for_stay_on_the_cpu_where_there_is_no_gpu(demo_target: Path) -> None:
    if backend.can_offload():
        pytest.skip("this build has a device to offload to")
    engine = LocalEngine()
    loaded = engine.load(PairSpec(demo_target, gpu_layers=10, ctx_size=256), lambda _event: None)
    assert loaded.target.gpu_layers == 0
    assert loaded.target.devices == ("CPU",)
    engine.close()


@pytest.mark.weights
def test_both_models_are_offloaded_whole_by_default(demo_target: Path, low_bit_draft: Path) -> None:
    if not backend.can_offload():
        pytest.skip("no device to offload to in this build")
    engine = LocalEngine()
    loaded = engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
    assert loaded.draft is not None
    assert loaded.target.gpu_layers > loaded.target.n_layers
    assert loaded.draft.gpu_layers > loaded.draft.n_layers
    drafted = run(engine, ask("Tell me a story.", Drafting.MODEL)).stats
    assert drafted.metrics.accepted > 0
    engine.close()
