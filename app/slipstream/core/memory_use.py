"""What a loaded pair takes on each device, as llama.cpp told it: layers, and bytes of weights, cache and buffers."""

from dataclasses import dataclass

CPU = "CPU"  # the computer's own memory, whatever the processor is called


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """What one model has on one device; bytes."""

    device: str
    layers: int = 0  # the output counted as one more
    weights: int = 0
    cache: int = 0  # keys, values, recurrent states
    compute: int = 0  # results on the way, logits
    mapped: int = 0  # of `weights`, pages of the file itself: the system may drop them and read them again

    @property
    def total(self) -> int:
        return self.weights + self.cache + self.compute


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """A device of this build of llama.cpp; bytes after loading, 0 where it does not tell."""

    name: str  # "CUDA0", "RPC0"
    description: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a pair lies. `devices` are all that layers could go to, used or not; the processor is not among them."""

    target: tuple[DeviceUse, ...]
    draft: tuple[DeviceUse, ...] = ()
    devices: tuple[DeviceMemory, ...] = ()


def layers_without_output(uses: tuple[DeviceUse, ...]) -> dict[str, int]:
    """A model's own layers by device. The output, which llama.cpp counts as one more, is on the last that has any."""
    layers = {use.device: use.layers for use in uses if use.layers}
    beside = [device for device in layers if device != CPU] or list(layers)
    if beside:
        layers[beside[-1]] -= 1
    return layers
