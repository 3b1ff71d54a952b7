"""Where a loaded pair lies, in lines for a terminal and as JSON. Of the processor alone there is nothing to say."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from slipstream.core.amounts import size_text
from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.memory_use import CPU, DeviceUse, Placement


def placement_lines(loaded: PairLoaded) -> list[str]:
    """A line for each model that has layers on a device."""
    placement = loaded.placement
    if placement is None:
        return []
    lines = [_line(loaded.target, placement.target)]
    if loaded.draft is not None:
        lines.append(_line(loaded.draft, placement.draft))
    return [line for line in lines if line]


def _line(model: ModelInfo, uses: tuple[DeviceUse, ...]) -> str:
    parts = [
        f"{use.layers} on {use.device} ({size_text(use.total)})"
        for use in uses
        if use.device != CPU and use.layers
    ]
    if not parts:
        return ""
    return f"{Path(model.path).stem}: of {model.n_layers + 1} layers with the output, {', '.join(parts)}"


def placement_json(placement: Placement | None) -> dict[str, Any] | None:
    """Bytes, by model and device."""
    return asdict(placement) if placement is not None else None
