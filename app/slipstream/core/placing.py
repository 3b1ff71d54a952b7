"""Which layers of a model go to which device, decided from bytes alone, before anything is loaded.

As few devices as will do: layers are worked through one after the other, so a second GPU makes nothing faster and
costs a transfer. The devices come fastest first, and what does not fit on them stays beside them. Layers are
counted as llama.cpp counts them: the output is one more, it goes first, and the last layers before the first ones.

Knows no llama.cpp: `engine.offload` asks, and does what is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

RESERVE = 512 << 20  # bytes of each device for its driver's context and for others
PROCESSOR = "none"  # the word for no device at all, as llama.cpp has it


@dataclass(frozen=True, slots=True)
class ModelBytes:
    """What a model will take where its layers are, in bytes."""

    layers: int  # without the output
    layer: int  # one layer: weights and cache
    output: int
    compute: int  # on each device that holds any of it

    @property
    def whole(self) -> int:
        """All of it on one device."""
        return self.layers * self.layer + self.output + self.compute


@dataclass(frozen=True, slots=True)
class Room:
    """A device and its free bytes."""

    device: str
    free: int


@dataclass(frozen=True, slots=True)
class Offload:
    """Where a model's layers go; those that are not in `layers` stay in the computer's own memory.

    `split` says how many each device gets, in the order of `devices`; empty leaves that to llama.cpp.
    """

    devices: tuple[str, ...] = ()
    layers: int = 0  # the output included
    split: tuple[int, ...] = ()


def place(model: ModelBytes, rooms: Sequence[Room]) -> Offload:
    """As many layers as fit: whole on the first device that holds it, else on the fewest first ones that do."""
    budgets = [(room.device, room.free - RESERVE - model.compute) for room in rooms]
    usable = [(device, budget) for device, budget in budgets if budget > 0]
    whole = model.layers + 1
    for device, budget in usable:
        if model.layers * model.layer + model.output <= budget:
            return Offload((device,), whole, (whole,))
    for count in range(2, len(usable) + 1):
        spread = _spread(model, usable[:count])
        if spread.layers == whole:
            return spread
    return _spread(model, usable)


def place_pair(target: ModelBytes, draft: ModelBytes, rooms: Sequence[Room]) -> tuple[Offload, Offload]:
    """Both, the draft first: beside the GPU it would ruin speculation, which layers of the target would not."""
    drafts = place(draft, rooms)
    taken = used(draft, drafts)
    left = [Room(room.device, room.free - taken.get(room.device, 0)) for room in rooms]
    return place(target, left), drafts


def used(model: ModelBytes, offload: Offload) -> dict[str, int]:
    """Bytes by device of a placement that says how it is split."""
    taken = {
        device: count * model.layer + model.compute
        for device, count in zip(offload.devices, offload.split, strict=True)
    }
    if taken:
        taken[offload.devices[-1]] += (
            model.output - model.layer
        )  # it holds the output, which is counted as a layer
    return taken


def fewer(offload: Offload, layers: int) -> Offload:
    """What to try next for a model of so many layers, where this did not fit after all; no layers end it."""
    left = max(1, layers * 3 // 4) if offload.layers > layers else offload.layers // 2
    if not left:
        return Offload()
    if not offload.split:
        return Offload(offload.devices, left)
    spare = sum(offload.split) - left
    devices, split = [], []
    for device, count in zip(offload.devices, offload.split, strict=True):
        given_up = min(count, spare)  # from the first device on: the last one holds the output
        spare -= given_up
        if count > given_up:
            devices.append(device)
            split.append(count - given_up)
    return Offload(tuple(devices), left, tuple(split))


def _spread(model: ModelBytes, usable: Sequence[tuple[str, int]]) -> Offload:
    """Layers over these devices, the first ones filled first; the last one holds the output."""
    held = list(usable)
    while held and held[-1][1] < model.output:
        held.pop()
    if not held:
        return Offload()
    layer = max(model.layer, 1)
    left = model.layers
    split = []
    for _, budget in held[:-1]:
        split.append(min(left, budget // layer))
        left -= split[-1]
    split.append(min(left, (held[-1][1] - model.output) // layer) + 1)
    kept = [(device, count) for (device, _), count in zip(held, split, strict=True) if count]
    return Offload(tuple(device for device, _ in kept), sum(split), tuple(count for _, count in kept))
