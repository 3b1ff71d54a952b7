"""What a pair will take, foretold: it adds up to the figures of the fit."""

from pathlib import Path

import pytest
from gguf_writer import tiny_model
from real_models import model_file

from slipstream.core.chat import PairSpec
from slipstream.core.paths import DEMO_MODEL
from slipstream.core.placing import RESERVE, Room, place, used
from slipstream.models.fit import Sized, fit
from slipstream.models.foretell import foretold, model_bytes
from slipstream.models.inspect import check_file
from slipstream.models.machine_memory import GpuMemory, MachineMemory
from slipstream.models.memory import LoadOptions
from slipstream.models.memory_shape import read_shape


@pytest.mark.weights
@pytest.mark.parametrize("free", [10**9, 300 * 10**6, 150 * 10**6])
def test_it_is_what_the_fit_says(free: int) -> None:
    header = check_file(model_file(DEMO_MODEL))
    shape = read_shape(header)
    assert shape is not None
    options = LoadOptions(2048)
    found = model_bytes(header, options)
    assert found is not None
    placed = place(found, [Room("GPU", free + RESERVE)])
    here = MachineMemory(10**10, 10**10, (GpuMemory("GPU", free + RESERVE, 10**10),))
    judged = fit(Sized(shape, header.context_length), None, options, here).target
    assert placed.layers == judged.gpu_layers
    assert sum(used(found, placed).values()) == pytest.approx(judged.gpu, rel=0.001)


@pytest.mark.weights
def test_both_models_get_the_targets_context() -> None:
    header = check_file(model_file(DEMO_MODEL))
    assert header.context_length == 8192
    spec = foretold(PairSpec(Path("a"), Path("b"), ctx_size=100_000), header, header)
    assert spec.target_bytes == spec.draft_bytes == model_bytes(header, LoadOptions(8192))
    quantized = foretold(PairSpec(Path("a"), ctx_size=8192, cache_type_k="q8_0"), header, None)
    assert quantized.draft_bytes is None
    assert quantized.target_bytes is not None
    assert quantized.target_bytes.layer < spec.target_bytes.layer


def test_a_header_that_tells_nothing_leaves_it_open(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(tiny_model())
    header = check_file(path)
    spec = foretold(PairSpec(path), header, None)
    assert (spec.target_bytes is None) == (read_shape(header) is None)
