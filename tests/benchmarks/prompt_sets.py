"""Where the prompts come from: code and maths from the given file, the other kinds from `resources/prompts`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from slipstream.core.paths import resources_dir

GIVEN_KINDS = ("code", "math")


@dataclass(frozen=True)
class Prompt:
    id: str
    kind: str
    prompt: str


def read_prompts(path: Path) -> list[Prompt]:
    """All prompts of a JSONL file with the fields id, kind, prompt."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Prompt(row["id"], row["kind"], row["prompt"]) for row in rows]


def prompts(given: Path, kind: str, count: int) -> list[Prompt]:
    """The first `count` prompts of a kind."""
    path = given if kind in GIVEN_KINDS else resources_dir() / "prompts" / f"{kind}.jsonl"
    return [prompt for prompt in read_prompts(path) if prompt.kind == kind][:count]


def kinds_in_turn(groups: Iterable[list[Prompt]]) -> Iterator[tuple[int, Prompt]]:
    """(number within its kind, prompt), kinds taking turns, so that subjects change as in a person's use."""
    for number, row in enumerate(zip_longest(*groups)):
        for prompt in row:
            if prompt is not None:
                yield number, prompt
