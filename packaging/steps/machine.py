"""Asking the machine: what runs, what is there. A program counts as present only when it answers."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
VENV_BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = VENV_BIN / ("python.exe" if os.name == "nt" else "python")


def answer(command: Sequence[str | Path], timeout: float = 20.0) -> str | None:
    """What `command` prints when it runs and succeeds; None when it is missing, fails or hangs.

    It runs in the checkout, where pyenv's shims refuse to start what this folder's Python lacks.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


@contextmanager
def own_group(
    command: Sequence[str | Path], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A long command with its output in a pipe. When the block is left early, it ends, and so does all it started.

    A compiler's jobs would otherwise go on without us: uv hands no signal to what it builds with.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=os.name != "nt",
    )
    with process:
        try:
            yield process
        except BaseException:
            if os.name == "nt":
                process.terminate()
            else:
                with suppress(ProcessLookupError):  # it may have ended by itself
                    os.killpg(process.pid, signal.SIGTERM)
            raise


def digest(*parts: str | Path) -> str:
    """A short hash of texts and of the contents of files (a missing file counts as empty)."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part.read_bytes() if part.is_file() else b""
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:16]


def on_path(name: str) -> list[Path]:
    """Every executable file called `name` on PATH, in order; the first need not be one that runs."""
    folders = dict.fromkeys(os.environ.get("PATH", os.defpath).split(os.pathsep))
    found = [Path(folder) / name for folder in folders if folder]
    return [path for path in found if path.is_file() and os.access(path, os.X_OK)]


def clean_environment() -> dict[str, str]:
    """The environment for uv, without what would send it to another interpreter than ours."""
    misleading = {"VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "UV_PYTHON", "UV_SYSTEM_PYTHON"}
    return {name: value for name, value in os.environ.items() if name not in misleading}
