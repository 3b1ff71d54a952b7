"""What a model is downloaded for: to answer, or to draft for another. Part of the download's record, so that it is
known after a restart, too.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Purpose:
    """To be loaded once it is whole: as the model, or to draft for `target`, a file of this machine."""

    target: Path | None = None


def purpose_to_json(purpose: Purpose | None) -> dict[str, str | None] | None:
    """As `read_purpose` reads it."""
    if purpose is None:
        return None
    return {"target": None if purpose.target is None else str(purpose.target)}


def read_purpose(told: Any) -> Purpose | None:
    """None where there is none. Raises TypeError, LookupError for what `purpose_to_json` has not written."""
    if told is None:
        return None
    target = told["target"]
    if target is not None and not isinstance(target, str):
        raise TypeError(f"{target!r} is no path")
    return Purpose(None if target is None else Path(target))
