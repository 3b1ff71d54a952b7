"""Hashes of files, remembered as long as a file stays what it was."""

import hashlib
import os
from pathlib import Path

import pytest

from slipstream.core.file_hashes import FileHashes, sha256_of


def test_a_hash_is_that_of_the_bytes_and_of_all_parts_in_their_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    assert sha256_of([first]) == hashlib.sha256(b"one").hexdigest()
    assert sha256_of([first, second]) == hashlib.sha256(b"onetwo").hexdigest()


def test_it_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file, memory = tmp_path / "model", tmp_path / "cache" / "hashes.json"
    file.write_bytes(b"aaaa")
    os.utime(file, ns=(5, 5))
    before = FileHashes(memory).of([file])
    file.write_bytes(b"bbbb")
    os.utime(file, ns=(5, 5))  # the same size and time: nobody reads it again
    assert FileHashes(memory).of([file]) == before
    os.utime(file, ns=(5, 6))
    assert FileHashes(memory).of([file]) == hashlib.sha256(b"bbbb").hexdigest()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 3}', '{"x": []}'])
def test_a_memory_that_is_damaged_costs_time_only(tmp_path: Path, content: str) -> None:
    file, memory = tmp_path / "model", tmp_path / "hashes.json"
    file.write_bytes(b"aaaa")
    memory.write_text(content)
    assert FileHashes(memory).of([file]) == hashlib.sha256(b"aaaa").hexdigest()
    memory.unlink()
    memory.mkdir()
    assert FileHashes(memory).of([file]) == hashlib.sha256(b"aaaa").hexdigest()
