"""Looking through folders that were made to trap a walker."""

import os
from pathlib import Path

import pytest

from slipstream.models.walk import Walk, WalkLimits


def found(walk: Walk, folder: Path) -> list[str]:
    paths = walk.files(folder, lambda name: name.endswith(".gguf"))
    return [str(path.relative_to(folder)) for path in paths]


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_files_below_in_order(tmp_path: Path):
    for name in ("b.gguf", "a/z.gguf", "a/y/x.gguf", "readme.md", ".hidden/h.gguf", "a/.h.gguf"):
        touch(tmp_path / name)
    walk = Walk()
    assert found(walk, tmp_path) == ["b.gguf", "a/z.gguf", "a/y/x.gguf"]
    assert walk.problems == []


def test_links_that_go_round_in_circles(tmp_path: Path):
    touch(tmp_path / "a" / "m.gguf")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "self.gguf").symlink_to(tmp_path / "self.gguf")
    walk = Walk()
    # the link to itself is a name that is wanted: whoever opens it is told
    assert found(walk, tmp_path) == ["self.gguf", "a/m.gguf"]
    assert found(walk, tmp_path) == []  # one walk enters a folder once


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path):
    touch(tmp_path / "disk" / "m.gguf")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "large").symlink_to(tmp_path / "disk")
    assert found(Walk(), tmp_path / "models") == ["large/m.gguf"]


def test_a_folder_that_is_not_there(tmp_path: Path):
    walk = Walk()
    assert found(walk, tmp_path / "gone") == []
    assert walk.problems == [f"{tmp_path / 'gone'}: cannot be read: No such file or directory"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no one here")
def test_a_folder_that_is_shut(tmp_path: Path):
    touch(tmp_path / "open" / "m.gguf")
    shut = touch(tmp_path / "shut" / "n.gguf").parent
    shut.chmod(0)
    walk = Walk()
    try:
        assert found(walk, tmp_path) == ["open/m.gguf"]
    finally:
        shut.chmod(0o700)
    assert walk.problems == [f"{shut}: cannot be read: Permission denied"]


def test_a_listing_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As permissions do, also where tests run as root."""

    def refuse(folder: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", refuse)
    walk = Walk()
    assert found(walk, tmp_path) == []
    assert walk.problems == [f"{tmp_path}: cannot be read: Permission denied"]


def test_too_deep(tmp_path: Path):
    touch(tmp_path.joinpath(*"abcd", "deep.gguf"))
    walk = Walk(WalkLimits(depth=2))
    assert found(walk, tmp_path) == []
    assert walk.problems == [f"{tmp_path / 'a' / 'b'}: folders deeper than 2 are left out"]


def test_too_many(tmp_path: Path):
    for i in range(20):
        touch(tmp_path / f"{i:02}.gguf")
    walk = Walk(WalkLimits(entries=8))
    assert len(found(walk, tmp_path)) == 8
    assert walk.problems == [f"{tmp_path}: more than 8 files, the rest is left out"]
