"""Several runs of one prompt, written by turns on one target: what is slow to change falls on all of them alike.

A round has a segment of each run, in one order and then in the other (A B, B A, A B …), so that none is always the
first. A run that is left keeps a copy of the caches; when it goes on they are put back bit by bit, so it writes
what it would have written alone, its random numbers and its pace going on with it. That takes time, which no run's
clock counts. Runs may draft with different models. Knows nothing of what the figures are used for.
(docs/decisions/0015-side-by-side.md)
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from time import perf_counter

import numpy as np

from slipstream.core.errors import UsageError
from slipstream.core.events import RunEvent
from slipstream.core.metrics import StepRecord
from slipstream.core.side_by_side import (
    Candidate,
    Parting,
    Segment,
    SideBySideEvent,
    SideEvent,
    SideSpec,
    first_difference,
    segment_of,
)
from slipstream.engine.context import Context, Held, StoppedError
from slipstream.engine.pair import Pair
from slipstream.engine.run import Run
from slipstream.engine.sampling import raw_probability


def write_by_turns(pair: Pair, runs: Sequence[Run], segment: int) -> Iterator[SideBySideEvent]:
    """Write all of `runs`, each `segment` tokens at a time; then say where greedy texts part from the first one's.

    Where a draft fails, all end: there is nothing left to compare. Raises UsageError where a run cannot draft as it
    was asked to, and DecodeError.
    """
    for run in runs:
        if run.notes:
            raise UsageError(run.notes[0])
    turns = _Turns(runs)
    stopped = False
    try:
        yield from turns.rounds(segment)
    except StoppedError:
        stopped = True
    for side in turns.sides:
        if not side.finished:
            side.run.come_back()  # for its clock
            yield side.finish()
    if not stopped:
        with suppress(StoppedError):
            yield from _partings(pair, runs)


class _Side:
    """One run and where it is."""

    def __init__(self, number: int, run: Run, contexts: Sequence[Context]) -> None:
        self.number = number
        self.run = run
        self.contexts = contexts  # those it uses: the target first
        self.draft = contexts[1] if len(contexts) > 1 else None
        self.steps = run.steps()
        self.held: list[Held] = []
        self.begun = False
        self.over = False
        self.finished = False

    def told(self, event: RunEvent | Segment) -> SideEvent:
        return SideEvent(self.number, event)

    def finish(self) -> SideEvent:
        self.finished = True
        self.held.clear()
        return self.told(self.run.finish())


class _Turns:
    """Whose turn it is."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.sides = [_Side(number, run, _used_by(run)) for number, run in enumerate(runs)]
        prompt = np.asarray(runs[0].prompt.tokens, np.int32)
        drafts = {side.draft for side in self.sides if side.draft is not None}
        # What each had read before; the last token is read again, for what comes after it.
        self._knew = {draft: min(draft.common_prefix(prompt), len(prompt) - 1) for draft in drafts}
        self._active: _Side | None = None

    def rounds(self, segment: int) -> Iterator[SideEvent]:
        """Until all are over, or a draft fails. Raises StoppedError, DecodeError."""
        for number in count(1):
            going = [side for side in self.sides if not side.over]
            if not going:
                return
            for side in going if number % 2 else reversed(going):
                yield from self._write(side, number, number * segment)
                if side.run.notes:
                    return

    def _write(self, side: _Side, number: int, until: int) -> Iterator[SideEvent]:
        """The side's segment of this number, up to `until` tokens of its answer. Raises StoppedError, DecodeError."""
        switch_ms = self._turn_to(side)
        run = side.run
        if not side.begun:
            side.begun = True
            yield from self._read(side)
            if run.notes:
                return
        began = run.clock_ms
        records: list[StepRecord] = []
        for step in side.steps:
            records.append(step.record)
            yield side.told(step)
            # A step that ends the run is its last: then the loop ends by itself.
            if step.record.stop_reason is None and (len(run.tokens) >= until or run.notes):
                break
        else:
            side.over = True
        if records and not run.notes:
            yield side.told(segment_of(number, records, began, switch_ms))
        if side.over:
            yield side.finish()

    def _read(self, side: _Side) -> Iterator[SideEvent]:
        """Read the prompt: the target once for all, the draft for each from what it knew before."""
        if side.draft is not None:
            side.draft.trim(self._knew[side.draft])
        first = self.sides[0].run
        for event in side.run.prefill(None if side.run is first else first):
            yield side.told(event)

    def _turn_to(self, side: _Side) -> float:
        """Put its caches back where another side was there meanwhile; how long that took, ms."""
        before, self._active = self._active, side
        if before is side:
            return 0.0
        began = perf_counter()
        if before is not None and not before.over:
            before.run.leave()
            before.held = [context.hold() for context in before.contexts]
        for context, held in zip(side.contexts, side.held, strict=False):  # nothing is held before it begins
            context.put_back(held)
        side.held.clear()
        side.run.come_back()
        return (perf_counter() - began) * 1000


def _used_by(run: Run) -> list[Context]:
    """The target, and its draft where it has one to draft with."""
    draft = run.pair.draft if SideSpec(run.request.speculation).drafts_by_model else None
    return [run.pair.target] if draft is None else [run.pair.target, draft]


def _partings(pair: Pair, runs: Sequence[Run]) -> Iterator[Parting]:
    """Where the texts of greedy runs part from the first one's, and how near the choice was there."""
    first = runs[0]
    if not first.sampler.greedy:
        return
    for number, run in enumerate(runs[1:], 1):
        at = first_difference(first.tokens, run.tokens)
        if at is not None:
            yield _parting(pair, first, run, number, at)


def _parting(pair: Pair, first: Run, other: Run, side: int, at: int) -> Parting:
    """Score the place once more, where token `at` of both answers stands."""
    context = first.transcript.view()[: _position(first, at)]
    row = pair.target.score(context)[0]
    ids, logits = first.sampler.likeliest(row, context, 2)
    tokens = [int(token) for token in ids]
    chances = raw_probability(row[: pair.target.model.n_real_vocab], tokens)
    return Parting(
        side,
        at,
        wrote=(_text(pair, first.tokens[at]), _text(pair, other.tokens[at])),
        likeliest=tuple(
            Candidate(_text(pair, token), float(logit), chance)
            for token, logit, chance in zip(tokens, logits, chances, strict=True)
        ),
    )


def _text(pair: Pair, token: int) -> str:
    return pair.target.model.piece(token).decode("utf-8", "replace")


def _position(run: Run, at: int) -> int:
    """How many tokens stand before the answer's token `at` in the run's transcript."""
    before = 0
    for record in run.records:
        if at < before + len(record.emitted):
            return record.position + at - before
        before += len(record.emitted)
    raise IndexError(at)
