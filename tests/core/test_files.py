"""Atomic writing. What a kill leaves is in tests/faults."""

import os
import stat
import sys
from pathlib import Path

import pytest

from slipstream.core.files import read_own, write_atomically, write_own


def test_writes_utf_8_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.json"
    write_atomically(path, "größer 🙂\n")
    assert path.read_bytes() == "größer 🙂\n".encode()


def test_replaces_the_old_content_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_atomically(path, "a long first content")
    write_atomically(path, "second")
    assert path.read_text() == "second"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "x" * 100_000 + "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_is_an_os_error(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.mkdir()
    with pytest.raises(OSError, match=r".+"):
        write_atomically(path, "text")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_atomically(path, "private")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_what_an_editor_wrote_is_read_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes("\ufeffgrößer".encode())
    assert read_own(path) == "größer"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    pipe, device, large = (tmp_path / name for name in ("pipe", "device", "large"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    large.write_text("four")
    for path, most in ((pipe, 9), (device, 9), (large, 3), (tmp_path, 9)):
        with pytest.raises(OSError, match=r".+") as caught:
            read_own(path, most)
        assert caught.value.strerror


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_in_place_of_a_file_of_ours_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a regular file"):
        write_own(pipe, "text")
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_is_written_to_where_somebody_reads_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="nobody reads from this pipe"):
        write_atomically(pipe, "text")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, "größer")
        assert os.read(reader, 100).decode() == "größer"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
