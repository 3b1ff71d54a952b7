"""The vocabulary in a GGUF header, as llama.cpp will see it once the model is loaded.

Follows `llama_vocab::impl::load` (llama.cpp, `src/llama-vocab.cpp`), which fills in what a file leaves out:
by tokenizer the ids of bos and eos, by tokenizer and pre-tokenizer whether they are added. Not covered:
`hybriddna`, whose k-mers llama.cpp renames.
"""

from dataclasses import dataclass

from slipstream.core.errors import ModelFileError
from slipstream.core.vocabulary import Vocabulary
from slipstream.models.gguf_header import GgufHeader

MAX_DUMMY_TOKENS = 2**20


@dataclass(frozen=True, slots=True)
class _Family:
    """A tokenizer's type, by llama.cpp's name in lower case, and its defaults."""

    type: str
    bos: int | None
    eos: int | None
    add_bos: bool = False
    add_eos: bool = False


_FAMILIES = {  # by tokenizer.ggml.model
    "llama": _Family("spm", 1, 2, add_bos=True),
    "bert": _Family("wpm", 101, None, add_bos=True),
    "gpt2": _Family("bpe", 11, 11),
    "hybriddna": _Family("bpe", 11, 11),
    "whitespace": _Family("bpe", 11, 11),
    "gemma4": _Family("bpe", None, None),
    "t5": _Family("ugm", None, 1, add_eos=True),
    "rwkv": _Family("rwkv", None, None),
    "plamo2": _Family("plamo2", 1, 2),
    "test": _Family("test", None, None),
}
_NO_TOKENIZER = ("none", "no_vocab")
# tokenizer.ggml.pre of type bpe
_ADD_BOS = frozenset(
    (
        *("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"),
        *("jina-v5-nano", "tekken", "chameleon"),
    )
)
_NO_BOS = frozenset(("chatglm-bpe", "glm4", "glm5"))
_ALWAYS_ADD_BOS = frozenset(("gemma4", "granite-embed-multi-311m"))  # whatever the file says


def read_vocabulary(header: GgufHeader) -> Vocabulary:
    """Raises ModelFileError where the header has no vocabulary, or one that llama.cpp would refuse."""
    vocabulary = find_vocabulary(header)
    if vocabulary is None:
        raise ModelFileError(f"{header.file}: no tokenizer in the file")
    return vocabulary


def find_vocabulary(header: GgufHeader) -> Vocabulary | None:
    """As `read_vocabulary`; None where the header names no tokenizer."""
    model = header.text("tokenizer.ggml.model")
    if model is None:
        return None
    if model in _NO_TOKENIZER:
        return _dummy(header)
    # A tokenizer newer than this table still has texts and told ids.
    family = _FAMILIES.get(model, _Family(model, None, None))
    pre = "gemma4" if model == "gemma4" else header.text("tokenizer.ggml.pre") or ""
    pre = pre if family.type == "bpe" else ""

    tokens = header.strings("tokenizer.ggml.tokens")
    if tokens is None:
        raise ModelFileError(f"{header.file}: no vocabulary in the file")
    texts = tokens.raw()
    for i, text in enumerate(texts):
        if not text:
            texts[i] = b"[EMPTY_%d]" % i
        elif b"\0" in text:  # llama.cpp gives its texts out as C strings
            texts[i] = text.partition(b"\0")[0]

    def special(key: str, default: int | None) -> int | None:
        told = header.integer(key, "u32")
        id = default if told is None or told >= len(texts) else told
        return id if id is not None and id < len(texts) else None

    def added(key: str, default: bool) -> bool:
        told = header.flag(key)
        return default if told is None else told

    return Vocabulary(
        type=family.type,
        bos=special("tokenizer.ggml.bos_token_id", None if pre in _NO_BOS else family.bos),
        eos=special("tokenizer.ggml.eos_token_id", family.eos),
        add_bos=added("tokenizer.ggml.add_bos_token", family.add_bos or pre in _ADD_BOS)
        or pre in _ALWAYS_ADD_BOS,
        add_eos=added("tokenizer.ggml.add_eos_token", family.add_eos),
        texts=texts,
    )


def _dummy(header: GgufHeader) -> Vocabulary:
    """A model without a tokenizer: llama.cpp gives it as many empty tokens as it claims to have."""
    size = header.integer(f"{header.architecture}.vocab_size", "u32") or 0
    if size > MAX_DUMMY_TOKENS:
        raise ModelFileError(f"{header.file}: damaged GGUF file: it claims {size} tokens")
    return Vocabulary("none", None, None, add_bos=False, add_eos=False, texts=[b""] * size)
