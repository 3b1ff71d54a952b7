"""Model files that are broken or meant to break: each is refused, in bounded time and memory, never a crash.

Every refusal is a ModelFileError; anything else that a reader raises is a bug and fails the test.
"""

import random
import struct
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from slipstream.core.errors import ModelFileError
from slipstream.core.paths import DEMO_MODEL
from slipstream.models.gguf import read_header
from slipstream.models.inspect import check_file, check_pair, describe, inspect, summarize
from slipstream.models.sources import FileSource
from slipstream.models.split_files import ModelFiles, read_model

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from gguf_writer import (
    ARR,
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
    padded,
    pair,
    string,
    tensor,
    tiny_model,
    with_tensors,
)
from memory_source import MemorySource
from real_models import model_file

SECONDS = 2.0  # for one file
MEMORY = 200 * 10**6  # bytes, for one file
MUTATIONS = 10_000


@pytest.fixture
def write(tmp_path):
    def write(data: bytes, size: int | None = None) -> Path:
        """A file; with `size`, continued by zeros that take no room on the disk."""
        path = tmp_path / "bad.gguf"
        with path.open("wb") as file:
            file.write(data)
            if size is not None:
                file.truncate(size)
        return path

    return write


def refusal(path: Path) -> str:
    """The message both entries refuse the file with."""
    with pytest.raises(ModelFileError) as one:
        check_file(path)
    with pytest.raises(ModelFileError) as other:
        inspect(path)
    assert str(one.value) == str(other.value)
    assert one.value.message.startswith("bad.gguf: ")
    assert one.value.hint
    assert one.value.one_line().isprintable()
    return one.value.message


# truncated


def test_truncated_at_every_byte():
    """In the header and in the tensors; the last tensor's padding alone may be missing."""
    data = tiny_model()
    needed = read_header(MemorySource(data), "bad.gguf").least_size
    for size in range(1, needed):
        with pytest.raises(ModelFileError, match=r"^bad\.gguf: truncated: "):
            read_memory(data[:size])
    assert len(read_memory(data[:needed]).header.tensors) == len(TENSORS)


@pytest.mark.parametrize("left", [1, 3, 4, 20, 700, 2000])
def test_truncated_files(write, left):
    assert "truncated: " in refusal(write(tiny_model()[:left]))


def test_truncated_in_the_tensors_tells_how_much_is_there(write):
    data = with_tensors(model_pairs(), [("a", (32, 100), 0), ("b", (32, 100), 0)])
    assert f"truncated: {len(data) - 1} of {len(data)} bytes" in refusal(write(data[:-1]))


def test_a_truncated_draft_is_no_pair(write, tmp_path):
    good = tmp_path / "good.gguf"
    good.write_bytes(tiny_model())
    with pytest.raises(ModelFileError, match="truncated"):
        check_pair(good, write(tiny_model()[:-60]))


# not a GGUF file


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "0 bytes"),
        (b"<!DOCTYPE html>\n<html><head><title>404</title>", "it is a web page"),
        (b"\xef\xbb\xbf\n  <HTML lang=en>", "it is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0123", "Git LFS pointer"),
        (b'{"error": "Repository not found"}', "it is JSON"),
        (struct.pack("<Q", 500) + b'{"__metadata__":{}}', "safetensors"),
        (b"PK\x03\x04" + bytes(60), "ZIP or PyTorch"),
        (b"tjgg" + bytes(60), "GGML file of 2023"),
        (bytes(5000), "it begins with b'"),
        (b"gguf" + bytes(60), "it begins with b'gguf'"),
        (b"\x1b[2J\x07 escape", "it begins with b'\\x1b[2J'"),
        (header(version=1), "version 1 is no longer supported"),
        (header(version=4), "version 4 is not known"),
        (header(version=0), "version 0 is not known"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "it is big-endian"),
        (b"GGUF" + struct.pack(">IQQ", 2, 0, 0), "it is big-endian"),
    ],
)
def test_not_a_gguf_file(write, data, reason):
    message = refusal(write(data))
    assert "not a GGUF file: " in message
    assert reason in message


# malformed: what a header can claim

PAD = bytes(4096)
LONG = struct.pack("<Q", 2**63)
MALFORMED = {
    "2^63 key-values": header(pair_count=2**63) + PAD,
    "2^64 - 1 key-values": header(pair_count=2**64 - 1) + PAD,
    "2^63 tensors": header(tensor_count=2**63) + PAD,
    "more key-values than bytes": header(pair_count=9999) + PAD,
    "key of 2^63 bytes": header([LONG]) + PAD,
    "key longer than the file": header([struct.pack("<Q", 65000)]) + PAD,
    "key of 65,536 bytes": header([pair(b"k" * 65536, U8, 1)]),
    "empty key": header([pair("", U8, 1)]),
    "key twice": header([pair("a", U8, 1), pair("a", U32, 2)]),
    "text of 2^63 bytes": header([string("a") + struct.pack("<I", STR) + LONG]) + PAD,
    "text of 2^64 - 1 bytes": header([string("a") + struct.pack("<IQ", STR, 2**64 - 1)]) + PAD,
    "unknown type": header([string("a") + struct.pack("<I", 13) + PAD]),
    "array of unknown type": header([string("a") + struct.pack("<IIQ", ARR, 99, 1) + PAD]),
    "array of arrays": header([string("a") + struct.pack("<IIQ", ARR, ARR, 1) + PAD]),
    "513 arrays in each other": header(
        [string("a") + struct.pack("<I", ARR) + struct.pack("<IQ", ARR, 1) * 513]
    ),
    "strings in an array, 2^63": header([array("a", STR, ["x"], count=2**63)]) + PAD,
    "strings in an array, 2^61": header([array("a", STR, ["x"], count=2**61)]) + PAD,
    "a string in an array of 2^63 bytes": header([string("a") + struct.pack("<IIQ", ARR, STR, 1) + LONG])
    + PAD,
    "a string that wraps around": header(
        [string("a") + struct.pack("<IIQ", ARR, STR, 2) + struct.pack("<Q", 2**64 - 8) + PAD]
    ),
    **{
        f"array of type {kind}, {count} elements": header([array("a", kind, [0], count=count)]) + PAD
        for kind in CODES
        for count in (2**64 - 1, 2**63, 2**62, 5000)
    },
    "alignment 0": with_tensors([pair("general.alignment", U32, 0)], TENSORS),
    "alignment 3": with_tensors([pair("general.alignment", U32, 3)], TENSORS),
    "alignment of another type": with_tensors([pair("general.alignment", U64, 32)], TENSORS),
    "alignment that is text": with_tensors([pair("general.alignment", STR, "32")], TENSORS),
    "alignment beyond the file": with_tensors([pair("general.alignment", U32, 2**31)], TENSORS),
    "five dimensions": header([], [tensor("t", (1, 1, 1, 1, 1), 0, 0)]) + PAD,
    "2^32 - 1 dimensions": header([], [string("t") + struct.pack("<I", 2**32 - 1)]) + PAD,
    "negative dimension": header([], [tensor("t", (2**63,), 0, 0)]) + PAD,
    "elements beyond 2^63": header([], [tensor("t", (2**32, 2**31), 0, 0)]) + PAD,
    "elements beyond 2^63, times 0": header([], [tensor("t", (2**32, 2**32, 0), 0, 0)]) + PAD,
    "elements beyond 2^64": header([], [tensor("t", (2**40, 2**40, 2**40), 12, 0)]) + PAD,
    "size beyond 2^63": header([], [tensor("t", (2**62,), 0, 0)]) + PAD,
    "rows that are no blocks": header([], [tensor("t", (100,), 12, 0)]) + PAD,
    "a block in no dimension": header([], [tensor("t", (), 12, 0)]) + PAD,
    "offset of 2^64 - 32": header([], [tensor("t", (32,), 0, 2**64 - 32)]) + PAD,
    "offset that is not aligned": header([], [tensor("t", (32,), 99, 7)]) + PAD,
    "offset that is not aligned, behind an unknown size": header(
        [], [tensor("t", (32,), 99, 0), tensor("u", (32,), 0, 7)]
    )
    + PAD,
    "offset of 2^64 - 32, behind an unknown size": header(
        [], [tensor("t", (32,), 99, 0), tensor("u", (32,), 99, 2**64 - 32)]
    )
    + PAD,
    "a gap": header([], [tensor("t", (32,), 0, 32)]) + PAD,
    "two at one place": header([], [tensor("t", (32,), 0, 0), tensor("u", (32,), 0, 0)]) + PAD,
    "tensor twice": header([], [tensor("t", (8,), 0, 0), tensor("t", (8,), 0, 32)]) + PAD,
    "tensor name of 64 bytes": header([], [tensor("t" * 64, (8,), 0, 0)]) + PAD,
    "tensor name of 2^63 bytes": header([], [LONG]) + PAD,
}


@pytest.mark.parametrize("what", MALFORMED)
def test_malformed(write, what):
    path = write(MALFORMED[what])
    begin = time.perf_counter()
    tracemalloc.start()
    try:
        message = refusal(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "damaged GGUF file: " in message or "truncated: " in message
    assert time.perf_counter() - begin < SECONDS
    assert peak < 10**7


@pytest.mark.parametrize("what", ["size beyond 2^63", "offset of 2^64 - 32, behind an unknown size"])
def test_what_no_file_can_hold_is_not_called_truncated(write, what):
    assert "ends beyond all files" in refusal(write(MALFORMED[what]))


def test_513_layers(write):
    """A well-formed header at which llama.cpp would abort."""
    path = write(tiny_model(block_count=513))
    with pytest.raises(ModelFileError, match=r"bad\.gguf: cannot be loaded: it has 513 layers"):
        check_file(path)


# as large as the limits allow, and larger


def strings(key: str, count: int) -> bytes:
    """The head of an array of `count` strings; zeros that follow are empty strings."""
    return string(key) + struct.pack("<IIQ", ARR, STR, count)


def many_empty_arrays(count: int) -> list[bytes]:
    return [strings(f"k{i}", 2**20) + bytes(8 * 2**20) for i in range(count)]


BOMBS = {
    "text of 1 GB": (header([string("a") + struct.pack("<IQ", STR, 2**30)]), 2**31),
    "bytes of 1 GB": (header([string("a") + struct.pack("<IIQ", ARR, U8, 2**30)]), 2**31),
    "2^27 empty strings": (header([strings("a", 2**27)]), 2**31),
    "empty strings up to the limit": (header(many_empty_arrays(2)), None),
    "empty strings over the limit": (header(many_empty_arrays(6)), None),
    "a million empty tokens": (
        header([pair("tokenizer.ggml.model", STR, "gpt2"), strings("tokenizer.ggml.tokens", 2**20)]),
        2**23 + 200,
    ),
    "16 MB of text": (header([pair("a", STR, "x" * (16 * 2**20 - 4) + "\U0001f600")]), None),
    "17 MB of text": (header([pair("a", STR, "x" * 2**24), pair("b", STR, "x" * 2**20)]), None),
    "740 long keys": (
        header([pair(f"{i:03d}\U0001f600".ljust(65_000, "k"), U8, 1) for i in range(740)]),
        None,
    ),
    "10,000 arrays": (header([array(f"k{i}", I32, range(20)) for i in range(10_000)]), None),
    "40 MB of numbers": (
        header([string(f"k{i}") + struct.pack("<IIQ", ARR, F64, 2**20) + bytes(2**23) for i in range(5)]),
        None,
    ),
    "100,000 tensors": (
        padded(header([], [tensor(f"t{i}", (), 0, 32 * i) for i in range(100_000)])),
        2**24,
    ),
    "zeros": (header(pair_count=10_000), 2**31),
    "40 tebibytes": (header([], [tensor("t", (2**40, 10), 0, 0)]), 2**31),
}


# reads a file in a process that may grow by so many bytes; prints seconds of processor time
MEASURE = """
import resource, sys, time
from slipstream.core.errors import ModelFileError
from slipstream.models.inspect import describe, inspect
with open("/proc/self/statm") as file:
    size = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + int(sys.argv[2]),) * 2)
began = time.process_time()
try:
    describe(inspect(sys.argv[1]))
except ModelFileError:
    pass
print(time.process_time() - began)
"""


def measure(path: Path, memory: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", MEASURE, path, str(memory)], capture_output=True, check=False, text=True
    )


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits the memory as Linux does")
@pytest.mark.parametrize("what", BOMBS)
def test_large_headers_stay_in_bounds(write, what):
    """Read or refused, but quickly, and without the memory they claim."""
    ran = measure(write(*BOMBS[what]), MEMORY)
    assert ran.returncode == 0, ran.stderr[-500:]
    assert float(ran.stdout) < SECONDS


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits the memory as Linux does")
def test_the_measure_of_memory_can_fail(write):
    ran = measure(write(*BOMBS["40 MB of numbers"]), 20 * 10**6)
    assert "MemoryError" in ran.stderr


# mutations of real headers


def compact_demo_header() -> bytes:
    """The demo model's header with its first 100 tokens and 40 tensors: real keys, quick to read."""
    path = model_file(DEMO_MODEL)
    with FileSource(path) as source:
        found = read_header(source, path.name)
    kinds = dict(zip(("u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "str"), range(9), strict=True))
    pairs = []
    for key, entry in found.metadata.items():
        if entry.kind == "arr[str]":
            pairs.append(array(key, STR, found.strings(key).raw()[:100]))
        elif entry.kind.startswith("arr["):
            pairs.append(array(key, kinds[entry.kind[4:-1]], list(entry.value)[:100]))
        else:
            pairs.append(pair(key, kinds[entry.kind], entry.value))
    return padded(header(pairs, [tensor(t.name, t.shape, t.type, t.offset) for t in found.tensors[:40]]))


EDGES = (0, 1, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**63 - 1, 2**63, 2**64 - 32, 2**64 - 1)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four changes of the kinds that break readers."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(changed))
        match chance.randrange(7):
            case 0 | 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                changed[at : at + 8] = struct.pack("<Q", chance.choice(EDGES))
            case 3:
                changed[at : at + 4] = struct.pack("<I", chance.choice(EDGES) % 2**32)
            case 4:
                changed[at:at] = chance.randbytes(chance.randrange(1, 16))
            case 5:
                del changed[at : at + chance.randrange(1, 16)]
            case _:
                other = chance.randrange(len(changed))
                changed[at : at + 64] = changed[other : other + 64]
    if chance.random() < 0.02:
        del changed[chance.randrange(len(changed)) :]
    return bytes(changed)


def read_memory(data: bytes, size: int | None = None) -> ModelFiles:
    return read_model("bad.gguf", lambda _: MemorySource(data, size))


def survives(data: bytes, size: int | None) -> bool:
    """Whether the file can be summarized; every other end than a refusal is a bug, and raises."""
    try:
        describe(summarize(read_memory(data, size), "bad.gguf"))
    except ModelFileError:
        return False
    return True


def fuzz(data: bytes, size: int, seed: int, rounds: int) -> None:
    """Mutate the header `data` of a file of `size` bytes, `rounds` times; both ends must occur."""
    chance = random.Random(seed)
    assert survives(data, size)
    read = 0
    for number in range(rounds):
        changed = mutate(data, chance)
        # zeros go on behind it as far as the tensors did, unless the mutation cut it
        whole = size if len(changed) > len(data) // 2 else None
        began = time.perf_counter()
        read += survives(changed, whole)
        assert time.perf_counter() - began < SECONDS, f"mutation {number} of seed {seed}"
    assert rounds // 100 < read < rounds * 9 // 10


def test_mutations_of_a_small_header():
    data = tiny_model(
        pair("general.alignment", U32, 32),
        pair("tokenizer.ggml.bos_token_id", U32, 1),
        pair("tokenizer.chat_template", STR, "{{ x }}"),
        array("numbers", F32, [0.5] * 8),
    )
    fuzz(data, len(data), seed=1, rounds=MUTATIONS // 2)


@pytest.mark.weights
def test_mutations_of_a_real_header():
    fuzz(compact_demo_header(), model_file(DEMO_MODEL).stat().st_size, seed=2, rounds=MUTATIONS // 2)


def test_mutations_take_no_memory():
    data = tiny_model()
    chance = random.Random(3)
    tracemalloc.start()
    try:
        for _ in range(300):
            survives(mutate(data, chance), 2**31)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
