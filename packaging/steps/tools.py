"""uv, and a Python that can run Slipstream: found where they run, brought where they are not.

Being on PATH proves nothing: pyenv's shims stand there and refuse to run. Each candidate is asked for its version.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from steps.console import SetupError, step
from steps.machine import ROOT, TOOLS, answer, clean_environment, on_path
from steps.system import apt_command, apt_install

UV_MINIMUM = (0, 13, 9)  # older ones lack options that the set-up uses, and another series may change them
UV_HOME = TOOLS / "uv"
UV_REQUIREMENTS = ROOT / "packaging" / "requirements-uv.txt"
PYTHONS = ("3.12", "3.13")  # in order of preference; PySide6 loses references on 3.11
EXE = ".exe" if os.name == "nt" else ""

# What a Python must be able to do; one built without SQLite's headers cannot.
PYTHON_CHECK = "import ctypes, ssl, sqlite3, venv, zlib, sys; print('%d.%d.%d' % sys.version_info[:3])"


@dataclass(frozen=True)
class Tool:
    path: Path
    version: str


def find_uv() -> Tool | None:
    """The first uv that runs and is of the series the set-up knows."""
    home = Path.home()
    candidates = [
        UV_HOME / "bin" / f"uv{EXE}",
        UV_HOME / "Scripts" / f"uv{EXE}",
        *on_path(f"uv{EXE}"),
        home / ".local" / "bin" / f"uv{EXE}",
        home / ".cargo" / "bin" / f"uv{EXE}",
        Path("/opt/homebrew/bin/uv"),
        Path("/usr/local/bin/uv"),
    ]
    for path in candidates:
        if not path.is_file():
            continue
        found = re.match(r"uv (\d+)\.(\d+)\.(\d+)", answer([path, "--version"]) or "")
        version = tuple(map(int, found.groups())) if found else (0, 0, 0)
        if found and version[:2] == UV_MINIMUM[:2] and version >= UV_MINIMUM:
            return Tool(path, ".".join(found.groups()))
    return None


def ensure_uv() -> Tool:
    """A uv that runs; brought into `.tools/uv` by pip where there is none. Raises SetupError where that fails."""
    if (tool := find_uv()) is not None:
        return tool
    step("uv", "not here: bringing it into .tools/uv (about 25 MB)")
    TOOLS.mkdir(exist_ok=True)
    for _ in ways_to_install_uv():
        if (tool := find_uv()) is not None:
            return tool
    raise SetupError(
        "uv is not installed, and it could not be brought with this Python's pip",
        f"Install uv {'.'.join(map(str, UV_MINIMUM))} yourself (any way will do, if it is on PATH then),\n"
        f"or give {sys.executable} a pip (Debian, Ubuntu: apt-get install python3-venv), and run it again.\n"
        f"What was tried is in {TOOLS / 'uv.log'}",
    )


def ways_to_install_uv() -> Iterator[None]:
    """Try one way after another; the caller looks after each whether uv runs now."""
    into_venv = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    lock = ["--require-hashes", "-r", str(UV_REQUIREMENTS)]
    pip = UV_HOME / ("Scripts" if os.name == "nt" else "bin") / f"python{EXE}"

    def own_environment() -> None:
        if _logged([sys.executable, "-m", "venv", "--clear", str(UV_HOME)]):
            _logged([str(pip), *into_venv, *lock])

    own_environment()
    yield
    # Debian's python3 has no pip and no ensurepip of its own, and says that it is managed from outside.
    if _logged([sys.executable, "-m", "pip", "--version"]):
        _logged([sys.executable, *into_venv, "--target", str(UV_HOME), "--upgrade", *lock])
        yield
    if (apt := apt_command()) is not None:
        step("uv", "installing python3-venv for it")
        apt_install(apt, ["python3-venv"])
        own_environment()
        yield


def _logged(command: list[str]) -> bool:
    with (TOOLS / "uv.log").open("ab") as log:
        log.write(f"$ {' '.join(command)}\n".encode())
        log.flush()
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=clean_environment(),
                check=False,
            )
        except OSError as error:
            log.write(f"{error}\n".encode())
            return False
    return done.returncode == 0


def python_version(path: Path) -> str | None:
    """`3.12.1`, if it runs, is one of PYTHONS and has the modules that Slipstream needs."""
    version = answer([path, "-I", "-c", PYTHON_CHECK]) or ""
    return version if version.rpartition(".")[0] in PYTHONS else None


def ensure_python(uv: Tool) -> Tool:
    """A Python of PYTHONS: one that is here, else one that uv downloads. Raises SetupError."""
    if (tool := _installed_python(uv)) is not None:
        return tool
    step("Python", f"no {' or '.join(PYTHONS)} here: uv downloads {PYTHONS[0]} (about 35 MB)")
    done = subprocess.run(
        [str(uv.path), "python", "install", PYTHONS[0]],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=clean_environment(),
        check=False,
    )
    if done.returncode == 0 and (tool := _installed_python(uv)) is not None:
        return tool
    words = done.stderr.decode("utf-8", "replace").strip().splitlines()
    raise SetupError(
        f"Slipstream needs Python {' or '.join(PYTHONS)}, which is not here, and uv could not download it"
        + (f": {words[-1].strip()}" if words else ""),
        "Install it (Ubuntu 24.04: apt-get install python3.12; Debian 13: apt-get install python3; or pyenv install\n"
        f"{PYTHONS[0]}), with its sqlite3 and ssl modules, and run the same command again.",
    )


def _installed_python(uv: Tool) -> Tool | None:
    for wanted in PYTHONS:
        for path in _python_candidates(uv, wanted):
            version = python_version(path)
            if version is not None and version.startswith(f"{wanted}."):
                return Tool(path, version)
    return None


def _python_candidates(uv: Tool, wanted: str) -> Iterator[Path]:
    """uv looks on PATH and among its own; pyenv's that are not on PATH come after."""
    options = ["--system", "--no-project", "--no-python-downloads"]
    found = answer([uv.path, "python", "find", *options, wanted], timeout=60)
    if found:
        yield Path(found.splitlines()[-1])
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(pyenv.glob(f"{wanted}*/bin/python"), reverse=True)
