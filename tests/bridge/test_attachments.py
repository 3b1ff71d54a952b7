"""Files that go with a message: what is taken, what is refused, and how it stands in the message."""

import os
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from slipstream.bridge.attachments import MOST_BYTES, Attachment, read_attachment
from slipstream.core.errors import AppError


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a = 1\n", "a = 1\n"),
        ("schöne Grüße".encode(), "schöne Grüße"),
        ("\ufeffmarked".encode(), "marked"),
        ("weit: ☃".encode("utf-16"), "weit: ☃"),
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
    ],
)
def test_text_is_read(tmp_path: Path, data: bytes, text: str) -> None:
    found = read_attachment(written(tmp_path, "file.txt", data))
    assert found == Attachment(text, "file.txt", len(data))


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0", b"ab\0cd", b"caf\xe9"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(AppError, match=r"picture\.png is not a text file"):
        read_attachment(written(tmp_path, "picture.png", data))


def test_empty_missing_and_huge_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="empty"):
        read_attachment(written(tmp_path, "nothing.md", b" \n"))
    with pytest.raises(AppError, match="could not be read"):
        read_attachment(tmp_path / "gone.md")
    with pytest.raises(AppError, match="too large"):
        read_attachment(written(tmp_path, "huge.log", b"x" * (MOST_BYTES + 1)))


@pytest.mark.parametrize("text", ["x = 1", "x = 1\n", "```\ncode\n```", "a ````` b\n````"])
def test_a_file_stands_in_a_fence_of_its_own(text: str) -> None:
    message = Attachment(text, "notes.PY", 5).message
    name, fence = (token for token in MarkdownIt().parse(message) if token.type in ("inline", "fence"))
    assert (name.content, fence.info) == ("notes.PY", "py")
    assert fence.content.removesuffix("\n") == text.removesuffix("\n")


def test_a_pasted_text_stands_as_it_is() -> None:
    assert Attachment("some\ntext").message == "some\ntext"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_what_has_no_end_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe would be waited for, a device would fill the memory."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    (tmp_path / "endless.log").symlink_to("/dev/zero")
    for path in (pipe, tmp_path / "endless.log", tmp_path):
        with pytest.raises(AppError, match="is not a file with text in it") as caught:
            read_attachment(path)
        assert caught.value.hint


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    for name in ("nul\0.txt", "x" * 1000):
        with pytest.raises(AppError, match="could not be read"):
            read_attachment(tmp_path / name)
