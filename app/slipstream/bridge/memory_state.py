"""How full the computer's memory and each device are, and with what: from what the engine told, and what is free now.

`memory_bars` is a pure function; `MemoryState` asks for it again whenever the pair changes. Knows no widgets.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.amounts import size_text
from slipstream.bridge.pair import Pair
from slipstream.core.memory_use import CPU, DeviceUse, Placement, layers_without_output
from slipstream.models.machine_memory import MachineMemory, this_machine


def tr(text: str) -> str:
    return QCoreApplication.translate("Memory", text)


class Owner(StrEnum):
    TARGET = "target"
    DRAFT = "draft"
    OTHERS = "others"


class Purpose(StrEnum):
    WEIGHTS = "weights"
    CACHE = "cache"
    COMPUTE = "compute"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; bytes."""

    owner: Owner
    purpose: Purpose
    size: int


@dataclass(frozen=True, slots=True)
class MemoryBar:
    """One memory. Bytes; `free` and the segments add up to `total`. `layers` are each model's own here."""

    name: str  # "" is the computer's own
    description: str
    total: int
    free: int
    segments: tuple[Segment, ...]
    layers: tuple[tuple[Owner, int], ...] = ()

    def of(self, owner: Owner, purpose: Purpose | None = None) -> int:
        """Bytes of an owner, for one purpose or all."""
        return sum(
            part.size for part in self.segments if part.owner is owner and purpose in (None, part.purpose)
        )


def memory_bars(placement: Placement, machine: MachineMemory) -> tuple[MemoryBar, ...]:
    """The computer's memory, then each device.

    Pages of a model's file count as free to the system, since it can drop them; here they are the model's.
    """
    by_owner = ((Owner.TARGET, placement.target), (Owner.DRAFT, placement.draft))
    held = [(owner, use) for owner, uses in by_owner for use in uses]
    layers = {owner: layers_without_output(uses) for owner, uses in by_owner}
    ours = sum(use.total - use.mapped for _, use in held if use.device == CPU)
    bars = [_bar("", "", machine.total, machine.free + ours, CPU, held, layers)]
    for device in placement.devices:
        there = sum(use.total for _, use in held if use.device == device.name)
        bars.append(
            _bar(
                device.name,
                device.description,
                device.total,
                device.free + there,
                device.name,
                held,
                layers,
            )
        )
    return tuple(bars)


def _bar(
    name: str,
    description: str,
    total: int,
    not_others: int,
    device: str,
    held: list[tuple[Owner, DeviceUse]],
    layers: dict[Owner, dict[str, int]],
) -> MemoryBar:
    """A bar of one memory; `not_others`: bytes that are free or ours."""
    segments = [
        Segment(owner, purpose, size)
        for owner, use in held
        if use.device == device
        for purpose, size in (
            (Purpose.WEIGHTS, use.weights),
            (Purpose.CACHE, use.cache),
            (Purpose.COMPUTE, use.compute),
        )
        if size
    ]
    ours = sum(part.size for part in segments)
    total = max(total, ours)  # where it is not told, what is known is all
    others = max(0, min(total - not_others, total - ours)) if not_others else 0
    if others:
        segments.append(Segment(Owner.OTHERS, Purpose.OTHER, others))
    own = tuple((owner, by_device[device]) for owner, by_device in layers.items() if device in by_device)
    return MemoryBar(name, description, total, total - ours - others, tuple(segments), own)


def held(bars: tuple[MemoryBar, ...], owner: Owner) -> int:
    """Bytes that an owner has in all memories together."""
    return sum(bar.of(owner) for bar in bars)


def bar_name(bar: MemoryBar) -> str:
    """Short, for beside the bar."""
    return bar.name or tr("RAM")


def told(bars: tuple[MemoryBar, ...]) -> str:
    """All figures, line by line."""
    return "\n\n".join(_told(bar) for bar in bars)


def _told(bar: MemoryBar) -> str:
    name = tr("{0} ({1})").format(bar.name, bar.description) if bar.description else bar_name(bar)
    lines = [tr("{0}: {1} of {2} free").format(name, size_text(bar.free), size_text(bar.total))]
    layers = dict(bar.layers)
    for owner, words in ((Owner.TARGET, tr("Model")), (Owner.DRAFT, tr("Draft"))):
        if not bar.of(owner):
            continue
        parts = [
            tr("weights {0}").format(size_text(bar.of(owner, Purpose.WEIGHTS))),
            tr("cache {0}").format(size_text(bar.of(owner, Purpose.CACHE))),
            tr("buffers {0}").format(size_text(bar.of(owner, Purpose.COMPUTE))),
        ]
        if layers.get(owner):
            parts.insert(0, tr("layers: {0}").format(layers[owner]))
        lines.append(tr("{0}: {1}").format(words, ", ".join(parts)))
    if bar.of(Owner.OTHERS):
        lines.append(tr("Others: {0}").format(size_text(bar.of(Owner.OTHERS))))
    return "\n".join(lines)


class MemoryState(QObject):
    """Signal `changed`: the bars, a tuple of `MemoryBar`; none where nothing is loaded."""

    changed = Signal(object)

    def __init__(self, pair: Pair, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pair = pair
        self.bars: tuple[MemoryBar, ...] = ()
        pair.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Ask again how much is free."""
        loaded = self._pair.loaded
        placement = loaded.placement if loaded is not None else None
        bars = memory_bars(placement, this_machine(gpus=False)) if placement is not None else ()
        if bars != self.bars:
            self.bars = bars
            self.changed.emit(bars)
