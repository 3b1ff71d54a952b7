"""What the acceptance rules are judged by: exact enumeration on tiny vocabularies, and a G-test on draws.

Enumeration runs the shipped code, unchanged, along every branch it can take. The random numbers it is given
are `Unknown`: uniform on [0, 1) and not yet decided. Comparing one with a threshold splits the run in two, each
with its exact probability. So the output distribution of a whole step, drafting included, is computed rather
than estimated, and differs from the truth by rounding only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import power_divergence

from slipstream.core.chat import AcceptRule, Sampling
from slipstream.engine.acceptance import AcceptanceRule, Draft, rule_for
from slipstream.engine.sampling import Distribution, Sampler

Context = tuple[int, ...]
Model = Callable[[Context], Distribution]
Drafter = Callable[[Model, Context, int, np.random.Generator], Draft]


class Unknown:
    """A number uniform on [low, high), of which only `unknown < threshold` can be asked."""

    __array_ufunc__ = None  # comparisons with NumPy scalars come here

    def __init__(self, walk: "Walk") -> None:
        self._walk = walk
        self._low, self._high = 0.0, 1.0

    def __lt__(self, threshold: float) -> bool:
        threshold = float(threshold)
        if threshold <= self._low:
            return False
        if threshold >= self._high:
            return True
        below = (threshold - self._low) / (self._high - self._low)
        if self._walk.branch(below):
            self._high = threshold
            return True
        self._low = threshold
        return False


class Walk:
    """A generator that takes one path through all branches: first as told, then always the first branch."""

    def __init__(self, path: Sequence[bool]) -> None:
        self.path = list(path)
        self.weight = 1.0
        self._at = 0

    def random(self) -> Unknown:
        return Unknown(self)

    def branch(self, probability: float) -> bool:
        if self._at == len(self.path):
            self.path.append(True)
        first = self.path[self._at]
        self._at += 1
        self.weight *= probability if first else 1 - probability
        return first


def outcomes[T: Hashable](run: Callable[[np.random.Generator], T]) -> dict[T, float]:
    """The exact distribution of what `run` returns, over the randomness it draws from its generator."""
    found: defaultdict[T, float] = defaultdict(float)
    path: list[bool] = []
    while True:
        walk = Walk(path)
        found[run(walk)] += walk.weight
        path = walk.path
        while path and not path[-1]:
            path.pop()
        if not path:
            return dict(found)
        path[-1] = False


def total_variation(a: Mapping[Hashable, float], b: Mapping[Hashable, float]) -> float:
    return sum(abs(a.get(key, 0.0) - b.get(key, 0.0)) for key in a.keys() | b.keys()) / 2


@dataclass(frozen=True)
class TableModel:
    """A model whose logits are a random table over whole contexts: every next token depends on all the past.

    `ruled_out` is the share of tokens at -inf; `kin` and `distance` make it a noisy copy of another.
    """

    seed: int
    n_vocab: int
    scale: float = 1.0
    ruled_out: float = 0.0
    kin: "TableModel | None" = None
    distance: float = 0.5

    def row(self, context: Context) -> NDArray[np.float32]:
        rng = np.random.default_rng([self.seed, len(context), *context])
        row = rng.standard_normal(self.n_vocab) * self.scale
        if self.kin is not None:
            row = self.kin.row(context) + self.distance * row
        out = rng.random(self.n_vocab) < self.ruled_out
        out[rng.integers(self.n_vocab)] = False
        row[out] = -np.inf
        return row.astype(np.float32)

    def sampled(self, sampling: Sampling) -> Model:
        """Its distributions through the shipped sampler."""
        sampler = Sampler(sampling, self.n_vocab)
        return cache(lambda context: sampler.distribution(self.row(context), np.array(context, np.int32)))


def no_draft(model: Model, context: Context, limit: int, rng: np.random.Generator) -> Draft:
    return Draft(())


def argmax_draft(model: Model, context: Context, limit: int, rng: np.random.Generator) -> Draft:
    tokens: Context = ()
    while len(tokens) < limit:
        tokens += (model(context + tokens).mode,)
    return Draft(tokens)


def drawn_draft(model: Model, context: Context, limit: int, rng: np.random.Generator) -> Draft:
    tokens: Context = ()
    distributions: tuple[Distribution, ...] = ()
    while len(tokens) < limit:
        distributions += (model(context + tokens),)
        tokens += (distributions[-1].draw(rng),)
    return Draft(tokens, distributions)


def adaptive_draft(model: Model, context: Context, limit: int, rng: np.random.Generator) -> Draft:
    """Length and mode follow the past and the draft's confidence, as a pace controller may decide them."""
    tokens: Context = ()
    distributions: tuple[Distribution, ...] = ()
    while len(tokens) < limit:
        q = model(context + tokens)
        confidence = q.probability(q.mode)
        if confidence < 0.4 and sum(context + tokens) % 2:
            break
        if confidence > 0.6:
            q = Distribution.point(q.mode)
        distributions += (q,)
        tokens += (q.draw(rng),)
    return Draft(tokens, distributions)


def dropping_draft(model: Model, context: Context, limit: int, rng: np.random.Generator) -> Draft:
    """Wrong on purpose: a drawn token is withheld for its own low probability, p_min's habit."""
    draft = drawn_draft(model, context, limit, rng)
    assert draft.distributions is not None
    for i, (token, q) in enumerate(zip(draft.tokens, draft.distributions, strict=True)):
        if q.probability(token) < 0.4:
            return Draft(draft.tokens[:i], draft.distributions[:i])
    return draft


@dataclass(frozen=True)
class Speculation:
    """Speculative decoding on table models: who drafts, and which rule judges.

    The first `thinking` tokens of what is written are thinking.
    """

    target: Model
    draft: Model
    drafter: Drafter
    accept: AcceptRule
    thinking: int = 0

    def step(self, context: Context, limit: int, rng: np.random.Generator) -> Context:
        """The tokens one step emits: the accepted ones and one more."""
        draft = self.drafter(self.draft, context, limit, rng)
        rule = rule_for(
            self.accept, draft, lambda tokens: min(max(self.thinking - len(context), 0), len(tokens))
        )
        verdict = rule(draft, lambda i: self.target(context + draft.tokens[:i]), rng)
        return (*draft.tokens[: verdict.accepted], verdict.token)

    def write(self, length: int, limit: int, rng: np.random.Generator) -> Context:
        """`length` tokens, in as many steps as it takes; drafts are clipped to what is left, less one."""
        written: Context = ()
        while len(written) < length:
            written += self.step(written, min(limit, length - len(written) - 1), rng)
        return written

    def exact(self, length: int, limit: int) -> dict[Context, float]:
        """The exact distribution of `write`."""

        @cache
        def rest(context: Context) -> dict[Context, float]:
            left = length - len(context)
            if left == 0:
                return {(): 1.0}
            found: defaultdict[Context, float] = defaultdict(float)
            for emitted, p in outcomes(lambda rng: self.step(context, min(limit, left - 1), rng)).items():
                for more, q in rest(context + emitted).items():
                    found[emitted + more] += p * q
            return dict(found)

        return rest(())


def ordinary(target: Model, length: int) -> dict[Context, float]:
    """The exact distribution of the first `length` tokens the target writes alone."""
    found: dict[Context, float] = {(): 1.0}
    for _ in range(length):
        longer = {}
        for context, weight in found.items():
            distribution = target(context)
            for token, p in zip(distribution.ids.tolist(), distribution.probs.tolist(), strict=True):
                longer[(*context, token)] = weight * p
        found = longer
    return found


def g_test(counts: Sequence[float], expected_probs: Sequence[float]) -> float:
    """The p-value of the counts under these probabilities (log-likelihood ratio test).

    Cells expected to hold fewer than 5 are pooled. A count in an impossible cell is the end of it: 0.
    """
    observed = np.asarray(counts, np.float64)
    expected = np.asarray(expected_probs, np.float64)
    expected = expected / expected.sum() * observed.sum()
    if observed[expected == 0].any():
        return 0.0
    small = expected < 5
    pooled = [observed[small].sum()], [expected[small].sum()]
    cells = np.append(observed[~small], pooled[0]), np.append(expected[~small], pooled[1])
    if cells[1][-1] < 5 and cells[1].size > 1:  # too small still, or empty: to its neighbour
        cells = tuple(np.append(cell[:-2], cell[-2:].sum()) for cell in cells)
    if cells[1].size < 2:
        raise ValueError("nothing to test: one cell is left")
    return float(power_divergence(cells[0], cells[1], lambda_="log-likelihood").pvalue)


def g_test_of_draws(
    draw: Callable[[np.random.Generator], Context], expected: Mapping[Context, float], n: int, seed: int
) -> float:
    """The p-value of `n` draws under the exact distribution `expected`."""
    rng = np.random.default_rng(seed)
    counts = Counter(draw(rng) for _ in range(n))
    cells = sorted(expected)
    if counts.keys() - expected.keys():
        return 0.0
    return g_test([counts[cell] for cell in cells], [expected[cell] for cell in cells])


def draw_one_step(
    rule: AcceptanceRule,
    p_rows: Sequence[Distribution],
    q_rows: Sequence[Distribution],
    rng: np.random.Generator,
) -> Context:
    """What one step emits, filled up to `len(q_rows) + 1` tokens by the target alone.

    `p_rows` (γ+1) and `q_rows` (γ) are the same whatever came before. Tokens are drawn from `q_rows` for a rule
    that uses distributions; else they are the likeliest ones.
    """
    if rule.needs_distributions:
        draft = Draft(tuple(q.draw(rng) for q in q_rows), tuple(q_rows))
    else:
        draft = Draft(tuple(q.mode for q in q_rows))
    verdict = rule(draft, lambda i: p_rows[i], rng)
    emitted = (*draft.tokens[: verdict.accepted], verdict.token)
    return emitted + tuple(p.draw(rng) for p in p_rows[len(emitted) :])
