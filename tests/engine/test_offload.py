"""How a model's layers are placed before it is loaded; loading on a device is checked where there is one."""

from pathlib import Path

import pytest
from runs import ask, run

from slipstream.core.chat import Drafting, PairSpec
from slipstream.core.errors import LoadError
from slipstream.core.placing import Offload
from slipstream.engine import backend
from slipstream.engine.offload import ModelFacts, Wish, offload_for, rooms
from slipstream.engine.session import LocalEngine

MB = 10**6
GPU = backend.Device("CUDA0", "a GPU", 1, 8000 * MB, 9000 * MB)
SILENT = backend.Device("Vulkan0", "a GPU that tells nothing", 1, 0, 0)


def test_a_device_that_tells_no_memory_has_the_computers() -> None:
    found = rooms((GPU, SILENT), ("Vulkan0", "CUDA0"))
    assert [room.device for room in found] == ["CUDA0", "Vulkan0"]
    assert found[0].free == GPU.free
    assert found[1].free == sum(device.free for device in backend.devices() if device.name == "CPU") > 0


@pytest.mark.weights
def test_the_shape_is_read_without_loading_weights(demo_target: Path) -> None:
    # SmolLM2-135M: 30 layers, width 576, 9 heads, 3 of keys and values: 30 × 3 × 2 × 64 values of 2 bytes
    facts = ModelFacts.of(demo_target)
    assert (facts.layers, facts.kv_bytes_per_token) == (30, 30 * 3 * 2 * 64 * 2)
    assert facts.n_ctx_train == 8192
    assert len(facts.vocabulary.texts) == 49152
    assert facts.can_roll_back
    estimated = facts.bytes(4096)
    assert estimated.layers == 30
    size = demo_target.stat().st_size
    assert 31 * (estimated.layer - 4096 * 3 * 2 * 64 * 2) == pytest.approx(size, rel=0.001)


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
def test_what_is_asked_for_is_done(demo_target: Path) -> None:
    facts = ModelFacts.of(demo_target)
    names = tuple(device.name for device in backend.offload_devices())
    assert offload_for(facts, Wish(devices=()), 512) == Offload()
    assert offload_for(facts, Wish(layers=0), 512) == Offload()
    asked = offload_for(facts, Wish(layers=7), 512)
    assert asked == (Offload(names, 7) if names else Offload())


@pytest.mark.weights
def test_a_device_that_is_not_there_is_an_error(demo_target: Path) -> None:
    engine = LocalEngine()
    with pytest.raises(LoadError, match="There is no device CUDA77"):
        engine.load(PairSpec(demo_target, devices=("CUDA77",), ctx_size=256), lambda _event: None)
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
