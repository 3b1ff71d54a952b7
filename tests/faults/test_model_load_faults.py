"""Model files that are sound GGUF and still no good: told in words before, or instead of, the end of the process."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.core.errors import LoadError, ModelFileError
from slipstream.core.paths import HOME_VARIABLE
from slipstream.models.inspect import check_file

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from gguf_writer import (
    F32,
    STR,
    TENSORS,
    TOKENS,
    header,
    model_pairs,
    padded,
    pair,
    tiny_model,
    vocabulary_pairs,
    with_tensors,
)

BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    with pytest.raises(ModelFileError, match=words) as caught:
        check_file(path)
    assert caught.value.message.startswith("model.gguf: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("architecture", "what"),
    [
        ("clip", "an image or sound encoder"),
        ("bert", "an embedding model"),
        ("t5", "an encoder with a decoder"),
    ],
)
def test_what_writes_no_text_is_not_loaded(tmp_path: Path, architecture: str, what: str) -> None:
    data = with_tensors([*model_pairs(architecture), *vocabulary_pairs()], TENSORS)
    refused(tmp_path, data, f"{what}, not a chat model")


@pytest.mark.parametrize(("kind", "what"), [("mmproj", "encoder"), ("adapter", r"an adapter \(LoRA\)")])
def test_files_that_go_with_a_model_are_not_loaded(tmp_path: Path, kind: str, what: str) -> None:
    refused(tmp_path, tiny_model(pair("general.type", STR, kind)), what)


def test_a_vocabulary_alone_is_not_loaded(tmp_path: Path) -> None:
    refused(tmp_path, padded(header([*model_pairs(), *vocabulary_pairs()])), "no tensors: a vocabulary")


def test_a_model_without_a_tokenizer_is_not_loaded(tmp_path: Path) -> None:
    refused(tmp_path, with_tensors(model_pairs(), TENSORS), "no tokenizer in the file")


@pytest.mark.parametrize("epsilon", [-1.0, math.nan, -math.inf, math.inf])
@pytest.mark.parametrize("name", ["layer_norm_epsilon", "group_norm_epsilon"])
def test_a_root_of_less_than_nothing_is_not_drawn(tmp_path: Path, name: str, epsilon: float) -> None:
    """GGML_ASSERT(eps >= 0.0f)"""
    refused(
        tmp_path, tiny_model(pair(f"llama.attention.{name}", F32, epsilon)), "the epsilon of its norm is "
    )


def test_a_number_that_is_text_is_damage(tmp_path: Path) -> None:
    data = tiny_model(pair("llama.attention.layer_norm_epsilon", STR, "small"))
    refused(tmp_path, data, "is str, expected a number")


def test_a_sentencepiece_vocabulary_must_have_every_byte(tmp_path: Path) -> None:
    """std::unordered_map::at, at the first character it has no token for."""
    path = tmp_path / "model.gguf"
    for tokens, lost in ((TOKENS, 248), ([*TOKENS, *BYTES[:-1]], 1), ([*TOKENS, *BYTES], 0)):
        vocabulary = vocabulary_pairs("llama", None, tokens)
        data = with_tensors([*model_pairs(), *vocabulary], TENSORS)
        if lost:
            refused(tmp_path, data, f"no token for {lost} of the 256 bytes")
        else:
            path.write_bytes(data)
            check_file(path)


# As llama.cpp sees them


@pytest.mark.weights
def test_a_model_of_another_shape_is_not_said_to_lack_memory(demo_target: Path, tmp_path: Path) -> None:
    from slipstream.engine.session import LocalEngine  # noqa: PLC0415  # loads llama.cpp

    key = b"llama.feed_forward_length"
    data = bytearray(demo_target.read_bytes())
    place = data.index(key) + len(key) + 4  # behind its type
    data[place : place + 4] = (3).to_bytes(4, "little")
    path = tmp_path / "odd.gguf"
    path.write_bytes(data)
    check_file(path)
    engine = LocalEngine()
    with pytest.raises(LoadError, match="wrong shape") as caught:
        engine.load(PairSpec(path, ctx_size=256), lambda _event: None)
    assert "damaged" in caught.value.hint
    assert "memory" not in caught.value.hint


@pytest.mark.weights
def test_a_model_that_goes_away_while_it_is_loaded(demo_target: Path, tmp_path: Path) -> None:
    from slipstream.engine.session import LocalEngine  # noqa: PLC0415  # loads llama.cpp

    path = tmp_path / "model.gguf"
    os.link(demo_target, path)
    engine = LocalEngine()

    def remove(_event: object) -> None:
        path.unlink(missing_ok=True)

    with pytest.raises(LoadError, match="went away"):
        engine.load(PairSpec(path, ctx_size=256), remove)
    assert engine.measurements() is None
    engine.close()


@pytest.mark.weights
def test_an_abort_of_llama_cpp_is_one_line_and_status_1(demo_target: Path, tmp_path: Path) -> None:
    """A norm whose weights are said to be whole numbers: nothing that reads headers could know that it is one."""
    data = bytearray(demo_target.read_bytes())
    name = b"output_norm.weight"
    place = data.index(name) + len(name) + 4 + 8  # behind the dimensions: one, and its length
    assert data[place : place + 4] == (0).to_bytes(4, "little")  # F32
    data[place] = 26  # I32, as large
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "slipstream", "generate", "--target", path, "--prompt", "Hi", "--ctx-size", "256"],
        env=os.environ | {HOME_VARIABLE: str(tmp_path / "home")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("slipstream: llama.cpp gave up: ")
    assert "unsupported types" in line
    assert "/" not in line.partition(": ")[2].partition(":")[0]
