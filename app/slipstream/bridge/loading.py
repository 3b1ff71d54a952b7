"""From the settings to what a load asks for, and how far a load is as a whole. Pure functions; knows no threads."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from slipstream.core.chat import PairSpec
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.memory_use import CPU, DeviceUse, layers_without_output
from slipstream.core.placing import PROCESSOR
from slipstream.core.settings import Settings
from slipstream.models.split_files import parse_split_name


def tr(text: str) -> str:
    return QCoreApplication.translate("Loading", text)


def pair_spec(settings: Settings, target: Path, draft: Path | None) -> PairSpec:
    """Both files, and all that the settings say about loading them."""
    return PairSpec(
        target,
        draft,
        ctx_size=settings.ctx_size,
        threads=settings.threads or None,
        gpu_layers=_or_automatic(settings.gpu_layers),
        draft_gpu_layers=_or_automatic(settings.draft_gpu_layers),
        flash_attn=settings.flash_attn,
        cache_type_k=settings.cache_type_k,
        cache_type_v=settings.cache_type_v,
        devices=device_names(settings.devices),
        draft_devices=device_names(settings.draft_devices),
        measure=True,
    )


def device_names(setting: str) -> tuple[str, ...] | None:
    """What `Settings.devices` means: None is automatic, nothing the processor alone."""
    names = tuple(name for part in setting.split(",") if (name := part.strip()))
    if names == (PROCESSOR,):
        return ()
    return names or None


def overall(spec: PairSpec, progress: LoadProgress) -> float:
    """How far a load is with both models, 0…1, by the sizes of their files; the draft is loaded first.

    Measuring what they cost comes after it, and is counted by itself.
    """
    if progress.stage in ("servers", "costs") or spec.draft is None:
        return progress.fraction
    draft, target = file_bytes(spec.draft), file_bytes(spec.target)
    share = draft / (draft + target) if draft + target else 0.5
    if progress.stage == "draft":
        return progress.fraction * share
    return share + progress.fraction * (1 - share)


def file_bytes(path: Path) -> int:
    """The size of a model, of all its parts; 0 where it is not there."""
    split = parse_split_name(path.name)
    total = 0
    for file in [path.with_name(name) for name in split.all()] if split else [path]:
        try:
            total += file.stat().st_size
        except (OSError, ValueError):
            continue
    return total


def _or_automatic(layers: int) -> int | None:
    return None if layers < 0 else layers


def automatic_notes(loaded: PairLoaded | None) -> dict[str, str]:
    """What automatic values came to in the pair that is loaded, by the setting's name."""
    if loaded is None:
        return {}
    notes = {
        "ctx_size": tr("Now: {0} tokens").format(loaded.n_ctx),
        "threads": tr("Now: {0}").format(loaded.threads),
    }
    placement = loaded.placement
    if placement is None:
        return notes
    for name, uses in (("gpu_layers", placement.target), ("draft_gpu_layers", placement.draft)):
        if not uses:
            continue
        if placement.devices:
            notes[name] = tr("Now: {0}").format(_where(uses))
        else:
            notes[name] = tr("This build of llama.cpp knows no device but the processor")
    return notes


def _where(uses: tuple[DeviceUse, ...]) -> str:
    """Layers by device, e.g. "24 of 28 layers on CUDA0"."""
    layers = layers_without_output(uses)
    total = sum(layers.values())
    beside = {device: count for device, count in layers.items() if device != CPU}
    if not beside:
        return tr("all {0} layers on the processor").format(total)
    parts = [tr("{0} of {1} layers on {2}").format(count, total, device) for device, count in beside.items()]
    return ", ".join(parts)
