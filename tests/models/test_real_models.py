"""The reader on real files, against what llama.cpp reports of them."""

import time
from pathlib import Path

import llama_cpp
import llama_reference
import pytest
from real_models import QWEN, model_file, r1_vocabulary

from slipstream.core.paths import DEMO_MODEL
from slipstream.models.gguf import read_header, require_complete
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.gguf_vocabulary import read_vocabulary
from slipstream.models.inspect import check_file, check_pair, inspect
from slipstream.models.sources import FileSource

pytestmark = pytest.mark.weights
LARGE_VOCABULARY_MS = 500  # what a header with 150,000 tokens may take


def shown(value: object, kind: str) -> str:
    """A value as llama.cpp prints it."""
    if kind == "bool":
        return "true" if value else "false"
    return f"{value:f}" if kind in ("f32", "f64") else str(value)


def agrees_with_llama_cpp(path: Path) -> GgufHeader:
    with FileSource(path) as source:
        header = read_header(source, path.name)
        require_complete(header, source.size)
    with llama_reference.loaded(path) as model:
        ours = {
            key: shown(entry.value, entry.kind)
            for key, entry in header.metadata.items()
            if not entry.kind.startswith("arr[")
        }
        assert ours == llama_reference.metadata(model)
        assert header.parameter_count == llama_cpp.llama_model_n_params(model)
        assert sum(tensor.size for tensor in header.tensors) == llama_cpp.llama_model_size(model)
        template = llama_cpp.llama_model_chat_template(model, None)
        assert header.chat_template == template.decode()
        found, told = read_vocabulary(header), llama_reference.vocabulary(model)
        assert found.texts == told.texts
        assert found == told
    return header


def test_the_demo_model():
    header = agrees_with_llama_cpp(model_file(DEMO_MODEL))
    assert (header.architecture, header.quantization, header.block_count) == ("llama", "Q4_1", 30)
    assert header.least_size <= model_file(DEMO_MODEL).stat().st_size < header.least_size + header.alignment


@pytest.mark.parametrize("name", QWEN)
def test_the_qwen_pair(name):
    header = agrees_with_llama_cpp(model_file(name))
    assert (header.architecture, header.quantization) == ("qwen2", "Q4_K_M")


def test_the_vocabulary_of_an_r1_distill():
    header = agrees_with_llama_cpp(r1_vocabulary())
    assert header.tensors == ()


def test_the_demo_model_may_be_loaded_and_is_summarized():
    path = model_file(DEMO_MODEL)
    assert check_file(path).name == inspect(path).name
    found = inspect(path)
    assert (found.layers, found.heads, found.kv_heads, found.embedding_width) == (30, 9, 3, 576)
    assert (found.context_length, found.parameters, found.license) == (8192, 134515008, "apache-2.0")
    assert (found.vocabulary.size, found.vocabulary.bos, found.vocabulary.eos) == (49152, 1, 2)
    assert found.chat_template.present
    assert found.notes == ()


def test_a_large_vocabulary_is_read_in_half_a_second():
    """Processor time, the best of three: the machine may be busy."""
    path = model_file(QWEN[0])
    took = []
    for _ in range(3):
        begin = time.process_time()
        with FileSource(path) as source:
            vocabulary = read_vocabulary(read_header(source, path.name))
        took.append((time.process_time() - begin) * 1000)
    assert len(vocabulary.texts) == 151_936
    assert min(took) < LARGE_VOCABULARY_MS


def test_a_real_pair_fits():
    verdict = check_pair(model_file(QWEN[1]), model_file(QWEN[0]))
    assert verdict.fits
    assert verdict.differences == 0


def test_an_r1_distill_and_plain_qwen_do_not_fit():
    """Sizes 128 apart, seven tokens that mean something else."""
    verdict = check_pair(r1_vocabulary(), model_file(QWEN[0]))
    assert not verdict.fits
    assert verdict.differences == 7
    assert verdict.first_difference.id == 151643
    assert verdict.first_difference.target == "<｜end▁of▁sentence｜>"
    assert verdict.first_difference.draft == "<|endoftext|>"
    reasons = " ".join(verdict.reasons)
    assert "151643" in reasons
    assert "<｜end▁of▁sentence｜>" in reasons
    assert "<|endoftext|>" in reasons


def test_another_family_does_not_fit():
    verdict = check_pair(model_file(QWEN[0]), model_file(DEMO_MODEL))
    assert not verdict.fits
    assert any("sizes differ" in reason for reason in verdict.reasons)
    assert verdict.first_difference.id == 5
