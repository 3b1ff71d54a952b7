"""`.venv`: made, filled from the hashed locks, and the project itself in it.

Every package comes from a lock with hashes, those that only build others included. Nothing here names a package
index: uv asks whichever the machine is set up with. llama.cpp, which is compiled, has a file of its own (`engine`).
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from steps import engine
from steps.backends import Choice
from steps.console import SetupError, step
from steps.engine import BUILD_LOCK, BUILD_OPTIONS
from steps.machine import ROOT, TOOLS, VENV, VENV_BIN, VENV_PYTHON, clean_environment, digest
from steps.stamp import Stamp
from steps.tools import Tool, python_version
from steps.uv import UvError, run

TEST_LOCK = ROOT / "requirements-dev.txt"  # holds the run lock's packages too, at the same versions


def environment_python() -> str | None:
    """The version of `.venv`'s Python if that runs and is one Slipstream can use."""
    return python_version(VENV_PYTHON) if VENV_PYTHON.exists() else None


def make_environment(uv: Tool, python: Tool) -> None:
    """A fresh `.venv`, in place of what stood there."""
    command = [uv.path, "venv", "--no-project", "--clear", "--python", python.path, VENV]
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=clean_environment(),
        check=False,
    )
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip()
        raise SetupError(f"{VENV} could not be made: {words}", "Is the folder writable, and is there space?")


def is_ready(stamp: Stamp, lock: Path, choice: Choice) -> bool:
    return packages_there(stamp, lock) and engine.is_installed(stamp, choice) and project_there(stamp)


def packages_key(lock: Path) -> str:
    return digest(lock, str(ROOT))


def packages_there(stamp: Stamp, lock: Path) -> bool:
    """Are `lock`'s packages in? The test lock's include those of the run lock."""
    return stamp.get("packages") in (packages_key(lock), packages_key(TEST_LOCK))


def install_packages(uv: Tool, stamp: Stamp, lock: Path) -> None:
    """Install `lock`, but for the engine. Raises SetupError.

    A lock is complete, so nothing is resolved (--no-deps) and the engine's source is not fetched for its metadata.
    """
    text = lock.read_text("utf-8").replace(engine.entry() + "\n", "")
    names = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    step("Packages", f"{len(names)} of {lock.name}")
    stamp.forget("packages")
    TOOLS.mkdir(exist_ok=True)
    wanted = TOOLS / "packages.txt"
    wanted.write_text(text, "utf-8")
    options: list[str | Path] = ["--python", VENV_PYTHON, "--no-deps", "--require-hashes", "-r", wanted]
    _run(uv, ["pip", "install", "--verbose", *options], "packages.log")
    stamp.record("packages", packages_key(lock))


def install_project(uv: Tool, stamp: Stamp) -> None:
    """Slipstream itself, editable, so that `.venv/bin/slipstream` starts this checkout. Raises SetupError."""
    stamp.forget("project")
    options: list[str | Path] = [
        "--python",
        VENV_PYTHON,
        "--no-deps",
        *BUILD_OPTIONS,
        "--build-constraints",
        BUILD_LOCK,
    ]
    _run(uv, ["pip", "install", "--verbose", *options, "--editable", ROOT], "project.log")
    stamp.record("project", project_key())


def project_key() -> str:
    return digest(ROOT / "pyproject.toml", BUILD_LOCK, str(ROOT))


def project_there(stamp: Stamp) -> bool:
    return stamp.get("project") == project_key() and (VENV_BIN / "slipstream").exists()


def _run(uv: Tool, arguments: list[str | Path], log: str) -> None:
    try:
        run(uv, arguments, log)
    except UvError as error:
        raise SetupError(f"uv could not install:\n{error.message}", error.hint) from error
