"""The fit against what llama.cpp itself reports while it loads: weights, cache and compute buffers."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_models import QWEN, model_file

from slipstream.core.paths import DEMO_MODEL
from slipstream.engine.context import Context, ContextOptions, NativeStopFlag
from slipstream.engine.model import Model
from slipstream.models.inspect import read_files
from slipstream.models.machine_memory import processor_words
from slipstream.models.memory import LoadOptions, ModelMemory, model_memory, reordered_types
from slipstream.models.memory_shape import read_shape

pytestmark = pytest.mark.weights
WITHIN = 0.10
MiB = 1 << 20
CONTEXTS = (512, 2048, 8192)
_BUFFER = re.compile(r"(\S+)\s+(model|KV|compute) buffer size\s*=\s*([\d.]+) MiB")

type Buffers = dict[tuple[str, str], float]  # bytes by (purpose, device)


class Log(logging.Handler):
    """What llama.cpp says of its buffers."""

    def __init__(self) -> None:
        super().__init__()
        self.buffers: Buffers = {}

    def emit(self, record: logging.LogRecord) -> None:
        if match := _BUFFER.search(record.getMessage()):
            key = match[2], match[1]
            self.buffers[key] = self.buffers.get(key, 0.0) + float(match[3]) * MiB


@pytest.fixture
def log() -> Iterator[Log]:
    """llama.cpp's log, through the engine's own logger."""
    logger = logging.getLogger("slipstream.engine.backend")
    level, handler = logger.level, Log()
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


def foretold(path: Path, options: LoadOptions) -> ModelMemory:
    header = read_files(path).header
    shape = read_shape(header)
    assert shape is not None
    return model_memory(shape, options, header.context_length, reordered=reordered_types(processor_words()))


def agree(path: Path, ways: list[LoadOptions], log: Log) -> None:
    """Load it as the engine does, in each of these ways, and compare."""
    model = Model(path)
    try:
        weights = dict(log.buffers)
        for options in ways:
            log.buffers.clear()
            flash = "auto" if options.flash else "off"
            cache = options.cache_type_k, options.cache_type_v
            Context(model, ContextOptions(options.ctx_size, 1, flash, *cache), NativeStopFlag()).close()
            found = foretold(path, options)
            assert found.cache == pytest.approx(log.buffers["KV", "CPU"], rel=WITHIN)
            assert found.compute == pytest.approx(log.buffers["compute", "CPU"], rel=WITHIN), options
    finally:
        model.close()
    assert found.reordered == pytest.approx(weights.get(("model", "CPU_REPACK"), 0.0), rel=WITHIN)
    # What is mapped reaches from the first to the last tensor that is used as it is in the file.
    assert found.weights == pytest.approx(weights["model", "CPU_Mapped"], rel=WITHIN)


@pytest.mark.parametrize("name", [DEMO_MODEL, *QWEN])
def test_at_three_context_sizes(name: str, log: Log) -> None:
    agree(model_file(name), [LoadOptions(context) for context in CONTEXTS], log)


def test_other_ways_to_load(log: Log) -> None:
    ways = [
        LoadOptions(2048, flash=False),
        LoadOptions(2048, cache_type_k="q8_0", cache_type_v="q8_0"),
        LoadOptions(2048, cache_type_k="q4_0", cache_type_v="f16"),
        LoadOptions(300, cache_type_k="f32", cache_type_v="f32"),
        LoadOptions(100),
    ]
    agree(model_file(DEMO_MODEL), ways, log)


@pytest.mark.heavy
@pytest.mark.parametrize(
    "name",
    [
        "SmolLM2-135M-Instruct.F16.gguf",
        "Qwen2.5-Coder-0.5B-Instruct.Q4_0.gguf",
        "Qwen2.5-Coder-1.5B-Instruct.F16.gguf",
    ],
)
def test_other_quantizations(name: str, log: Log) -> None:
    agree(model_file(name), [LoadOptions(4096), LoadOptions(4096, flash=False)], log)
