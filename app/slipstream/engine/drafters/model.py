"""A small model of the same vocabulary drafts, one token after the other.

Its cache keeps every token that was accepted: `Context.score` decodes only what it has not seen, which is one
token, or two after a draft that was accepted whole. Nothing is decoded twice.
"""

from collections.abc import Iterator

import numpy as np

from slipstream.engine.acceptance import Draft, Verdict
from slipstream.engine.context import Context, Prefill
from slipstream.engine.model import Tokens
from slipstream.engine.sampling import Distribution, Sampler, raw_probability


class ModelDrafter:
    """Drafts the likeliest token at each position, or one drawn from the draft's distribution (`drawn`).

    `sampler` is the target's: p and q go through the same temperature and cuts. A draw has a generator of its
    own, so that runs repeat whatever the acceptance rule draws.
    """

    name = "model"

    def __init__(self, draft: Context, sampler: Sampler, *, drawn: bool, seed: int) -> None:
        self._draft = draft
        self._sampler = sampler
        self._drawn = drawn
        self._rng = np.random.default_rng([seed, 1])

    @property
    def decode_ms(self) -> float:
        return self._draft.decode_ms

    def prepare(self, context: Tokens) -> Iterator[Prefill]:
        return self._draft.prefill(context)

    def propose(self, context: Tokens, limit: int) -> Draft:
        room = self._draft.n_ctx - len(context) + 1
        limit = min(limit, room)
        tokens: list[int] = []
        distributions: list[Distribution] = []
        raw_probs: list[float | None] = []
        end = self._draft.model.is_end
        known = np.empty(len(context) + max(limit, 0), np.int32)
        known[: len(context)] = context
        while len(tokens) < limit:
            length = len(context) + len(tokens)
            row = self._draft.score(known[:length])[0]
            distribution = self._sampler.distribution(row, known[:length])
            token = distribution.draw(self._rng) if self._drawn else distribution.mode
            tokens.append(token)
            distributions.append(distribution)
            raw_probs += raw_probability(row[: self._draft.model.n_real_vocab], [token])
            known[length] = token
            if end(token):
                break
        return Draft(
            tuple(tokens),
            tuple(distributions) if self._drawn else None,
            tuple(raw_probs),
            self.name if tokens else "none",
        )

    def observe(self, verdict: Verdict) -> None:
        pass
