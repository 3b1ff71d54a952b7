"""What is kept of a header: summary, shape, digest of the vocabulary, and what a file is instead of a model."""

import pytest
from gguf_writer import (
    BOOL,
    STR,
    TENSORS,
    TOKENS,
    U32,
    header,
    model_pairs,
    pair,
    tiny_model,
    vocabulary_pairs,
    with_tensors,
)
from memory_source import MemorySource

from slipstream.core.vocabulary import Vocabulary, compare_vocabularies
from slipstream.models.card import read_card, vocabulary_digest
from slipstream.models.plain_json import from_json, to_json
from slipstream.models.split_files import read_model

BASE = Vocabulary("bpe", 1, 2, True, False, TOKENS)


def card(data):
    return read_card(read_model("m.gguf", lambda _: MemorySource(data)), "m.gguf")


def test_a_model():
    found = card(tiny_model())
    assert (found.problem, found.chats, found.recurrent) == (None, True, False)
    assert (found.summary.name, found.summary.size) == ("Tiny", len(tiny_model()))
    assert found.shape is not None
    assert len(found.vocabulary_digest) == 64


def test_a_card_can_be_kept():
    found = card(tiny_model())
    assert from_json(type(found), to_json(found)) == found


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (tiny_model(pair("general.type", STR, "mmproj")), "an image or sound encoder, not a chat model"),
        (tiny_model(pair("general.type", STR, "adapter")), "an adapter"),
        (with_tensors(model_pairs("bert"), TENSORS), "an embedding model, not a chat model"),
        (with_tensors(model_pairs("clip"), TENSORS), "an image or sound encoder"),
        (header([*model_pairs(), *vocabulary_pairs()]), "no tensors: a vocabulary, not a model"),
        (with_tensors(model_pairs(), TENSORS), "no tokenizer in the file"),
        (tiny_model(block_count=513), "cannot be loaded: it has 513 layers"),
    ],
)
def test_what_is_no_chat_model(data, problem):
    assert card(data).problem.startswith(problem)


def test_a_recurrent_model():
    assert card(with_tensors([*model_pairs("mamba"), *vocabulary_pairs()], TENSORS)).recurrent


def test_a_name_of_a_megabyte_is_not_kept():
    found = card(tiny_model(pair("general.license", STR, "x" * 2**20)))
    assert len(found.summary.license) == 300


@pytest.mark.parametrize(
    "other",
    [
        BASE,
        Vocabulary("bpe", 1, 9, True, False, TOKENS),  # an end of text that is not added is of no account
        Vocabulary("bpe", 1, 2, True, False, ["?", *TOKENS[1:]]),  # nor are the first few texts
    ],
)
def test_vocabularies_that_fit_have_one_digest(other):
    assert vocabulary_digest(other) == vocabulary_digest(BASE)
    assert compare_vocabularies(BASE, other).fits


@pytest.mark.parametrize(
    "other",
    [
        Vocabulary("spm", 1, 2, True, False, TOKENS),
        Vocabulary("bpe", 3, 2, True, False, TOKENS),
        Vocabulary("bpe", 1, 2, False, False, TOKENS),
        Vocabulary("bpe", 1, 2, True, True, TOKENS),
        Vocabulary("bpe", 1, 2, True, False, [*TOKENS[:-1], "x"]),
        Vocabulary("bpe", 1, 2, True, False, [*TOKENS[:-2], TOKENS[-2] + TOKENS[-1][:1], TOKENS[-1][1:]]),
    ],
)
def test_vocabularies_that_do_not_fit_have_another(other):
    assert vocabulary_digest(other) != vocabulary_digest(BASE)
    assert not compare_vocabularies(BASE, other).fits


def test_texts_and_bytes_have_one_digest():
    as_bytes = Vocabulary("bpe", 1, 2, True, False, [text.encode() for text in TOKENS])
    assert vocabulary_digest(as_bytes) == vocabulary_digest(BASE)


def test_padding_is_another_digest_though_it_fits():
    padded = Vocabulary("bpe", 1, 2, True, False, [*TOKENS, "[PAD14]"])
    assert vocabulary_digest(padded) != vocabulary_digest(BASE)
    assert compare_vocabularies(BASE, padded).fits


def test_flags_of_the_file_are_in_it():
    bos = [pair("tokenizer.ggml.bos_token_id", U32, 1), pair("tokenizer.ggml.add_bos_token", BOOL, True)]
    assert card(tiny_model(*bos)).vocabulary_digest != card(tiny_model()).vocabulary_digest
