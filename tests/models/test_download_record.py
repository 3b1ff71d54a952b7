"""What is kept about a download, and that nothing on the disk is believed blindly."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from slipstream.core.errors import DownloadError
from slipstream.models.download_purpose import Purpose
from slipstream.models.download_record import (
    MAX_RECORD,
    ModelDownload,
    WantedFile,
    forget,
    load_record,
    part_of,
    recorded,
)
from slipstream.models.hub_data import Checksum, HubFile, HubModel, Repository, Role, Variant

SUM = Checksum("sha256", "5" * 64)
MODEL = HubModel("a/b", "llama", 1, 1, (), "mit", False, False, 1, 1, None, ())
ONE = ModelDownload("a/b", "c" * 40, (WantedFile("m.gguf", 100, SUM, tag="t"),), "Q4_0", "mit")
PARTS = tuple(f"Q8_0/m-{number:05d}-of-00002.gguf" for number in (1, 2))
TWO = ModelDownload("a/b", "c" * 40, tuple(WantedFile(path, 100, SUM) for path in PARTS))


def save(root: Path, download: ModelDownload) -> Path:
    path = download.record(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    download.save(root)
    return path


@pytest.mark.parametrize(
    "download",
    [
        ONE,
        TWO,
        TWO.with_file(replace(TWO.files[1], done=True)),
        replace(ONE, purpose=Purpose()),
        replace(ONE, purpose=Purpose(Path("/models/Größe 7B.gguf"))),
        replace(ONE, purpose=Purpose(Path("/models/\udcff.gguf"))),  # a name that is no UTF-8
    ],
)
def test_it_comes_back_as_it_was(tmp_path: Path, download: ModelDownload) -> None:
    assert load_record(tmp_path, save(tmp_path, download)) == download
    assert list(recorded(tmp_path)) == [download]


def test_places_and_sizes(tmp_path: Path) -> None:
    assert TWO.name == "m-00001-of-00002.gguf"
    assert TWO.size == 200
    assert TWO.record(tmp_path) == tmp_path / "a/b/Q8_0/m-00001-of-00002.gguf.download.json"
    save(tmp_path, TWO)
    assert TWO.received(tmp_path) == 0
    part_of(TWO.place(tmp_path, TWO.files[1])).write_bytes(b"x" * 30)
    assert TWO.received(tmp_path) == 30
    half = TWO.with_file(replace(TWO.files[0], done=True))
    assert half.received(tmp_path) == 130
    assert not half.finished
    assert half.with_file(replace(TWO.files[1], done=True)).finished


def change(**values: Any) -> Any:
    return lambda told: {**told, **values}


def change_file(**values: Any) -> Any:
    return lambda told: {**told, "files": [{**told["files"][0], **values}]}


@pytest.mark.parametrize(
    "spoil",
    [
        change(schema=2),
        change(repo="../../evil"),
        change(repo="x/y"),
        change(repo=5),
        change(files=[]),
        change(files={}),
        change(files=["m.gguf"]),
        change(commit=None),
        change(purpose=5),
        change(purpose="draft"),
        change(purpose={}),
        change(purpose={"target": 5}),
        change_file(path="../../../evil.gguf"),
        change_file(path="/etc/evil.gguf"),
        change_file(path="m.exe"),
        change_file(path="other.gguf"),
        change_file(size=-1),
        change_file(size="5"),
        change_file(checksum=None),
        change_file(checksum={"algorithm": "crc32", "digest": "0"}),
        lambda told: [told],
        lambda told: f"{told}{'x' * MAX_RECORD}",
    ],
)
def test_what_nobody_wrote_is_left_alone(tmp_path: Path, spoil: Any) -> None:
    path = save(tmp_path, ONE)
    path.write_text(json.dumps(spoil(json.loads(path.read_text()))))
    before = path.read_bytes()
    assert load_record(tmp_path, path) is None
    assert list(recorded(tmp_path)) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 50_000, b"null"])
def test_garbage_is_left_alone(tmp_path: Path, text: bytes) -> None:
    path = save(tmp_path, ONE)
    path.write_bytes(text)
    assert load_record(tmp_path, path) is None


def test_a_record_of_an_earlier_version_says_of_no_purpose(tmp_path: Path) -> None:
    path = save(tmp_path, replace(ONE, purpose=Purpose()))
    told = json.loads(path.read_text())
    del told["purpose"]
    path.write_text(json.dumps(told))
    assert load_record(tmp_path, path) == ONE


def test_a_missing_record_is_none(tmp_path: Path) -> None:
    assert load_record(tmp_path, ONE.record(tmp_path)) is None
    assert list(recorded(tmp_path / "nothing")) == []


def test_a_record_in_the_wrong_place_is_none_of_ours(tmp_path: Path) -> None:
    path = save(tmp_path, ONE)
    moved = tmp_path / "c" / path.name
    moved.parent.mkdir()
    path.rename(moved)
    assert load_record(tmp_path, moved) is None


def test_forgetting_deletes_what_came_and_nothing_else(tmp_path: Path) -> None:
    half = TWO.with_file(replace(TWO.files[0], done=True))
    save(tmp_path, half)
    save(tmp_path, ONE)
    half.place(tmp_path, half.files[0]).write_bytes(b"whole")
    part_of(half.place(tmp_path, half.files[1])).write_bytes(b"half")
    forget(tmp_path, half)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["m.gguf.download.json"]
    forget(tmp_path, ONE)
    assert list(tmp_path.iterdir()) == []
    assert tmp_path.is_dir()


def test_forgetting_what_never_began_is_nothing(tmp_path: Path) -> None:
    forget(tmp_path, ONE)
    assert tmp_path.is_dir()


def variant(*files: HubFile, missing: int = 0) -> Variant:
    return Variant("m", "Q4_0", Role.MODEL, files, missing)


def test_a_listed_model_becomes_a_download() -> None:
    repository = Repository(MODEL, "c" * 40, ())
    download = ModelDownload.of(repository, variant(HubFile("m.gguf", 100, SUM)))
    assert download == replace(ONE, files=(WantedFile("m.gguf", 100, SUM),))


def test_what_cannot_be_downloaded_for_sure_is_refused() -> None:
    repository = Repository(MODEL, "c" * 40, ())
    with pytest.raises(DownloadError, match="1 of its parts are not in the repository"):
        ModelDownload.of(repository, variant(HubFile("m.gguf", 100, SUM), missing=1))
    with pytest.raises(DownloadError, match="no checksum"):
        ModelDownload.of(repository, variant(HubFile("m.gguf", 100, None)))
