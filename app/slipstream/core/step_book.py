"""Where each token of an answer comes from: the step that wrote it, and what a draft had proposed at its place.

A `StepBook` is filled with the steps of an answer's runs as they were recorded, and asked by token: its number among
all that the answer's runs have emitted. Knows no models and no storage; what proposed tokens would have read is told
to it by whoever has the vocabulary.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from slipstream.core.events import PairLoaded, StepDone, TextPiece
from slipstream.core.metrics import StepRecord


@dataclass(frozen=True, slots=True)
class RunSteps:
    """Some steps of one run, in their order.

    `texts` holds, by id, what refused tokens read as, where that is known.
    """

    run: int  # its id
    target: str  # names of the models
    draft: str | None
    steps: tuple[StepDone, ...]
    texts: Mapping[int, str] = field(default_factory=dict)
    pair: PairLoaded | None = None  # the models as they were loaded, where that is known


@dataclass(frozen=True, slots=True)
class Proposal:
    """A token that a draft proposed. Probabilities are raw: temperature 1, all tokens.

    `draft_prob` is None for a drafter that has none (a lookup), `target_prob` where it was not recorded.
    """

    token: int  # id
    text: str | None
    draft_prob: float | None
    target_prob: float | None


@dataclass(frozen=True, slots=True)
class TokenSource:
    """How one token was written."""

    token: int  # id
    record: StepRecord
    place: int  # in the draft, from 1; a token of the target's own stands right behind what was kept of it
    proposal: Proposal | None  # what the draft had for this place
    dropped: tuple[Proposal, ...]  # what it had behind a refused one: nobody asked whether that was right
    target: str
    draft: str | None


class StepBook:
    """The steps of one answer, as far as they were read."""

    def __init__(self) -> None:
        self._records: list[StepRecord] = []
        self._runs: list[RunSteps] = []  # of each step
        self._first: list[int] = []  # of each step: tokens that the answer had before
        self._texts: dict[int, dict[int, str]] = {}  # by run

    def __len__(self) -> int:
        """Steps."""
        return len(self._records)

    @property
    def tokens(self) -> int:
        """Tokens that these steps emitted."""
        return self._first[-1] + len(self._records[-1].emitted) if self._records else 0

    def put(self, known: int, runs: Iterable[RunSteps]) -> None:
        """Take steps from number `known` (from 0, over all runs) on, in place of those that were there."""
        for column in (self._records, self._runs, self._first):
            del column[known:]
        for run in runs:
            self._texts.setdefault(run.run, {}).update(run.texts)
            for step in run.steps:
                self._first.append(self.tokens)
                self._records.append(step.record)
                self._runs.append(run)

    def source(self, token: int) -> TokenSource | None:
        """How the n-th token (from 0) was written; None where that is not known."""
        if not 0 <= token < self.tokens:
            return None
        number = bisect_right(self._first, token) - 1
        run, record, offset = self._runs[number], self._records[number], token - self._first[number]
        texts = self._texts[run.run]
        proposal = _proposal(record, offset, texts) if offset < len(record.drafted) else None
        dropped: tuple[Proposal, ...] = ()
        if offset >= record.accepted:
            dropped = tuple(
                _proposal(record, place, texts) for place in range(offset + 1, len(record.drafted))
            )
        return TokenSource(
            record.emitted[offset], record, offset + 1, proposal, dropped, run.target, run.draft
        )


def _proposal(record: StepRecord, place: int, texts: Mapping[int, str]) -> Proposal:
    def at(probs: Sequence[float | None]) -> float | None:
        return probs[place] if place < len(probs) else None

    token = record.drafted[place]
    return Proposal(token, texts.get(token), at(record.draft_probs), at(record.target_probs))


def refused_tokens(steps: Iterable[StepDone]) -> frozenset[int]:
    """Ids of tokens that were proposed and not written: their texts stand nowhere in an answer."""
    records = (step.record for step in steps)
    return frozenset(token for record in records for token in record.drafted[record.accepted :])


def pieces_of(runs: Iterable[RunSteps]) -> list[TextPiece]:
    """The text of whole runs by token, the tokens counted through."""
    pieces: list[TextPiece] = []
    before = 0
    for run in runs:
        for step in run.steps:
            pieces += (replace(piece, token=piece.token + before) for piece in step.pieces)
        before += sum(len(step.record.emitted) for step in run.steps)
    return pieces
