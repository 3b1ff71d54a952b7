"""Texts of tokens from a file's vocabulary: as llama.cpp writes them, and nothing where the file cannot tell."""

import os
from pathlib import Path

import llama_reference
import pytest
from gguf_writer import I32, STR, array, header, model_pairs, pair, tiny_model
from real_models import QWEN, model_file

from slipstream.core.paths import DEMO_MODEL
from slipstream.models.token_texts import TokenTexts

BYTE_LEVEL = ("<s>", "Ġthe", "Ċ", "é", "Ã©", "âĤ", "<tool>", "日")
TYPES = (3, 1, 1, 1, 1, 1, 4, 1)


def write(path: Path, model: str, tokens: tuple[str, ...], types: tuple[int, ...]) -> Path:
    pairs = [
        pair("tokenizer.ggml.model", STR, model),
        array("tokenizer.ggml.tokens", STR, tokens),
        array("tokenizer.ggml.token_type", I32, types),
    ]
    path.write_bytes(header([*model_pairs(), *pairs]))
    return path


def read(path: Path, size: int) -> list[str]:
    return list(TokenTexts().read(path, size, range(size)).values())


def test_byte_level_texts_are_the_bytes_they_stand_for(tmp_path: Path) -> None:
    path = write(tmp_path / "m.gguf", "gpt2", BYTE_LEVEL, TYPES)
    # A lone "é" is byte 0xE9, which is no character; "日" is in no byte-level alphabet.
    assert read(path, 8) == ["<s>", " the", "\n", "\\xe9", "é", "\\xe2\\x82", "<tool>", "日"]


def test_sentence_piece_texts_have_real_spaces_and_bytes(tmp_path: Path) -> None:
    tokens = ("<s>", "▁the", "<0x0A>", "<0xE2>", "é", "<0x0A>")
    path = write(tmp_path / "m.gguf", "llama", tokens, (3, 1, 6, 6, 1, 4))
    assert read(path, 6) == ["<s>", " the", "\n", "\\xe2", "é", "<0x0A>"]


def test_other_families_are_given_as_the_file_has_them(tmp_path: Path) -> None:
    path = write(tmp_path / "m.gguf", "bert", ("[CLS]", "##ing"), (3, 1))
    assert read(path, 2) == ["[CLS]", "##ing"]


def test_ids_outside_the_vocabulary_have_no_text(tmp_path: Path) -> None:
    path = write(tmp_path / "m.gguf", "gpt2", BYTE_LEVEL, TYPES)
    assert TokenTexts().read(path, 8, [-1, 1, 8, 10**9]) == {1: " the"}


def test_another_file_of_the_same_name_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "m.gguf", "gpt2", BYTE_LEVEL, TYPES)
    texts = TokenTexts()
    assert texts.read(path, 8, [1]) == {1: " the"}
    write(path, "gpt2", (*BYTE_LEVEL, "more"), (*TYPES, 1))
    os.utime(path, ns=(1, 1))
    assert texts.read(path, 8, [1]) == {}
    assert texts.read(path, 9, [1]) == {1: " the"}


@pytest.mark.parametrize("content", [None, b"", b"<html>", tiny_model()[:90]])
def test_a_file_that_is_no_model_gives_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "m.gguf"
    if content is not None:
        path.write_bytes(content)
    assert TokenTexts().read(path, 14, [1]) == {}
    assert TokenTexts().read(tmp_path, 14, [1]) == {}
    assert TokenTexts().read(Path("nul\0"), 14, [1]) == {}


@pytest.mark.weights
@pytest.mark.parametrize("name", [DEMO_MODEL, QWEN[0]])
def test_real_vocabularies_read_as_llama_cpp_writes_them(name: str) -> None:
    path = model_file(name)
    with llama_reference.loaded(path) as model:
        pieces = llama_reference.pieces(model)
    texts = TokenTexts().read(path, len(pieces), range(len(pieces)))
    wrong = [
        (token, piece, texts[token])
        for token, piece in enumerate(pieces)
        if piece and piece.decode("utf-8", "backslashreplace") != texts[token]
    ]
    assert len(texts) == len(pieces)
    assert wrong == []
