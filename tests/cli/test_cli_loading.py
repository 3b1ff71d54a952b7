"""Where layers go, from the command line: what is said reaches the load, and what came of it is told."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from slipstream.cli.arguments import pair_spec, parse
from slipstream.cli.placement_text import placement_json, placement_lines
from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.memory_use import DeviceUse, Placement

MB = 10**6
GENERATE = ["generate", "--target", "t.gguf", "--draft", "d.gguf", "--prompt", "x"]


def test_every_way_to_load_can_be_said() -> None:
    said = [
        "--device",
        "CUDA0, CUDA1",
        "--draft-device",
        "none",
        "--gpu-layers",
        "20",
        "--draft-gpu-layers",
        "auto",
    ]
    said += ["--flash-attn", "on", "--cache-type-k", "q8_0", "--cache-type-v", "q4_0", "--ctx-size", "2048"]
    spec = pair_spec(parse([*GENERATE, *said]))
    assert (spec.devices, spec.draft_devices) == (("CUDA0", "CUDA1"), ())
    assert (spec.gpu_layers, spec.draft_gpu_layers) == (20, None)
    assert (spec.flash_attn, spec.cache_type_k, spec.cache_type_v) == ("on", "q8_0", "q4_0")
    assert spec.ctx_size == 2048


@pytest.mark.parametrize("said", [[], ["--device", "auto", "--draft-device", "auto"]])
def test_what_is_not_said_is_automatic(said: list[str]) -> None:
    spec = pair_spec(parse([*GENERATE, *said]))
    assert (spec.devices, spec.draft_devices, spec.gpu_layers, spec.draft_gpu_layers) == (None,) * 4


def test_a_measurement_can_be_loaded_in_any_way_too() -> None:
    options = parse(["tune", "--target", "t", "--draft", "d", "--device", "RPC0", "--cache-type-v", "q8_0"])
    assert (options.device, options.draft_device, options.cache_type_v) == (("RPC0",), None, "q8_0")


def test_no_name_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([*GENERATE, "--device", " , "])
    assert ended.value.code == 2
    assert "names no device" in capsys.readouterr().err


@pytest.mark.weights
def test_a_device_that_is_not_there_is_one_line(
    slipstream: Callable[..., CompletedProcess[str]], demo_target: Path
) -> None:
    done = slipstream("generate", "--target", demo_target, "--prompt", "x", "--device", "CUDA77")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no device CUDA77" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def loaded(placement: Placement | None) -> PairLoaded:
    def info(path: str, layers: int) -> ModelInfo:
        values: tuple[Any, ...] = (path, "", "", 1, 1, layers, 0, ("CPU",), 9, 9)
        return ModelInfo(*values)

    return PairLoaded(
        info("/m/Big.gguf", 28), info("/m/Small.gguf", 24), None, 1, 1, "", False, placement=placement
    )


def test_a_line_for_each_model_on_a_device() -> None:
    both = Placement(
        (DeviceUse("CPU", 4, weights=MB), DeviceUse("CUDA0", 20, 5 * MB, MB, MB), DeviceUse("CUDA1", 5, MB)),
        (DeviceUse("CUDA0", 25, weights=MB),),
    )
    assert placement_lines(loaded(both)) == [
        "Big: of 29 layers with the output, 20 on CUDA0 (7.0 MB), 5 on CUDA1 (1.0 MB)",
        "Small: of 25 layers with the output, 25 on CUDA0 (1.0 MB)",
    ]
    told = placement_json(both)
    assert told is not None
    assert told["target"][1]["cache"] == MB


def test_of_the_processor_alone_there_is_nothing_to_say() -> None:
    assert placement_lines(loaded(Placement((DeviceUse("CPU", 29),), (DeviceUse("CPU", 25),)))) == []
    assert placement_lines(loaded(None)) == []
    assert placement_json(None) is None
