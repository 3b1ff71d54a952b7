"""Expected acceptance length of the lossless rules on one pair, at the same places of the same texts.

At some places of a recorded answer the draft writes on from the true text, once drawing its tokens and once taking
the likeliest. The target scores both drafts, and each rule says how many tokens of this very draft it keeps on
average (`expected_accepted`: its dice are integrated out). So rules are compared on equal drafts, without the noise
of what they happened to accept, and without any clock:

    block, match, token   on the drawn draft
    likeliest             match on the likeliest tokens: what llama.cpp does, at a temperature, too

A first part of a draft is the draft of that length, so one draft of the longest length serves all lengths.
"""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rows import append_line, whole_lines

from slipstream.core.chat import Sampling
from slipstream.engine.acceptance import (
    AcceptanceRule,
    Draft,
    block_wise,
    expected_accepted,
    match,
    token_wise,
)
from slipstream.engine.context import Context
from slipstream.engine.model import Tokens
from slipstream.engine.pair import Pair
from slipstream.engine.sampling import Distribution, Sampler

LENGTHS = (4, 8)
LIKELIEST = "likeliest"
DRAWN_RULES: dict[str, AcceptanceRule] = {"block": block_wise, "match": match, "token": token_wise}


@dataclass(frozen=True)
class Text:
    """A recorded answer, with the prompt it followed."""

    id: str
    kind: str
    temperature: float
    prompt: tuple[int, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """Expected accepted tokens at one place of a text: {rule: [per length of `LENGTHS`]}."""

    id: str
    kind: str
    temperature: float
    place: int
    accepted: Mapping[str, Sequence[float]]


def read_places(path: Path) -> list[Place]:
    return [Place(**json.loads(line)) for line in whole_lines(path)]


def measure(pair: Pair, texts: Sequence[Text], per_text: int, path: Path) -> Iterator[Text]:
    """Measure every text not in `path` yet at `per_text` places, evenly spread; yields each that is done.

    About a second a place for a 1.5B target on two cores. Raises RuntimeError without a draft.
    """
    done = {(place.id, place.temperature, place.place) for place in read_places(path)}
    for text in texts:
        sampling = Sampling(temperature=text.temperature, top_p=0.95, top_k=40)
        for place in places(len(text.answer), per_text):
            if (text.id, text.temperature, place) in done:
                continue
            context = np.asarray([*text.prompt, *text.answer[:place]], np.int32)
            accepted = accepted_at(pair, sampling, context, seed=place)
            row = Place(text.id, text.kind, text.temperature, place, accepted)
            append_line(path, json.dumps(asdict(row)))
        yield text


def places(length: int, count: int) -> list[int]:
    """Where to look in an answer of so many tokens: evenly spread, ascending, distinct, its start left out."""
    return sorted({int(place) for place in np.linspace(1, length - 1, count)}) if length > 1 else []


def accepted_at(pair: Pair, sampling: Sampling, context: Tokens, seed: int) -> dict[str, list[float]]:
    """Expected accepted tokens after `context`, per rule and length."""
    if pair.draft is None:
        raise RuntimeError(pair.loaded.draft_problem or "no draft")
    real = pair.target.model.n_real_vocab
    sampler, draft_sampler = (
        Sampler(sampling, real),
        Sampler(sampling, min(real, pair.draft.model.n_real_vocab)),
    )
    found: dict[str, list[float]] = {name: [] for name in (*DRAWN_RULES, LIKELIEST)}
    for drawn in (True, False):
        draft = _draft(pair.draft, draft_sampler, context, np.random.default_rng(seed) if drawn else None)
        target = _scored(pair.target, sampler, context, draft.tokens)
        for length in LENGTHS:
            first = Draft(
                draft.tokens[:length],
                draft.distributions[:length] if draft.distributions is not None else None,
            )
            for name, rule in DRAWN_RULES.items() if drawn else ((LIKELIEST, match),):
                found[name].append(expected_accepted(rule, first, target.__getitem__))
    return found


def _draft(draft: Context, sampler: Sampler, context: Tokens, rng: np.random.Generator | None) -> Draft:
    """The longest draft, drawn with `rng`, or the likeliest tokens without one; it ends with an end of turn."""
    known = np.concatenate([context, np.zeros(max(LENGTHS), np.int32)])
    tokens: list[int] = []
    distributions: list[Distribution] = []
    while len(tokens) < max(LENGTHS) and not (tokens and draft.model.is_end(tokens[-1])):
        length = len(context) + len(tokens)
        distributions.append(sampler.distribution(draft.score(known[:length])[0], known[:length]))
        tokens.append(distributions[-1].draw(rng) if rng is not None else distributions[-1].mode)
        known[length] = tokens[-1]
    return Draft(tuple(tokens), tuple(distributions) if rng is not None else None)


def _scored(target: Context, sampler: Sampler, context: Tokens, draft: tuple[int, ...]) -> list[Distribution]:
    """The target's distributions at each place of the draft and after it."""
    rows = target.score(context, draft)
    known = np.concatenate([context, np.asarray(draft, np.int32)])
    return [sampler.distribution(row, known[: len(context) + i]) for i, row in enumerate(rows)]


def expected_length(found: Sequence[Place], rule: str, length: int) -> float:
    """tau: one more than the mean of what is kept."""
    return 1 + statistics.fmean(place.accepted[rule][LENGTHS.index(length)] for place in found)
