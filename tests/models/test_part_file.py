"""The file that grows: appended to, locked, checked, renamed."""

import hashlib
import os
from pathlib import Path

import pytest
from hub_server import git_oid

from slipstream.core.errors import DownloadError
from slipstream.models.hub_data import Checksum
from slipstream.models.part_file import PartFile, has_checksum

DATA = b"GGUF" + bytes(range(256)) * 40
SHA256 = Checksum("sha256", hashlib.sha256(DATA).hexdigest())
HALF = len(DATA) // 2


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def part_file(place: Path, checksum: Checksum = SHA256) -> PartFile:
    return PartFile(place, len(DATA), checksum)


def part(place: Path) -> Path:
    return place.with_name("model.gguf.part")


@pytest.mark.parametrize("checksum", [SHA256, Checksum("git-sha1", git_oid(DATA))])
def test_a_file_grows_and_gets_its_name(place: Path, checksum: Checksum) -> None:
    with part_file(place, checksum) as file:
        assert file.size == 0
        file.write(DATA[:HALF])
        assert part(place).read_bytes() == DATA[:HALF]
        assert not place.exists()
        file.write(DATA[HALF:])
        file.finish()
    assert place.read_bytes() == DATA
    assert not part(place).exists()


def test_what_is_there_is_taken_up(place: Path) -> None:
    with part_file(place) as file:
        file.write(DATA[:HALF])
    looks: list[int] = []
    with part_file(place) as file:
        assert file.size == HALF
        file.take_up(looks.append)
        file.write(DATA[HALF:])
        file.finish()
    assert looks == [HALF]
    assert place.read_bytes() == DATA


def test_a_wrong_byte_is_refused_and_the_file_dropped(place: Path) -> None:
    with part_file(place) as file:
        file.write(DATA[:-1] + b"x")
        with pytest.raises(DownloadError, match="SHA-256 is not the hub's"):
            file.finish()
    assert not place.exists()
    assert not part(place).exists()


def test_a_wrong_byte_from_before_is_found_too(place: Path) -> None:
    part(place).write_bytes(b"x" + DATA[1:HALF])
    looks: list[int] = []
    with part_file(place) as file:
        file.take_up(looks.append)
        file.write(DATA[HALF:])
        with pytest.raises(DownloadError, match="damaged"):
            file.finish()


def test_a_file_that_is_not_whole_gets_no_name(place: Path) -> None:
    with part_file(place) as file:
        file.write(DATA[:HALF])
        with pytest.raises(DownloadError):
            file.finish()
    assert not place.exists()


def test_more_than_there_can_be_begins_again(place: Path) -> None:
    part(place).write_bytes(DATA + b"more")
    with part_file(place) as file:
        assert file.size == 0


def test_one_writer_at_a_time(place: Path) -> None:
    with (
        part_file(place) as file,
        pytest.raises(DownloadError, match="being downloaded by another"),
        part_file(place),
    ):
        pass
    with part_file(place) as file:  # the first has let it go
        file.write(DATA)
        file.finish()


def test_a_file_that_was_renamed_meanwhile_is_not_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process finishes between our opening of the file and our lock."""
    real_open = os.open

    def open_late(path: object, *arguments: int) -> int:
        handle = real_open(path, *arguments)  # type: ignore[arg-type]
        if part(place) == path and not place.exists():
            part(place).rename(place)
        return handle

    part(place).write_bytes(DATA)
    monkeypatch.setattr(os, "open", open_late)
    with part_file(place) as file:
        assert file.size == 0
        file.write(b"new")
    assert place.read_bytes() == DATA
    assert part(place).read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="links take a privilege there")
def test_a_link_is_not_followed(place: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    part(place).symlink_to(victim)
    with pytest.raises(DownloadError, match="is a link"), part_file(place):
        pass
    assert victim.read_bytes() == b"precious"


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be written"), part_file(tmp_path / "gone" / "model.gguf"):
        pass


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"<!DOCTYPE html><html>", "it is a web page"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS pointer"),
        (b"PK\x03\x04", "ZIP"),
        (b"GGUX", "it begins with"),
    ],
)
def test_other_kinds_of_files_are_told_by_their_start(place: Path, start: bytes, reason: str) -> None:
    with part_file(place) as file:
        file.write(start)
        with pytest.raises(DownloadError, match=reason) as caught:
            file.refuse_other_kinds()
    assert caught.value.hint
    assert not part(place).exists()


def test_a_model_passes(place: Path) -> None:
    with part_file(place) as file:
        file.write(DATA[:100])
        file.refuse_other_kinds()
        assert file.size == 100


def test_a_whole_file_is_compared(place: Path) -> None:
    place.write_bytes(DATA)
    looks: list[int] = []
    assert has_checksum(place, len(DATA), SHA256, looks.append)
    assert looks == [len(DATA)]
    assert not has_checksum(place, len(DATA) + 1, SHA256, looks.append)
    place.write_bytes(DATA[:-1] + b"x")
    assert not has_checksum(place, len(DATA), SHA256, looks.append)
