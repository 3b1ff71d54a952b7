"""Small model files of given sizes, as targets and drafts."""

from collections.abc import Iterable

from gguf_writer import TOKENS, U32, model_pairs, pair, vocabulary_pairs, with_tensors

F16 = 1


def data(
    rows: int,
    *more: bytes,
    tokens: Iterable[str] = TOKENS,
    architecture: str = "llama",
    file_type: int = F16,
    **numbers: int,
) -> bytes:
    """A model whose only layer has so many rows of 64, in F16; `file_type` is what it says of itself."""
    tensors = (("token_embd.weight", (64, 32), F16), ("blk.0.ffn_up.weight", (64, rows), F16))
    general = [
        pairs
        for pairs in model_pairs(architecture, **{"block_count": 1, "embedding_length": 64} | numbers)
        if b"general.file_type" not in pairs
    ]
    pairs = [*general, pair("general.file_type", U32, file_type), *vocabulary_pairs(tokens=tokens), *more]
    return with_tensors(pairs, tensors)
