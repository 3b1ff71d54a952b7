"""How full each memory is: the parts add up, the system's and ours."""

from dataclasses import replace

import pytest

from slipstream.bridge.memory_state import MemoryBar, MemoryState, Owner, Purpose, memory_bars, told
from slipstream.core.memory_use import DeviceMemory, DeviceUse, Placement
from slipstream.models.machine_memory import MachineMemory

GB = 10**9
PLACEMENT = Placement(
    target=(
        DeviceUse("CPU", 4, weights=2 * GB, cache=GB // 2, compute=GB // 10, mapped=2 * GB),
        DeviceUse("CUDA0", 25, weights=4 * GB, cache=GB, compute=GB // 2),
    ),
    draft=(DeviceUse("CUDA0", 25, weights=GB, cache=GB // 4, compute=GB // 4),),
    devices=(
        DeviceMemory("CUDA0", "NVIDIA H200", free=2 * GB, total=10 * GB),
        DeviceMemory("CUDA1", "NVIDIA H200", free=9 * GB, total=10 * GB),
    ),
)
MACHINE = MachineMemory(free=10 * GB, total=16 * GB)


def by_name(bars: tuple[MemoryBar, ...]) -> dict[str, MemoryBar]:
    return {bar.name: bar for bar in bars}


def test_the_computer_then_each_device_used_or_not() -> None:
    bars = memory_bars(PLACEMENT, MACHINE)
    assert [bar.name for bar in bars] == ["", "CUDA0", "CUDA1"]
    for bar in bars:
        assert bar.total == bar.free + sum(part.size for part in bar.segments)


def test_model_and_draft_are_told_apart() -> None:
    gpu = by_name(memory_bars(PLACEMENT, MACHINE))["CUDA0"]
    assert gpu.of(Owner.TARGET) == 5 * GB + GB // 2
    assert gpu.of(Owner.TARGET, Purpose.CACHE) == GB
    assert gpu.of(Owner.DRAFT) == GB + GB // 2
    assert gpu.of(Owner.OTHERS) == GB
    assert gpu.free == 2 * GB
    assert dict(gpu.layers) == {Owner.TARGET: 24, Owner.DRAFT: 24}


def test_pages_of_the_file_are_the_models_not_free() -> None:
    """The system calls them free: 6 GB are used, 0.6 of them ours; and 2 of the 10 free ones are the model's."""
    ram = memory_bars(PLACEMENT, MACHINE)[0]
    assert ram.of(Owner.TARGET) == 2_600_000_000
    assert ram.of(Owner.OTHERS) == 5_400_000_000
    assert ram.free == 8 * GB


@pytest.mark.parametrize("machine", [MachineMemory(0, 0), MachineMemory(GB, GB), MachineMemory(0, 16 * GB)])
def test_whatever_the_system_says_nothing_is_negative(machine: MachineMemory) -> None:
    silent = replace(PLACEMENT, devices=(DeviceMemory("CUDA0", "", 0, 0),))
    for bar in memory_bars(silent, machine):
        assert bar.free >= 0
        assert all(part.size > 0 for part in bar.segments)
        assert bar.total == bar.free + sum(part.size for part in bar.segments)


def test_all_figures_in_words() -> None:
    words = told(memory_bars(PLACEMENT, MACHINE))
    assert words.split("\n\n")[1].splitlines() == [
        "CUDA0 (NVIDIA H200): 2.0 GB of 10.0 GB free",
        "Model: layers: 24, weights 4.0 GB, cache 1.0 GB, buffers 500 MB",
        "Draft: layers: 24, weights 1.0 GB, cache 250 MB, buffers 250 MB",
        "Others: 1.0 GB",
    ]
    assert words.startswith("RAM: 8.0 GB of 16.0 GB free\nModel: layers: 4, weights 2.0 GB")
    assert words.endswith("CUDA1 (NVIDIA H200): 9.0 GB of 10.0 GB free\nOthers: 1.0 GB")


def test_it_follows_the_pair(desk) -> None:
    desk.engine.placement = PLACEMENT
    state = MemoryState(desk.session.pair)
    seen = []
    state.changed.connect(seen.append)
    desk.load(desk.model)
    desk.wait(lambda: bool(state.bars))
    assert [bar.name for bar in state.bars] == ["", "CUDA0", "CUDA1"]
    desk.session.pair.unload()
    assert state.bars == ()
    assert seen[-1] == ()
    state.deleteLater()
