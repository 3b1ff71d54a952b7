"""Model files that are sound GGUF and still no good: told in words before, or instead of, the end of the process."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.core.errors import LoadError, ModelFileError
from slipstream.models.gguf import read_header
from slipstream.models.inspect import check_file
from slipstream.models.sources import FileSource

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from gguf_writer import (
    F32,
    STR,
    TENSORS,
    TOKENS,
    U32,
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


def rewritten(source: Path, path: Path, *more: bytes, leave_out: str = "") -> Path:
    """The same model with other key-values behind its own, one of which may be left out."""
    data = source.read_bytes()
    with FileSource(source) as file:
        found = read_header(file, source.name)
    old = data[: found.data_offset]
    if leave_out:  # renamed: as long as it was, and unknown
        name = leave_out.encode()
        assert old.count(name) == 1
        old = old.replace(name, b"x" * len(name))
    body = old[24:]
    infos = body.find(b"\x0c\x00\x00\x00\x00\x00\x00\x00output_norm")  # not used where tensors come first
    assert infos != 0
    # Key-values go first: right behind the counts.
    count = int.from_bytes(old[16:24], "little") + len(more)
    header_bytes = old[:16] + count.to_bytes(8, "little") + b"".join(more) + body.rstrip(b"\0")
    path.write_bytes(padded(header_bytes) + data[found.data_offset :])
    return path


@pytest.mark.weights
def test_a_model_of_another_shape_is_not_said_to_lack_memory(demo_target: Path, tmp_path: Path) -> None:
    from slipstream.engine.session import LocalEngine  # noqa: PLC0415  # loads llama.cpp

    path = rewritten(
        demo_target, tmp_path / "odd.gguf", pair("llama.feed_forward_length", U32, 3),
        leave_out="llama.feed_forward_length",
    )  # fmt: skip
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


ABORT = """
import ctypes, sys
from slipstream.cli.generate import _give_up
from slipstream.engine import backend
backend.tell_aborts(_give_up)
print("written so far", flush=True)
backend.base_library().ggml_abort(b"/somewhere/deep/ops.cpp", 7, b"GGML_ASSERT(%s) failed", b"eps >= 0")
"""


def test_an_abort_of_llama_cpp_is_one_line_and_status_1() -> None:
    """In a process of its own, where headless commands have the engine."""
    done = subprocess.run(
        [sys.executable, "-c", ABORT], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert done.stdout == "written so far\n"
    (line,) = done.stderr.splitlines()
    assert line.startswith("slipstream: llama.cpp gave up: ops.cpp:7: GGML_ASSERT(eps >= 0) failed")
