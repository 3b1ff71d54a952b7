"""Why the engine's process ended, or never began, in words: from its exit code and from what it said last.

Knows nothing of how it is talked to.
"""

import re
import signal
from pathlib import Path

from slipstream.core.errors import LoadError
from slipstream.core.text import printable

LOOKED_AT = 8192  # bytes at the end of its log
# "…/ops.cpp:4132: GGML_ASSERT(eps >= 0) failed", "  what():  unordered_map::at"; lines of the log begin with a date.
_LAST_WORDS = re.compile(r"(?:\S*[/\\])?(\w[\w.-]*\.\w{1,4}:\d+: .+)|\s*what\(\): +(.+)")
_CUDA_ERROR = re.compile(r"(.*CUDA error.*)")


def not_started(error: OSError) -> LoadError:
    """What the system refused, as an error that can be expected."""
    return LoadError(
        f"The engine's process cannot be started: {error.strerror or error}",
        "Close other programs, then try again",
    )


def exit_reason(code: int | None) -> str:
    """An exit code in words."""
    if code is None:
        return "no exit code"
    if code == -getattr(signal, "SIGKILL", 9):
        return "ended by SIGKILL, as the system does where memory runs out"
    if code < 0:
        try:
            return f"ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"ended by signal {-code}"
    return f"exit code {code}"


def last_words(path: Path) -> str:
    """What GGML or C++ said before it aborted the process, or ""."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LOOKED_AT))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    telling = [
        found[found.lastindex or 0]
        for line in lines
        if (found := _LAST_WORDS.match(line) or _CUDA_ERROR.match(line))
    ]
    return printable(telling[-1].strip(), 300) if telling else ""
