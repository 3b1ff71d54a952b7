"""`.venv`: made, filled from the hashed locks, and the project itself in it.

Every package comes from a lock with hashes, those that only build others included. Nothing here names a package
index: uv asks whichever the machine is set up with.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from steps.backends import Choice, build_for
from steps.console import Progress, SetupError, duration, step
from steps.machine import (
    ROOT,
    TOOLS,
    VENV,
    VENV_BIN,
    VENV_PYTHON,
    answer,
    clean_environment,
    digest,
    own_group,
)
from steps.stamp import Stamp
from steps.tools import Tool, python_version

RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"  # holds the run lock's packages too, at the same versions
BUILD_LOCK = ROOT / "requirements-build.txt"
LOG = TOOLS / "packages.log"
ENGINE = "llama-cpp-python"
PREVIEW = ("--preview-features", "build-dependency-hashes")  # uv calls --require-build-hashes experimental

NINJA_STEP = re.compile(r"\[(\d+)/(\d+)\] ")
BUILD_TIMES = {"cpu": "about 3 minutes on 2 cores", "metal": "a few minutes"}
ENGINE_CHECK = (
    "from llama_cpp import llama_cpp as c; print('gpu' if c.llama_supports_gpu_offload() else 'cpu')"
)


class BuildError(SetupError):
    """The packages could not be installed; `engine` is true where it was llama.cpp that failed."""

    def __init__(self, message: str, hint: str, engine: bool) -> None:
        super().__init__(message, hint)
        self.engine = engine


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


def engine_key(choice: Choice) -> list[str]:
    return [choice.backend, *build_for(choice).settings]


def packages_key(lock: Path) -> str:
    return digest(lock, BUILD_LOCK, str(ROOT))


def packages_there(stamp: Stamp, lock: Path, choice: Choice) -> bool:
    """Are `lock`'s packages in, and llama.cpp for `choice`? The test lock's include those of the run lock."""
    fitting = {packages_key(lock), packages_key(TEST_LOCK)}
    return stamp.get("packages") in fitting and stamp.get("engine") == engine_key(choice)


def is_ready(stamp: Stamp, lock: Path, choice: Choice) -> bool:
    return packages_there(stamp, lock, choice) and project_there(stamp)


def install_packages(uv: Tool, stamp: Stamp, lock: Path, choice: Choice) -> None:
    """Install `lock`; llama.cpp is compiled unless uv has it already for this build. Raises BuildError."""
    step("Packages", f"installing {lock.name}; llama.cpp for {choice.name} is compiled from source,")
    step(
        "", f"{BUILD_TIMES.get(choice.backend, '5 to 40 minutes')}, once (then it is kept for every checkout)"
    )
    build = build_for(choice)
    stamp.forget("packages")
    command: list[str | Path] = [uv.path, "pip", "install", "--verbose", "--python", VENV_PYTHON]
    command += [
        "--require-hashes",
        "-r",
        lock,
        "--require-build-hashes",
        *PREVIEW,
        "--build-constraints",
        BUILD_LOCK,
    ]
    for setting in build.settings:
        command += ["--config-settings-package", f"{ENGINE}:cmake.define.{setting}"]
    if stamp.get("engine") != engine_key(choice):
        stamp.forget("engine")
        _remove_engine(uv)
    seconds = _run_logged(command, dict(build.environment), choice)
    check_engine(choice)
    stamp.record("engine", engine_key(choice))
    stamp.record("packages", packages_key(lock))
    step("Packages", f"{len(_names(lock))} installed in {duration(seconds)}")


def _remove_engine(uv: Tool) -> None:
    """Make room for another build. Not with --reinstall-package: that also throws uv's kept build away."""
    command = [uv.path, "pip", "uninstall", "--python", VENV_PYTHON, ENGINE]
    subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=clean_environment(),
        check=False,  # it may not be there at all; what matters is checked after the installation
    )


def check_engine(choice: Choice) -> None:
    """llama.cpp must load, and a GPU build must have its GPU part. Raises BuildError."""
    offload = answer([VENV_PYTHON, "-I", "-c", ENGINE_CHECK], timeout=120)
    if offload is None:
        raise BuildError(
            "llama.cpp was built, but it does not load",
            f"See why with: {VENV_PYTHON} -c 'import llama_cpp'",
            engine=True,
        )
    if choice.backend != "cpu" and offload != "gpu":
        raise BuildError(
            f"llama.cpp was built for {choice.name}, but it finds no GPU to offload to",
            f"The driver may be missing or too old; `make run BACKEND=cpu` does without. Log: {LOG}",
            engine=True,
        )


def install_project(uv: Tool, stamp: Stamp) -> None:
    """Slipstream itself, editable, so that `.venv/bin/slipstream` starts this checkout. Raises BuildError."""
    key = project_key()
    stamp.forget("project")
    command: list[str | Path] = [uv.path, "pip", "install", "--verbose", "--python", VENV_PYTHON, "--no-deps"]
    command += ["--require-build-hashes", *PREVIEW, "--build-constraints", BUILD_LOCK, "--editable", ROOT]
    _run_logged(command, {}, None)
    stamp.record("project", key)


def project_key() -> str:
    return digest(ROOT / "pyproject.toml", BUILD_LOCK, str(ROOT))


def project_there(stamp: Stamp) -> bool:
    return stamp.get("project") == project_key() and (VENV_BIN / "slipstream").exists()


def _names(lock: Path) -> list[str]:
    return re.findall(r"^[\w.-]+==", lock.read_text("utf-8"), re.MULTILINE)


def _run_logged(command: Sequence[str | Path], extra: dict[str, str], choice: Choice | None) -> float:
    """Run uv, its words into the log, its progress on screen. Returns seconds. Raises BuildError."""
    TOOLS.mkdir(exist_ok=True)
    compiling = False
    with LOG.open("wb") as log, Progress("") as progress:
        with own_group(command, {**clean_environment(), **extra, "NO_COLOR": "1"}) as process:
            assert process.stdout is not None  # a pipe was asked for
            for line in process.stdout:
                log.write(line)
                text = line.decode("utf-8", "replace")
                if choice is not None and (found := NINJA_STEP.search(text)):
                    compiling = found[1] != found[2]
                    progress.update(f"compiling llama.cpp for {choice.name}: {found[1]} of {found[2]}")
        if process.returncode == 0:
            return progress.seconds
    words = failure(LOG.read_text("utf-8", "replace"))
    engine = choice is not None and (compiling or ENGINE in words)
    what = f"llama.cpp could not be built for {choice.name}" if engine and choice else "uv could not install"
    raise BuildError(f"{what}:\n{words}", f"Everything it said is in {LOG}", engine)


def failure(log: str) -> str:
    """The part of uv's verbose output that says what went wrong: compiler errors, then uv's own words."""
    lines = [line.rstrip() for line in log.splitlines()]
    errors = [line for line in lines if re.search(r"\b(fatal )?error: |CMake Error", line)]
    own = next((i for i, line in enumerate(lines) if line.lstrip().startswith(("error:", "×", "x "))), None)
    chosen = dict.fromkeys([*errors[:8], *(lines[own : own + 40] if own is not None else lines[-12:])])
    return "\n".join(line.removeprefix("DEBUG ") for line in chosen)
