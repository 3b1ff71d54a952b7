"""The real command in a process of its own, with a home of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slipstream.core.paths import HOME_VARIABLE, default_paths, demo_model

_PATHS = default_paths()  # before a test moves them

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def slipstream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line with a home of its own."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    if model := demo_model(_PATHS):
        monkeypatch.setenv("SLIPSTREAM_MODELS", str(model.parent))

    def call(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "slipstream", *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return call
