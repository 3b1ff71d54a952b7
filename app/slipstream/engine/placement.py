"""Where llama.cpp put a model, read from what it logs while it loads: layers by device, bytes by purpose.

The log is the only way to know from outside: what llama.cpp counts itself has no C interface. Buffers are named in it
by their type, which is the device's or one made from it (`CPU_Mapped`, `CPU_REPACK`, `CUDA_Host`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from slipstream.core.memory_use import CPU, DeviceMemory, DeviceUse
from slipstream.engine import backend

MIB = 1 << 20
_LAYER = re.compile(r"load_tensors: layer\s+\d+ assigned to device (\S+?),")
_BUFFER = re.compile(
    r":\s+(\S+)\s+(?:DSV4 \S+ )?(model|KV|RS|state|compute|output) buffer size\s*=\s*([\d.]+) MiB"
)
_PURPOSES = {"model": "weights", "KV": "cache", "RS": "cache", "state": "cache"}
_HOST = "_Host"  # the computer's own memory, pinned for a device
_MAPPED = "_Mapped"


def telling(lines: Iterable[str]) -> tuple[str, ...]:
    """The few lines of a log that say where things went."""
    return tuple(line for line in lines if _LAYER.search(line) or _BUFFER.search(line))


def read_placement(lines: Iterable[str], devices: Mapping[str, str]) -> tuple[DeviceUse, ...]:
    """What a model's log says, the processor first. `devices`: names of devices by those of their buffers."""
    layers: Counter[str] = Counter()
    sizes: Counter[tuple[str, str]] = Counter()
    names = set(devices.values())
    for line in lines:
        if match := _LAYER.search(line):
            layers[match[1] if match[1] in names else CPU] += 1
        elif match := _BUFFER.search(line):
            device, size = _device(match[1], devices), round(float(match[3]) * MIB)
            sizes[device, _PURPOSES.get(match[2], "compute")] += size
            if device == CPU and match[1].endswith(_MAPPED):
                sizes[device, "mapped"] += size
    told = {device for device, _ in sizes} | set(layers)
    return tuple(
        DeviceUse(
            device,
            layers[device],
            sizes[device, "weights"],
            sizes[device, "cache"],
            sizes[device, "compute"],
            sizes[device, "mapped"],
        )
        for device in (CPU, *dict.fromkeys(devices.values()))
        if device in told
    )


def _device(buffer: str, devices: Mapping[str, str]) -> str:
    """The device that a buffer of this name belongs to."""
    if buffer in devices:
        return devices[buffer]
    made_from = buffer.rpartition("_")[0]
    return devices.get(made_from, CPU) if not buffer.endswith(_HOST) else CPU


def buffer_names() -> dict[str, str]:
    """Names of the devices that layers can go to, by those of their buffers."""
    return {device.buffer: device.name for device in backend.offload_devices()}


def device_memory() -> tuple[DeviceMemory, ...]:
    """What those devices have now."""
    return tuple(
        DeviceMemory(device.name, device.description, device.free, device.total)
        for device in backend.offload_devices()
    )
