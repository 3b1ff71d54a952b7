"""Where a model or a pair goes on machines of all kinds."""

import random
from dataclasses import replace

import pytest
from model_shapes import QWEN_1_5B

from slipstream.models.fit import GPU_RESERVE, HOST_RESERVE, Sized, Where, fit, largest_context
from slipstream.models.machine_memory import GpuMemory, MachineMemory
from slipstream.models.memory import LoadOptions, model_memory

GB = 10**9
TARGET = Sized(replace(QWEN_1_5B, inputs=2 * 10**8, layer_weights=4 * GB, output=3 * 10**8), 32_768)
DRAFT = Sized(replace(QWEN_1_5B, inputs=10**8, layer_weights=3 * 10**8, output=10**8, layers=24), 32_768)
OPTIONS = LoadOptions(4096)


def machine(free, *gpus, unified=False):
    return MachineMemory(free, 64 * GB, tuple(GpuMemory("g", gpu, 80 * GB) for gpu in gpus), unified)


def test_in_the_computers_own_memory():
    found = fit(TARGET, DRAFT, OPTIONS, machine(16 * GB))
    assert found.where is Where.MEMORY
    assert found.gpu == 0
    both = [model_memory(model.shape, OPTIONS, None).total for model in (TARGET, DRAFT)]
    assert found.host == sum(both)
    assert found.free == 16 * GB - HOST_RESERVE


def test_too_little_memory():
    found = fit(TARGET, None, OPTIONS, machine(3 * GB))
    assert (found.where, found.fits) == (Where.NO, False)
    assert found.total > 4 * GB


def test_all_on_the_gpu():
    found = fit(TARGET, DRAFT, OPTIONS, machine(16 * GB, 24 * GB))
    assert found.where is Where.GPU
    assert (found.target.gpu_layers, found.draft.gpu_layers) == (29, 25)
    assert found.gpu <= found.gpu_free == 24 * GB - GPU_RESERVE


def test_the_draft_comes_first():
    """On a GPU too small for both, the draft is there as a whole, and the target partly."""
    found = fit(TARGET, DRAFT, OPTIONS, machine(16 * GB, 4 * GB))
    assert found.where is Where.PARTLY
    assert found.draft.gpu_layers == 25
    assert 0 < found.target.gpu_layers < 29
    assert found.gpu <= found.gpu_free


def test_two_gpus_count_together_and_each_keeps_a_reserve():
    assert fit(TARGET, None, OPTIONS, machine(16 * GB, 3 * GB, 3 * GB)).where is Where.GPU
    assert fit(TARGET, None, OPTIONS, machine(16 * GB, GPU_RESERVE, GPU_RESERVE)).where is Where.MEMORY


def test_a_gpu_without_the_memory_beside_it():
    assert fit(TARGET, None, OPTIONS, machine(HOST_RESERVE + 1, 24 * GB)).where is Where.NO


def test_unified_memory_is_counted_once():
    assert fit(TARGET, None, OPTIONS, machine(8 * GB, 8 * GB, unified=True)).where is Where.GPU
    assert fit(TARGET, None, OPTIONS, machine(4 * GB, 4 * GB, unified=True)).where is Where.NO


def test_what_cannot_be_asked_is_not_judged():
    found = fit(TARGET, None, OPTIONS, MachineMemory(0, 0))
    assert (found.where, found.fits) == (Where.UNKNOWN, True)


def test_both_get_the_targets_context():
    short = Sized(TARGET.shape, 2048)
    found = fit(short, DRAFT, LoadOptions(8192), machine(16 * GB))
    assert found.context == 2048
    assert found.draft == model_memory(DRAFT.shape, LoadOptions(2048), None)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_machine(seed):
    """Never more on the GPU than is free there, and where it says it fits it does."""
    chance = random.Random(seed)
    gpus = [chance.randrange(30 * GB) for _ in range(chance.randrange(3))]
    here = machine(chance.randrange(1, 30 * GB), *gpus)
    draft = chance.choice((None, DRAFT))
    options = LoadOptions(
        chance.randrange(256, 40_000), chance.random() < 0.5, chance.choice(("f16", "q8_0"))
    )
    found = fit(TARGET, draft, options, here)
    assert found.gpu <= found.gpu_free
    assert found.fits == (found.host <= found.free)
    on_gpu = [memory.gpu_layers for memory in (found.target, found.draft) if memory]
    if found.where is Where.MEMORY:
        assert not any(on_gpu)
    elif found.where in (Where.GPU, Where.PARTLY):
        assert any(on_gpu)
    richer = MachineMemory(here.free + GB, here.total, here.gpus)
    assert fit(TARGET, draft, options, richer).fits or not found.fits


def test_the_largest_context_that_fits():
    here = machine(8 * GB)
    most = largest_context(TARGET, DRAFT, LoadOptions(32_768), here)
    assert most == 32_768
    tight = machine(5_500_000_000 + HOST_RESERVE)
    found = largest_context(TARGET, DRAFT, LoadOptions(32_768), tight)
    assert 0 < found < 32_768
    assert fit(TARGET, DRAFT, LoadOptions(found), tight).fits
    assert not fit(TARGET, DRAFT, LoadOptions(found + 256), tight).fits
    assert largest_context(TARGET, DRAFT, LoadOptions(4096), machine(GB)) == 0
