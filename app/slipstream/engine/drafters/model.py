"""A small model of the same vocabulary drafts, one token after the other.

Its cache keeps every token that was accepted: `Context.score` decodes only what it has not seen, which is one
token, or two after a draft that was accepted whole. Nothing is decoded twice.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np

from slipstream.engine.acceptance import Draft
from slipstream.engine.context import Context, Prefill
from slipstream.engine.drafters.partial_text import PartialText
from slipstream.engine.model import Tokens
from slipstream.engine.pace.base import Move, Plan
from slipstream.engine.proposal import NOTHING, Proposal
from slipstream.engine.sampling import Distribution, Sampler, raw_probability


class ModelDrafter:
    """Drafts tokens drawn from the draft's distribution (`drawn`, where the plan says so), or the likeliest.

    `sampler` is the target's: p and q go through the same temperature and cuts. A draw has a generator of its
    own, so that runs repeat whatever the acceptance rule draws.
    """

    name = "model"

    def __init__(self, draft: Context, sampler: Sampler, *, drawn: bool, seed: int) -> None:
        self._draft = draft
        self._text = PartialText(draft)
        self._sampler = sampler
        self._drawn = drawn
        self._rng = np.random.default_rng([seed, 1])

    @property
    def decode_ms(self) -> float:
        return self._draft.decode_ms

    def prepare(self, context: Tokens, reads: Callable[[int], int]) -> Iterator[Prefill]:
        behind = self._text.unread(context)
        read = reads(behind)
        if not read:
            return iter(())
        if read < behind:
            self._text.leave_out(context, read)
        return self._draft.prefill(self._text.of(context))

    def propose(self, context: Tokens, plan: Plan) -> Proposal:
        behind = self._text.unread(context)
        read = plan.opens(behind)
        if not read:
            return NOTHING
        if read < behind:
            self._text.leave_out(context, read)
        text = self._text.of(context)
        room = self._draft.n_ctx - len(text) + 1
        known = np.empty(len(text) + max(min(plan.limit, room), 0), np.int32)
        known[: len(text)] = text
        tokens: list[int] = []
        sources: list[Distribution] = []
        drawn_from: list[Distribution] = []
        raw_probs: list[float | None] = []
        confidences: list[float] = []
        decode_ms: list[float] = []
        while len(tokens) < room and plan.goes_on():
            length = len(text) + len(tokens)
            before = self._draft.decode_ms
            row = self._draft.score(known[:length])[0]
            decode_ms.append(self._draft.decode_ms - before)
            source = self._sampler.distribution(row, known[:length])
            likeliest = source.mode
            confidence = raw_probability(row[: self._draft.model.n_real_vocab], [likeliest])[0]
            confidences.append(confidence)
            move = plan.judge(confidence)
            if move is Move.STOP:
                break
            draws = self._drawn and move is Move.DRAW
            token = source.draw(self._rng) if draws else likeliest
            plan.submitted(likeliest=token == likeliest)
            tokens.append(token)
            sources.append(source)
            drawn_from.append(source if draws else Distribution.point(token))
            raw_probs.append(confidence * math.exp(float(row[token]) - float(row[likeliest])))
            known[length] = token
            if self._draft.model.is_end(token):
                break
        draft = Draft(
            tuple(tokens),
            tuple(drawn_from) if self._drawn and tokens else None,
            tuple(raw_probs),
            self.name if tokens else "none",
        )
        return Proposal(
            draft, tuple(confidences), tuple(sources) if self._drawn else (), tuple(decode_ms), read
        )
