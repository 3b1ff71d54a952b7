"""Verdicts against llama-server itself: tiny models with random weights that carry real vocabularies.

`$SLIPSTREAM_LLAMA_SERVER` names the binary, `$SLIPSTREAM_VOCABULARIES` llama.cpp's folder of vocabulary files.
"""

import os
import random
import socket
import subprocess
import time
from pathlib import Path

import pytest
from gguf_writer import STR, U32, array, model_pairs, pair, with_tensors
from test_real_pairs import find

from slipstream.models.gguf import read_header
from slipstream.models.inspect import check_pair
from slipstream.models.sources import FileSource

pytestmark = [pytest.mark.weights, pytest.mark.heavy]
WIDTH, LAYERS = 64, 1
KINDS = dict(zip(("u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "str"), range(9), strict=True))
SECONDS = 120


def carrier(source: Path, path: Path, seed: int) -> Path:
    """A llama of one layer with random weights and the tokenizer of another file."""
    with FileSource(source) as file:
        found = read_header(file, source.name)
    pairs = [
        *(
            p
            for p in model_pairs(
                context_length=512, embedding_length=WIDTH, block_count=LAYERS, feed_forward_length=WIDTH
            )
            if b"general.file_type" not in p
        ),
        pair("llama.rope.dimension_count", U32, WIDTH // 4),
    ]
    for key, entry in found.metadata.items():
        if not key.startswith("tokenizer.ggml."):
            continue
        if entry.kind == "arr[str]":
            pairs.append(array(key, STR, found.strings(key).raw()))
        elif entry.kind.startswith("arr["):
            pairs.append(array(key, KINDS[entry.kind[4:-1]], list(entry.value)))
        else:
            pairs.append(pair(key, KINDS[entry.kind], entry.value))
    tokens = len(found.strings("tokenizer.ggml.tokens"))
    square = (WIDTH, WIDTH)
    tensors = [
        ("token_embd.weight", (WIDTH, tokens), 0),
        ("output_norm.weight", (WIDTH,), 0),
        *((f"blk.0.{name}.weight", (WIDTH,), 0) for name in ("attn_norm", "ffn_norm")),
        *(
            (f"blk.0.{name}.weight", square, 0)
            for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
        ),
    ]
    data = bytearray(with_tensors(pairs, tensors))
    chance = random.Random(seed)
    start = len(data) - tokens * WIDTH * 4
    noise = b"".join(chance.randbytes(3) + b"\x3c" for _ in range(1024))  # about ±0.01
    for offset in range(max(start, 0), len(data) - len(noise), len(noise)):
        data[offset : offset + len(noise)] = noise
    path.write_bytes(data)
    return path


def server_takes(server: str, target: Path, draft: Path, log: Path) -> bool:
    """Whether llama-server starts speculating with the pair, by its own words."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(
            server,
            "-m",
            str(target),
            "-md",
            str(draft),
            "-c",
            "256",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ),
        *("--no-ui", "-t", "1", "-lv", "4", "--spec-type", "draft-simple"),
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                text = log.read_text("utf-8", "replace")
                if "draft model vocab type must match" in text or "vocabs are not compatible" in text:
                    return False
                if "server is listening" in text or "all slots are idle" in text:
                    return True
                if process.poll() is not None:
                    raise AssertionError(f"llama-server ended: {text[-2000:]}")
                process_waits(process)
        finally:
            process.kill()
            process.wait()
    raise AssertionError(f"llama-server said nothing: {log.read_text()[-2000:]}")


def process_waits(process: "subprocess.Popen[bytes]") -> None:
    """A moment, or until the process ends."""
    try:
        process.wait(0.2)
    except subprocess.TimeoutExpired:
        return


@pytest.mark.parametrize(
    ("target", "draft"),
    [
        ("demo", "demo"),
        ("coder", "qwen2"),
        ("r1", "coder"),
        ("r1", "r1"),
        ("llama-spm", "phi-3"),
        ("gpt-2", "gpt-neox"),
        ("starcoder", "refact"),
        ("deepseek-llm", "deepseek-coder"),
    ],
)
def test_llama_server_says_the_same(tmp_path: Path, target: str, draft: str):
    server = os.environ.get("SLIPSTREAM_LLAMA_SERVER")
    if not server:
        pytest.skip("$SLIPSTREAM_LLAMA_SERVER names no llama-server")
    files = [
        carrier(find(name), tmp_path / f"{which}.gguf", seed)
        for seed, (which, name) in enumerate((("target", target), ("draft", draft)))
    ]
    assert check_pair(*files).fits == server_takes(server, *files, tmp_path / "log.txt")
