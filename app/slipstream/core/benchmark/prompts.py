"""What a benchmark asks: the built-in prompts by kind of text, or those of a file.

A file has one JSON object a line: `{"id": "merge", "kind": "code", "prompt": "Write …"}`. Only `prompt` is needed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from slipstream.core.errors import AppError
from slipstream.core.paths import resources_dir
from slipstream.core.text import clean_text

KINDS = ("code", "math", "open", "rewrite")  # those that are built in
OTHER = "other"  # the kind of a prompt that names none
MOST_BYTES = 64 << 20
MOST_PROMPTS = 10_000
MOST_KINDS = 50
NAME_LENGTH = 80  # characters of an id or a kind


@dataclass(frozen=True, slots=True)
class BenchPrompt:
    id: str
    kind: str
    text: str

    @property
    def digest(self) -> str:
        """Tells texts apart that have the same id."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def built_in(kinds: Iterable[str] = KINDS) -> list[BenchPrompt]:
    """The prompts that come with Slipstream, of these kinds."""
    folder = resources_dir() / "prompts"
    return [prompt for kind in kinds for prompt in read_prompts(folder / f"{kind}.jsonl")]


def read_prompts(path: Path) -> list[BenchPrompt]:
    """The prompts of a file. Raises AppError, which names the line, for one that cannot be used."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise AppError(f"{path.name} is too large for a file of prompts: {MOST_BYTES >> 20} MB at most")
        lines = data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise AppError(f"The prompts in {path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise AppError(f"{path.name} is no UTF-8 text", "One JSON object a line is expected") from error
    found: list[BenchPrompt] = []
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        prompt = _prompt(line, number, path)
        if prompt.id in known:
            raise _misfit(path, number, f"the id “{prompt.id}” was there before")
        known.add(prompt.id)
        found.append(prompt)
        if len(found) > MOST_PROMPTS:
            raise AppError(f"{path.name} has more than {MOST_PROMPTS} prompts")
    if not found:
        raise AppError(f"There is no prompt in {path.name}", "One JSON object a line is expected")
    if len({prompt.kind for prompt in found}) > MOST_KINDS:
        raise AppError(f"{path.name} has more than {MOST_KINDS} kinds of text")
    return found


def in_turn(prompts: Iterable[BenchPrompt], limit: int | None = None) -> list[BenchPrompt]:
    """The first `limit` prompts, kinds taking turns: whatever a machine does meanwhile, it does to all kinds."""
    groups: dict[str, list[BenchPrompt]] = {}
    for prompt in prompts:
        groups.setdefault(prompt.kind, []).append(prompt)
    mixed = [prompt for row in zip_longest(*groups.values()) for prompt in row if prompt is not None]
    return mixed[:limit]


def kinds_of(prompts: Sequence[BenchPrompt]) -> list[str]:
    """In the order they are met."""
    return list(dict.fromkeys(prompt.kind for prompt in prompts))


def _prompt(line: str, number: int, path: Path) -> BenchPrompt:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _misfit(path, number, "it is no JSON") from error
    if not isinstance(data, dict):
        raise _misfit(path, number, "it is no JSON object")
    text = data.get("prompt")
    if not isinstance(text, str) or not text.strip():
        raise _misfit(path, number, "it has no “prompt”, or an empty one")
    return BenchPrompt(
        _name(data.get("id"), str(number), path, number),
        _name(data.get("kind"), OTHER, path, number),
        clean_text(text),
    )


def _name(value: object, usual: str, path: Path, number: int) -> str:
    """An id or a kind as it can be shown on one line."""
    if value is None:
        return usual
    if not isinstance(value, str | int):
        raise _misfit(path, number, "its id and kind must be text")
    name = " ".join(clean_text(str(value)).split())
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise _misfit(path, number, f"its id and kind must be plain text of {NAME_LENGTH} characters at most")
    return name or usual


def _misfit(path: Path, number: int, what: str) -> AppError:
    return AppError(f"Line {number} of {path.name} is no prompt: {what}")
