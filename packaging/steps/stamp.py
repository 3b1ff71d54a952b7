"""The memory of the set-up: which steps were done, and with what.

It lies inside `.venv` and so goes when that goes. A step is done when its key (hashes, versions, choices)
is the recorded one; a stamp that cannot be read only means that every step is looked at again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FORMAT = 1


class Stamp:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps: dict[str, Any] = {}
        try:
            stored = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return
        steps = stored.get("steps") if isinstance(stored, dict) and stored.get("format") == FORMAT else None
        if isinstance(steps, dict):
            self._steps = steps

    def get(self, step: str) -> Any:
        return self._steps.get(step)

    def record(self, step: str, key: Any) -> None:
        """Remember it now: what was done stays done when a later step fails."""
        self._steps[step] = key
        temporary = self._path.with_suffix(".new")
        temporary.write_text(json.dumps({"format": FORMAT, "steps": self._steps}, indent=1), "utf-8")
        os.replace(temporary, self._path)

    def forget(self, step: str) -> None:
        """Called before a step changes anything, so that a half-done one is done again."""
        if step in self._steps:
            self.record(step, None)

    def clear(self) -> None:
        """Forget everything: the environment it spoke of is gone."""
        self._steps = {}
