"""What some tests read and the project does not keep, because it is another's: out of source packages.

The examples of the CommonMark specification (CC BY-SA 4.0) come with markdown-it-py, llama.cpp's vocabularies with
llama-cpp-python. Wheels do not carry them and uv fetches no source package without building it; uv does say where it
lies, on whichever index the machine uses. A package is taken only if its hash is in our lock. Without the files the
tests on them are skipped and say so.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from steps.console import say, step
from steps.machine import ROOT, TOOLS, clean_environment
from steps.tools import Tool

LOCK = ROOT / "requirements-dev.txt"
PATIENCE = 60  # seconds without an answer
BLOCK = 1 << 20


@dataclass(frozen=True)
class Data:
    """The files of a package whose path in it `inside` matches whole; they come into `folder` by their names."""

    name: str
    package: str
    inside: str
    most_bytes: int  # of the package

    @property
    def folder(self) -> Path:
        return TOOLS / "test-data" / self.package


COMMONMARK = Data("CommonMark", "markdown-it-py", r"tests/test_cmark_spec/commonmark\.json", 8 << 20)
VOCABULARIES = Data(
    "Vocabularies", "llama-cpp-python", r"vendor/llama\.cpp/models/ggml-vocab-[\w.-]+\.gguf", 256 << 20
)


def ensure(data: Data, find_uv: Callable[[], Tool]) -> None:
    """Have the files in `data.folder`; where they cannot be had, say why and go on."""
    if data.folder.is_dir():
        return
    step(data.name, f"fetching them for the tests, out of {data.package}")
    try:
        data.folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=data.folder.parent) as work:
            _fetch(data, find_uv(), Path(work))
            Path(work, "files").rename(data.folder)
    except (OSError, ValueError, tarfile.TarError, subprocess.SubprocessError) as error:
        say(f"They could not be fetched ({error}); the tests on them will be skipped.")


def _fetch(data: Data, uv: Tool, work: Path) -> None:
    """The files into `work/files`."""
    version, hashes = locked(data.package, LOCK.read_text("utf-8"))
    options = ("--quiet", "--no-deps", "--no-header", "--format", "pylock.toml")
    done = subprocess.run(
        [str(uv.path), "pip", "compile", *options, "-"],
        cwd=work,
        input=f"{data.package}=={version}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=clean_environment(),
        timeout=PATIENCE,
        check=True,
    )
    package = work / "package.tar.gz"
    with (
        urllib.request.urlopen(source_address(done.stdout, work), timeout=PATIENCE) as answer,
        package.open("wb") as file,
    ):
        sha256 = _copy(answer, file, data.most_bytes)
    if sha256 not in hashes:
        raise ValueError("the source package is not the one that the lock names")
    _take_out(package, data.inside, work / "files")


def locked(package: str, lock: str) -> tuple[str, frozenset[str]]:
    """The version and the SHA-256 hashes of a package in the lock. Raises ValueError if it is not there."""
    entry = re.search(
        rf"^{re.escape(package)}==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]+)+)", lock, re.MULTILINE
    )
    if entry is None:
        raise ValueError(f"{LOCK.name} does not name {package}")
    return entry[1], frozenset(re.findall(r"sha256:([0-9a-f]+)", entry[2]))


def source_address(pylock: str, folder: Path) -> str:
    """Where the source package lies, by uv's answer; a path in it is from `folder`. Raises ValueError if nowhere."""
    found = re.search(r'^sdist = \{ (?:url|path) = "([^"]+)"', pylock, re.MULTILINE)
    if found is None:
        raise ValueError("the package index has no source package of it")
    return found[1] if "://" in found[1] else (folder / found[1]).resolve().as_uri()


def _copy(source: BinaryIO, target: BinaryIO, most: int) -> str:
    """Returns the SHA-256 of what was copied. Raises ValueError beyond `most` bytes."""
    whole = hashlib.sha256()
    size = 0
    while block := source.read(BLOCK):
        size += len(block)
        if size > most:
            raise ValueError(f"the source package is larger than {most >> 20} MB")
        whole.update(block)
        target.write(block)
    return whole.hexdigest()


def _take_out(package: Path, inside: str, folder: Path) -> None:
    """The members that `inside` matches, by their names into `folder`. Raises ValueError if there are none."""
    folder.mkdir()
    with tarfile.open(package, "r:gz") as members:
        for member in members:
            content = members.extractfile(member) if member.isfile() else None
            if content is not None and re.fullmatch(inside, member.name.partition("/")[2]):
                with (folder / Path(member.name).name).open("wb") as file:
                    shutil.copyfileobj(content, file, BLOCK)
    if not any(folder.iterdir()):
        raise ValueError("what is looked for is not in the source package")
