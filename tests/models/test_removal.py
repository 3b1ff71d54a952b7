"""Deleting a model: all of it, to the trash, and nothing that is not ours."""

from pathlib import Path

import pytest
from library_folders import put, split_parts

from slipstream.core.errors import ModelFileError
from slipstream.models.removal import files_to_remove, is_ours, remove


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


class Trash:
    def __init__(self, folder: Path, most: int = 100) -> None:
        folder.mkdir()
        self.folder = folder
        self.most = most

    def __call__(self, path: Path) -> bool:
        if len(list(self.folder.iterdir())) >= self.most:
            return False
        path.rename(self.folder / path.name)
        return True


def test_a_file_of_ours(own: Path, tmp_path: Path):
    path = put(own / "a" / "b" / "m.gguf", b"x")
    trash = Trash(tmp_path / "trash")
    record = put(own / "a" / "b" / "m.gguf.download.json", b"{}")
    assert remove(path, [own], trash) == (path, record)
    assert not path.exists()
    assert (trash.folder / "m.gguf").read_bytes() == b"x"


def test_all_parts_go_together(own: Path, tmp_path: Path):
    paths = [put(own / f"big-{n:05}-of-00003.gguf", d) for n, d in enumerate(split_parts(3), start=1)]
    other = put(own / "big-00001-of-00002.gguf", b"another model")
    assert files_to_remove(paths[0], [own]) == tuple(paths)
    remove(paths[1], [own], Trash(tmp_path / "trash"))
    assert list(own.iterdir()) == [other]


@pytest.mark.parametrize("how", ["elsewhere", "link", "folder that is a link", "way out"])
def test_nothing_that_is_not_ours(own: Path, tmp_path: Path, how: str):
    theirs = put(tmp_path / "theirs" / "m.gguf", b"x")
    path = theirs
    if how == "link":
        path = own / "m.gguf"
        path.symlink_to(theirs)
    elif how == "folder that is a link":
        (own / "sub").symlink_to(theirs.parent)
        path = own / "sub" / "m.gguf"
    elif how == "way out":
        path = own / ".." / "theirs" / "m.gguf"
    assert not is_ours(path, [own])
    with pytest.raises(ModelFileError, match="was not downloaded by Slipstream"):
        remove(path, [own], Trash(tmp_path / "trash"))
    assert theirs.exists()


def test_our_folder_may_be_a_link(own: Path, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(own)
    assert is_ours(put(own / "m.gguf", b"x"), [link])


def test_what_is_gone(own: Path, tmp_path: Path):
    with pytest.raises(ModelFileError, match="no such file"):
        remove(own / "gone.gguf", [own], Trash(tmp_path / "trash"))


def test_a_trash_that_is_full(own: Path, tmp_path: Path):
    paths = [put(own / f"big-{n:05}-of-00002.gguf", d) for n, d in enumerate(split_parts(2), start=1)]
    with pytest.raises(ModelFileError, match=r"cannot be moved to the trash; 1 of its parts"):
        remove(paths[0], [own], Trash(tmp_path / "trash", most=1))
    assert paths[1].exists()
