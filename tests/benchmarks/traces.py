"""Where draft model and lookup agree with a recorded answer: what `hindsight` needs to know of it.

A draft that is kept is the target's own text, so what the draft model would have proposed after i kept tokens is
what it says after the answer's own first i tokens: one pass over the text tells for every place at once how far a
draft from there would have come.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from hindsight import MOST_DRAFTED, Trace
from rows import Key, Row, append_line, whole_lines

from slipstream.engine.context import Context
from slipstream.engine.drafters.index import NgramIndex


def trace(draft: Context, prompt: Sequence[int], answer: Sequence[int]) -> Trace:
    """Likeliest drafts against the answer. A tie counts for the lowest id, as in drafting."""
    return Trace(Trace.runs(_agrees(draft, prompt, answer)), _looked_up(prompt, answer))


def _agrees(draft: Context, prompt: Sequence[int], answer: Sequence[int]) -> list[bool]:
    known = np.asarray([*prompt, *answer], np.int32)
    found: list[bool] = []
    while len(found) < len(answer):
        begin = len(found)
        text = tuple(answer[begin : begin + MOST_DRAFTED])
        rows = draft.score(known[: len(prompt) + begin], text[:-1])
        likeliest = rows[:, : draft.model.n_real_vocab].argmax(axis=1)
        found += [bool(best == token) for best, token in zip(likeliest, text, strict=True)]
    return found


def _looked_up(prompt: Sequence[int], answer: Sequence[int]) -> tuple[int, ...]:
    known = np.asarray([*prompt, *answer], np.int32)
    lookup = NgramIndex()
    counts = []
    for i in range(len(answer)):
        match = lookup.find(known[: len(prompt) + i])
        proposed = match.continuation(MOST_DRAFTED) if match else ()
        rest = answer[i : i + len(proposed)]
        differs = (n for n, (a, b) in enumerate(zip(proposed, rest, strict=False)) if a != b)
        counts.append(next(differs, min(len(proposed), len(rest))))
    return tuple(counts)


def record_traces(
    draft: Context, rows: Iterable[Row], prompts: Mapping[str, Sequence[int]], path: Path
) -> None:
    """Trace every answer not in `path` yet; a quarter of a second each. `prompts`: tokens by prompt id."""
    done = read_traces(path)
    for row in rows:
        if row.key not in done:
            found = trace(draft, prompts[row.key.id], row.answer.tokens)
            append_line(path, json.dumps({"key": asdict(row.key), "trace": asdict(found)}))


def read_traces(path: Path) -> dict[Key, Trace]:
    traces = {}
    for line in whole_lines(path):
        data = json.loads(line)
        found = data["trace"]
        traces[Key(**data["key"])] = Trace(tuple(found["model"]), tuple(found["lookup"]))
    return traces
