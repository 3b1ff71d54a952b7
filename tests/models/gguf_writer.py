"""Writes small GGUF files for tests, the malformed ones among them: nothing is checked, counts can lie."""

import struct
from collections.abc import Iterable

from slipstream.models.ggml_types import TENSOR_TYPES

U8, I8, U16, I16, U32, I32, F32, BOOL, STR, ARR, U64, I64, F64 = range(13)
CODES = dict(zip((U8, I8, U16, I16, U32, I32, F32, BOOL, U64, I64, F64), "BbHhIif?Qqd", strict=True))


def string(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def scalar(kind: int, value: object) -> bytes:
    return string(value) if isinstance(value, str | bytes) else struct.pack("<" + CODES[kind], value)


def pair(key: str | bytes, kind: int, value: object) -> bytes:
    """A key with a single value."""
    return string(key) + struct.pack("<I", kind) + scalar(kind, value)


def array(key: str | bytes, kind: int, values: Iterable[object], count: int | None = None) -> bytes:
    """A key with an array of which `count` claims the length."""
    values = list(values)
    head = struct.pack("<IIQ", ARR, kind, len(values) if count is None else count)
    return string(key) + head + b"".join(scalar(kind, value) for value in values)


def tensor(name: str, shape: Iterable[int], type: int, offset: int) -> bytes:
    shape = tuple(shape)
    return (
        string(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape) + struct.pack("<IQ", type, offset)
    )


def header(
    pairs: Iterable[bytes] = (),
    tensors: Iterable[bytes] = (),
    *,
    magic: bytes = b"GGUF",
    version: int = 3,
    pair_count: int | None = None,
    tensor_count: int | None = None,
) -> bytes:
    """A header up to the last tensor's description."""
    pairs, tensors = list(pairs), list(tensors)
    counts = (
        len(tensors) if tensor_count is None else tensor_count,
        len(pairs) if pair_count is None else pair_count,
    )
    return magic + struct.pack("<IQQ", version, *counts) + b"".join((*pairs, *tensors))


def padded(data: bytes, alignment: int = 32) -> bytes:
    return data + bytes(-len(data) % alignment)


def with_tensors(
    pairs: Iterable[bytes], tensors: Iterable[tuple[str, tuple[int, ...], int]], alignment: int = 32
) -> bytes:
    """A whole file: tensors of (name, shape, type), one behind the other, all zeros."""
    infos, data = [], b""
    for name, shape, type in tensors:
        infos.append(tensor(name, shape, type, len(data)))
        layout = TENSOR_TYPES[type]
        count = 1
        for length in shape:
            count *= length
        data += padded(bytes(count // layout.block * layout.size), alignment)
    return padded(header(pairs, infos), alignment) + data


TOKENS = ("<unk>", "<s>", "</s>", "a", "b", "c", "ab", "Ġ", "Ċ", "d", "e", "f", "g", "h")


def vocabulary_pairs(
    model: str = "gpt2", pre: str | None = "qwen2", tokens: Iterable[str | bytes] = TOKENS
) -> list[bytes]:
    tokens = list(tokens)
    pairs = [
        pair("tokenizer.ggml.model", STR, model),
        array("tokenizer.ggml.tokens", STR, tokens),
        array("tokenizer.ggml.scores", F32, [0.0] * len(tokens)),
        array("tokenizer.ggml.token_type", I32, [3, 3, 3] + [1] * (len(tokens) - 3)),
        array("tokenizer.ggml.merges", STR, ["a b"]),
    ]
    return pairs if pre is None else [*pairs, pair("tokenizer.ggml.pre", STR, pre)]


def model_pairs(architecture: str = "llama", **numbers: int) -> list[bytes]:
    """General metadata of a small model; `numbers` are keys of the architecture, "__" standing for "."."""
    told = {"context_length": 128, "embedding_length": 32, "block_count": 2, "attention.head_count": 4}
    told |= {key.replace("__", "."): value for key, value in numbers.items()}
    return [
        pair("general.architecture", STR, architecture),
        pair("general.name", STR, "Tiny"),
        pair("general.file_type", U32, 15),
        pair(f"{architecture}.attention.layer_norm_rms_epsilon", F32, 1e-5),
        *(pair(f"{architecture}.{key}", U32, value) for key, value in told.items()),
    ]


TENSORS = (("token_embd.weight", (32, 14), 0), ("blk.0.weight", (256, 2), 12), ("output.weight", (32, 3), 8))


def tiny_model(*more: bytes, **numbers: int) -> bytes:
    """A whole small model file with a vocabulary, and `more` key-values."""
    return with_tensors([*model_pairs(**numbers), *vocabulary_pairs(), *more], TENSORS)
