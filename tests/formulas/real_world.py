"""The formulas of `data/real_world.txt`."""

from collections.abc import Iterator
from pathlib import Path

from slipstream.core.formulas import Formula

FILE = Path(__file__).parent / "data" / "real_world.txt"


def sources() -> list[str]:
    """Each with its delimiters, in the order of the file; some of them go over several lines."""
    return list(_read(FILE.read_text("utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[str]:
    source = ""
    for line in lines:
        if not source and (not line.strip() or line.startswith("#")):
            continue
        source = f"{source}\n{line}" if source else line.strip()
        if _is_whole(source.strip()):
            yield source.strip()
            source = ""
    assert not source, f"never closed: {source}"


def _is_whole(source: str) -> bool:
    try:
        Formula.read(source)
    except ValueError:
        return False
    return True
