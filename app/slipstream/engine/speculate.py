"""The loop: propose, verify, accept. An empty draft is ordinary decoding, so there is no second path.

Speculative decoding: Leviathan et al. 2211.17192, Chen et al. 2302.01318. Text, stop strings and statistics
wrap this generator from outside.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import Protocol

import numpy as np

from slipstream.core.chat import AcceptRule
from slipstream.core.errors import DecodeError
from slipstream.engine.acceptance import Draft, Thinking, Verdict, rule_for
from slipstream.engine.context import Context, Rows
from slipstream.engine.drafters.base import Drafter, NoDrafter
from slipstream.engine.model import Tokens
from slipstream.engine.pace import Pace
from slipstream.engine.pace.base import Timing
from slipstream.engine.proposal import NOTHING, Proposal
from slipstream.engine.sampling import Distribution, Sampler, raw_probability


@dataclass(frozen=True, slots=True)
class Cycle:
    """One turn of the loop: numbers and tokens, never tensors. Times in ms."""

    position: int  # tokens in the context before it
    limit: int
    proposal: Proposal
    rule: str
    accepted: int
    tokens: tuple[int, ...]  # the accepted ones, then the recovered or bonus token
    target_probs: tuple[float, ...]  # raw, per drafted token
    refused: tuple[float, ...]  # of the first accepted tokens, as in `Verdict`
    timing: Timing
    note: str = ""
    inserted: tuple[int, ...] = ()  # put into the context before it

    @property
    def draft(self) -> Draft:
        return self.proposal.draft


class Steering(Protocol):
    """What the text so far asks of the next step."""

    def most(self) -> int:
        """How many tokens the step may write; 1 at least."""

    def insert(self, room: int) -> tuple[int, ...]:
        """Tokens to put into the context before the step, at most `room`. They are given, not drawn."""


class Unsteered:
    """Asks nothing."""

    def most(self) -> int:
        return sys.maxsize

    def insert(self, room: int) -> tuple[int, ...]:
        return ()


UNSTEERED = Unsteered()


class Transcript:
    """The tokens so far, in one array with room for all that may come."""

    def __init__(self, tokens: Tokens, capacity: int) -> None:
        self._all = np.empty(max(capacity, len(tokens)), np.int32)
        self._all[: len(tokens)] = tokens
        self._length = len(tokens)

    def view(self) -> Tokens:
        """Shape (length,); good until the next `extend`."""
        return self._all[: self._length]

    def extend(self, tokens: tuple[int, ...]) -> None:
        end = self._length + len(tokens)
        self._all[self._length : end] = tokens
        self._length = end

    def __len__(self) -> int:
        return self._length


def speculate(
    target: Context,
    drafter: Drafter,
    accept: AcceptRule,
    pace: Pace,
    sampler: Sampler,
    transcript: Transcript,
    max_tokens: int,
    rng: np.random.Generator,
    thinking: Thinking | None = None,
    steering: Steering = UNSTEERED,
) -> Iterator[Cycle]:
    """Extend `transcript` cycle by cycle, until `max_tokens` are written or the context is full.

    The first cycle drafts nothing: its token comes from the prompt's prefill. The transcript has the tokens of
    a cycle when it is yielded. `thinking` is asked by a rule that is meant for thinking only (None: there is
    none), `steering` before each step. A drafter that fails is replaced by none, with a note. Raises StoppedError,
    and DecodeError where the target fails.
    """
    end = len(transcript) + max_tokens
    first = len(transcript)
    note = ""
    full = target.n_ctx + 1
    while (position := len(transcript)) < min(end, full):
        started = perf_counter()
        if inserted := steering.insert(target.n_ctx - position):
            transcript.extend(inserted)
            position, end = position + len(inserted), end + len(inserted)
        most = min(end - position, full - position, steering.most())
        # After what was read anew (the prompt, what was inserted) the next token comes from the reading.
        plan = pace.plan(position, 0 if position == first or inserted else most - 1)
        proposal = NOTHING
        if plan.limit:
            try:
                proposal = drafter.propose(transcript.view(), plan)
            except DecodeError as error:
                note = f"Drafting failed ({error.message}); going on without it"
                drafter = NoDrafter()
        draft = proposal.draft
        drafted = perf_counter()
        context = transcript.view()
        rows = target.score(context, draft.tokens)
        scored = perf_counter()
        rule = rule_for(accept, draft, thinking)
        distribution = _distributions(sampler, rows, context, draft.tokens)
        verdict = rule(draft, distribution, rng)
        real = rows[:, : target.model.n_real_vocab]
        target_probs = tuple(raw_probability(real[i], [token])[0] for i, token in enumerate(draft.tokens))
        tokens = _emitted(draft, verdict)
        timing = Timing(
            draft_ms=(drafted - started) * 1000,
            verify_ms=(scored - drafted) * 1000,
            sample_ms=(perf_counter() - scored) * 1000,
        )
        if position > first:
            pace.observe(proposal, verdict, distribution, timing)
        transcript.extend(tokens)
        yield Cycle(
            position=position,
            limit=plan.limit,
            proposal=proposal,
            rule=rule.name,
            accepted=verdict.accepted,
            tokens=tokens,
            target_probs=target_probs,
            refused=verdict.refused,
            timing=timing,
            note=note,
            inserted=inserted,
        )
        note = ""


def _emitted(draft: Draft, verdict: Verdict) -> tuple[int, ...]:
    return (*draft.tokens[: verdict.accepted], verdict.token)


def _distributions(
    sampler: Sampler, rows: Rows, context: Tokens, draft: tuple[int, ...]
) -> Callable[[int], Distribution]:
    """The target's distribution at each draft position, made when it is asked for, once."""
    known = np.concatenate([context, np.asarray(draft, np.int32)])

    @cache
    def at(i: int) -> Distribution:
        return sampler.distribution(rows[i], known[: len(context) + i])

    return at
