"""llama-cpp-python: compiled once for a backend and a processor, kept, and put into `.venv`.

The finished wheel is kept in the person's cache folder, under a hash of all that it is made from. uv keeps builds
too, but loses them whenever an index that sends no lifetimes is asked again; and a wheel at hand means that a build
that fails takes nothing away.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from steps.backends import INCLUDED, Choice, definitions, processor
from steps.console import Progress, SetupError, duration, step
from steps.machine import ROOT, TOOLS, VENV_PYTHON, answer, digest
from steps.stamp import Stamp
from steps.system import ensure_compiler
from steps.tools import Tool
from steps.uv import UvError, run

NAME = "llama-cpp-python"
RUN_LOCK = ROOT / "requirements.txt"
BUILD_LOCK = ROOT / "requirements-build.txt"
# uv calls --require-build-hashes experimental
BUILD_OPTIONS = ("--require-build-hashes", "--preview-features", "build-dependency-hashes")
KEPT = 4  # wheels; one for each backend that a person goes back and forth between

NINJA_STEP = re.compile(r"\[(\d+)/(\d+)\] ")
TIMES = {"cpu": "about 3 minutes on 2 cores", "metal": "some minutes"}
CHECK = "from llama_cpp import llama_cpp as c; print('gpu' if c.llama_supports_gpu_offload() else 'cpu')"
# What a person may have set to build in another way: part of the key, and passed on.
OWN_SETTINGS = ("CMAKE_ARGS", "CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "CUDACXX", "CUDAARCHS", "HIPCXX")


class EngineError(SetupError):
    """llama.cpp could not be built, or what was built does not work."""


def entry() -> str:
    """The engine's lines in the lock: its version and hashes."""
    found = re.search(rf"^{NAME}==.*(?:\n .*)*", RUN_LOCK.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise SetupError(f"{RUN_LOCK.name} does not name {NAME}", "Run `make lock`.")
    return found[0]


def key(choice: Choice) -> str:
    """A hash of all that makes the wheel what it is; the same in every checkout of the same machine."""
    settings, extra = definitions(choice)
    own = [f"{name}={os.environ[name]}" for name in OWN_SETTINGS if os.environ.get(name)]
    return digest(entry(), BUILD_LOCK, INCLUDED, processor(), *settings, *map("=".join, extra.items()), *own)


def is_installed(stamp: Stamp, choice: Choice) -> bool:
    return bool(stamp.get("engine") == key(choice))


def install(uv: Tool, stamp: Stamp, choice: Choice) -> None:
    """Have the engine for `choice` in `.venv`, built now if it was never built here. Raises EngineError."""
    folder = store() / key(choice)
    wheel = next(folder.glob("*.whl"), None)
    if wheel is None:
        ensure_compiler()
        wheel = build(uv, choice, folder)
    else:
        step("llama.cpp", f"for {choice.name}, built here before ({folder})")
    stamp.forget("engine")
    options: list[str | Path] = ["--python", VENV_PYTHON, "--no-deps", "--offline", "--reinstall"]
    try:
        run(uv, ["pip", "install", "--verbose", *options, wheel], "engine.log")
        check(choice)
    except SetupError:
        shutil.rmtree(folder, ignore_errors=True)  # not to be offered again
        raise
    os.utime(folder)
    stamp.record("engine", key(choice))


def build(uv: Tool, choice: Choice, folder: Path) -> Path:
    """Compile the wheel and keep it in `folder`. Raises EngineError."""
    expected = TIMES.get(choice.backend, "5 to 40 minutes")
    step("llama.cpp", f"compiling it for {choice.name}: {expected}, once; then it is kept in {folder.parent}")
    TOOLS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=TOOLS) as name, Progress("") as progress:
        work = Path(name)
        lock = work / "engine.txt"
        lock.write_text(entry() + "\n", "utf-8")

        def watch(line: str) -> None:
            if found := NINJA_STEP.search(line):
                progress.update(f"compiling for {choice.name}: {found[1]} of {found[2]}")

        arguments: list[str | Path] = ["pip", "install", "--verbose", "--python", VENV_PYTHON, "--no-deps"]
        arguments += ["--require-hashes", "-r", lock, *BUILD_OPTIONS, "--build-constraints", BUILD_LOCK]
        # A cache of its own, in which the finished wheel is found; what is installed in `--target` is not used.
        arguments += ["--cache-dir", work / "cache", "--target", work / "unpacked"]
        try:
            run(uv, arguments, "engine.log", build_environment(choice), watch)
        except UvError as error:
            raise EngineError(
                f"llama.cpp could not be built for {choice.name}:\n{error.message}", error.hint
            ) from error
        built = next((work / "cache").rglob("llama_cpp_python-*.whl"), None)
        if built is None:
            raise EngineError(
                "uv built llama.cpp, but left no wheel", f"Its words are in {TOOLS / 'engine.log'}"
            )
        wheel = keep(built, folder)
    step("", f"compiled in {duration(progress.seconds)}")
    return wheel


def build_environment(choice: Choice) -> dict[str, str]:
    """What scikit-build-core reads; a person's own CMAKE_ARGS stay, and come last so that they win."""
    settings, extra = definitions(choice)
    arguments = [f"-D{setting}" for setting in (*settings, f"CMAKE_PROJECT_llama_cpp_INCLUDE={INCLUDED}")]
    own = os.environ.get("CMAKE_ARGS", "")
    return {**extra, "CMAKE_ARGS": " ".join([*map(shlex.quote, arguments), own]).rstrip()}


def check(choice: Choice) -> None:
    """llama.cpp must load, and a GPU build must find its GPU. Raises EngineError."""
    offload = answer([VENV_PYTHON, "-I", "-c", CHECK], timeout=120)
    if offload is None:
        raise EngineError(
            "llama.cpp was built, but it does not load", f"See why with: {VENV_PYTHON} -c 'import llama_cpp'"
        )
    if choice.backend != "cpu" and offload != "gpu":
        raise EngineError(
            f"llama.cpp was built for {choice.name}, but it finds no GPU to offload to",
            "The driver may be missing or too old; `make run BACKEND=cpu` does without.",
        )


def store() -> Path:
    """The folder of kept wheels, in the person's cache; `$SLIPSTREAM_HOME` moves it as it moves everything."""
    if home := os.environ.get("SLIPSTREAM_HOME"):
        cache = Path(home).expanduser() / "cache"
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches" / "slipstream"
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "slipstream"
    return cache / "builds"


def keep(built: Path, folder: Path) -> Path:
    """Copy a wheel into its folder, in one step; the oldest of too many go."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{built.name}.{os.getpid()}.part"
        shutil.copyfile(built, partial)
        os.replace(partial, folder / built.name)
        kept = sorted(
            (path for path in folder.parent.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime
        )
    except OSError as error:
        raise EngineError(
            f"The build cannot be kept in {folder}: {error.strerror}", "Is there space?"
        ) from error
    for old in kept[:-KEPT]:
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return folder / built.name
