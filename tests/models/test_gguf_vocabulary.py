"""The vocabulary from a header against the one llama.cpp loads, defaults and oddities included."""

from pathlib import Path

import llama_reference
import pytest
from gguf_writer import BOOL, I32, STR, TOKENS, U32, array, header, model_pairs, pair, vocabulary_pairs

from slipstream.core.errors import ModelFileError
from slipstream.models.gguf import read_header
from slipstream.models.gguf_vocabulary import read_vocabulary
from slipstream.models.sources import FileSource

BOS, EOS = "tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id"
ADD_BOS, ADD_EOS = "tokenizer.ggml.add_bos_token", "tokenizer.ggml.add_eos_token"
# every byte, so that each tokenizer can find its newline
BYTES = tuple(f"<0x{byte:02X}>" for byte in range(256))


def ours(path: Path):
    with FileSource(path) as source:
        return read_vocabulary(read_header(source, path.name))


def theirs(path: Path):
    with llama_reference.loaded(path) as model:
        return llama_reference.vocabulary(model)


def write(folder: Path, pairs: list[bytes]) -> Path:
    path = folder / "vocabulary.gguf"
    path.write_bytes(header([*model_pairs(), *pairs]))
    return path


def agree(path: Path):
    """Both read the same; returns it."""
    found = ours(path)
    assert found == theirs(path)
    return found


@pytest.mark.parametrize(
    "pre",
    [
        *(
            None,
            "default",
            "qwen2",
            "deepseek-r1-qwen",
            "smollm",
            "llama-bpe",
            "llama3",
            "tekken",
            "chameleon",
        ),
        *("deepseek-llm", "deepseek-v3", "gpt-2", "chatglm-bpe", "glm4", "gpt-4o", "minicpm5", "kimi-k2"),
        *("falcon-h1", "pixtral", "lfm2", "midm-2.0", "jina-v5-nano", "glm5", "granite-embed-multi-311m"),
    ],
)
@pytest.mark.parametrize("told", [False, True], ids=["defaults", "told"])
def test_defaults_of_bpe(tmp_path, pre, told):
    pairs = vocabulary_pairs(pre=pre)
    if told:
        pairs += [pair(BOS, U32, 3), pair(EOS, U32, 4), pair(ADD_BOS, BOOL, False), pair(ADD_EOS, BOOL, True)]
    agree(write(tmp_path, pairs))


@pytest.mark.parametrize("told", [False, True], ids=["defaults", "told"])
@pytest.mark.parametrize("model", ["llama", "bert", "t5", "gemma4"])
def test_defaults_of_other_tokenizers(tmp_path, model, told):
    pairs = vocabulary_pairs(model, None, [*TOKENS, *BYTES])
    if told:
        pairs += [pair(BOS, U32, 3), pair(EOS, U32, 4), pair(ADD_BOS, BOOL, False), pair(ADD_EOS, BOOL, True)]
    agree(write(tmp_path, pairs))


def test_the_defaults_that_matter(tmp_path):
    """The same facts once more as plain numbers, should the oracle ever change."""

    def flags(pre, model="gpt2"):
        found = ours(write(tmp_path, vocabulary_pairs(model, pre)))
        return found.type, found.bos, found.eos, found.add_bos, found.add_eos

    assert flags("qwen2") == flags("deepseek-r1-qwen") == flags("smollm") == ("bpe", 11, 11, False, False)
    assert flags("llama-bpe") == ("bpe", 11, 11, True, False)
    assert flags("glm4") == ("bpe", None, 11, False, False)
    assert flags(None, "llama") == ("spm", 1, 2, True, False)


def test_ids_beyond_the_vocabulary_are_not_used(tmp_path):
    told = [pair(BOS, U32, len(TOKENS)), pair(EOS, U32, 2**32 - 1)]
    assert agree(write(tmp_path, [*vocabulary_pairs(), *told])).bos == 11
    few = agree(write(tmp_path, vocabulary_pairs(tokens=TOKENS[:10])))
    assert (few.bos, few.eos) == (None, None)


def test_odd_texts(tmp_path):
    """Empty texts get a name, a NUL ends a text, and bytes that are no UTF-8 stay as they are."""
    tokens = [*TOKENS, "", b"\xff\xfe", b"cut\0off", "日本"]
    found = agree(write(tmp_path, vocabulary_pairs(tokens=tokens)))
    assert found.texts[-4:] == [b"[EMPTY_14]", b"\xff\xfe", b"cut", "日本".encode()]


def test_a_model_without_tokenizer(tmp_path):
    pairs = [pair("tokenizer.ggml.model", STR, "none"), pair("llama.vocab_size", U32, 9)]
    found = ours(write(tmp_path, pairs))
    assert (found.type, len(found.texts), found.bos) == ("none", 9, None)


def test_a_tokenizer_of_the_future_keeps_its_texts(tmp_path):
    found = ours(write(tmp_path, [*vocabulary_pairs("braille", None), pair(BOS, U32, 3)]))
    assert (found.type, found.bos, found.eos, found.add_bos) == ("braille", 3, None, False)
    assert len(found.texts) == len(TOKENS)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([], "no tokenizer in the file"),
        ([pair("tokenizer.ggml.model", STR, "gpt2")], "no vocabulary in the file"),
        ([pair("tokenizer.ggml.model", U32, 1)], "tokenizer.ggml.model is u32"),
        (
            [pair("tokenizer.ggml.model", STR, "gpt2"), array("tokenizer.ggml.tokens", U32, [1])],
            r"tokens is arr\[u32\]",
        ),
        ([*vocabulary_pairs(), pair(BOS, I32, 1)], "bos_token_id is i32"),
        ([*vocabulary_pairs(), pair(ADD_BOS, U32, 1)], "add_bos_token is u32"),
        (
            [pair("tokenizer.ggml.model", STR, "none"), pair("llama.vocab_size", U32, 2**32 - 1)],
            "claims 4294967295 tokens",
        ),
    ],
)
def test_unusable_vocabularies(tmp_path, pairs, message):
    with pytest.raises(ModelFileError, match=message):
        ours(write(tmp_path, pairs))
