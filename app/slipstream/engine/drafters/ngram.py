"""Lookup: what followed the last n tokens when they came before is drafted again.

Needs no model and no time: a hash of n-grams, updated as tokens arrive, never a rescan. R1 repeats its
thinking in its answer, and code repeats itself. (Prompt lookup decoding: Saxena 2023; llama.cpp's lookup.)
"""

from collections.abc import Iterator

import numpy as np

from slipstream.engine.acceptance import Draft, Verdict
from slipstream.engine.context import Prefill
from slipstream.engine.drafters.base import NOTHING
from slipstream.engine.model import Tokens

LONGEST, SHORTEST = 6, 3  # tokens that must match; shorter matches are mostly chance


class NgramDrafter:
    """Keeps, for each n-gram of the context, where its last occurrence ended."""

    name = "ngram"
    decode_ms = 0.0

    def __init__(self, shortest: int = SHORTEST, longest: int = LONGEST) -> None:
        self._sizes = tuple(range(longest, shortest - 1, -1))
        self._tokens: list[int] = []
        self._seen = np.empty(0, np.int32)  # the same, for comparing quickly; grows by doubling
        self._ends: dict[tuple[int, ...], int] = {}

    def prepare(self, context: Tokens) -> Iterator[Prefill]:
        self._follow(context)
        return iter(())

    def propose(self, context: Tokens, limit: int, shortest: int = SHORTEST) -> Draft:
        """Draft what followed the longest n-gram of at least `shortest` tokens that ends the context."""
        self._follow(context)
        if limit < 1:
            return NOTHING
        tokens = self._tokens
        for size in self._sizes:
            if size < shortest or size > len(tokens):
                continue
            start = self._ends.get(tuple(tokens[-size:]))
            if start is None:
                continue
            period = len(tokens) - start  # the text from `start` on, going round when it meets the end
            drafted = tuple(tokens[start + i % period] for i in range(limit))
            return Draft(drafted, None, (None,) * limit, self.name)
        return NOTHING

    def observe(self, verdict: Verdict) -> None:
        pass

    def _follow(self, context: Tokens) -> None:
        """Bring the index in step with `context`; only new tokens are read, unless it diverged."""
        n = len(self._tokens)
        if n > len(context) or not np.array_equal(self._seen[:n], context[:n]):
            self._tokens, self._ends, n = [], {}, 0
        if len(context) > len(self._seen):
            grown = np.empty(2 * len(context), np.int32)
            grown[:n] = self._seen[:n]
            self._seen = grown
        self._seen[n : len(context)] = context[n:]
        for token in context[n:].tolist():
            end = len(self._tokens)
            for size in self._sizes:
                if size <= end:  # an n-gram is entered once the token that follows it is known
                    self._ends[tuple(self._tokens[end - size :])] = end
            self._tokens.append(token)
