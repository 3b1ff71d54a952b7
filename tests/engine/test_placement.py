"""Where llama.cpp put a model, read from its log: made-up logs of machines that are not here, and real loads."""

from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.core.errors import LoadError
from slipstream.core.memory_use import DeviceUse
from slipstream.engine.context import Context, ContextOptions, NativeStopFlag
from slipstream.engine.model import Model
from slipstream.engine.placement import read_placement, telling
from slipstream.engine.session import LocalEngine

MIB = 1 << 20
TWO_GPUS = [
    "load_tensors: layer   0 assigned to device CPU, is_swa = 0",
    *(f"load_tensors: layer {i:3} assigned to device CUDA0, is_swa = 0" for i in (1, 2)),
    *(f"load_tensors: layer {i:3} assigned to device CUDA1, is_swa = 1" for i in (3, 4)),
    "load_tensors: offloaded 4/5 layers to GPU",
    "load_tensors:   CPU_Mapped model buffer size =   100.50 MiB",
    "load_tensors:   CPU_REPACK model buffer size =    10.00 MiB",
    "load_tensors:        CUDA0 model buffer size =   200.00 MiB",
    "load_tensors:        CUDA1 model buffer size =   300.00 MiB",
    "llama_context:  CUDA_Host  output buffer size =     1.00 MiB",
    "llama_kv_cache:        CPU KV buffer size =     4.00 MiB",
    "llama_kv_cache:      CUDA0 KV buffer size =     8.00 MiB",
    "llama_memory_recurrent:      CUDA1 RS buffer size =     2.00 MiB",
    "sched_reserve:      CUDA0 compute buffer size =    30.00 MiB",
    "sched_reserve:  CUDA_Host compute buffer size =     5.00 MiB",
    "~llama_context:      CUDA0 compute buffer size is  30.0000 MiB, matches expectation of  30.0000 MiB",
]


def test_two_devices_and_the_rest_beside_them() -> None:
    found = read_placement(telling(TWO_GPUS), {"CUDA0": "CUDA0", "CUDA1": "CUDA1"})
    assert found == (
        DeviceUse("CPU", 1, round(110.5 * MIB), 4 * MIB, 6 * MIB, mapped=round(100.5 * MIB)),
        DeviceUse("CUDA0", 2, 200 * MIB, 8 * MIB, 30 * MIB),
        DeviceUse("CUDA1", 2, 300 * MIB, 2 * MIB, 0),
    )


def test_a_remote_device_has_another_name_than_its_buffers() -> None:
    lines = [
        "load_tensors: layer   0 assigned to device RPC1, is_swa = 0",
        "load_tensors: RPC0[10.0.0.2:50052] model buffer size =    64.00 MiB",
    ]
    found = read_placement(lines, {"RPC0[10.0.0.1:50052]": "RPC0", "RPC0[10.0.0.2:50052]": "RPC1"})
    assert found == (DeviceUse("RPC1", 1, 64 * MIB),)


def test_what_a_mac_maps_is_on_its_device() -> None:
    lines = ["load_tensors:  MTL0_Mapped model buffer size =    64.00 MiB"]
    assert read_placement(lines, {"MTL0": "MTL0"}) == (DeviceUse("MTL0", 0, 64 * MIB),)


def test_only_lines_that_tell_are_kept() -> None:
    assert telling(["llama_model_loader: - kv 0", *TWO_GPUS]) == tuple(
        line for line in TWO_GPUS if "offloaded" not in line and "matches" not in line
    )


@pytest.mark.weights
def test_a_real_pair_on_the_processor(demo_target: Path, low_bit_draft: Path) -> None:
    engine = LocalEngine()
    spec = PairSpec(demo_target, low_bit_draft, ctx_size=1024, devices=(), draft_devices=())
    loaded = engine.load(spec, lambda _event: None)
    engine.close()
    placement = loaded.placement
    assert placement is not None
    assert [use.device for use in (*placement.target, *placement.draft)] == ["CPU", "CPU"]
    (target,), (draft,) = placement.target, placement.draft
    assert target.layers == draft.layers == 31
    assert target.mapped <= target.weights
    assert target.weights >= 0.95 * demo_target.stat().st_size
    assert target.cache == draft.cache == 1024 * 30 * 3 * 2 * 64 * 2
    assert (
        draft.weights >= 0.95 * low_bit_draft.stat().st_size
    )  # more where the processor holds copies in its own order
    assert target.compute > 0
    assert loaded.target.devices == ("CPU",)


@pytest.mark.weights
def test_a_context_that_cannot_be_made_says_why(demo_target: Path) -> None:
    model = Model(demo_target)
    options = ContextOptions(256, 1, flash_attn="off", cache_type_v="q8_0")
    try:
        with pytest.raises(LoadError, match="quantized V cache requires flash_attn"):
            Context(model, options, NativeStopFlag())
    finally:
        model.close()
