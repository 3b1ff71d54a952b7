"""The header reader on small files written here: values, tensors, and how it reads."""

import struct
import time
import tracemalloc

import pytest
from gguf_writer import (
    ARR,
    BOOL,
    CODES,
    F32,
    F64,
    I32,
    STR,
    TENSORS,
    U8,
    U32,
    U64,
    array,
    header,
    model_pairs,
    pair,
    string,
    tensor,
    tiny_model,
    with_tensors,
)
from memory_source import MemorySource

from slipstream.core.errors import ModelFileError
from slipstream.models.gguf import read_header, require_complete
from slipstream.models.gguf_cursor import Limits
from slipstream.models.sources import FileSource


def read(data: bytes, **options):
    return read_header(MemorySource(data), "m.gguf", **options)


@pytest.mark.parametrize("version", [2, 3])
def test_every_kind_of_value(version):
    numbers = {kind: (1 if code == "?" else 1.5 if code in "fd" else 7) for kind, code in CODES.items()}
    names = ["u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "u64", "i64", "f64"]
    pairs = [pair(f"n{kind}", kind, value) for kind, value in numbers.items()]
    pairs += [array(f"a{kind}", kind, [value, value]) for kind, value in numbers.items()]
    pairs += [pair("s", STR, "grün"), array("texts", STR, ["a", "", "日本", b"\xff"])]
    found = read(header(pairs, version=version))
    assert found.version == version
    for (kind, value), name in zip(numbers.items(), names, strict=True):
        assert found.metadata[f"n{kind}"].kind == name
        assert found.metadata[f"n{kind}"].value == value
        assert found.metadata[f"a{kind}"].kind == f"arr[{name}]"
        assert list(found.metadata[f"a{kind}"].value) == [value, value]
    assert found.metadata["n7"].value is True
    assert found.text("s") == "grün"
    assert found.metadata["texts"].kind == "arr[str]"
    texts = found.strings("texts")
    assert list(texts) == ["a", "", "日本", "\ufffd"]
    assert texts.raw() == [b"a", b"", "日本".encode(), b"\xff"]
    assert (texts[-2], texts[1:3]) == ("日本", ["", "日本"])
    with pytest.raises(IndexError):
        texts[4]


def test_extreme_numbers_keep_their_sign_and_size():
    found = read(header([pair("u", U64, 2**64 - 1), pair("i", I32, -(2**31)), pair("f", F64, -1e300)]))
    assert [entry.value for entry in found.metadata.values()] == [2**64 - 1, -(2**31), -1e300]


def test_empty_arrays():
    found = read(header([array("n", F32, []), array("s", STR, [])]))
    assert list(found.metadata["n"].value) == []
    assert found.strings("s").raw() == []


def test_tensors():
    found = read(tiny_model())
    assert [(t.name, t.shape, t.type) for t in found.tensors] == list(TENSORS)
    assert [t.type_name for t in found.tensors] == ["F32", "Q4_K", "Q8_0"]
    assert [t.size for t in found.tensors] == [32 * 14 * 4, 2 * 144, 3 * 34]
    assert [t.offset for t in found.tensors] == [0, 1792, 2080]
    assert found.parameter_count == 32 * 14 + 512 + 96
    assert found.data_offset % 32 == 0
    # the file's last tensor is padded, but the padding need not be there
    assert found.least_size == found.data_offset + 2080 + 102 == len(tiny_model()) - 26


def test_a_scalar_tensor_and_an_empty_one():
    found = read(with_tensors([], [("scalar", (), 0), ("empty", (0, 5), 0), ("last", (1,), 0)]))
    assert [(t.elements, t.size, t.offset) for t in found.tensors] == [(1, 4, 0), (0, 0, 32), (1, 4, 32)]


@pytest.mark.parametrize("alignment", [1, 8, 64, 4096])
def test_alignment(alignment):
    data = with_tensors([pair("general.alignment", U32, alignment)], TENSORS, alignment)
    found = read(data)
    assert found.alignment == alignment
    assert found.data_offset % alignment == 0
    require_complete(found, len(data))


def test_without_tensors_nothing_is_padded():
    data = header([pair("a", U8, 1)])
    assert len(data) % 32
    assert read(data).least_size == len(data)


def test_unknown_tensor_types_are_named_not_refused():
    data = header([], [tensor("new", (64,), 99, 0), tensor("known", (8,), 0, 4096)])
    found = read(data + bytes(-len(data) % 32))
    assert found.unknown_types == (99,)
    assert found.tensors[0].size is None
    assert found.tensors[0].type_name == "type 99"
    assert found.least_size == found.data_offset + 4096 + 32


def test_what_is_asked_of_a_header():
    found = read(
        tiny_model(
            pair("general.size_label", STR, "7B"),
            pair("general.license", STR, "mit"),
            pair("tokenizer.chat_template", STR, "{{ x }}"),
            array("llama.attention.head_count_kv", U32, [1, 2]),
            nextn_predict_layers=1,
        )
    )
    assert (found.architecture, found.name, found.size_label) == ("llama", "Tiny", "7B")
    assert (found.license, found.chat_template, found.quantization) == ("mit", "{{ x }}", "Q4_K_M")
    assert (found.context_length, found.block_count, found.mtp_layers) == (128, 2, 1)
    assert (found.embedding_length, found.heads, found.kv_heads) == (32, (4,), (1, 2))


def test_what_a_header_does_not_tell_is_none():
    found = read(header())
    told = (found.architecture, found.name, found.context_length, found.heads, found.kv_heads)
    assert told == (None,) * 5
    assert (found.quantization, found.chat_template, found.mtp_layers) == (None, None, 0)


def test_kv_heads_are_as_many_as_heads_where_not_told():
    assert read(header(model_pairs())).kv_heads == (4,)


@pytest.mark.parametrize(
    ("file_type", "name"),
    [(0, "F32"), (7, "Q8_0"), (15 + 1024, "Q4_K_M (guessed)"), (200, "file type 200")],
)
def test_quantization(file_type, name):
    assert read(header([pair("general.file_type", U32, file_type)])).quantization == name


def test_quantization_is_guessed_from_the_tensors():
    found = read(with_tensors([], [("a", (32,), 8), ("b", (32,), 8), ("c", (1000,), 0)]))
    assert found.quantization == "Q8_0 (guessed)"


@pytest.mark.parametrize(
    ("key", "kind", "value", "ask"),
    [
        ("general.name", U32, 1, lambda h: h.name),
        ("llama.block_count", F32, 1.0, lambda h: h.block_count),
        ("llama.block_count", BOOL, True, lambda h: h.block_count),
        ("llama.attention.head_count", STR, "4", lambda h: h.heads),
    ],
)
def test_a_value_of_another_type_is_damage(key, kind, value, ask):
    found = read(header([pair("general.architecture", STR, "llama"), pair(key, kind, value)]))
    with pytest.raises(ModelFileError, match=f"m.gguf: damaged GGUF file: {key} is "):
        ask(found)


def test_reads_ahead_in_few_reads_and_stops_at_the_header():
    """A remote file is read by ranges: 6 MB of header in some 5 requests, none far into the tensors."""
    data = header([array("t", STR, [b"x" * 20] * 200_000)])
    source = MemorySource(data, 50_000_000)
    read_header(source, "m.gguf")
    assert len(source.reads) <= 7
    assert max(offset + length for offset, length in source.reads) < len(data) + 2**22 + 2**18


def test_a_source_may_give_less_than_asked():
    data = tiny_model()
    assert read_header(MemorySource(data, most=7), "m").tensors == read(data).tensors


def test_a_source_that_ends_before_its_size():
    class Shrunk(MemorySource):
        def read(self, offset, length):
            return super().read(offset, length)[: max(0, 300 - offset)]

    with pytest.raises(ModelFileError, match="truncated"):
        read_header(Shrunk(tiny_model()), "m.gguf")


def test_a_source_that_fails():
    class Broken(MemorySource):
        def read(self, offset, length):
            raise OSError(5, "Input/output error")

    with pytest.raises(ModelFileError, match=r"m\.gguf: cannot be read: Input/output error"):
        read_header(Broken(tiny_model()), "m.gguf")


def test_a_file_as_source(tmp_path):
    path = tmp_path / "tiny.gguf"
    path.write_bytes(tiny_model())
    with FileSource(path) as source:
        assert source.size == path.stat().st_size
        assert source.read(0, 4) == b"GGUF"
        assert source.read(source.size, 4) == b""
        assert read_header(source, "tiny.gguf").name == "Tiny"


def test_time_is_limited():
    with pytest.raises(ModelFileError, match="takes longer than 0 s"):
        read(tiny_model(), limits=Limits(seconds=0))


def test_time_is_limited_while_a_source_is_slow():
    class Slow(MemorySource):
        def read(self, offset, length):
            time.sleep(0.01)
            return super().read(offset, length)

    source = Slow(tiny_model(), most=1)
    with pytest.raises(ModelFileError, match=r"takes longer than 0\.05 s"):
        read_header(source, "m.gguf", Limits(seconds=0.05))
    assert len(source.reads) < 10


def test_what_was_read_ahead_is_not_kept():
    source = MemorySource(tiny_model(), size=10**8)
    tracemalloc.start()
    try:
        header = read_header(source, "m.gguf")
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert header.strings("tokenizer.ggml.tokens")[-1] == "h"
    assert kept < 50_000


def test_limits_can_be_set():
    data = header([pair(f"k{i}", U8, 1) for i in range(5)])
    assert len(read(data, limits=Limits(key_values=5)).metadata) == 5
    with pytest.raises(ModelFileError, match="claims 5 key-values, 4 are allowed"):
        read(data, limits=Limits(key_values=4))
    with pytest.raises(ModelFileError, match="larger than 60 bytes"):
        read(data, limits=Limits(header_bytes=60))
    with pytest.raises(ModelFileError, match="b is 2 bytes long"):
        read(header([pair("a", STR, "xy"), pair("b", STR, "xy")]), limits=Limits(text_bytes=5))
    with pytest.raises(ModelFileError, match="b has 2 elements"):
        read(header([array("a", STR, "xy"), array("b", STR, "xy")]), limits=Limits(strings=3))
    with pytest.raises(ModelFileError, match="a has 2 elements"):
        read(header([array("a", U8, [1, 2])]), limits=Limits(array_length=1))
    with pytest.raises(ModelFileError, match="claims 3 tensors, 2 are allowed"):
        read(tiny_model(), limits=Limits(tensors=2))


def test_array_of_arrays_is_refused_at_the_first_level():
    nested = string("n") + struct.pack("<IIQ", ARR, ARR, 1) * 513
    with pytest.raises(ModelFileError, match="n is an array of arrays"):
        read(header([nested + bytes(64)]))
