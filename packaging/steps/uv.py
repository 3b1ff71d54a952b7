"""Running uv for something long: its words into a log, a person kept informed, and what went wrong found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from steps.console import SetupError
from steps.machine import TOOLS, clean_environment, own_group
from steps.tools import Tool


class UvError(SetupError):
    """uv said no."""


def run(
    uv: Tool,
    arguments: Sequence[str | Path],
    log: str,
    extra: Mapping[str, str] | None = None,
    watch: Callable[[str], None] | None = None,
) -> None:
    """`uv ARGUMENTS`, with its output in `.tools/<log>`; `watch` sees each line. Raises UvError."""
    TOOLS.mkdir(exist_ok=True)
    path = TOOLS / log
    environment = {**clean_environment(), **(extra or {}), "NO_COLOR": "1"}
    with path.open("wb") as output, own_group([uv.path, *arguments], environment) as process:
        assert process.stdout is not None  # a pipe was asked for
        for line in process.stdout:
            output.write(line)
            if watch is not None:
                watch(line.decode("utf-8", "replace"))
    if process.returncode != 0:
        raise UvError(failure(path.read_text("utf-8", "replace")), f"Everything it said is in {path}")


def failure(log: str) -> str:
    """The part of uv's verbose output that says what went wrong: compiler errors, then uv's own words."""
    lines = [line.rstrip() for line in log.splitlines()]
    errors = [line for line in lines if re.search(r"\b(fatal )?error: |CMake Error", line)]
    own = next((i for i, line in enumerate(lines) if line.lstrip().startswith(("error:", "×", "x "))), None)
    chosen = dict.fromkeys([*errors[:8], *(lines[own : own + 40] if own is not None else lines[-12:])])
    return "\n".join(line.replace("DEBUG ", "", 1) if line.startswith("DEBUG ") else line for line in chosen)
