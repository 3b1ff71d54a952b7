"""From the settings to a load: every value reaches it; how far it is with both models; what automatic came to."""

from pathlib import Path

import pytest
from scripted_engine import model_info

from slipstream.bridge.loading import automatic_notes, device_names, file_bytes, overall, pair_spec
from slipstream.core.chat import PairSpec
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.memory_use import DeviceMemory, DeviceUse, Placement
from slipstream.core.settings import Settings

GPU = DeviceMemory("CUDA0", "a GPU", 5 * 10**9, 8 * 10**9)


def test_defaults_are_automatic() -> None:
    spec = pair_spec(Settings(), Path("t.gguf"), None)
    assert spec == PairSpec(Path("t.gguf"), measure=True)


def test_every_setting_reaches_the_load() -> None:
    settings = Settings(
        ctx_size=8192,
        threads=3,
        gpu_layers=20,
        draft_gpu_layers=0,
        devices="CUDA0, CUDA1",
        draft_devices="none",
        flash_attn="on",
        cache_type_k="q8_0",
        cache_type_v="q4_0",
    )
    assert pair_spec(settings, Path("t.gguf"), Path("d.gguf")) == PairSpec(
        Path("t.gguf"),
        Path("d.gguf"),
        ctx_size=8192,
        threads=3,
        gpu_layers=20,
        draft_gpu_layers=0,
        flash_attn="on",
        cache_type_k="q8_0",
        cache_type_v="q4_0",
        devices=("CUDA0", "CUDA1"),
        draft_devices=(),
        measure=True,
    )


@pytest.mark.parametrize(
    ("setting", "names"),
    [("", None), (" , ", None), ("none", ()), ("CUDA0", ("CUDA0",)), ("RPC0,CUDA1", ("RPC0", "CUDA1"))],
)
def test_devices_by_name(setting: str, names: tuple[str, ...] | None) -> None:
    assert device_names(setting) == names


def test_a_load_of_two_models_never_goes_back(tmp_path: Path) -> None:
    target, draft = tmp_path / "t.gguf", tmp_path / "d.gguf"
    target.write_bytes(bytes(300))
    draft.write_bytes(bytes(100))
    spec = PairSpec(target, draft)
    stages = [
        ("draft", 0.0),
        ("draft", 0.5),
        ("draft", 1.0),
        ("target", 0.0),
        ("target", 0.5),
        ("target", 1.0),
    ]
    seen = [overall(spec, LoadProgress(*stage)) for stage in stages]
    assert seen == [0.0, 0.125, 0.25, 0.25, 0.625, 1.0]
    assert overall(spec, LoadProgress("costs", 0.3)) == 0.3
    assert overall(spec, LoadProgress("servers", 0.0)) == 0.0
    assert overall(PairSpec(target), LoadProgress("target", 0.3)) == 0.3
    assert overall(PairSpec(Path("gone"), Path("gone, too")), LoadProgress("target", 0.0)) == 0.5


def test_a_split_model_is_as_large_as_all_its_parts(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"m-{number:05d}-of-00003.gguf").write_bytes(bytes(10 * number))
    assert file_bytes(tmp_path / "m-00001-of-00003.gguf") == 60


def loaded(target: tuple[DeviceUse, ...], draft: tuple[DeviceUse, ...], *devices: DeviceMemory) -> PairLoaded:
    infos = model_info("/m/T.gguf"), model_info("/m/D.gguf")
    return PairLoaded(*infos, None, 4096, 2, "", False, placement=Placement(target, draft, devices))


def test_what_automatic_values_came_to() -> None:
    pair = loaded((DeviceUse("CPU", 4), DeviceUse("CUDA0", 25)), (DeviceUse("CUDA0", 25),), GPU)
    assert automatic_notes(pair) == {
        "ctx_size": "Now: 4096 tokens",
        "threads": "Now: 2",
        "gpu_layers": "Now: 24 of 28 layers on CUDA0",
        "draft_gpu_layers": "Now: 24 of 24 layers on CUDA0",
    }
    two = loaded((DeviceUse("CUDA0", 18), DeviceUse("CUDA1", 11)), (), GPU)
    assert automatic_notes(two)["gpu_layers"] == "Now: 18 of 28 layers on CUDA0, 10 of 28 layers on CUDA1"
    assert "draft_gpu_layers" not in automatic_notes(two)
    beside = loaded((DeviceUse("CPU", 29),), (), GPU)
    assert automatic_notes(beside)["gpu_layers"] == "Now: all 28 layers on the processor"


def test_a_build_without_devices_says_so() -> None:
    assert "no device but the processor" in automatic_notes(loaded((DeviceUse("CPU", 29),), ()))["gpu_layers"]
    assert automatic_notes(None) == {}
