"""Verdicts on real vocabularies: each against llama.cpp's own rule, applied to what llama.cpp itself has loaded.

Vocabularies come from the models that tests use, from `$SLIPSTREAM_R1_VOCAB`, and from a folder of llama.cpp's
`ggml-vocab-*.gguf` files: what the set-up of the tests fetched, or what `$SLIPSTREAM_VOCABULARIES` names.
"""

import os
from functools import cache
from pathlib import Path

import llama_reference
import pytest
from real_models import QWEN, model_file, r1_vocabulary
from steps.test_data import VOCABULARIES

from slipstream.core.paths import DEMO_MODEL
from slipstream.core.vocabulary import Vocabulary
from slipstream.models.inspect import check_pair

pytestmark = pytest.mark.weights
FILES = {"demo": lambda: model_file(DEMO_MODEL), "coder": lambda: model_file(QWEN[0]), "r1": r1_vocabulary}


def find(name: str) -> Path:
    """A vocabulary by its short name; skips the test where it is not here."""
    if name in FILES:
        return FILES[name]()
    folder = Path(os.environ.get("SLIPSTREAM_VOCABULARIES", VOCABULARIES.folder)).expanduser()
    path = folder / f"ggml-vocab-{name}.gguf"
    if not path.is_file():
        pytest.skip(f"{path.name} is neither in $SLIPSTREAM_VOCABULARIES nor fetched")
    return path


def llama_cpps_verdict(target: Vocabulary, draft: Vocabulary) -> tuple[bool, int | None]:
    """`common_speculative_are_compatible`, step by step; and the first token it stops at."""
    same = target.type == draft.type
    same = same and target.add_bos == draft.add_bos and (not target.add_bos or target.bos == draft.bos)
    same = same and target.add_eos == draft.add_eos and (not target.add_eos or target.eos == draft.eos)
    same = same and abs(len(target.texts) - len(draft.texts)) <= 128
    pairs = enumerate(zip(target.texts, draft.texts, strict=False))
    first = next((i for i, (a, b) in pairs if i >= 5 and a != b), None)
    return same and first is None, first


@cache
def loaded(path: Path) -> Vocabulary:
    with llama_reference.loaded(path) as model:
        return llama_reference.vocabulary(model)


# target, draft, the first token that differs; None where the pair fits
PAIRS = [
    ("demo", "demo", None),
    ("coder", "demo", 5),
    ("r1", "coder", 151643),
    ("coder", "r1", 151643),
    ("r1", "demo", 5),
    ("coder", "qwen2", 151646),  # what is padding in one is a token in the other
    ("r1", "qwen2", 151643),
    ("qwen35", "qwen2", None),
    ("llama-spm", "phi-3", None),
    ("phi-3", "llama-spm", None),
    ("gpt-neox", "mpt", None),
    ("llama-bpe", "llama-spm", 5),
    ("deepseek-llm", "deepseek-coder", 294),
    ("gpt-2", "gpt-neox", 5),
    ("starcoder", "refact", 5),
    ("starcoder", "gpt-2", 5),
    ("falcon", "mpt", 5),
    ("aquila", "qwen2", 5),
    ("baichuan", "llama-spm", 5),
    ("bert-bge", "nomic-bert-moe", 5),
    ("command-r", "llama-bpe", 5),
    ("gemma-4", "llama-spm", 5),
]


@pytest.mark.parametrize(("target", "draft", "first"), PAIRS)
def test_the_verdict_is_llama_cpps(target: str, draft: str, first: int | None):
    paths = find(target), find(draft)
    verdict = check_pair(*paths)
    vocabularies = loaded(paths[0]), loaded(paths[1])
    assert (verdict.fits, llama_cpps_verdict(*vocabularies)) == (first is None, (first is None, first))
    if first is None:
        assert verdict.first_difference is None
        return
    assert verdict.first_difference.id == first
    texts = [vocabulary.texts[first].decode("utf-8", "replace") for vocabulary in vocabularies]
    assert [verdict.first_difference.target, verdict.first_difference.draft] == texts
    assert any(f"id {first}:" in reason for reason in verdict.reasons)
