"""Layers as a person counts them: without the output."""

import pytest

from slipstream.core.memory_use import DeviceUse, layers_without_output


@pytest.mark.parametrize(
    ("counted", "own"),
    [
        ({"CPU": 31}, {"CPU": 30}),
        ({"CUDA0": 31}, {"CUDA0": 30}),
        ({"CPU": 10, "CUDA0": 21}, {"CPU": 10, "CUDA0": 20}),
        ({"CPU": 10, "CUDA0": 11, "CUDA1": 10}, {"CPU": 10, "CUDA0": 11, "CUDA1": 9}),
        ({}, {}),
    ],
)
def test_the_output_is_on_the_last_device(counted: dict[str, int], own: dict[str, int]) -> None:
    assert layers_without_output(tuple(DeviceUse(name, n) for name, n in counted.items())) == own


def test_a_device_that_has_only_buffers_has_no_layers() -> None:
    assert layers_without_output((DeviceUse("CPU", 0, compute=9), DeviceUse("CUDA0", 3))) == {"CUDA0": 2}
